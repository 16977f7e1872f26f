package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged server on a free port, with an empty database of its own. */
final class RunningServer implements AutoCloseable {
    static final String ADMIN_KEY = "e2e-admin-key-e2e-admin-key-e2e-admin-key";

    /** As the launcher starts it. */
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xms48m",
            "-Xmx88m",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TrimNativeHeapInterval=5000",
            "-XX:MaxDirectMemorySize=32m",
            "-XX:ReservedCodeCacheSize=48m",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError");

    /** Every platform there is: nothing a test does may reach the real ones. */
    private static final List<String> ENDPOINTS =
            List.of("META", "GA4", "GOOGLE_DATA_MANAGER", "GOOGLE_ADS", "GOOGLE_OAUTH", "TIKTOK", "LINKEDIN");

    private final Map<String, String> settings;
    private final String url;
    private ChildProcess process;

    private RunningServer(Map<String, String> settings) {
        this.settings = settings;
        this.url = "http://127.0.0.1:" + settings.get("KEMBALI_PORT");
        this.process = launch(settings);
        awaitReady();
    }

    /** Starts it and waits until it takes requests. */
    static RunningServer start(Database database, RunningSandbox sandbox, Map<String, String> more) {
        var settings = new HashMap<String, String>();
        settings.put("KEMBALI_DATA", ChildProcess.newFolder("data").toString());
        for (String platform : ENDPOINTS) {
            settings.put("KEMBALI_ENDPOINT_" + platform, sandbox.url());
        }
        settings.put("KEMBALI_RETRY_FIRST_DELAY", "100ms");
        settings.put("KEMBALI_REQUESTS_PER_SECOND", "-1");
        settings.putAll(database.fresh());
        settings.putAll(more);
        return new RunningServer(complete(settings));
    }

    static RunningServer start(Database database, RunningSandbox sandbox) {
        return start(database, sandbox, Map.of());
    }

    /** Another node with the same database. */
    RunningServer anotherNode() {
        var same = new HashMap<String, String>(settings);
        same.remove("KEMBALI_PORT");
        return new RunningServer(complete(same));
    }

    /** Only starts the process, for those that are expected to end by themselves. */
    static ChildProcess launch(Map<String, String> settings) {
        Path jar = ChildProcess.jar("server/target/quarkus-app/quarkus-run.jar");
        return ChildProcess.start("server", FLAGS, jar, List.of(), settings);
    }

    /** The settings with a free port, an address nobody else reaches and a key, where they name none. */
    static Map<String, String> complete(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        all.put("MALLOC_ARENA_MAX", "2"); // as the launcher has it
        all.put("KEMBALI_HOST", "127.0.0.1");
        all.put("KEMBALI_PORT", Integer.toString(freePort()));
        all.put("KEMBALI_ADMIN_KEY", ADMIN_KEY);
        all.putAll(settings);
        return Map.copyOf(all);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Eventually.eventually(Duration.ofSeconds(40), () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended while starting\n" + process.tail());
            }
            assertThat(isReady()).as("ready\n%s", process.tail()).isTrue();
        });
    }

    private boolean isReady() {
        try {
            return Http.send("GET", url + "/health/ready", null, Map.of()).status() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    String url() {
        return url;
    }

    Map<String, String> settings() {
        return settings;
    }

    Api api() {
        return new Api(url, ADMIN_KEY);
    }

    ChildProcess process() {
        return process;
    }

    /** Starts it again with the same settings and data, after its end. */
    void startAgain() {
        process.close();
        process = launch(settings);
        awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }
}
