package kembali.demo.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import org.jspecify.annotations.Nullable;

/**
 * A temporary folder with a server on it, and the sandbox beside. All of it is gone after {@link #close},
 * which is called at the latest when this process ends.
 */
public final class Stage implements AutoCloseable {
    private static final int USUAL_SERVER_PORT = 8080;
    private static final int USUAL_SANDBOX_PORT = 9100;
    /**
     * Ten seconds in real life; every other wait of delivery shrinks with it. Google Ads is asked for its verdict after half
     * an hour and again half an hour later: 2.7 seconds each.
     */
    private static final String FIRST_RETRY_DELAY = "15ms";

    /** In place of the platforms' own: Google's five a second would stretch the demo as the hours it saves. */
    private static final int REQUESTS_PER_SECOND = 500;

    private final Http http = new Http();
    private final Path folder;
    private final String adminKey = randomKey();
    private final int serverPort = Ports.free(USUAL_SERVER_PORT);
    private final int sandboxPort = Ports.free(USUAL_SANDBOX_PORT);
    private final Thread atExit = new Thread(this::closeQuietly, "end of the demo");
    private final List<Child> children = new ArrayList<>();
    private @Nullable Child server;
    private boolean closed;
    private volatile boolean ending;

    public Stage() {
        try {
            folder = Files.createTempDirectory("kembali-demo-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts both and waits until they answer. */
    public void start(Path java, Path serverJar, List<String> serverFlags, Path sandboxJar)
            throws StartFailedException, InterruptedException {
        Child sandbox = child(
                "sandbox",
                List.of(
                        java.toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        sandboxJar.toString(),
                        "--port",
                        Integer.toString(sandboxPort)),
                Map.of());
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(serverFlags);
        command.add("-jar");
        command.add(serverJar.toString());
        Child started = child("server", command, settings());
        server = started;
        sandbox.awaitReady(http, sandbox().resolve("/_sandbox/summary"));
        started.awaitReady(http, server().resolve("/health/ready"));
    }

    private Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("KEMBALI_DATA", folder.resolve("data").toString());
        settings.put("KEMBALI_HOST", "127.0.0.1");
        settings.put("KEMBALI_PORT", Integer.toString(serverPort));
        settings.put("KEMBALI_PUBLIC_URL", server().toString());
        settings.put("KEMBALI_ADMIN_KEY", adminKey);
        // The taps come from here and name the people's addresses, as a reverse proxy does.
        settings.put("KEMBALI_TRUSTED_PROXIES", "127.0.0.1/32");
        settings.put("KEMBALI_RETRY_FIRST_DELAY", FIRST_RETRY_DELAY);
        settings.put("KEMBALI_REQUESTS_PER_SECOND", Integer.toString(REQUESTS_PER_SECOND));
        for (Platform platform : Platforms.all()) {
            platform.endpoints()
                    .forEach(name ->
                            settings.put("KEMBALI_ENDPOINT_" + name, sandbox().toString()));
        }
        return settings;
    }

    public URI server() {
        return URI.create("http://127.0.0.1:" + serverPort);
    }

    public URI sandbox() {
        return URI.create("http://127.0.0.1:" + sandboxPort);
    }

    public String adminKey() {
        return adminKey;
    }

    public Api api() {
        return new Api(http, server(), adminKey);
    }

    public SandboxControl control() {
        return new SandboxControl(http, sandbox());
    }

    Path folder() {
        return folder;
    }

    Http http() {
        return http;
    }

    /** The end of the server's output. */
    public List<String> serverLog() {
        Child s = server;
        return s == null ? List.of() : s.lastLines();
    }

    /**
     * Whether somebody is ending the demo, who then needs no explanations. Waits a moment, because Ctrl-C reaches the
     * server and the sandbox too, and they may be quicker.
     */
    public boolean isEnding() throws InterruptedException {
        for (int i = 0; i < 10 && !ending; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return ending;
    }

    /** Blocks for as long as the server runs. */
    public void awaitServerEnd() throws InterruptedException, StartFailedException {
        Child s = server;
        if (s != null) {
            int code = s.await();
            throw s.failed("ended by itself with exit code " + code);
        }
    }

    private synchronized Child child(String name, List<String> command, Map<String, String> settings)
            throws StartFailedException {
        if (closed) {
            throw new StartFailedException("the demo is ending", List.of());
        }
        Child child = Child.start(name, command, settings, folder);
        children.add(child);
        return child;
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        children.forEach(Child::stop);
        children.forEach(Child::awaitStopped);
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private void closeQuietly() {
        ending = true;
        try {
            close();
        } catch (IOException e) {
            System.err.println("kembali demo: the folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    private static String randomKey() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        return "demo-" + HexFormat.of().formatHex(random);
    }
}
