package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process as an operator meets it: settings, the data folder, its end. */
@ExtendWith(LogsOnFailure.class)
class CommandLineIT {
    private static final int WRONG_SETTING = 2;
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final String PIXEL = "800000000000001";

    private static RunningSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "KEMBALI_PORT, http",
        "KEMBALI_PORT, 70000",
        "KEMBALI_DATABASE_URL, mysql://user:hunter2@127.0.0.1/db",
        "KEMBALI_DATABASE_URL, postgresql://user:hunter2@127.0.0.1:1/db",
        "KEMBALI_SECRET_KEY, hunter2!",
        "KEMBALI_SECRET_KEY, aHVudGVyMg==",
        "KEMBALI_ADMIN_KEY, hunter2",
        "KEMBALI_PUBLIC_URL, link.toko.example",
        "KEMBALI_TRUSTED_PROXIES, 10.0.0.0/99",
        "KEMBALI_ALLOW_PRIVATE_ADDRESSES, localhost",
        "KEMBALI_RETRY_FIRST_DELAY, 10",
        "KEMBALI_GEO_DATABASE, /nowhere/city.mmdb",
        "KEMBALI_GEO_DATABASE, /etc/passwd",
        "KEMBALI_ENDPOINT_META, http://127.0.0.1:9100/v26.0",
        "KEMBALI_ENDPOINT_META, graph.facebook.com",
        "KEMBALI_BATCH_SIZE, 0",
        "KEMBALI_REQUESTS_PER_SECOND, fast",
        "KEMBALI_CONFIG, /nowhere/kembali.properties",
        "KEMBALI_DATA, /dev/null/data"
    })
    void aWrongSettingStopsTheStartWithOneLine(String name, String value) {
        var settings = new HashMap<>(RunningServer.complete(
                Map.of("KEMBALI_DATA", ChildProcess.newFolder("data").toString())));
        if (name.equals("KEMBALI_DATABASE_URL")) {
            settings.put("KEMBALI_SECRET_KEY", "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlLi4=");
        }
        settings.put(name, value);
        assertRefused(settings, name, "for example " + name + "=");
    }

    @Test
    void postgresNeedsTheKeyThatAllNodesShare() {
        assertRefused(
                RunningServer.complete(Map.of("KEMBALI_DATABASE_URL", "postgresql://user:hunter2@127.0.0.1:1/db")),
                "KEMBALI_SECRET_KEY",
                "for example KEMBALI_SECRET_KEY=");
    }

    @Test
    void aMisspeltNameInTheFileStopsTheStart() throws IOException {
        Path file = ChildProcess.newFolder("config").resolve("kembali.properties");
        Files.writeString(file, "KEMBALI_PROT=8081\n");
        assertRefused(RunningServer.complete(Map.of("KEMBALI_CONFIG", file.toString())), "KEMBALI_PROT", "no setting");
    }

    @Test
    void theFileAndTheEnvironmentTogetherMakeTheSettings() throws IOException {
        Path file = ChildProcess.newFolder("config").resolve("kembali.properties");
        Files.writeString(file, "KEMBALI_PUBLIC_URL=https://from.file.example\nKEMBALI_BATCH_SIZE=50\n");
        try (var server = RunningServer.start(
                Database.SQLITE, sandbox, Map.of("KEMBALI_CONFIG", file.toString(), "KEMBALI_TYPO", "1"))) {
            eventually(() -> assertThat(server.process().output()).contains("https://from.file.example"));
            assertThat(server.process().output()).contains("KEMBALI_TYPO is no setting");
            assertThat(server.process().output().lines().filter(l -> l.contains("listens on")))
                    .hasSize(1);
        }
    }

    @Test
    void aSecondProcessOnTheSameFolderIsRefusedAndTheFirstGoesOn() {
        try (var server = RunningServer.start(Database.SQLITE, sandbox)) {
            String lead = server.api().lead("{\"name\":\"Satu\"}");
            var same = new HashMap<>(server.settings());
            same.remove("KEMBALI_PORT");
            assertRefused(
                    RunningServer.complete(same),
                    server.settings().getOrDefault("KEMBALI_DATA", ""),
                    "another Kembali");
            assertThat(server.api().get("/leads/" + lead).status()).isEqualTo(200);
            server.api().lead("{\"name\":\"Dua\"}");
        }
    }

    @Test
    void anOrderlyEndIsSwiftAndLosesNothing() throws InterruptedException {
        try (var server = RunningServer.start(Database.SQLITE, sandbox)) {
            Api api = server.api();
            String pixel = api.metaPixel(PIXEL, "sandbox-token-orderly-end");
            // So that there are always events between send and answer.
            sandbox.fault(PIXEL, "\"mode\":\"slow\",\"delayMs\":300");
            Queue<String> deliveries = new ConcurrentLinkedQueue<>();
            List<Thread> users = List.of(seller(api, deliveries), seller(api, deliveries), seller(api, deliveries));
            eventually(() -> assertThat(deliveries).hasSizeGreaterThan(40));

            server.process().terminate();
            assertThat(server.process().exitCode(Duration.ofSeconds(15))).isEqualTo(ENDED_BY_SIGTERM);
            for (Thread user : users) {
                user.join();
            }

            server.startAgain();
            eventually(
                    Duration.ofSeconds(40),
                    () -> assertThat(api.rows("status=pending")).isEmpty());
            List<JsonNode> rows = api.rows("pixelId=" + pixel);
            assertThat(Json.each(rows, "id")).containsAll(deliveries);
            assertThat(rows).extracting(r -> r.path("status").asText()).containsOnly("accepted");
            assertThat(rows).extracting(r -> r.path("answerLost").asBoolean()).containsOnly(false);
            List<String> received = Json.each(sandbox.received(PIXEL), "eventId");
            assertThat(received).containsExactlyInAnyOrderElementsOf(Json.each(rows, "eventId"));
        }
        sandbox.clearFaults();
    }

    @Test
    void aBackupTakenWhileRunningBringsEverythingBack() {
        Path jar = ChildProcess.jar("server/target/quarkus-app/quarkus-run.jar");
        Path file = ChildProcess.newFolder("backup").resolve("kembali.backup");
        try (var server = RunningServer.start(Database.SQLITE, sandbox)) {
            server.api().metaPixel("800000000000002", "sandbox-token-of-the-backup");
            String lead = server.api().lead("{\"name\":\"Cadangan\",\"email\":\"cadangan@example.co.id\"}");
            String data = server.settings().getOrDefault("KEMBALI_DATA", "");
            assertThat(command(jar, data, "backup", file)).contains("Copied");
            assertThat(command(jar, data, "restore", file))
                    .as("into a folder that is in use")
                    .doesNotContain("Restored");

            Path empty = ChildProcess.newFolder("restored");
            assertThat(command(jar, empty.toString(), "restore", file)).contains("Restored");
            try (var restored =
                    RunningServer.start(Database.SQLITE, sandbox, Map.of("KEMBALI_DATA", empty.toString()))) {
                JsonNode back = restored.api().get("/leads/" + lead).expect(200);
                assertThat(back.path("email").asText()).isEqualTo("cadangan@example.co.id");
                String pixel =
                        restored.api().all("/pixels").getFirst().path("id").asText();
                // The token could be opened, so the key came along.
                assertThat(restored.api()
                                .post("/pixels/" + pixel + "/test")
                                .expect(200)
                                .path("verdict")
                                .asText())
                        .isEqualTo("connected");
            }
        }
    }

    private static String command(Path jar, String data, String name, Path file) {
        try (var process = ChildProcess.start(
                name, List.of(), jar, List.of(name, file.toString()), Map.of("KEMBALI_DATA", data))) {
            process.exitCode(Duration.ofSeconds(20));
            return process.output();
        }
    }

    private static void assertRefused(Map<String, String> settings, String... words) {
        try (var process = RunningServer.launch(settings)) {
            assertThat(process.exitCode(Duration.ofSeconds(30)))
                    .as(process.output())
                    .isEqualTo(WRONG_SETTING);
            List<String> lines = process.output().lines().toList();
            assertThat(lines).hasSize(1);
            assertThat(lines.getFirst()).startsWith("kembali: ").contains(words).doesNotContain("hunter2");
        }
    }

    /** Sells until the server is gone, and notes what was answered. */
    private static Thread seller(Api api, Queue<String> deliveries) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    String lead = api.clickedLead("Tertib");
                    deliveries.add(api.won(lead, "1000").at("/deliveries/0/id").asText());
                }
            } catch (UncheckedIOException | AssertionError serverEnds) {
                // expected: no answer, or a refusal, while it ends
            }
        });
    }
}
