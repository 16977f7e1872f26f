package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a lead was not sent, and sending again what was not. */
@ExtendWith(LogsOnFailure.class)
class WhyIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static final Transport META = new MetaTransport();
    private static Pixels pixels;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        pixels = new Pixels(api);
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void forget() {
        sandbox.clearFaults();
        pixels.forget();
    }

    @Test
    void eachPixelSaysWhatBecameOfTheLead() {
        Pixel good = pixels.add(META, "{\"name\":\"Good\"}");
        Pixel unmapped = pixels.add(META, "{\"name\":\"Unmapped\",\"mapping\":{\"won\":null}}");
        Pixel paused = pixels.add(META, "{\"name\":\"Paused\"}");
        Pixel off = pixels.add(META, "{\"name\":\"Off\",\"enabled\":false}");
        pixels.pause(paused, true);
        String lead = pixels.lead("Sari");
        api.rowOnce(deliveryOf(api.won(lead, "250000"), good), "accepted");
        Pixel later = pixels.add(META, "{\"name\":\"Later\"}");

        JsonNode why = api.get("/leads/" + lead + "/why").expect(200);

        assertThat(why.path("status").asText()).isEqualTo("won");
        assertThat(of(why, good).path("verdict").asText()).isEqualTo("accepted");
        assertThat(of(why, good).path("message").asText()).contains("Purchase").contains("accepted by Meta");
        assertThat(of(why, unmapped).path("verdict").asText()).isEqualTo("skipped");
        assertThat(of(why, unmapped).path("code").asText()).isEqualTo("no_mapping");
        assertThat(of(why, unmapped).path("fix").asText()).contains("mapping");
        assertThat(of(why, paused).path("verdict").asText()).isEqualTo("waiting");
        assertThat(of(why, paused).path("code").asText()).isEqualTo("pixel_paused");
        assertThat(of(why, paused).path("fix").asText()).contains("Resume");
        assertThat(of(why, off).path("verdict").asText()).isIn("skipped", "not_reported");
        assertThat(of(why, off).path("fix").asText()).isNotBlank();
        assertThat(of(why, later).path("verdict").asText()).isEqualTo("not_reported");
        assertThat(of(why, later).path("code").asText()).isEqualTo("added_later");
        assertThat(of(why, later).path("deliveries")).isEmpty();
    }

    @Test
    void theDiagnosisCountsWhatWasKeptBackByReason() {
        Pixel pixel = pixels.add(META);
        api.won(pixels.lead("Satu", ""), "1000");
        JsonNode last = api.won(pixels.lead("Dua", ""), "1000");

        JsonNode found = Json.items(api.get("/diagnostics").expect(200)).stream()
                .filter(f -> f.path("pixelId").asText().equals(pixel.id()))
                .findFirst()
                .orElseThrow();

        assertThat(found.path("code").asText()).isEqualTo("missing_click_id");
        assertThat(found.path("severity").asText()).isEqualTo("hint");
        assertThat(found.path("count").asInt()).isEqualTo(2);
        assertThat(found.path("sample").asText()).isEqualTo(deliveryOf(last, pixel));
        assertThat(found.path("fix").asText()).isNotBlank();
    }

    @Test
    void onePixelOrPlatformCanBeAskedFor() {
        Pixel one = pixels.add(META, "{}");
        pixels.add(META, "{}");
        String lead = pixels.lead("Budi");

        assertThat(Json.items(
                        api.get("/leads/" + lead + "/why?pixelId=" + one.id()).expect(200)))
                .hasSize(1);
        assertThat(Json.items(api.get("/leads/" + lead + "/why?platform=meta").expect(200)))
                .hasSize(2);
        assertThat(Json.items(api.get("/leads/" + lead + "/why?platform=ga4").expect(200)))
                .isEmpty();
        assertThat(api.get("/leads/ld_nobody/why").status()).isEqualTo(404);
    }

    @Test
    void aReplayShowsCountAndMoneyFirstAndThenSendsWhatDidNotSucceed() {
        Pixel pixel = pixels.add(META, "{\"mapping\":{\"new\":null,\"won\":null}}");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rows.add(deliveryOf(api.won(pixels.lead("Ulang " + i), "1000.50"), pixel));
        }
        rows.forEach(r -> assertThat(api.row(r).path("status").asText()).isEqualTo("skipped"));
        pixels.patch(pixel, "{\"mapping\":{\"new\":null}}");
        String wanted = "\"pixelId\":\"" + pixel.id() + "\",\"reason\":\"no_mapping\",\"status\":[\"skipped\"]";

        JsonNode dry = api.post("/replays", "{" + wanted + ",\"dryRun\":true}").expect(200);

        // The five won and the five whose status "new" is mapped to nothing.
        assertThat(dry.path("count").asInt()).isEqualTo(10);
        assertThat(dry.path("state").asText()).isEqualTo("dry_run");
        assertThat(dry.at("/values/0/currency").asText()).isEqualTo("IDR");
        assertThat(dry.at("/values/0/amount").asText()).isEqualTo("5002.5");
        assertThat(sandbox.received(pixel.platformId())).isEmpty();

        JsonNode run = api.post("/replays", "{" + wanted + "}").expect(202);

        rows.forEach(r -> api.rowOnce(r, "accepted"));
        Eventually.eventually(() -> {
            JsonNode now = api.get("/replays/" + run.path("id").asText()).expect(200);
            assertThat(now.path("state").asText()).isEqualTo("done");
            assertThat(now.path("retried").asInt()).isEqualTo(5);
            assertThat(now.path("left").asInt()).isEqualTo(5);
        });
        assertThat(sandbox.received(pixel.platformId())).hasSize(5);
        assertThat(api.post("/replays", "{" + wanted + ",\"dryRun\":true}")
                        .expect(200)
                        .path("count")
                        .asInt())
                .isEqualTo(5);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {"status":["accepted"]}                                       | status   | cannot be replayed
            {"status":["lost"]}                                           | status   | cannot be replayed
            {"platform":"facebook"}                                       | platform | is none of
            {"from":"2026-02-01T00:00:00Z","to":"2026-01-01T00:00:00Z"}   | to       | after from
            """)
    void aWrongReplayIsRefusedByField(String body, String field, String message) {
        JsonNode problem = api.post("/replays", body).expect(422);

        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(problem.at("/errors/0/message").asText()).contains(message);
    }

    private static String deliveryOf(JsonNode answer, Pixel pixel) {
        return Pixels.deliveryAt(pixel, answer);
    }

    private static JsonNode of(JsonNode why, Pixel pixel) {
        return Json.list(why.path("items")).stream()
                .filter(i -> i.path("pixelId").asText().equals(pixel.id()))
                .findFirst()
                .orElseThrow();
    }
}
