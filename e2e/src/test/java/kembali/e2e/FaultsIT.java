package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sync log says, and what Meta gets, when it misbehaves or is set up wrongly: beyond {@link EveryPlatformIT}. */
@ExtendWith(LogsOnFailure.class)
class FaultsIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static int lastPixel;

    private final List<String> pixels = new ArrayList<>();

    /** A pixel as Meta knows it, and as we do. */
    private record Pixel(String metaId, String id) {}

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void forgetThePixels() {
        sandbox.clearFaults();
        for (String id : pixels) {
            assertThat(api.delete("/pixels/" + id).status()).isIn(204, 404);
        }
    }

    @Test
    void aPartlyTakenEventIsShownAndNeverSentAgain() {
        Pixel pixel = pixel("sandbox-token-partly");
        sandbox.fault(pixel.metaId, "\"mode\":\"partial\",\"count\":1");
        String delivery = won(pixel, "Sebagian");
        JsonNode row = api.rowOnce(delivery, "partial_failure");
        assertThat(row.at("/reason/code").asText()).isEqualTo("platform_message");
        assertThat(row.at("/reason/message").asText()).contains("need review");
        assertThat(api.post("/sync-logs/" + delivery + "/retry").status()).isEqualTo(409);
        assertThat(sandbox.copies(row.path("eventId").asText())).hasSize(1);
    }

    @Test
    void anExpiredTokenParksThePixelUntilANewOneIsStored() {
        Pixel pixel = pixel("sandbox-expired-token");
        String lead = api.clickedLead("Parkir");
        String delivery = deliveryAt(pixel, api.won(lead, "1000"));
        eventually(() -> {
            assertThat(health(pixel).path("state").asText()).isEqualTo("parked");
            assertThat(health(pixel).at("/reason/code").asText()).isEqualTo("token_invalid");
        });
        assertThat(health(pixel).at("/reason/message").asText()).contains("expired");
        assertThat(health(pixel).at("/reason/fix").asText()).contains("Events Manager");
        JsonNode waiting = api.row(delivery);
        assertThat(waiting.path("status").asText()).isEqualTo("pending");
        assertThat(waiting.at("/reason/code").asText()).isEqualTo("token_invalid");
        assertThat(api.get("/pixels/" + pixel.id).expect(200).path("queued").asInt())
                .isPositive();
        assertThat(api.get("/leads/" + lead).expect(200).path("syncState").asText())
                .isEqualTo("pending");

        JsonNode patched = api.patch("/pixels/" + pixel.id, """
                        {"credentials":{"accessToken":"sandbox-fresh-token-1234"}}""").expect(200);
        assertThat(patched.at("/credentials/accessToken/hint").asText()).isEqualTo("…1234");
        api.rowOnce(delivery, "accepted");
        eventually(() -> assertThat(health(pixel).path("state").asText()).isEqualTo("ok"));
        eventually(() -> assertThat(
                        api.get("/leads/" + lead).expect(200).path("syncState").asText())
                .isEqualTo("synced"));
        assertThat(sandbox.received(pixel.metaId)).hasSize(1);
    }

    @Test
    void aParkedPixelGoesOnWhenThePlatformForgives() {
        Pixel pixel = pixel("sandbox-token-forgiven");
        sandbox.fault(pixel.metaId, "\"mode\":\"fail\",\"status\":400,\"code\":190,\"subcode\":463");
        String delivery = won(pixel, "Maaf");
        eventually(() -> assertThat(health(pixel).path("state").asText()).isEqualTo("parked"));
        sandbox.clearFaults();
        api.rowOnce(delivery, "accepted");
        eventually(() -> assertThat(health(pixel).path("state").asText()).isEqualTo("ok"));
    }

    @Test
    void aRefusedEventFailsAloneAmongTheOthersOfItsBatch() {
        Pixel pixel = pixel("sandbox-token-batch");
        api.post("/pixels/" + pixel.id + "/pause").expect(200);
        var good = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            good.add(won(pixel, "Baik " + i));
        }
        // A browser cookie from the year 2033: passes our checks, and is refused over there.
        String lead = api.lead("""
                {"name":"Rusak","status":"contacted",
                 "click":{"fbclid":"IwAR-batch-bad","fbp":"fb.1.2000000000000.1116446470"},
                 "web":{"pageUrl":"https://toko.example/","userAgent":"Mozilla/5.0"}}""");
        String bad = api.rows("leadId=" + lead + "&pixelId=" + pixel.id)
                .getFirst()
                .path("id")
                .asText();
        api.post("/pixels/" + pixel.id + "/resume").expect(200);

        JsonNode failed = api.rowOnce(bad, "failed");
        assertThat(failed.at("/reason/code").asText()).isEqualTo("event_refused");
        assertThat(failed.at("/reason/message").asText()).contains("created in the future");
        for (String delivery : good) {
            JsonNode row = api.rowOnce(delivery, "accepted");
            assertThat(sandbox.copies(row.path("eventId").asText())).hasSize(1);
        }
        assertThat(sandbox.received(pixel.metaId)).hasSize(12);
        assertThat(sandbox.requests(pixel.metaId))
                .as("a batch was refused and divided")
                .anyMatch(r -> r.path("verdict").asText().equals("refused")
                        && Json.read(r.path("body").asText()).path("data").size() == 13);
        assertThat(health(pixel).path("state").asText()).isEqualTo("ok");
    }

    @Test
    void aDeadPixelDelaysNoOther() {
        Pixel dead = pixel("sandbox-token-dead");
        Pixel alive = pixel("sandbox-token-alive");
        sandbox.fault(dead.metaId, "\"mode\":\"down\"");
        var answers = new ArrayList<JsonNode>();
        for (int i = 0; i < 25; i++) {
            answers.add(api.won(api.clickedLead("Jalan Terus " + i), "1000"));
        }
        for (JsonNode answer : answers) {
            JsonNode row = api.rowOnce(deliveryAt(alive, answer), "accepted");
            var waited = Duration.between(
                    Instant.parse(row.path("createdAt").asText()),
                    Instant.parse(row.path("deliveredAt").asText()));
            assertThat(waited).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(answers)
                .extracting(a -> api.row(deliveryAt(dead, a)).path("status").asText())
                .containsOnly("pending");
        assertThat(health(alive).path("state").asText()).isEqualTo("ok");
        sandbox.clearFaults();
        for (JsonNode answer : answers) {
            api.rowOnce(deliveryAt(dead, answer), "accepted");
        }
    }

    @Test
    void aPausedPixelKeepsWhatHappensForLater() {
        Pixel pixel = pixel("sandbox-token-paused");
        JsonNode paused = api.post("/pixels/" + pixel.id + "/pause").expect(200);
        assertThat(paused.at("/health/state").asText()).isEqualTo("paused");
        Pixel other = pixel("sandbox-token-not-paused");
        JsonNode answer = api.won(api.clickedLead("Jeda"), "1000");
        api.rowOnce(deliveryAt(other, answer), "accepted");
        JsonNode waiting = api.row(deliveryAt(pixel, answer));
        assertThat(waiting.path("status").asText()).isEqualTo("pending");
        assertThat(waiting.at("/reason/code").asText()).isEqualTo("pixel_paused");
        assertThat(sandbox.received(pixel.metaId)).isEmpty();
        JsonNode resumed = api.post("/pixels/" + pixel.id + "/resume").expect(200);
        assertThat(resumed.at("/health/state").asText()).isEqualTo("ok");
        api.rowOnce(deliveryAt(pixel, answer), "accepted");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-good-token, true, connected",
        "sandbox-expired-token, false, token_invalid",
        "sandbox-revoked-token, false, token_invalid",
        "bad, false, token_invalid",
        "sandbox-noperm-token, false, permission_missing",
        "sandbox-noperm200-token, false, permission_missing",
        "sandbox-wrongpixel-token, false, pixel_not_found"
    })
    void testConnectionTellsWhatIsWrong(String token, boolean ok, String verdict) {
        Pixel pixel = pixel(token);
        JsonNode answer = api.post("/pixels/" + pixel.id + "/test").expect(200);
        assertThat(answer.path("ok").asBoolean()).isEqualTo(ok);
        assertThat(answer.path("verdict").asText()).isEqualTo(verdict);
        assertThat(answer.path("message").asText()).isNotBlank();
        assertThat(answer.path("fix").asText().isBlank()).isEqualTo(ok);
        assertThat(answer.toString()).doesNotContain(token + "\"").doesNotContain("sandbox-");
        assertThat(api.rows("pixelId=" + pixel.id)).isEmpty();
        assertThat(sandbox.received(pixel.metaId)).isEmpty();
        assertThat(health(pixel).path("state").asText()).isEqualTo("ok");
    }

    @Test
    void testConnectionSaysWhenNobodyAnswers() {
        Pixel pixel = pixel("sandbox-token-unreachable");
        sandbox.fault(pixel.metaId, "\"mode\":\"down\"");
        JsonNode answer = api.post("/pixels/" + pixel.id + "/test").expect(200);
        assertThat(answer.path("ok").asBoolean()).isFalse();
        assertThat(answer.path("verdict").asText()).isEqualTo("unreachable");
    }

    @Test
    void aDeletedPixelGetsNothingThatWaitedForIt() {
        Pixel pixel = pixel("sandbox-token-deleted");
        api.post("/pixels/" + pixel.id + "/pause").expect(200);
        String delivery = won(pixel, "Hapus");
        assertThat(api.delete("/pixels/" + pixel.id).status()).isEqualTo(204);
        JsonNode row = api.row(delivery);
        assertThat(row.path("status").asText()).isEqualTo("skipped");
        assertThat(row.at("/reason/code").asText()).isEqualTo("missing_configuration");
        assertThat(row.at("/reason/message").asText()).contains("deleted");
        assertThat(api.get("/pixels/" + pixel.id).status()).isEqualTo(404);
        Pixel next = pixel("sandbox-token-after-delete");
        api.rowOnce(won(next, "Berikut"), "accepted");
        assertThat(sandbox.received(pixel.metaId)).isEmpty();
    }

    @Test
    void aFailedEventIsSentAfterTheFixWithTheSameEventId() {
        Pixel pixel = pixel("sandbox-token-retried");
        sandbox.fault(pixel.metaId, "\"mode\":\"fail\",\"status\":400,\"code\":100,\"subcode\":2804010,\"count\":1");
        String lead = api.clickedLead("Ulangi");
        String delivery = deliveryAt(pixel, api.won(lead, "1000"));
        JsonNode failed = api.rowOnce(delivery, "failed");
        assertThat(failed.at("/reason/code").asText()).isEqualTo("missing_currency");
        assertThat(api.get("/leads/" + lead).expect(200).path("syncState").asText())
                .isEqualTo("failed");
        api.post("/sync-logs/" + delivery + "/retry").expect(200);
        JsonNode accepted = api.rowOnce(delivery, "accepted");
        assertThat(accepted.path("eventId")).isEqualTo(failed.path("eventId"));
        assertThat(accepted.path("attempts")).hasSize(2);
        assertThat(sandbox.copies(accepted.path("eventId").asText())).hasSize(1);
    }

    @Test
    void testModeMarksEventsUntilItEnds() {
        Pixel pixel = pixel("sandbox-token-test-mode");
        JsonNode on = api.post("/pixels/" + pixel.id + "/test-mode", "{\"code\":\"TEST123\",\"minutes\":5}")
                .expect(200);
        assertThat(on.at("/testMode/code").asText()).isEqualTo("TEST123");
        JsonNode tested = api.rowOnce(won(pixel, "Coba"), "accepted");
        api.post("/pixels/" + pixel.id + "/test-mode", "{\"minutes\":0}").expect(200);
        JsonNode real = api.rowOnce(won(pixel, "Sungguh"), "accepted");
        assertThat(sandbox.copies(tested.path("eventId").asText())
                        .getFirst()
                        .path("testCode")
                        .asText())
                .isEqualTo("TEST123");
        assertThat(sandbox.copies(real.path("eventId").asText()).getFirst().has("testCode"))
                .isFalse();
    }

    private Pixel pixel(String token) {
        lastPixel++;
        String metaId = "4000000000" + (10_000 + lastPixel);
        // Nothing for a new lead, so that a fault meets the purchase and nothing else.
        String id = api.post("/pixels", """
                        {"platform":"meta","name":"Pixel %s","settings":{"pixelId":"%s"},"mapping":{"new":null},
                         "credentials":{"accessToken":"%s"}}""".formatted(metaId, metaId, token))
                .expect(201)
                .path("id")
                .asText();
        pixels.add(id);
        return new Pixel(metaId, id);
    }

    private static JsonNode health(Pixel pixel) {
        return api.get("/pixels/" + pixel.id).expect(200).path("health");
    }

    /** A lead who clicked and bought; the delivery of the purchase to that pixel. */
    private static String won(Pixel pixel, String name) {
        return deliveryAt(pixel, api.won(api.clickedLead(name), "1000"));
    }

    private static String deliveryAt(Pixel pixel, JsonNode answer) {
        return Json.list(answer.path("deliveries")).stream()
                .filter(d -> d.path("pixelId").asText().equals(pixel.id))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }
}
