package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static kembali.e2e.GoogleAdsTransport.ADS_API;
import static kembali.e2e.GoogleAdsTransport.DATA_MANAGER;
import static kembali.e2e.Pixels.deliveryAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only Google Ads has: Action IDs instead of event names, and verdicts that come later. */
@ExtendWith(LogsOnFailure.class)
class GoogleAdsIT {
    /** Half an hour until the first look at a verdict is 0.9 seconds on this clock, six hours are eleven. */
    private static final Map<String, String> FAST = Map.of("KEMBALI_RETRY_FIRST_DELAY", "5ms");

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    private static Pixels pixels;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox, FAST);
        api = server.api();
        pixels = new Pixels(api);
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void forgetThePixels() {
        sandbox.clearFaults();
        pixels.forget();
    }

    @Test
    void verdictsAreFetchedAndTakeThePlaceOfProcessing() {
        Pixel pixel = pixels.add(DATA_MANAGER);
        sandbox.fault("google_data_manager", pixel.platformId(), "\"mode\":\"lose_answer\",\"count\":1");
        JsonNode lost = api.rowOnce(pixels.won(pixel, "Ganda"), "accepted");
        assertThat(lost.path("answerLost").asBoolean()).isTrue();
        // No verdict before all are seen to wait for one.
        sandbox.fault("google_data_manager", pixel.platformId(), "\"mode\":\"slow_processing\",\"count\":4");
        String good = deliveryAt(pixel, api.won(pixels.lead("Baik", "\"gclid\":\"Cj0K-verdict\""), "1000"));
        String young = deliveryAt(pixel, api.won(pixels.lead("Muda", "\"gclid\":\"Cj0K-invalid-young\""), "1000"));
        String old = deliveryAt(pixel, api.won(pixels.lead("Tua", clicked("Cj0K-invalid-old", 3)), "1000"));
        String foreign = deliveryAt(pixel, api.won(pixels.lead("Asing", "\"gclid\":\"Cj0K-foreign\""), "1000"));
        for (String delivery : List.of(good, young, old, foreign)) {
            assertThat(api.rowOnce(delivery, "accepted").at("/reason/code").asText())
                    .isEqualTo("processing");
        }
        Instant began = Instant.now();
        sandbox.instruct("google_data_manager", "{\"finish\":\"*\"}");

        awaitReason(good, "accepted", "processed");
        awaitReason(lost.path("id").asText(), "accepted", "duplicate");
        JsonNode refused = awaitReason(foreign, "failed", "click_of_other_account");
        assertThat(refused.at("/reason/message").asText()).contains("OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER");
        assertThat(refused.at("/reason/fix").asText()).isNotBlank();
        assertThat(refused.at("/attempts/1/request/method").asText()).isEqualTo("GET");
        awaitReason(old, "failed", "click_id_invalid");
        // The click is a day old at most, so Google may learn of it: sent once more, and then it is over.
        awaitReason(young, "pending", "click_too_recent");
        JsonNode over = awaitReason(young, "failed", "click_too_recent");
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofSeconds(10));
        List<JsonNode> sent = sandbox.received(pixel.platformId()).stream()
                .filter(e -> e.path("rawBody").asText().contains("invalid-young"))
                .toList();
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).path("rawBody")).isEqualTo(sent.get(1).path("rawBody"));
        assertThat(Json.list(over.path("attempts")))
                .filteredOn(a -> a.at("/request/method").asText().equals("POST"))
                .hasSize(2);
        assertThat(pixels.health(pixel).path("state").asText()).isEqualTo("ok");
    }

    @Test
    void aRequestOfWhichGoogleRefusedAPartIsAPartialFailureOfAll() {
        Pixel pixel = pixels.add(DATA_MANAGER);
        pixels.pause(pixel, true);
        var deliveries = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            deliveries.add(pixels.won(pixel, "Bersama " + i));
        }
        deliveries.add(deliveryAt(pixel, api.won(pixels.lead("Asing", "\"gclid\":\"Cj0K-foreign-batch\""), "1000")));
        pixels.pause(pixel, false);
        for (String delivery : deliveries) {
            JsonNode row = api.rowOnce(delivery, "partial_failure");
            assertThat(row.at("/reason/code").asText()).isEqualTo("partly_processed");
            assertThat(row.at("/reason/message").asText()).contains("1 of 6");
            assertThat(api.post("/sync-logs/" + delivery + "/retry").status()).isEqualTo(409);
        }
        assertThat(sandbox.received(pixel.platformId())).hasSize(6);
    }

    @Test
    void aWarningAtTheDoorIsAPartialFailure() {
        Pixel pixel = pixels.add(DATA_MANAGER);
        sandbox.fault("google_data_manager", pixel.platformId(), "\"mode\":\"partial\",\"count\":1");
        JsonNode row = api.rowOnce(pixels.won(pixel, "Sebagian"), "partial_failure");
        assertThat(row.at("/reason/code").asText()).isEqualTo("platform_message");
        assertThat(row.at("/reason/message").asText()).contains("CUSTOM_VARIABLE_NOT_ENABLED");
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @Test
    void aSlowVerdictIsWaitedForThroughAQuotaOnTheStatus() {
        Pixel pixel = pixels.add(DATA_MANAGER);
        sandbox.fault("google_data_manager", pixel.platformId(), "\"mode\":\"slow_processing\",\"count\":1");
        String delivery = pixels.won(pixel, "Lambat");
        api.rowOnce(delivery, "accepted");
        sandbox.fault("google_data_manager", "*", "\"mode\":\"throttle\",\"reads\":true,\"count\":1");
        eventually(() -> assertThat(sandbox.faults()).isEmpty());
        sandbox.instruct("google_data_manager", "{\"finish\":\"*\"}");
        JsonNode row = awaitReason(delivery, "accepted", "processed");
        assertThat(row.path("attemptCount").asInt()).isLessThanOrEqualTo(2);
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @Test
    void aTwinInTheOlderUploadIsRecognised() {
        Pixel pixel = pixels.add(ADS_API);
        sandbox.fault("google_ads", pixel.platformId(), "\"mode\":\"lose_answer\",\"count\":1");
        JsonNode row = api.rowOnce(pixels.won(pixel, "Ganda"), "accepted");
        assertThat(row.at("/reason/code").asText()).isEqualTo("duplicate");
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @Test
    void aTooRecentClickIsTriedAgainBySixHours() {
        Pixel pixel = pixels.add(ADS_API);
        sandbox.fault("google_ads", pixel.platformId(), "\"mode\":\"partial\",\"count\":1");
        String delivery = pixels.won(pixel, "Terlalu Baru");
        awaitReason(delivery, "pending", "click_too_recent");
        Duration wait = Duration.between(
                Instant.now(),
                Instant.parse(api.row(delivery).path("nextAttemptAt").asText()));
        assertThat(wait).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(12));
        assertThat(pixels.health(pixel).path("state").asText()).isEqualTo("ok");
        api.rowOnce(pixels.won(pixel, "Lain"), "accepted");
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void everyStatusIsReportedUnderTheDefaultActionOrItsOwn(GoogleAdsTransport transport) {
        Pixel pixel = pixels.add(transport, """
                {"mapping":{"qualified":{"googleAdsActionId":"555000111"},"hot":null,
                 "proposal":{"googleAdsActionId":null},"lost":{"googleAdsActionId":"555000222"}}}""");
        String usual = pixel.platformId();
        // Google takes two conversions of one click and action in the same second for one.
        String lead = pixels.lead("Semua Status", clicked("Cj0K-every-" + transport, 1));
        Instant now = Instant.now();
        // The new lead itself, under the default.
        String fresh = Json.each(api.rows("leadId=" + lead + "&pixelId=" + pixel.id()), "id")
                .getFirst();
        assertThat(api.rowOnce(fresh, "accepted").path("event").asText()).isEqualTo(usual);
        var ends = Map.of(
                "won", usual,
                "contacted", usual,
                "qualified", "555000111",
                "hot", "no_mapping",
                "proposal", "no_mapping",
                "pageview", "no_mapping",
                "lost", "lost_not_reported");
        ends.forEach((status, end) -> {
            JsonNode answer = api.put(
                            "/leads/" + lead + "/status",
                            "{\"status\":\"%s\",\"occurredAt\":\"%s\"}"
                                    .formatted(status, now.minus(Duration.ofMinutes(status.length()))))
                    .expect(200);
            boolean sent = !end.contains("_");
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), sent ? "accepted" : "skipped");
            assertThat(
                            sent
                                    ? row.path("event").asText()
                                    : row.at("/reason/code").asText())
                    .as(status)
                    .isEqualTo(end);
        });
        // The same action for several statuses counts each of them by itself.
        assertThat(Json.each(sandbox.received(usual), "eventId"))
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(sandbox.received("555000222")).isEmpty();
    }

    @Test
    void theWorkspacesMappingNamesActionsTooAndThePixelsNullOverrulesIt() {
        String before = api.get("/conversion-settings").expect(200).toString();
        api.put("/conversion-settings", """
                        {"mapping":{"won":{"meta":"Purchase","googleAdsActionId":"555000333"},"lost":{"googleAdsActionId":"555000333"}}}""").expect(200);
        try {
            Pixel inherits = pixels.add(DATA_MANAGER);
            Pixel silent = pixels.add(DATA_MANAGER, "{\"mapping\":{\"new\":null,\"won\":null}}");
            String lead = pixels.lead("Warisan");
            JsonNode won = api.won(lead, "1000");
            assertThat(api.rowOnce(deliveryAt(inherits, won), "accepted")
                            .path("event")
                            .asText())
                    .isEqualTo("555000333");
            assertThat(api.row(deliveryAt(silent, won)).at("/reason/code").asText())
                    .isEqualTo("no_mapping");
            JsonNode lost = api.put("/leads/" + lead + "/status", "{\"status\":\"lost\"}")
                    .expect(200);
            assertThat(api.row(deliveryAt(inherits, lost)).at("/reason/code").asText())
                    .isEqualTo("lost_not_reported");
        } finally {
            api.put("/conversion-settings", before).expect(200);
        }
    }

    @Test
    void actionStatusesLimitWhatTheDefaultActionServes() {
        JsonNode statuses = api.get("/statuses").expect(200);
        String own = "{\"status\":\"stage_2\",\"name\":\"Stage 2\",\"color\":\"#2f80ed\"}";
        String more = "{\"items\":["
                + String.join(
                        ",",
                        Json.items(statuses).stream().map(GoogleAdsIT::writable).toList())
                + "," + own + "]}";
        api.put("/statuses", more).expect(200);
        Pixel pixel = pixels.add(DATA_MANAGER, "{\"mapping\":{\"qualified\":{\"googleAdsActionId\":\"555000444\"}}}");
        pixels.patch(pixel, "{\"settings\":{\"actionStatuses\":[\"won\",\"stage_2\"]}}");
        String lead = pixels.lead("Terbatas");
        Map<String, String> ends = Map.of(
                "won",
                pixel.platformId(),
                "stage_2",
                pixel.platformId(),
                "qualified",
                "555000444",
                "contacted",
                "no_mapping");
        ends.forEach((status, end) -> {
            JsonNode answer = api.put("/leads/" + lead + "/status", "{\"status\":\"" + status + "\"}")
                    .expect(200);
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), end.contains("_") ? "skipped" : "accepted");
            assertThat(
                            end.contains("_")
                                    ? row.at("/reason/code").asText()
                                    : row.path("event").asText())
                    .as(status)
                    .isEqualTo(end);
        });
    }

    @Test
    void aPreviewAsksGoogleAndPassesOnWhatItObjectsTo() {
        Pixel pixel = pixels.add(ADS_API);
        String lead = pixels.lead("Rusak", "\"gclid\":\"unparseable-preview\"");
        JsonNode shown = api.post(
                        "/conversion-settings/preview?validate=true",
                        "{\"leadId\":\"" + lead + "\",\"status\":\"won\"}")
                .expect(200)
                .at("/items/0");
        assertThat(shown.path("send").asBoolean()).isTrue();
        assertThat(shown.at("/validation/ok").asBoolean()).isFalse();
        assertThat(shown.at("/validation/verdict").asText()).isEqualTo("click_id_invalid");
        assertThat(shown.at("/validation/fix").asText()).isNotBlank();
        assertThat(sandbox.received(pixel.platformId())).isEmpty();
    }

    private static String writable(JsonNode status) {
        return "{\"status\":%s,\"name\":%s,\"color\":%s}"
                .formatted(status.path("status"), status.path("name"), status.path("color"));
    }

    private static String clicked(String gclid, int daysAgo) {
        return "\"gclid\":\"" + gclid + "\",\"clickedAt\":\"" + Instant.now().minus(Duration.ofDays(daysAgo)) + "\"";
    }

    private static JsonNode awaitReason(String delivery, String status, String code) {
        eventually(() -> {
            JsonNode row = api.row(delivery);
            assertThat(row.at("/reason/code").asText()).as(row.toString()).isEqualTo(code);
            assertThat(row.path("status").asText()).isEqualTo(status);
        });
        return api.row(delivery);
    }
}
