package kembali.sandbox.google.datamanager;

import static kembali.sandbox.google.GoogleClient.INGEST;
import static kembali.sandbox.google.GoogleClient.destination;
import static kembali.sandbox.google.GoogleClient.firstEvent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.google.GoogleClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of taken requests, and faults on demand. */
class ProcessingTest {
    private static final String WORD = "google_data_manager";

    private GoogleClient client;

    @BeforeEach
    void start() {
        client = new GoogleClient();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void isProcessingAtFirstAndThenDone() {
        Answer taken = client.ingest(body -> {});
        JsonNode first = look(taken);
        assertThat(first.path("requestStatus").asText()).isEqualTo("PROCESSING");
        JsonNode second = look(taken);
        assertThat(second.path("requestStatus").asText()).isEqualTo("SUCCESS");
        assertThat(second.path("destination")).isEqualTo(destination(GoogleClient.ingest()));
        assertThat(second.at("/eventsIngestionStatus/recordCount").isTextual()).isTrue();
        assertThat(second.at("/eventsIngestionStatus/recordCount").asText()).isEqualTo("1");
        assertThat(second.has("errorInfo")).isFalse();
    }

    @Test
    void answersPartialSuccessAsDocumented() {
        Answer taken = client.ingest(body -> {
            firstEvent(body).remove("destinationReferences");
            destination(body).removeAll();
            destination(body)
                    .put("productDestinationId", "987654321")
                    .putObject("operatingAccount")
                    .put("accountType", "GOOGLE_ADS")
                    .put("accountId", "1234567890");
            ObjectNode second = firstEvent(body).deepCopy().put("transactionId", "kbl-2-won");
            second.putObject("adIdentifiers").put("gclid", "Cj0Kinvalid");
            ((ArrayNode) body.get("events")).add(second);
        });
        JsonNode result = client.result(taken);
        ((ObjectNode) result.get("destination")).remove("operatingAccount");
        assertThat(result).isEqualTo(SandboxClient.read("""
                {"destination":{"productDestinationId":"987654321"},"requestStatus":"PARTIAL_SUCCESS",
                 "eventsIngestionStatus":{"recordCount":"2"},
                 "errorInfo":{"errorCounts":[{"recordCount":"1","reason":"PROCESSING_ERROR_REASON_INVALID_GCLID"}]}}"""));
        assertThat(client.warnings()).containsExactly("invalid_gclid");
    }

    static Stream<Arguments> failing() {
        return Stream.of(
                failing("PROCESSING_ERROR_REASON_INVALID_GCLID", body -> click(body, "gclid", "Cj0K-invalid")),
                failing("PROCESSING_ERROR_REASON_INVALID_GBRAID", body -> click(body, "gbraid", "0AAAinvalid")),
                failing("PROCESSING_ERROR_REASON_INVALID_WBRAID", body -> click(body, "wbraid", "invalid")),
                failing(
                        "PROCESSING_ERROR_OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER",
                        body -> click(body, "gclid", "Cj0Kforeign")),
                failing(
                        "PROCESSING_ERROR_REASON_EVENT_TOO_OLD",
                        body -> firstEvent(body).put("eventTimestamp", "2026-08-01T00:00:00Z")),
                failing(
                        "PROCESSING_ERROR_REASON_DENIED_CONSENT",
                        body -> ((ObjectNode) body.get("consent")).put("adUserData", "CONSENT_DENIED")),
                failing(
                        "PROCESSING_ERROR_REASON_DENIED_CONSENT",
                        body -> firstEvent(body).putObject("consent").put("adUserData", "CONSENT_DENIED")));
    }

    private static Arguments failing(String reason, Consumer<ObjectNode> change) {
        return Arguments.of(reason, change);
    }

    private static void click(ObjectNode body, String kind, String id) {
        firstEvent(body).putObject("adIdentifiers").put(kind, id);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void takesAndThenFails(String reason, Consumer<ObjectNode> change) {
        Answer taken = client.ingest(change);
        assertThat(taken.status()).isEqualTo(200);
        JsonNode result = client.result(taken);
        assertThat(result.path("requestStatus").asText()).isEqualTo("FAILED");
        assertThat(result.at("/errorInfo/errorCounts/0/reason").asText()).isEqualTo(reason);
    }

    @Test
    void aRepeatedTransactionIsADuplicateWithinItsActionOnly() {
        client.ingest(body -> {});
        Answer again = client.ingest(body -> {});
        assertThat(client.lastReceived().duplicate()).isTrue();
        assertThat(reason(again)).isEqualTo("PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID");
        Answer elsewhere = client.ingest(body -> destination(body).put("productDestinationId", "555"));
        assertThat(client.result(elsewhere).path("requestStatus").asText()).isEqualTo("SUCCESS");
        client.delete("/_sandbox/received");
        assertThat(client.result(client.ingest(body -> {}))
                        .path("requestStatus")
                        .asText())
                .isEqualTo("SUCCESS");
    }

    @Test
    void withoutTransactionTheClickAndItsTimeTellRepetitions() {
        Consumer<ObjectNode> anonymous = body -> firstEvent(body).remove("transactionId");
        client.ingest(anonymous);
        assertThat(reason(client.ingest(anonymous))).isEqualTo("PROCESSING_ERROR_REASON_DUPLICATE_GCLID");
    }

    @Test
    void oneForEachClickGoesNotWithABraid() {
        client.control("platforms/" + WORD, "{\"actions\":[{\"id\":\"987654321\",\"onePerClick\":true}]}");
        assertThat(reason(client.ingest(body -> click(body, "gbraid", "0AAA"))))
                .isEqualTo("PROCESSING_ERROR_REASON_ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID");
    }

    @Test
    void slowProcessingLastsSoManyLooks() {
        client.arm(Fault.of(WORD, Mode.SLOW_PROCESSING).polled(3).times(1));
        Answer taken = client.ingest(body -> {});
        for (int i = 0; i < 3; i++) {
            assertThat(look(taken).path("requestStatus").asText()).isEqualTo("PROCESSING");
        }
        assertThat(look(taken).path("requestStatus").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void slowProcessingLastsUntilToldToFinish() {
        client.arm(Fault.of(WORD, Mode.SLOW_PROCESSING));
        Answer taken = client.ingest(body -> {});
        for (int i = 0; i < 10; i++) {
            assertThat(look(taken).path("requestStatus").asText()).isEqualTo("PROCESSING");
        }
        Answer finished = client.control("platforms/" + WORD, "{\"finish\":\"*\"}");
        assertThat(finished.body().path("finished").asInt()).isEqualTo(1);
        assertThat(look(taken).path("requestStatus").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void slowProcessingEndsInFailureWhenTold() {
        client.control(
                "faults",
                "{\"platform\":\"google_data_manager\",\"mode\":\"slow_processing\",\"polls\":0,"
                        + "\"reason\":\"PROCESSING_ERROR_REASON_INTERNAL_ERROR\",\"count\":1}");
        Answer taken = client.ingest(body -> {});
        JsonNode result = look(taken);
        assertThat(result.path("requestStatus").asText()).isEqualTo("FAILED");
        assertThat(result.at("/errorInfo/errorCounts/0/reason").asText())
                .isEqualTo("PROCESSING_ERROR_REASON_INTERNAL_ERROR");
    }

    @Test
    void partialWarnsAndLetsOneFail() {
        client.arm(Fault.of(WORD, Mode.PARTIAL).times(1));
        Answer taken = client.ingest(body ->
                ((ArrayNode) body.get("events")).add(firstEvent(body).deepCopy().put("transactionId", "kbl-2-won")));
        assertThat(taken.body().at("/fieldWarnings/0/field").asText()).startsWith("events.events[0].");
        assertThat(client.stored()).isEqualTo(2);
        JsonNode result = client.result(taken);
        assertThat(result.path("requestStatus").asText()).isEqualTo("PARTIAL_SUCCESS");
        assertThat(result.at("/errorInfo/errorCounts/0/recordCount").asText()).isEqualTo("1");
    }

    @Test
    void quotaSaysWhenToComeBack() {
        client.control(
                "faults", "{\"platform\":\"" + WORD + "\",\"mode\":\"throttle\",\"retryAfterSeconds\":90,\"count\":1}");
        Answer answer = client.ingest(body -> {});
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body().at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(answer.body().at("/error/details/0/metadata/quota_limit").asText())
                .isNotEmpty();
        assertThat(answer.body().at("/error/details/1/@type").asText())
                .isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
        assertThat(answer.body().at("/error/details/1/retryDelay").asText()).isEqualTo("90s");
        assertThat(answer.raw().headers().firstValue("Retry-After")).contains("90");
        assertThat(client.stored()).isZero();
    }

    @Test
    void quotaMayKeepSilentAboutIt() {
        client.control(
                "faults", "{\"platform\":\"" + WORD + "\",\"mode\":\"throttle\",\"retryAfterSeconds\":0,\"count\":1}");
        Answer answer = client.ingest(body -> {});
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.text()).doesNotContain("RetryInfo");
        assertThat(answer.raw().headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void failsInItsOwnWords() {
        client.arm(Fault.of(WORD, Mode.FAIL).times(1));
        Answer usual = client.ingest(body -> {});
        assertThat(usual.status()).isEqualTo(503);
        assertThat(usual.body().at("/error/status").asText()).isEqualTo("UNAVAILABLE");
        client.control(
                "faults",
                "{\"platform\":\"" + WORD
                        + "\",\"mode\":\"fail\",\"reason\":\"INVALID_EVENT\",\"index\":1,\"count\":1}");
        Answer told = client.ingest(body -> {});
        assertThat(told.status()).isEqualTo(400);
        assertThat(GoogleClient.violations(told)).containsExactly("INVALID_EVENT events.events[1]");
        client.control(
                "faults",
                "{\"platform\":\"" + WORD
                        + "\",\"mode\":\"fail\",\"status\":403,\"reason\":\"SERVICE_DISABLED\",\"count\":1}");
        Answer disabled = client.ingest(body -> {});
        assertThat(disabled.body().at("/error/status").asText()).isEqualTo("PERMISSION_DENIED");
        assertThat(disabled.body().at("/error/details/0/reason").asText()).isEqualTo("SERVICE_DISABLED");
        client.arm(Fault.of(WORD, Mode.REVOKE).times(1));
        assertThat(client.ingest(body -> {}).status()).isEqualTo(401);
    }

    @Test
    void aRepetitionAfterALostAnswerIsHarmlessAndExcused() {
        client.arm(Fault.of(WORD, Mode.LOSE_ANSWER).times(1));
        assertThatThrownBy(() -> client.ingest(body -> {})).isInstanceOf(UncheckedIOException.class);
        Answer again = client.ingest(body -> {});
        assertThat(reason(again)).isEqualTo("PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID");
        assertThat(client.sandbox().ledger().summary().unexplained()).isZero();
    }

    @Test
    void expireTokenVoidsWhatWasIssuedAndANewOneIsGood() {
        String before = client.accessToken("sandbox-refresh");
        assertThat(client.postAs(before, INGEST, GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(200);
        client.arm(Fault.of(WORD, Mode.EXPIRE_TOKEN).times(1));
        assertThat(client.postAs(before, INGEST, GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(401);
        assertThat(client.postAs(before, INGEST, GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(401);
        String after = client.accessToken("sandbox-refresh");
        assertThat(client.postAs(after, INGEST, GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(200);
        assertThat(client.rows()).contains("google_oauth client-1 refresh_token accepted: 2");
    }

    @Test
    void aFaultHitsReadsWhenItSaysSo() {
        Answer taken = client.ingest(body -> {});
        client.arm(Fault.of(WORD, Mode.THROTTLE));
        assertThat(look(taken).path("requestStatus").asText()).isEqualTo("PROCESSING");
        client.sandbox().faults().clear();
        client.control("faults", "{\"platform\":\"" + WORD + "\",\"mode\":\"throttle\",\"reads\":true}");
        assertThat(client.get(status(taken)).status()).isEqualTo(429);
    }

    @Test
    void aFaultHitsItsActionOnly() {
        client.arm(Fault.of(WORD, Mode.FAIL).at("555"));
        assertThat(client.ingest(body -> {}).status()).isEqualTo(200);
        assertThat(client.ingest(body -> destination(body).put("productDestinationId", "555"))
                        .status())
                .isEqualTo(503);
    }

    private String reason(Answer taken) {
        return client.result(taken).at("/errorInfo/errorCounts/0/reason").asText();
    }

    private JsonNode look(Answer taken) {
        return client.get(status(taken)).body().at("/requestStatusPerDestination/0");
    }

    private static String status(Answer taken) {
        return "/v1/requestStatus:retrieve?requestId="
                + taken.body().path("requestId").asText();
    }
}
