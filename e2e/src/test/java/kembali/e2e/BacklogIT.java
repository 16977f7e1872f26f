package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** All platforms are away while a day's leads come in; the queue is on disk, and the server's heap is 88 MB. */
@ExtendWith(LogsOnFailure.class)
class BacklogIT {
    private static final int LEADS = 10_000;
    private static final int ROWS = 1_000;
    private static final Duration LONG = Duration.ofSeconds(120);

    @Test
    void tenThousandLeadsWaitForPlatformsThatAreAwayAndAllArriveOnce() {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server =
                        RunningServer.start(Database.SQLITE, sandbox, Map.of("KEMBALI_RETRY_FIRST_DELAY", "10ms"))) {
            Api api = server.api();
            var pixels = new Pixels(api);
            List<Pixel> all = new ArrayList<>();
            Transports.ALL.forEach(t -> all.add(pixels.add(t)));
            sandbox.fault("*", "*", "\"mode\":\"down\"");

            for (int first = 0; first < LEADS; first += ROWS) {
                accept(api, first);
            }
            for (Pixel pixel : all) {
                pixels.awaitHealth(pixel, "throttled");
                assertThat(pixels.get(pixel).path("queued").asInt()).isEqualTo(LEADS);
                assertThat(sandbox.received(pixel.platformId())).isEmpty();
            }
            assertThat(Json.each(Json.items(api.get("/diagnostics").expect(200)), "pixelId"))
                    .containsAll(all.stream().map(Pixel::id).toList());

            sandbox.clearFaults();
            for (Pixel pixel : all) {
                Eventually.eventually(
                        LONG,
                        () -> assertThat(pixels.get(pixel).path("queued").asInt())
                                .as(pixel.toString())
                                .isZero());
                // The sandbox lists only the last events, but counts them all, and every one that came twice.
                assertThat(sandbox.summary()
                                .at("/platforms/" + pixel.transport().word() + "/accepted")
                                .asInt())
                        .as(pixel.toString())
                        .isEqualTo(LEADS);
                assertThat(api.rows("pixelId=" + pixel.id() + "&status=failed")).isEmpty();
                pixels.awaitHealth(pixel, "ok");
            }
            JsonNode summary = sandbox.summary();
            assertThat(summary.at("/duplicates/count").asInt()).isZero();
            assertThat(summary.at("/verdicts/swallowed").asInt()).isZero();
            assertThat(server.process().output()).doesNotContain("OutOfMemoryError");
        }
    }

    private static void accept(Api api, int first) {
        String items = IntStream.range(first, first + ROWS)
                .mapToObj(n -> """
                        {"externalRef":"antri-%d","status":"won","actualValue":"1000","currency":"IDR","click":{%s},
                         "web":{"pageUrl":"https://toko.example/","userAgent":"Mozilla/5.0"}}""".formatted(n, Transports.clicks(1_000_000 + n)))
                .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        List<JsonNode> answers = Json.items(api.post("/leads/bulk", items).expect(200));
        assertThat(answers).hasSize(ROWS).allMatch(a -> a.has("id"));
    }
}
