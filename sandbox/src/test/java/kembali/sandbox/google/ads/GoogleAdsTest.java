package kembali.sandbox.google.ads;

import static kembali.sandbox.google.GoogleClient.ACTION;
import static kembali.sandbox.google.GoogleClient.UPLOAD;
import static kembali.sandbox.google.GoogleClient.adsError;
import static kembali.sandbox.google.GoogleClient.failures;
import static kembali.sandbox.google.GoogleClient.row;
import static kembali.sandbox.google.GoogleClient.uploadOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Arrival;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.Handled.Verdict;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.google.GoogleClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleAdsTest {
    private static final String HASH = GoogleClient.PHONE_HASH;

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
    void takesTheGoldenRow() {
        Answer answer = client.upload(row());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("partialFailureError")).isFalse();
        JsonNode result = answer.body().at("/results/0");
        assertThat(result.path("gclid").asText()).isEqualTo("Cj0KTEST");
        assertThat(result.path("conversionAction").asText())
                .isEqualTo("customers/1234567890/conversionActions/987654321");
        assertThat(result.path("conversionDateTime").asText()).isEqualTo("2026-11-20 10:04:05+07:00");
        assertThat(answer.body().path("jobId").isTextual()).isTrue();
        Arrival stored = client.last();
        assertThat(stored.pixelId()).isEqualTo(ACTION);
        assertThat(stored.event()).isEqualTo("conversion");
        assertThat(stored.eventId()).isEqualTo("kbl-7f3a-won");
        assertThat(stored.eventTime()).isEqualTo(Instant.parse("2026-11-20T03:04:05Z"));
        assertThat(stored.value()).isEqualByComparingTo("1500000");
        assertThat(stored.matchKeys()).containsExactly("gclid", "hashedPhoneNumber");
        assertThat(stored.warnings()).isEmpty();
        assertThat(new String(stored.raw(), StandardCharsets.UTF_8)).isEqualTo(row().toString());
        assertThat(client.rows()).containsExactly("google_ads 987654321 conversion accepted: 1");
    }

    @Test
    void answersAPartialFailureAsDocumented() {
        Answer answer = client.upload(row(1), row(2).put("gclid", "Cj0Kexpired"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/results/0/gclid").asText()).isEqualTo("Cj0K1");
        assertThat(answer.body().at("/results/1")).isEmpty();
        JsonNode error = answer.body().path("partialFailureError");
        assertThat(error.path("code").asInt()).isEqualTo(3);
        assertThat(error.path("message").asText()).endsWith(", at conversions[1].gclid");
        JsonNode detail = error.at("/details/0");
        assertThat(detail.path("@type").asText())
                .isEqualTo("type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure");
        assertThat(detail.path("requestId").asText()).isNotEmpty();
        JsonNode first = detail.at("/errors/0");
        assertThat(first.path("errorCode"))
                .isEqualTo(SandboxClient.read("{\"conversionUploadError\":\"EXPIRED_EVENT\"}"));
        assertThat(first.at("/trigger/stringValue").asText()).isEqualTo("Cj0Kexpired");
        assertThat(first.path("location")).isEqualTo(SandboxClient.read("""
                {"fieldPathElements":[{"fieldName":"conversions","index":1},{"fieldName":"gclid"}]}"""));
        assertThat(client.sandbox().ledger().summary().verdicts()).containsEntry(Verdict.PARTLY, 1L);
        assertThat(client.rows())
                .containsExactlyInAnyOrder(
                        "google_ads 987654321 conversion accepted: 1",
                        "google_ads 987654321 conversion refused EXPIRED_EVENT: 1");
    }

    @Test
    void namesTheFirstOfSeveralErrorsInTheMessage() {
        Answer answer = client.upload(
                row(1).put("gclid", "Cj0Kexpired"),
                row(2).put("currencyCode", "Rp").put("gclid", "a b"));
        assertThat(answer.body().at("/partialFailureError/message").asText())
                .startsWith("Multiple errors in ‘details’. First error: ")
                .endsWith(", at conversions[0].gclid");
        assertThat(failures(answer))
                .containsExactly(
                        "0 conversionUploadError.EXPIRED_EVENT gclid",
                        "1 conversionUploadError.UNPARSEABLE_GCLID gclid",
                        "1 currencyCodeError.UNSUPPORTED currency_code");
        assertThat(client.sandbox().ledger().summary().verdicts()).containsEntry(Verdict.REFUSED, 1L);
    }

    static Stream<Arguments> rowErrors() {
        return Stream.of(
                bad("fieldError.REQUIRED conversion_action", row -> row.remove("conversionAction")),
                bad(
                        "requestError.RESOURCE_NAME_MALFORMED conversion_action",
                        row -> row.put("conversionAction", "987")),
                bad(
                        "conversionUploadError.NO_CONVERSION_ACTION_FOUND conversion_action",
                        row -> row.put("conversionAction", "customers/1/conversionActions/0987")),
                bad("fieldError.REQUIRED conversion_date_time", row -> row.remove("conversionDateTime")),
                bad(
                        "dateError.INVALID_STRING_DATE_TIME_SECONDS_WITH_OFFSET conversion_date_time",
                        row -> row.put("conversionDateTime", "2026-11-20T10:04:05+07:00")),
                bad(
                        "dateError.INVALID_STRING_DATE_TIME_SECONDS_WITH_OFFSET conversion_date_time",
                        row -> row.put("conversionDateTime", "2026-11-20 10:04:05")),
                bad(
                        "dateError.INVALID_STRING_DATE_TIME_SECONDS_WITH_OFFSET conversion_date_time",
                        row -> row.put("conversionDateTime", "2026-11-20 10:04:05.123+07:00")),
                bad(
                        "dateError.LATER_THAN_MAXIMUM_DATE conversion_date_time",
                        row -> row.put("conversionDateTime", "2026-11-22 10:04:05+07:00")),
                bad(
                        "conversionUploadError.EXPIRED_EVENT conversion_date_time",
                        row -> row.put("conversionDateTime", "2026-08-20 10:04:05+07:00")),
                bad("fieldError.REQUIRED gclid", row -> {
                    row.remove("gclid");
                    row.remove("userIdentifiers");
                }),
                bad(
                        "conversionUploadError.GBRAID_WBRAID_BOTH_SET gbraid",
                        row -> braid(row, "gbraid").put("wbraid", "0BBB")),
                bad("fieldError.VALUE_MUST_BE_UNSET wbraid", row -> row.put("wbraid", "0BBB")),
                bad(
                        "fieldError.VALUE_MUST_BE_UNSET user_identifiers",
                        row -> braid(row, "wbraid")
                                .putArray("userIdentifiers")
                                .addObject()
                                .put("hashedEmail", HASH)),
                bad("conversionUploadError.UNPARSEABLE_GCLID gclid", row -> row.put("gclid", "Cj0K TEST")),
                bad("conversionUploadError.UNPARSEABLE_GCLID gclid", row -> row.put("gclid", "Cj0Kunparseable")),
                bad(
                        "conversionUploadError.UNPARSEABLE_GBRAID gbraid",
                        row -> braid(row, "gbraid").put("gbraid", "invalid")),
                bad(
                        "conversionUploadError.UNPARSEABLE_WBRAID wbraid",
                        row -> braid(row, "wbraid").put("wbraid", "invalid")),
                bad("conversionUploadError.TOO_RECENT_EVENT gclid", row -> row.put("gclid", "Cj0Krecent")),
                bad("conversionUploadError.EVENT_NOT_FOUND gclid", row -> row.put("gclid", "Cj0Knotfound")),
                bad("conversionUploadError.CONVERSION_PRECEDES_EVENT gclid", row -> row.put("gclid", "Cj0Kprecedes")),
                bad("conversionUploadError.INVALID_CUSTOMER_FOR_CLICK gclid", row -> row.put("gclid", "Cj0Kforeign")),
                bad("collectionSizeError.TOO_MANY user_identifiers", row -> {
                    for (int i = 0; i < 5; i++) {
                        identifiers(row).addObject().put("hashedEmail", HASH);
                    }
                }),
                bad(
                        "conversionUploadError.UNSUPPORTED_USER_IDENTIFIER mobile_id",
                        row -> identifiers(row).addObject().put("mobileId", "m1")),
                bad(
                        "conversionUploadError.INVALID_USER_IDENTIFIER hashed_email",
                        row -> identifiers(row).addObject().put("hashedEmail", "budi@example.co.id")),
                bad(
                        "conversionUploadError.INVALID_USER_IDENTIFIER hashed_email",
                        row -> identifiers(row)
                                .addObject()
                                .put("hashedEmail", "PRwqPAj4PI87/zGZKSCYmc2N/L18HuK9dh2pF3XFzkg=")),
                bad(
                        "conversionUploadError.INVALID_USER_IDENTIFIER identifier",
                        row -> identifiers(row).addObject().put("userIdentifierSource", "FIRST_PARTY")),
                bad(
                        "conversionUploadError.ORDER_ID_CONTAINS_PII order_id",
                        row -> row.put("orderId", "budi@example.co.id")),
                bad(
                        "conversionUploadError.CUSTOM_VARIABLE_NOT_ENABLED custom_variables",
                        row -> row.putArray("customVariables")
                                .addObject()
                                .put("conversionCustomVariable", "customers/1/conversionCustomVariables/7")
                                .put("value", "Siti")),
                bad(
                        "conversionUploadError.CUSTOM_VARIABLE_VALUE_CONTAINS_PII custom_variables",
                        row -> row.putArray("customVariables")
                                .addObject()
                                .put("conversionCustomVariable", "customers/1/conversionCustomVariables/7")
                                .put("value", "siti@example.co.id")),
                bad(
                        "notAllowlistedError.CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE conversion_environment",
                        row -> row.put("conversionEnvironment", "WEB")),
                bad(
                        "notAllowlistedError.CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE user_ip_address",
                        row -> row.put("userIpAddress", "203.0.113.7")),
                bad("currencyCodeError.UNSUPPORTED currency_code", row -> row.put("currencyCode", "rupiah")));
    }

    private static Arguments bad(String error, Consumer<ObjectNode> change) {
        return Arguments.of(error, change);
    }

    private static ArrayNode identifiers(ObjectNode row) {
        return (ArrayNode) row.get("userIdentifiers");
    }

    /** The row with a braid in place of its gclid. */
    private static ObjectNode braid(ObjectNode row, String which) {
        row.remove("gclid");
        row.remove("userIdentifiers");
        return row.put(which, "0AAA");
    }

    @ParameterizedTest
    @MethodSource("rowErrors")
    void refusesARow(String error, Consumer<ObjectNode> change) {
        Answer answer = client.upload(change);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(failures(answer)).contains("0 " + error);
        assertThat(answer.body().at("/results/0").isObject()).isTrue();
        assertThat(answer.body().at("/results/0")).isEmpty();
        assertThat(client.stored()).isZero();
    }

    @Test
    void takesBraidsAndIdentifiersAlone() {
        assertThat(failures(client.upload(row -> braid(row, "gbraid").put("orderId", "o1"))))
                .isEmpty();
        assertThat(failures(client.upload(row -> braid(row, "wbraid").put("orderId", "o2"))))
                .isEmpty();
        assertThat(failures(client.upload(row -> row.put("gbraid", "0AAA").put("orderId", "o3"))))
                .isEmpty();
        assertThat(failures(client.upload(row -> row.put("orderId", "o4").remove("gclid"))))
                .isEmpty();
        assertThat(client.stored()).isEqualTo(4);
    }

    @Test
    void takesAnOrderOnceAndAClickAndItsTimeOnce() {
        client.upload(row());
        assertThat(failures(client.upload(row())))
                .containsExactly("0 conversionUploadError.ORDER_ID_ALREADY_IN_USE order_id");
        assertThat(failures(client.upload(row -> row.put("orderId", "another"))))
                .containsExactly("0 conversionUploadError.CLICK_CONVERSION_ALREADY_EXISTS gclid");
        assertThat(failures(client.upload(
                        row -> row.put("conversionAction", "customers/1234567890/conversionActions/555"))))
                .isEmpty();
        assertThat(client.stored()).isEqualTo(2);
        client.delete("/_sandbox/received");
        assertThat(failures(client.upload(row()))).isEmpty();
    }

    @Test
    void refusesBothCopiesWithinARequest() {
        assertThat(failures(client.upload(row(1), row(2).put("orderId", "kbl-1-won"), row(3))))
                .containsExactly(
                        "0 conversionUploadError.DUPLICATE_ORDER_ID order_id",
                        "1 conversionUploadError.DUPLICATE_ORDER_ID order_id");
        assertThat(failures(client.upload(row(4), row(5).put("gclid", "Cj0K4"))))
                .containsExactly(
                        "0 conversionUploadError.DUPLICATE_CLICK_CONVERSION_IN_REQUEST gclid",
                        "1 conversionUploadError.DUPLICATE_CLICK_CONVERSION_IN_REQUEST gclid");
        assertThat(client.stored()).isEqualTo(1);
        assertThat(failures(client.upload(row(1)))).isEmpty();
    }

    @Test
    void knowsTheClicksAndActionsItWasToldOf() {
        client.control("platforms/google_ads", """
                {"clicks":{"Cj0K1":"2026-11-20T22:00:00Z","Cj0K2":"2026-11-20T12:00:00Z","Cj0K3":"2026-11-20T01:00:00Z",
                           "Cj0K4":"2026-06-01T00:00:00Z"}}""");
        assertThat(failures(client.upload(
                        row(1).put("conversionDateTime", "2026-11-21 06:00:00+07:00"), row(2), row(3), row(4))))
                .containsExactly(
                        "0 conversionUploadError.TOO_RECENT_EVENT gclid",
                        "1 conversionUploadError.CONVERSION_PRECEDES_EVENT gclid",
                        "3 conversionUploadError.EXPIRED_EVENT gclid");
        action("\"type\":\"WEBPAGE\"");
        assertThat(failures(client.upload(row(5))))
                .containsExactly("0 conversionUploadError.INVALID_CONVERSION_ACTION_TYPE conversion_action");
        action("\"status\":\"REMOVED\"");
        assertThat(failures(client.upload(row(5))))
                .containsExactly("0 conversionUploadError.NO_CONVERSION_ACTION_FOUND conversion_action");
        action("\"created\":\"2026-11-21T02:00:00Z\"");
        assertThat(failures(client.upload(row(5))))
                .containsExactly("0 conversionUploadError.TOO_RECENT_CONVERSION_ACTION conversion_action");
        action("\"onePerClick\":true");
        assertThat(failures(client.upload(row -> braid(row, "gbraid"))))
                .containsExactly(
                        "0 conversionUploadError.ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID conversion_action");
    }

    private void action(String members) {
        assertThat(client.control("platforms/google_ads", "{\"actions\":[{\"id\":\"987654321\"," + members + "}]}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "terms, CUSTOMER_NOT_ACCEPTED_CUSTOMER_DATA_TERMS",
        "enhancedLeads, CUSTOMER_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
    })
    void wantsEnhancedConversionsForIdentifiersOnly(String flag, String code) {
        client.control("platforms/google_ads", "{\"accounts\":[{\"id\":\"1234567890\",\"" + flag + "\":false}]}");
        assertThat(failures(client.upload(row())))
                .containsExactly("0 conversionUploadError." + code + " user_identifiers");
        assertThat(failures(client.upload(row -> row.remove("userIdentifiers"))))
                .isEmpty();
    }

    @Test
    void recognisesARightHashAndNamesAWrongOne() {
        client.control("known", "{\"ph\":[\"0812-3456-7890\"]}");
        client.upload(row(1));
        assertThat(client.last().recognised()).containsExactly("hashedPhoneNumber");
        ObjectNode other = row(2);
        ((ObjectNode) other.at("/userIdentifiers/0"))
                .put("hashedPhoneNumber", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725");
        client.upload(other);
        assertThat(client.warnings()).containsExactly("wrong_normalisation");
    }

    @Test
    void wantsPartialFailureToBeTrue() {
        Answer answer =
                client.post(UPLOAD, uploadOf(row()).put("partialFailure", false).toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(adsError(answer)).isEqualTo("partialFailureError.PARTIAL_FAILURE_MODE_REQUIRED");
        assertThat(answer.body().at("/error/status").asText()).isEqualTo("INVALID_ARGUMENT");
        assertThat(client.stored()).isZero();
    }

    @Test
    void limitsRowsAndJobIds() {
        assertThat(adsError(client.upload())).isEqualTo("fieldError.REQUIRED");
        ObjectNode body = uploadOf();
        for (int i = 0; i < 2_001; i++) {
            ((ArrayNode) body.get("conversions")).addObject();
        }
        assertThat(adsError(client.post(UPLOAD, body.toString())))
                .isEqualTo("conversionUploadError.TOO_MANY_CONVERSIONS_IN_REQUEST");
        assertThat(adsError(client.post(UPLOAD, uploadOf(row()).put("jobId", -1).toString())))
                .isEqualTo("conversionUploadError.INVALID_JOB_ID");
        Answer tooLarge =
                client.post(UPLOAD, uploadOf(row()).put("jobId", 1L << 31).toString());
        assertThat(tooLarge.body().at("/error/message").asText()).contains("'job_id' (TYPE_INT32)");
        Answer named = client.post(UPLOAD, uploadOf(row()).put("jobId", 42).toString());
        assertThat(named.body().path("jobId").asText()).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"conversions\":[{\"click\":\"Cj0K\"}],\"partialFailure\":true}",
                "{\"conversions\":{},\"partialFailure\":true}",
                "{\"conversions\":[{\"conversionValue\":\"Rp 1\"}],\"partialFailure\":true}",
                "{\"conversions\":[{\"consent\":{\"adUserData\":\"CONSENT_GRANTED\"}}],\"partialFailure\":true}",
                "not json",
            })
    void refusesABodyThatDoesNotFit(String body) {
        Answer answer = client.post(UPLOAD, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText()).startsWith("Invalid JSON payload received.");
    }

    @Test
    void validateOnlyNamesErrorsAndStoresNothing() {
        Answer good =
                client.post(UPLOAD, uploadOf(row()).put("validateOnly", true).toString());
        assertThat(good.text()).isEqualTo("{}");
        Answer bad = client.post(
                UPLOAD,
                uploadOf(row().put("gclid", "Cj0Kexpired"))
                        .put("validateOnly", true)
                        .toString());
        assertThat(failures(bad)).hasSize(1);
        assertThat(bad.body().has("results")).isFalse();
        assertThat(client.stored()).isZero();
        assertThat(failures(client.upload(row()))).isEmpty();
    }

    @Test
    void quotaSaysItsDelayInTheDetails() {
        client.control(
                "faults", "{\"platform\":\"google_ads\",\"mode\":\"throttle\",\"retryAfterSeconds\":30,\"count\":1}");
        Answer answer = client.upload(row());
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body().at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(adsError(answer)).isEqualTo("quotaError.RESOURCE_EXHAUSTED");
        assertThat(answer.body()
                        .at("/error/details/0/errors/0/details/quotaErrorDetails/retryDelay")
                        .asText())
                .isEqualTo("30s");
        client.control(
                "faults",
                "{\"platform\":\"google_ads\",\"mode\":\"throttle\",\"retryAfterSeconds\":0,"
                        + "\"reason\":\"RESOURCE_TEMPORARILY_EXHAUSTED\",\"count\":1}");
        Answer silent = client.upload(row());
        assertThat(adsError(silent)).isEqualTo("quotaError.RESOURCE_TEMPORARILY_EXHAUSTED");
        assertThat(silent.text()).doesNotContain("retryDelay");
        assertThat(client.stored()).isZero();
    }

    @Test
    void failsInItsOwnWords() {
        client.arm(Fault.of("google_ads", Mode.FAIL).times(1));
        Answer usual = client.upload(row());
        assertThat(usual.status()).isEqualTo(503);
        assertThat(adsError(usual)).isEqualTo("internalError.TRANSIENT_ERROR");
        client.arm(Fault.of("google_ads", Mode.FAIL)
                .because("CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION")
                .times(1));
        Answer told = client.upload(row());
        assertThat(told.status()).isEqualTo(403);
        assertThat(adsError(told)).isEqualTo("authorizationError.CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION");
        client.arm(Fault.of("google_ads", Mode.REVOKE).times(1));
        assertThat(adsError(client.upload(row()))).isEqualTo("authenticationError.OAUTH_TOKEN_REVOKED");
    }

    @Test
    void partialLetsTheRowAtAnIndexFailAndTakesItTheNextTime() {
        client.control(
                "faults",
                "{\"platform\":\"google_ads\",\"mode\":\"partial\",\"index\":1,\"reason\":\"EVENT_NOT_FOUND\",\"count\":1}");
        Answer answer = client.upload(row(1), row(2), row(3));
        assertThat(failures(answer)).containsExactly("1 conversionUploadError.EVENT_NOT_FOUND gclid");
        assertThat(answer.body().at("/results/1")).isEmpty();
        assertThat(answer.body().at("/results/2/gclid").asText()).isEqualTo("Cj0K3");
        assertThat(client.stored()).isEqualTo(2);
        assertThat(failures(client.upload(row(2)))).isEmpty();
    }

    @Test
    void partialAddsToErrorsThatWereThereAnyway() {
        client.arm(Fault.of("google_ads", Mode.PARTIAL).times(1));
        Answer answer = client.upload(row(1), row(2).put("gclid", "Cj0Kexpired"));
        assertThat(failures(answer))
                .containsExactlyInAnyOrder(
                        "0 conversionUploadError.TOO_RECENT_EVENT gclid",
                        "1 conversionUploadError.EXPIRED_EVENT gclid");
        assertThat(client.stored()).isZero();
    }

    @Test
    void aRepetitionAfterALostAnswerIsFoundInUse() {
        client.arm(Fault.of("google_ads", Mode.LOSE_ANSWER).times(1));
        assertThat(catchThrowable(() -> client.upload(row()))).isNotNull();
        assertThat(failures(client.upload(row())))
                .containsExactly("0 conversionUploadError.ORDER_ID_ALREADY_IN_USE order_id");
        assertThat(client.stored()).isEqualTo(1);
    }
}
