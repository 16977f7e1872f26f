package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources of traffic are told of conversions: what arrives, what is tried again, what is refused. */
@ExtendWith(LogsOnFailure.class)
class S2sIT {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String SECRET = "s2s-secret-0123456789";

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    private String target = "";
    private String pixel = "";

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server =
                RunningServer.start(Database.SQLITE, sandbox, Map.of("KEMBALI_ALLOW_PRIVATE_ADDRESSES", "127.0.0.0/8"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void forget() {
        sandbox.clearFaults();
        if (!pixel.isEmpty()) {
            api.delete("/pixels/" + pixel);
        }
    }

    /** A target that wants to hear of every lead that is won. @param more further settings */
    private void target(String query, String more) {
        target = "t" + COUNT.incrementAndGet();
        pixel = api.post("/pixels", """
                        {"platform":"s2s","name":"Target %s",
                         "settings":{"url":"%s/s2s/%s/pb?%s","require":"nothing","statuses":["sale"]%s},
                         "credentials":{"secret":"%s","headers":"X-Api-Key: header-%s"}}""".formatted(target, sandbox.url(), target, query, more, SECRET, SECRET))
                .expect(201)
                .path("id")
                .asText();
    }

    private static String lead(String name) {
        return api.clickedLead(name + COUNT.incrementAndGet());
    }

    /** The row of that target for a lead who is won now. */
    private String won(String lead) {
        return Json.list(api.won(lead, "2500000").path("deliveries")).stream()
                .filter(d -> d.path("pixelId").asText().equals(pixel))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    @Test
    void aSaleSetByHandArrivesInTheSourcesWords() {
        target(
                "e={status: lead=reg sale=dep}&sum={payout}&cur={currency}&event_id={event_id}&key={secret}&l={lead_id}",
                "");
        String lead = lead("Wulan");
        String id = won(lead);
        assertThat(won(lead)).as("said again").isEqualTo(id);
        JsonNode row = api.rowOnce(id, "accepted");
        assertThat(row.path("event").asText()).isEqualTo("sale");
        assertThat(row.path("pixelName").asText()).isEqualTo("Target " + target);
        JsonNode attempt = row.at("/attempts/0");
        assertThat(attempt.at("/request/method").asText()).isEqualTo("GET");
        assertThat(attempt.at("/request/url").asText())
                .contains("e=dep&sum=2500000&cur=IDR")
                .contains("&key=***&l=" + lead);
        assertThat(attempt.at("/response/body").asText()).isEqualTo("OK");
        assertThat(row.toString()).doesNotContain(SECRET);
        List<JsonNode> received = sandbox.received(target);
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().path("event").asText()).isEqualTo("dep");
        assertThat(received.getFirst().path("eventId").asText())
                .isEqualTo(row.path("eventId").asText());
        assertThat(received.getFirst().path("rawBody").asText()).contains("\"key\":\"" + SECRET + "\"");
        assertThat(sandbox.requests(target).getFirst().path("headers").toString())
                .contains("header-" + SECRET);
    }

    @Test
    void aJsonBodyIsQuotedByUs() {
        target(
                "x=1",
                ",\"method\":\"post_json\",\"body\":\"{\\\"event\\\":{status},\\\"sum\\\":{payout},\\\"who\\\":\\\"lead {lead_id}\\\"}\"");
        String lead = lead("Json");
        JsonNode row = api.rowOnce(won(lead), "accepted");
        assertThat(row.at("/attempts/0/request/body/who").asText()).isEqualTo("lead " + lead);
        assertThat(sandbox.received(target).getFirst().path("value").asInt()).isEqualTo(2_500_000);
    }

    @Test
    void aRefusalEndsAtOnceAndARetryByHandMayEndBetter() {
        target("e={status}", "");
        sandbox.instruct("s2s", "{\"target\":\"" + target + "\",\"status\":404,\"body\":\"no such click\"}");
        String id = won(lead("Tolak"));
        JsonNode failed = api.rowOnce(id, "failed");
        assertThat(failed.at("/reason/code").asText()).isEqualTo("target_refused");
        assertThat(failed.at("/reason/fix").asText()).isNotBlank();
        assertThat(failed.path("attempts")).hasSize(1);
        assertThat(failed.at("/attempts/0/response/body").asText()).isEqualTo("no such click");
        sandbox.instruct("s2s", "{\"target\":\"" + target + "\"}");
        api.post("/sync-logs/" + id + "/retry").expect(200);
        assertThat(api.rowOnce(id, "accepted").path("eventId")).isEqualTo(failed.path("eventId"));
        assertThat(sandbox.received(target)).hasSize(1);
    }

    @Test
    void faultsAndThrottlingAreTriedAgain() {
        target("e={status}&event_id={event_id}", "");
        sandbox.fault("s2s", target, "\"mode\":\"fail\",\"status\":500,\"count\":1");
        sandbox.fault("s2s", target, "\"mode\":\"throttle\",\"retryAfterSeconds\":2,\"count\":1");
        sandbox.fault("s2s", target, "\"mode\":\"lose_answer\",\"count\":1");
        JsonNode row = api.rowOnce(won(lead("Coba")), "accepted");
        assertThat(Json.list(row.path("attempts")))
                .extracting(a -> a.path("httpStatus").asText())
                .containsExactly("500", "429", "null", "200");
        assertThat(row.path("answerLost").asBoolean()).isTrue();
        assertThat(sandbox.copies(row.path("eventId").asText()))
                .as("told twice under one id")
                .hasSize(2);
    }

    @Test
    void aSlowTargetIsWaitedForEightSecondsAndHoldsUpNoOther() {
        target("e={status}", "");
        String slow = pixel;
        sandbox.fault("s2s", target, "\"mode\":\"slow\",\"delayMs\":9500,\"count\":1");
        String id = won(lead("Lambat"));
        target("e={status}", "");
        api.rowOnce(won(lead("Cepat")), "accepted");
        assertThat(api.row(id).path("status").asText()).isEqualTo("pending");
        JsonNode row = api.rowOnce(id, "accepted");
        assertThat(row.at("/attempts/0/error").asText()).contains("no whole answer within 8 s");
        assertThat(row.at("/attempts/0/durationMs").asInt()).isBetween(7_500, 9_400);
        api.delete("/pixels/" + slow);
    }

    @Test
    void aRedirectionIsFollowedOnlyToWherePostbacksMayGo() {
        target("e={status}", "");
        String first = target;
        sandbox.instruct("s2s", """
                {"target":"%s","status":302,"location":"%s/s2s/%s-next?e=moved"}""".formatted(first, sandbox.url(), first));
        api.rowOnce(won(lead("Alih")), "accepted");
        assertThat(sandbox.received(first + "-next").getFirst().path("event").asText())
                .isEqualTo("moved");
        sandbox.instruct("s2s", "{\"target\":\"" + first + "\",\"status\":302,\"location\":\"http://10.0.0.1/\"}");
        JsonNode blocked = api.rowOnce(won(lead("Dalam")), "failed");
        assertThat(blocked.at("/reason/code").asText()).isEqualTo("blocked_address");
        assertThat(blocked.at("/reason/message").asText()).contains("10.0.0.1 is a private address");
        sandbox.instruct("s2s", "{\"target\":\"" + first + "\"}");
    }

    @Test
    void successIsWhatTheBuyerSays() {
        target("e={status}", ",\"successContains\":\"taken\"");
        JsonNode failed = api.rowOnce(won(lead("Isi")), "failed");
        assertThat(failed.at("/reason/code").asText()).isEqualTo("answer_says_no");
        sandbox.instruct("s2s", "{\"target\":\"" + target + "\",\"status\":200,\"body\":\"taken: 1\"}");
        api.rowOnce(won(lead("Isi")), "accepted");
        sandbox.instruct("s2s", "{\"target\":\"" + target + "\"}");
    }

    @Test
    void aDrillShowsTheRequestAndSendsItMarkedWhenAskedTo() {
        target("e={status}&sum={payout}&cur={currency}&k={secret}&l={lead_id}", "");
        String lead = lead("Latih");
        String body = "{\"leadId\":\"" + lead + "\",\"payout\":\"2.61\",\"currency\":\"usd\"%s}";
        JsonNode shown =
                api.post("/pixels/" + pixel + "/drill", body.formatted("")).expect(200);
        assertThat(shown.at("/request/url").asText())
                .endsWith("/pb?e=sale&sum=2.61&cur=USD&k=***&l=" + lead + "&test=1");
        assertThat(shown.at("/request/headers").toString()).contains("X-Api-Key", "X-Kembali-Test");
        assertThat(shown.path("sent").asBoolean()).isFalse();
        assertThat(shown.path("answer").isNull()).isTrue();
        assertThat(sandbox.requests(target)).isEmpty();

        JsonNode sent = api.post("/pixels/" + pixel + "/drill", body.formatted(",\"send\":true"))
                .expect(200);
        assertThat(sent.path("sent").asBoolean()).isTrue();
        assertThat(sent.at("/answer/httpStatus").asInt()).isEqualTo(200);
        assertThat(sent.at("/answer/body").asText()).isEqualTo("OK");
        assertThat(sent.at("/answer/taken").asBoolean()).isTrue();
        assertThat(sent.toString()).doesNotContain(SECRET);
        assertThat(sandbox.received(target).getFirst().path("testCode").asText())
                .isEqualTo("1");
        assertThat(api.rows("pixelId=" + pixel + "&event=sale")).as("no row").isEmpty();

        sandbox.fault("s2s", target, "\"mode\":\"fail\",\"status\":403,\"count\":1");
        JsonNode refused = api.post("/pixels/" + pixel + "/drill", body.formatted(",\"send\":true"))
                .expect(200);
        assertThat(refused.at("/answer/taken").asBoolean()).isFalse();
        assertThat(refused.at("/answer/reason/code").asText()).isEqualTo("target_refused");

        JsonNode rejected = api.post(
                        "/pixels/" + pixel + "/drill", "{\"leadId\":\"" + lead + "\",\"status\":\"rejected\"}")
                .expect(200);
        assertThat(rejected.path("request").isNull()).isTrue();
        assertThat(rejected.at("/reason/code").asText()).isEqualTo("status_not_chosen");
        assertThat(api.post("/pixels/" + pixel + "/drill", "{\"subid\":\"nobody\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void withoutTheSourcesClickIdNothingIsSentUnlessNothingIsRequired() {
        target("c={external_id}&e={status}", "");
        JsonNode settings = api.get("/pixels/" + pixel).expect(200).path("settings");
        assertThat(settings.path("require").asText()).isEqualTo("nothing");
        api.patch("/pixels/" + pixel, "{\"settings\":{\"require\":null}}").expect(200);
        String id = won(lead("Tanpa"));
        JsonNode skipped = api.row(id);
        assertThat(skipped.path("status").asText()).isEqualTo("skipped");
        assertThat(skipped.at("/reason/code").asText()).isEqualTo("no_external_id");
        assertThat(skipped.at("/reason/fix").asText()).contains("external_id");
        api.patch("/pixels/" + pixel, "{\"settings\":{\"require\":\"nothing\"}}")
                .expect(200);
        api.post("/sync-logs/" + id + "/retry").expect(200);
        api.rowOnce(id, "accepted");
        assertThat(sandbox.received(target)).hasSize(1);
    }

    @Test
    void aPreviewShowsWhatIsSentLater() {
        target("e={status}&sum={payout}&k={secret}", "");
        String lead = lead("Lihat");
        api.patch("/leads/" + lead, "{\"actualValue\":\"42\",\"currency\":\"IDR\"}")
                .expect(200);
        JsonNode shown = Json.items(
                        api.post("/conversion-settings/preview", "{\"leadId\":\"" + lead + "\",\"status\":\"won\"}")
                                .expect(200))
                .stream()
                .filter(i -> i.path("pixelId").asText().equals(pixel))
                .findFirst()
                .orElseThrow();
        assertThat(shown.at("/request/url").asText()).endsWith("/pb?e=sale&sum=42&k=***");
        assertThat(sandbox.requests(target)).isEmpty();
    }

    @Test
    void thePlatformIsListedWithItsFormAndItsStatuses() {
        JsonNode s2s = Json.items(api.get("/platforms").expect(200)).stream()
                .filter(p -> p.path("key").asText().equals("s2s"))
                .findFirst()
                .orElseThrow();
        assertThat(Json.each(Json.list(s2s.at("/form/settings")), "name"))
                .startsWith("url", "method", "body", "statuses");
        assertThat(Json.each(Json.list(s2s.at("/form/credentials")), "name")).containsExactly("headers", "secret");
        assertThat(Json.each(Json.list(s2s.path("events")), "name")).contains("sale", "rejected", "chargeback");
        assertThat(s2s.at("/mapping/0/defaults/sales/won").asText()).isEqualTo("sale");
    }

    @Test
    void warningsNameMacrosNobodyFillsAndSecretsInTheOpen() {
        target("c={external_id}&z={unheard_of}&a={{ad.id}}&token=abcdef", "");
        JsonNode view = api.get("/pixels/" + pixel).expect(200);
        assertThat(Json.each(Json.list(view.path("warnings")), "code"))
                .containsExactly("unknown_macro", "unknown_macro", "secret_in_url");
        assertThat(view.at("/credentials/secret/hint").asText()).isEqualTo("…6789");
        api.rowOnce(won(lead("Ingat")), "accepted");
        assertThat(sandbox.received(target).getFirst().path("rawBody").asText())
                .contains("\"z\":\"\",\"a\":\"\"")
                .doesNotContain("unheard_of");
        eventually(() -> assertThat(api.get("/pixels/" + pixel)
                        .expect(200)
                        .at("/last24h/accepted")
                        .asInt())
                .isEqualTo(1));
    }
}
