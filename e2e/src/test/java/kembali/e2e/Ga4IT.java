package kembali.e2e;

import static kembali.e2e.Pixels.deliveryAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only GA4 has: it answers 204 to everything, and knows no twin but a purchase's. */
@ExtendWith(LogsOnFailure.class)
class Ga4IT {
    private static final Transport GA4 = new Ga4Transport();

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static Pixels pixels;

    /** Pixels whose events are meant to be lost. */
    private static final Set<String> DOOMED = new HashSet<>();

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox, Map.of("KEMBALI_RETRY_FIRST_DELAY", "10ms"));
        api = server.api();
        pixels = new Pixels(api);
    }

    @AfterAll
    static void stop() {
        try {
            assertThat(Json.list(sandbox.summary().path("rows")))
                    .filteredOn(r -> !DOOMED.contains(r.path("pixelId").asText()))
                    .extracting(r -> r.path("verdict").asText())
                    .noneMatch(v -> v.startsWith("swallowed"));
        } finally {
            server.close();
            sandbox.close();
        }
    }

    @AfterEach
    void forgetThePixels() {
        sandbox.clearFaults();
        pixels.forget();
    }

    @Test
    void anEventWhoseAnswerWasLostIsNotSentAgainUnlessItIsAPurchase() {
        Map<String, Integer> faults = Map.of("lose_answer", 1, "reset", 0);
        faults.forEach((mode, copies) -> {
            Pixel pixel = pixels.add(GA4);
            sandbox.fault("ga4", pixel.platformId(), "\"mode\":\"" + mode + "\",\"count\":1");
            String lead = pixels.lead("Hilang");
            JsonNode answer = status(lead, "qualified");
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "failed");
            assertThat(row.path("event").asText()).isEqualTo("qualify_lead");
            assertThat(row.at("/reason/code").asText()).isEqualTo("answer_lost");
            assertThat(row.at("/reason/fix").asText()).isNotBlank();
            assertThat(row.path("answerLost").asBoolean()).isTrue();
            assertThat(row.path("attempts")).hasSize(1);
            assertThat(row.at("/attempts/0/answerLost").asBoolean()).isTrue();

            sandbox.fault("ga4", pixel.platformId(), "\"mode\":\"" + mode + "\",\"count\":1");
            JsonNode purchase = api.rowOnce(deliveryAt(pixel, api.won(lead, "1000")), "accepted");
            assertThat(purchase.path("answerLost").asBoolean()).isTrue();
            assertThat(purchase.path("attempts")).hasSize(2);
            assertThat(sandbox.received(pixel.platformId(), "qualify_lead"))
                    .as(mode)
                    .hasSize(copies);
            assertThat(sandbox.received(pixel.platformId(), "purchase"))
                    .as(mode)
                    .hasSize(copies + 1);
        });
    }

    @Test
    void anEventThatWasSurelyNotTakenIsSentAgain() {
        Pixel pixel = pixels.add(GA4);
        sandbox.fault("ga4", pixel.platformId(), "\"mode\":\"fail\",\"count\":1");
        sandbox.fault("ga4", pixel.platformId(), "\"mode\":\"throttle\",\"retryAfterSeconds\":0,\"count\":1");
        JsonNode row = api.rowOnce(deliveryAt(pixel, status(pixels.lead("Pasti"), "qualified")), "accepted");
        assertThat(row.path("attempts")).hasSize(3);
        assertThat(row.path("answerLost").asBoolean()).isFalse();
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @Test
    void whatIsOlderThanThreeDaysIsSentWithItsTrueTimeAndSaysSo() {
        Pixel pixel = pixels.add(GA4);
        var ends = new LinkedHashMap<Integer, String>();
        ends.put(71, "received_unvalidated");
        ends.put(80, "clamped_72h");
        ends.put(24 * 40, "clamped_72h");
        ends.forEach((hours, code) -> {
            Instant at = Instant.now().minus(Duration.ofHours(hours));
            JsonNode answer = api.put("/leads/" + pixels.lead("Lama") + "/status", """
                            {"status":"won","actualValue":"1","currency":"IDR","occurredAt":"%s"}""".formatted(at))
                    .expect(200);
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            assertThat(row.at("/reason/code").asText()).as("%d hours", hours).isEqualTo(code);
            assertThat(row.at("/attempts/0/request/body/timestamp_micros").asLong())
                    .isEqualTo(at.toEpochMilli() * 1_000);
            JsonNode arrived = sandbox.received(pixel.platformId()).getLast();
            assertThat(arrived.path("warnings").toString().contains("clamped_72h"))
                    .isEqualTo(hours > 72);
        });
    }

    @Test
    void everyStatusArrivesAsItsEventAndNoneIsSwallowed() {
        Pixel pixel = pixels.add(GA4, "{\"mapping\":{}}");
        JsonNode mapping = api.get("/conversion-settings").expect(200).path("mapping");
        var seen = new HashSet<String>();
        for (String status : Json.names(mapping)) {
            String event = mapping.path(status).path("ga4").asText();
            JsonNode answer = status(pixels.lead("Setiap"), status);
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            assertThat(row.path("event").asText()).as(status).isEqualTo(event);
            seen.add(event);
        }
        assertThat(seen).contains("page_view", "generate_lead", "qualify_lead", "purchase", "close_unconvert_lead");
        assertThat(new HashSet<>(Json.each(sandbox.received(pixel.platformId()), "event")))
                .containsExactlyInAnyOrderElementsOf(seen);
    }

    @Test
    void aWrongSecretIsNotClaimedToBeRight() {
        Pixel pixel = pixels.add(
                GA4, "{\"mapping\":{\"new\":null},\"credentials\":{\"apiSecret\":\"SecretThatWasRevokedOrrevoked\"}}");
        DOOMED.add(pixel.platformId());
        JsonNode tested = api.post("/pixels/" + pixel.id() + "/test").expect(200);
        assertThat(tested.path("message").asText()).contains("cannot confirm the API secret");
        JsonNode row = api.rowOnce(pixels.won(pixel, "Tertelan"), "accepted");
        assertThat(row.at("/reason/code").asText()).isEqualTo("received_unvalidated");
        assertThat(row.at("/reason/message").asText()).contains("wrong API secret");
        assertThat(sandbox.received(pixel.platformId())).isEmpty();
        assertThat(row.toString()).doesNotContain("SecretThatWas");
    }

    @Test
    void sendAllMakesUpAClientIdAndSaysSo() {
        Pixel pixel = pixels.add(GA4, "{\"mapping\":{\"new\":null},\"strategy\":\"send_all\"}");
        JsonNode row =
                api.rowOnce(deliveryAt(pixel, api.won(api.lead("{\"name\":\"Tanpa Kuki\"}"), "1000")), "accepted");
        assertThat(row.at("/reason/code").asText()).isEqualTo("synthetic_client_id");
        assertThat(row.at("/attempts/0/request/body/client_id").asText()).matches("\\d{10}\\.\\d{10}");
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @Test
    void testModeShowsTheEventInDebugView() {
        Pixel pixel = pixels.add(GA4);
        api.post("/pixels/" + pixel.id() + "/test-mode", "{\"code\":\"on\",\"minutes\":5}")
                .expect(200);
        api.rowOnce(pixels.won(pixel, "Coba"), "accepted");
        api.post("/pixels/" + pixel.id() + "/test-mode", "{\"minutes\":0}").expect(200);
        api.rowOnce(pixels.won(pixel, "Sungguh"), "accepted");
        List<JsonNode> arrived = sandbox.received(pixel.platformId());
        assertThat(arrived.getFirst().path("testCode").asText()).isEqualTo("debug_mode");
        assertThat(arrived.getLast().has("testCode")).isFalse();
    }

    @Test
    void aPreviewThatGoogleCannotCheckSaysSo() {
        Pixel pixel = pixels.add(GA4);
        String lead = pixels.lead("Pratinjau");
        sandbox.fault("ga4", pixel.platformId(), "\"mode\":\"fail\",\"count\":1");
        JsonNode asked = api.post(
                        "/conversion-settings/preview?validate=true",
                        "{\"leadId\":\"" + lead + "\",\"status\":\"qualified\"}")
                .expect(200)
                .at("/items/0");
        assertThat(asked.path("send").asBoolean()).isTrue();
        assertThat(asked.at("/validation/ok").asBoolean()).isFalse();
        assertThat(asked.at("/validation/verdict").asText()).isEqualTo("platform_unavailable");
        assertThat(asked.at("/validation/fix").asText()).isNotBlank();
    }

    private static JsonNode status(String lead, String status) {
        return api.put("/leads/" + lead + "/status", "{\"status\":\"" + status + "\",\"actualValue\":\"1000\"}")
                .expect(200);
    }
}
