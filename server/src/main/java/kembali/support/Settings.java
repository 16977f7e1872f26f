package kembali.support;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the process, from the environment and, for what is not set there, from the
 * properties file {@code kembali.properties} (or the one {@code KEMBALI_CONFIG} names).
 *
 * @param databaseUrl null for the embedded database
 * @param secretKey 32 bytes; null means one is kept in the data folder
 * @param adminKey an owner-level API key; null for none
 * @param geoDatabases files in MaxMind's format, asked in order; empty for none
 * @param endpoints base addresses by the platform's key, where they are not the platform's own
 * @param requestsPerSecond rate budget of one pixel; 0 for the platform's own, -1 for none
 */
public record Settings(
        String host,
        int port,
        Path data,
        @Nullable String databaseUrl,
        URI publicUrl,
        byte @Nullable [] secretKey,
        @Nullable String adminKey,
        List<Cidr> trustedProxies,
        List<Path> geoDatabases,
        Duration retryFirstDelay,
        List<Cidr> allowedPrivateAddresses,
        Map<String, String> endpoints,
        int batchSize,
        int requestsPerSecond) {
    private static final String PREFIX = "KEMBALI_";
    private static final int SHORTEST_ADMIN_KEY = 32;

    /** One line a variable, name and meaning; the launcher's help prints the same file. */
    private static final String LIST = "/settings.tsv";

    /** Every variable by name, with its meaning and default. */
    public static final Map<String, String> VARIABLES = variables();

    /** A value that stops the start: one line naming the variable, its fault and a right example. */
    public static final class InvalidSettingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public InvalidSettingException(String variable, String fault, String example) {
            super(variable + " " + fault + "; for example " + variable + "=" + example);
        }
    }

    private static Map<String, String> variables() {
        var v = new LinkedHashMap<String, String>();
        try (InputStream in = Settings.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is missing from this build");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                int tab = line.indexOf('\t');
                if (tab > 0 && !line.startsWith("#")) {
                    v.put(line.substring(0, tab), line.substring(tab + 1));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(v);
    }

    /** Reads the environment and the file. */
    public static Settings fromEnvironment() {
        return read(System.getenv());
    }

    /** @throws InvalidSettingException at the first wrong value */
    public static Settings read(Map<String, String> environment) {
        Properties file = file(environment);
        var r = new Reader(name -> {
            String value = environment.get(name);
            return value != null ? value : file.getProperty(name);
        });
        refuseUnknown(file.stringPropertyNames());
        URI publicUrl = r.url("KEMBALI_PUBLIC_URL", "http://localhost:8080", "https://link.brand.com");
        String databaseUrl = r.text("KEMBALI_DATABASE_URL");
        byte[] secretKey = r.key("KEMBALI_SECRET_KEY");
        if (databaseUrl != null && secretKey == null) {
            throw new InvalidSettingException(
                    "KEMBALI_SECRET_KEY",
                    "must be set with KEMBALI_DATABASE_URL, because all nodes need the same key",
                    "\"$(head -c 32 /dev/urandom | base64)\"");
        }
        var endpoints = new LinkedHashMap<String, String>();
        for (String name : VARIABLES.keySet()) {
            if (name.startsWith(PREFIX + "ENDPOINT_") && r.text(name) != null) {
                endpoints.put(name.substring((PREFIX + "ENDPOINT_").length()).toLowerCase(Locale.ROOT), r.origin(name));
            }
        }
        String host = r.host("KEMBALI_HOST");
        String data = r.text("KEMBALI_DATA");
        return new Settings(
                host == null ? "0.0.0.0" : host,
                r.number("KEMBALI_PORT", 8080, 0, 65_535),
                Path.of(data == null ? "data" : data).toAbsolutePath().normalize(),
                databaseUrl,
                publicUrl,
                secretKey,
                r.adminKey("KEMBALI_ADMIN_KEY"),
                r.cidrs("KEMBALI_TRUSTED_PROXIES"),
                r.files("KEMBALI_GEO_DATABASE", "/var/lib/kembali/city.mmdb"),
                r.duration("KEMBALI_RETRY_FIRST_DELAY", Duration.ofSeconds(10)),
                r.cidrs("KEMBALI_ALLOW_PRIVATE_ADDRESSES"),
                Map.copyOf(endpoints),
                r.number("KEMBALI_BATCH_SIZE", 100, 1, 1_000),
                r.number("KEMBALI_REQUESTS_PER_SECOND", 0, -1, 1_000_000));
    }

    private static Properties file(Map<String, String> environment) {
        String named = environment.get("KEMBALI_CONFIG");
        Path path = Path.of(named == null || named.isBlank() ? "kembali.properties" : named);
        var p = new Properties();
        if (Files.isReadable(path)) {
            try (InputStream in = Files.newInputStream(path)) {
                p.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new InvalidSettingException(
                        "KEMBALI_CONFIG", "names a file that cannot be read: " + path, "/etc/kembali.properties");
            }
        } else if (named != null && !named.isBlank()) {
            throw new InvalidSettingException(
                    "KEMBALI_CONFIG", "names no readable file: " + path, "/etc/kembali.properties");
        }
        return p;
    }

    /** A misspelt name in our own file would be silently without effect. */
    private static void refuseUnknown(Set<String> file) {
        for (String name : new TreeSet<>(file)) {
            if (!VARIABLES.containsKey(name)) {
                throw new InvalidSettingException(name, "is no setting of Kembali; see ./kembali help", "(remove it)");
            }
        }
    }

    /** Names in the environment that look like ours and are none: misspelt, or of another version. */
    public static Set<String> unknown(Set<String> environment) {
        var names = new TreeSet<String>();
        for (String name : environment) {
            if (name.startsWith(PREFIX) && !VARIABLES.containsKey(name) && !name.equals("KEMBALI_JAVA_HOME")) {
                names.add(name);
            }
        }
        return names;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "Settings[" + host + ":" + port + ", data " + data + ", "
                + (databaseUrl == null ? "SQLite" : "PostgreSQL") + "]";
    }

    /** Reads single values and says what is wrong with them. */
    private record Reader(Function<String, @Nullable String> source) {
        @Nullable String text(String name) {
            String value = source.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        @Nullable String host(String name) {
            String value = text(name);
            if (value != null && !value.matches("[\\p{Alnum}._-]+|[\\p{XDigit}:.]+(%\\w+)?")) {
                throw new InvalidSettingException(
                        name, "must be an address or a host name alone, not \"" + value + "\"", "127.0.0.1");
            }
            return value;
        }

        int number(String name, int otherwise, int least, int most) {
            String value = text(name);
            if (value == null) {
                return otherwise;
            }
            try {
                int n = Integer.parseInt(value);
                if (n >= least && n <= most) {
                    return n;
                }
            } catch (NumberFormatException e) {
                // told below, like a number out of range
                return fail(name, value, least, most, otherwise);
            }
            return fail(name, value, least, most, otherwise);
        }

        private static int fail(String name, String value, int least, int most, int example) {
            throw new InvalidSettingException(
                    name,
                    "must be a whole number from " + least + " to " + most + ", not \"" + value + "\"",
                    Integer.toString(example));
        }

        Duration duration(String name, Duration otherwise) {
            String value = text(name);
            if (value == null) {
                return otherwise;
            }
            var m = java.util.regex.Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)").matcher(value.toLowerCase(Locale.ROOT));
            if (!m.matches() || Long.parseLong(m.group(1)) == 0) {
                throw new InvalidSettingException(
                        name, "must be a time with its unit (ms, s, m, h), not \"" + value + "\"", "10s");
            }
            long n = Long.parseLong(m.group(1));
            return switch (m.group(2)) {
                case "ms" -> Duration.ofMillis(n);
                case "s" -> Duration.ofSeconds(n);
                case "m" -> Duration.ofMinutes(n);
                default -> Duration.ofHours(n);
            };
        }

        URI url(String name, String otherwise, String example) {
            String value = text(name);
            String text = value == null ? otherwise : value;
            try {
                URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
                boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
                if (web && uri.getHost() != null && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(name, "is not a web address: \"" + text + "\"", example);
            }
            throw new InvalidSettingException(name, "is not a web address: \"" + text + "\"", example);
        }

        /** Scheme, host and port, without a path. */
        String origin(String name) {
            URI uri = url(name, "", "http://127.0.0.1:9100");
            if (uri.getRawPath() != null && !uri.getRawPath().isEmpty()) {
                throw new InvalidSettingException(
                        name, "must be scheme, host and port without a path", "http://127.0.0.1:9100");
            }
            return uri.toString();
        }

        byte @Nullable [] key(String name) {
            String value = text(name);
            if (value == null) {
                return null;
            }
            String example = "\"$(head -c 32 /dev/urandom | base64)\"";
            try {
                byte[] key = Base64.getDecoder().decode(value);
                if (key.length == Secrets.KEY_BYTES) {
                    return key;
                }
                throw new InvalidSettingException(
                        name, "must be 32 bytes in base64, and these are " + key.length, example);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(name, "is not base64", example);
            }
        }

        @Nullable String adminKey(String name) {
            String value = text(name);
            if (value != null && value.length() < SHORTEST_ADMIN_KEY) {
                throw new InvalidSettingException(
                        name,
                        "must have at least " + SHORTEST_ADMIN_KEY + " characters, and has " + value.length(),
                        "\"$(head -c 24 /dev/urandom | base64)\"");
            }
            return value;
        }

        /** Paths separated by commas. */
        List<Path> files(String name, String example) {
            String value = text(name);
            var files = new ArrayList<Path>();
            if (value != null) {
                for (String part : value.split(",", -1)) {
                    if (part.isBlank()) {
                        continue;
                    }
                    Path path = path(part.strip());
                    if (path == null || !Files.isRegularFile(path) || !Files.isReadable(path)) {
                        throw new InvalidSettingException(name, "names no readable file: " + part.strip(), example);
                    }
                    files.add(path);
                }
            }
            return List.copyOf(files);
        }

        private static @Nullable Path path(String written) {
            try {
                return Path.of(written);
            } catch (InvalidPathException e) {
                return null;
            }
        }

        List<Cidr> cidrs(String name) {
            String value = text(name);
            var blocks = new ArrayList<Cidr>();
            if (value != null) {
                for (String part : value.split(",", -1)) {
                    try {
                        if (!part.isBlank()) {
                            blocks.add(Cidr.parse(part.strip()));
                        }
                    } catch (IllegalArgumentException e) {
                        throw new InvalidSettingException(
                                name,
                                "holds \"" + part.strip() + "\", which is no address block",
                                "10.0.0.0/8,::1/128");
                    }
                }
            }
            return List.copyOf(blocks);
        }
    }
}
