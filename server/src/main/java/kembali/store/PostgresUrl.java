package kembali.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a PostgreSQL database as people write it: {@code postgresql://user:password@host:port/db}.
 *
 * @param jdbcUrl without user and password
 */
public record PostgresUrl(String jdbcUrl, String user, String password) {
    private static final Pattern ADDRESS =
            Pattern.compile("(?<host>[\\p{Alnum}._-]+|\\[[\\p{XDigit}:.]+\\])(?::(?<port>\\d{1,5}))?");

    /** @throws IllegalArgumentException saying what is wrong, without repeating the password */
    public static PostgresUrl parse(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a URL");
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw new IllegalArgumentException("must begin with postgresql://");
        }
        // Not getHost(): it knows no names with an underscore, and containers often have one.
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        Matcher address = ADDRESS.matcher(authority.substring(at + 1));
        if (!address.matches()) {
            throw new IllegalArgumentException("names no host, or no port after it");
        }
        String path = uri.getRawPath();
        if (path == null || path.length() < 2) {
            throw new IllegalArgumentException("names no database");
        }
        String info = at < 0 ? "" : authority.substring(0, at);
        int colon = info.indexOf(':');
        String user = decode(colon < 0 ? info : info.substring(0, colon));
        if (user.isEmpty()) {
            throw new IllegalArgumentException("names no user");
        }
        String port = address.group("port") == null ? "5432" : address.group("port");
        String jdbc = "jdbc:postgresql://" + address.group("host") + ":" + port + path
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new PostgresUrl(jdbc, user, colon < 0 ? "" : decode(info.substring(colon + 1)));
    }

    private static String decode(String s) {
        return URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return jdbcUrl;
    }
}
