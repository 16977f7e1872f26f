package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test Connection and rehearsal, over both transports. */
class GoogleAdsProbeTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final PlatformReply TAKEN = ok("{\"requestId\":\"Ab12\"}");
    private static final PlatformReply ACCOUNTS = ok("{\"resourceNames\":[\"customers/1234567890\"]}");
    private static final PlatformReply ACTION = action("UPLOAD_CLICKS", "ENABLED");
    private static final PlatformReply ACCOUNT = account("customers/1234567890");
    private static final PlatformReply MADE_UP_CLICK = upload("conversionUploadError", "UNPARSEABLE_GCLID");

    private final Destination dataManager = open(Map.of());
    private final Destination upload = open(Map.of("transport", "ads_api", "adsApiAllowlisted", true));

    // Data Manager

    @Test
    void validatesAMadeUpEventWithoutStoringIt() throws IOException {
        List<PlatformRequest> asked = new ArrayList<>();
        ProbeResult result = talk(dataManager, asked, TAKEN);
        assertThat(result.ok()).isTrue();
        assertThat(result.verdict()).isEqualTo("connected");
        assertThat(result.message()).contains("987654321", "Nothing was stored");
        JsonNode body = JSON.readTree(asked.getFirst().body());
        assertThat(body.path("validateOnly").booleanValue()).isTrue();
        assertThat(body.at("/destinations/0/productDestinationId").asText()).isEqualTo("987654321");
        JsonNode event = body.at("/events/0");
        assertThat(event.path("transactionId").asText()).matches("kbl-test-[a-z0-9]+");
        assertThat(event.path("eventSource").asText()).isEqualTo("WEB");
        assertThat(event.path("eventTimestamp").asText()).isEqualTo("2026-11-21T03:00:00Z");
        assertThat(event.at("/adIdentifiers/gclid").asText()).isEqualTo("TEST");
        assertThat(event.at("/userData/userIdentifiers/0/emailAddress").asText())
                .isEqualTo("973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b");
    }

    @Test
    void takesAnEmptyAnswerToAValidationForConsent() {
        assertThat(talk(dataManager, new ArrayList<>(), ok("{}")).ok()).isTrue();
        assertThat(talk(dataManager, new ArrayList<>(), ok("<html>")).ok()).isFalse();
        assertThat(talk(dataManager, new ArrayList<>(), ok("{\"status\":\"ok\"}"))
                        .ok())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_CONVERSION_ACTION_ID, conversion_action_not_found",
        "INVALID_CONVERSION_ACTION_TYPE, conversion_action_wrong_type",
        "OPERATING_ACCOUNT_LOGIN_ACCOUNT_MISMATCH, account_mismatch",
        "EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED, eu_political_declaration_missing",
        "EVENT_SOURCE_AND_DESTINATION_MISMATCH, event_source_refused"
    })
    void namesWhatDataManagerDoesNotLike(String code, String verdict) {
        ProbeResult result = talk(dataManager, new ArrayList<>(), violation(code));
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.message()).contains(code);
        assertThat(result.fix()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS, enhanced_conversions_off",
        "DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED, customer_data_terms_missing",
        "DESTINATION_ACCOUNT_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS, enhanced_conversions_prohibited"
    })
    void saysThatClickIdsWorkWhenOnlyEnhancedConversionsAreOff(String code, String verdict) {
        List<PlatformRequest> asked = new ArrayList<>();
        ProbeResult result = talk(dataManager, asked, violation(code), TAKEN);
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.message()).startsWith("Uploads by click id work, but enhanced conversions are off.");
        assertThat(result.fix()).contains("enhancedConversions");
        assertThat(asked).hasSize(2);
        assertThat(asked.get(1).body()).contains("TEST").doesNotContain("userData");
    }

    @Test
    void saysWhatIsWrongWithoutIdentifiersToo() {
        ProbeResult result = talk(
                dataManager,
                new ArrayList<>(),
                violation("DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS"),
                violation("INVALID_CONVERSION_ACTION_TYPE"));
        assertThat(result.verdict()).isEqualTo("conversion_action_wrong_type");
    }

    @Test
    void isContentWithClickIdsWhenNothingElseIsSent() {
        List<PlatformRequest> asked = new ArrayList<>();
        assertThat(talk(open(Map.of("enhancedConversions", false)), asked, TAKEN)
                        .ok())
                .isTrue();
        assertThat(asked.getFirst().body()).doesNotContain("userData");
    }

    @Test
    void rehearsesOneEventOverDataManager() {
        Prepared.Ready event =
                new Prepared.Ready("{\"transactionId\":\"kbl-7f3a-won\"}", List.of("gclid"), "111", false);
        List<PlatformRequest> asked = new ArrayList<>();
        ProbeResult result = run(rehearsal(dataManager, event), asked, TAKEN);
        assertThat(result.ok()).isTrue();
        assertThat(result.verdict()).isEqualTo("valid");
        assertThat(asked.getFirst().body()).contains("\"validateOnly\":true", "kbl-7f3a-won", "\"111\"");
        assertThat(run(rehearsal(dataManager, event), asked, violation("INVALID_CURRENCY_CODE"))
                        .verdict())
                .isEqualTo("invalid_currency");
    }

    // The older upload

    @Test
    void asksForAccessActionAccountAndUpload() throws IOException {
        List<PlatformRequest> asked = new ArrayList<>();
        ProbeResult result = talk(upload, asked, ACCOUNTS, ACTION, ACCOUNT, MADE_UP_CLICK);
        assertThat(result.ok()).as(result.message()).isTrue();
        assertThat(asked)
                .extracting(PlatformRequest::toString)
                .containsExactly(
                        "GET http://127.0.0.1:9100/v26/customers:listAccessibleCustomers",
                        "POST http://127.0.0.1:9100/v26/customers/1234567890/googleAds:search",
                        "POST http://127.0.0.1:9100/v26/customers/1234567890/googleAds:search",
                        "POST http://127.0.0.1:9100/v26/customers/1234567890:uploadClickConversions");
        assertThat(JSON.readTree(asked.get(1).body()).path("query").asText())
                .endsWith("FROM conversion_action WHERE conversion_action.id = 987654321");
        assertThat(asked.get(3).body()).contains("\"validateOnly\":true", "\"partialFailure\":true");
    }

    @Test
    void asksAsTheManagerOnlyWhereAnAccountIsMeant() {
        List<PlatformRequest> asked = new ArrayList<>();
        talk(
                open(Map.of("transport", "ads_api", "adsApiAllowlisted", true, "loginCustomerId", "999-888-7777")),
                asked,
                ACCOUNTS,
                ACTION,
                ACCOUNT,
                MADE_UP_CLICK);
        assertThat(asked.get(0).headers()).doesNotContainKey("login-customer-id");
        for (PlatformRequest later : asked.subList(1, 4)) {
            assertThat(later.headers()).containsEntry("login-customer-id", "9998887777");
        }
    }

    @Test
    void namesAnActionOfTheWrongKind() {
        ProbeResult result = talk(upload, new ArrayList<>(), ACCOUNTS, action("WEBPAGE", "ENABLED"), ACCOUNT);
        assertThat(result.verdict()).isEqualTo("conversion_action_wrong_type");
        assertThat(result.message()).contains("WEBPAGE", "UPLOAD_CLICKS");
    }

    @Test
    void namesAnActionThatIsSwitchedOff() {
        ProbeResult result = talk(upload, new ArrayList<>(), ACCOUNTS, action("UPLOAD_CLICKS", "HIDDEN"), ACCOUNT);
        assertThat(result.verdict()).isEqualTo("conversion_action_not_enabled");
        assertThat(result.message()).contains("HIDDEN");
    }

    @Test
    void namesAnActionTheAccountDoesNotHave() {
        ProbeResult result = talk(upload, new ArrayList<>(), ACCOUNTS, ok("{\"fieldMask\":\"x\"}"), ACCOUNT);
        assertThat(result.verdict()).isEqualTo("conversion_action_not_found");
        assertThat(result.message()).contains("1234567890", "987654321");
        assertThat(result.fix()).contains("ctId=");
    }

    @Test
    void namesTheAccountThatKeepsTheConversions() {
        ProbeResult result = talk(upload, new ArrayList<>(), ACCOUNTS, ok("{}"), account("customers/9998887777"));
        assertThat(result.verdict()).isEqualTo("conversions_in_other_account");
        assertThat(result.message()).contains("9998887777");
    }

    @Test
    void goesOnWhenTheAccountsSettingsHaveOtherNames() {
        PlatformReply unknownField = rpc(400, "INVALID_ARGUMENT", "queryError", "UNRECOGNIZED_FIELD");
        assertThat(talk(upload, new ArrayList<>(), ACCOUNTS, ACTION, unknownField, MADE_UP_CLICK)
                        .ok())
                .isTrue();
        assertThat(talk(upload, new ArrayList<>(), ACCOUNTS, ACTION, ok("{\"results\":[{}]}"), ok("{}"))
                        .ok())
                .isTrue();
    }

    @Test
    void advisesDataManagerWhereTheUploadIsClosed() {
        ProbeResult result = talk(
                upload,
                new ArrayList<>(),
                ACCOUNTS,
                ACTION,
                ACCOUNT,
                upload("notAllowlistedError", "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE"));
        assertThat(result.verdict()).isEqualTo("not_allowlisted");
        assertThat(result.fix()).contains("data_manager");
    }

    @Test
    void triesTheUploadWithoutIdentifiersToo() {
        List<PlatformRequest> asked = new ArrayList<>();
        PlatformReply off = upload("conversionUploadError", "CUSTOMER_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS");
        ProbeResult result = talk(upload, asked, ACCOUNTS, ACTION, ACCOUNT, off, MADE_UP_CLICK);
        assertThat(result.verdict()).isEqualTo("enhanced_conversions_off");
        assertThat(result.message()).startsWith("Uploads by click id work");
        assertThat(asked.get(3).body()).contains("hashedEmail");
        assertThat(asked.get(4).body()).doesNotContain("hashedEmail");
    }

    @ParameterizedTest
    @CsvSource({
        "401, authenticationError, OAUTH_TOKEN_EXPIRED, token_invalid",
        "401, authenticationError, NOT_ADS_USER, permission_missing",
        "403, authorizationError, USER_PERMISSION_DENIED, permission_missing",
        "403, authorizationError, CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION, access_level_too_low",
        "400, requestError, UNSUPPORTED_VERSION, api_version_ended",
        "429, quotaError, RESOURCE_EXHAUSTED, rate_limited",
        "500, internalError, INTERNAL_ERROR, platform_unavailable"
    })
    void namesWhatStandsInTheWayOfAnyQuestion(int status, String family, String code, String verdict) {
        PlatformReply refusal = rpc(status, "UNKNOWN", family, code);
        assertThat(talk(upload, new ArrayList<>(), refusal).verdict()).isEqualTo(verdict);
        assertThat(talk(upload, new ArrayList<>(), ACCOUNTS, refusal).verdict()).isEqualTo(verdict);
        assertThat(talk(upload, new ArrayList<>(), ACCOUNTS, ACTION, ACCOUNT, refusal)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void rehearsesOneEventOverTheUpload() {
        Prepared.Ready event = new Prepared.Ready("{\"orderId\":\"kbl-7f3a-won\"}", List.of("gclid"), "", false);
        List<PlatformRequest> asked = new ArrayList<>();
        assertThat(run(rehearsal(upload, event), asked, ok("{}")).verdict()).isEqualTo("valid");
        assertThat(asked.getFirst().body()).contains("\"validateOnly\":true", "kbl-7f3a-won");
        assertThat(run(rehearsal(upload, event), asked, MADE_UP_CLICK).verdict())
                .isEqualTo("click_id_invalid");
    }

    private static Destination open(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("customerId", "1234567890");
        settings.put("actionId", "987654321");
        String here = "http://127.0.0.1:9100";
        return new GoogleAdsPlatform()
                .destination(
                        settings,
                        GoogleAdsContract.REFRESH_TOKEN,
                        new Endpoints(Map.of("google_data_manager", here, "google_ads", here, "google_oauth", here)));
    }

    private static ProbeStep rehearsal(Destination pixel, Prepared.Ready event) {
        return Objects.requireNonNull(pixel.rehearse(event, GoogleAdsContract.now()));
    }

    private static ProbeResult talk(Destination pixel, List<PlatformRequest> asked, PlatformReply... replies) {
        return run(pixel.probe(GoogleAdsContract.now()), asked, replies);
    }

    /** Answers the questions in their order; every answer must be asked for. */
    private static ProbeResult run(ProbeStep first, List<PlatformRequest> asked, PlatformReply... replies) {
        ProbeStep at = first;
        for (PlatformReply reply : replies) {
            assertThat(at).isInstanceOf(ProbeStep.Ask.class);
            ProbeStep.Ask ask = (ProbeStep.Ask) at;
            asked.add(ask.request());
            at = ask.next().apply(reply);
        }
        assertThat(at).isInstanceOf(ProbeStep.Found.class);
        return ((ProbeStep.Found) at).result();
    }

    private static PlatformReply ok(String body) {
        return new PlatformReply(200, Map.of(), body);
    }

    private static PlatformReply violation(String code) {
        return new PlatformReply(
                400,
                Map.of(),
                "{\"error\":{\"code\":400,\"status\":\"INVALID_ARGUMENT\",\"message\":\"…\",\"details\":[{\"@type\":"
                        + "\"type.googleapis.com/google.rpc.BadRequest\",\"fieldViolations\":[{\"field\":"
                        + "\"events[0]\",\"description\":\"…\",\"reason\":\"" + code + "\"}]}]}}");
    }

    private static PlatformReply action(String type, String status) {
        return ok(
                "{\"results\":[{\"conversionAction\":{\"resourceName\":\"customers/1234567890/conversionActions/987654321\","
                        + "\"id\":\"987654321\",\"name\":\"Won\",\"type\":\"" + type + "\",\"status\":\"" + status
                        + "\"}}]}");
    }

    private static PlatformReply account(String keeper) {
        return ok(
                "{\"results\":[{\"customer\":{\"resourceName\":\"customers/1234567890\",\"conversionTrackingSetting\":{"
                        + "\"googleAdsConversionCustomer\":\"" + keeper + "\",\"acceptedCustomerDataTerms\":true}}}]}");
    }

    private static String failure(String family, String code) {
        return "{\"@type\":\"type.googleapis.com/google.ads.googleads.v26.errors.GoogleAdsFailure\",\"errors\":[{"
                + "\"errorCode\":{\"" + family + "\":\"" + code + "\"},\"message\":\"…\",\"location\":{"
                + "\"fieldPathElements\":[{\"fieldName\":\"conversions\",\"index\":0}]}}]}";
    }

    private static PlatformReply upload(String family, String code) {
        return ok(
                "{\"partialFailureError\":{\"code\":3,\"message\":\"…\",\"details\":[" + failure(family, code) + "]}}");
    }

    private static PlatformReply rpc(int status, String word, String family, String code) {
        return new PlatformReply(
                status,
                Map.of(),
                "{\"error\":{\"code\":" + status + ",\"status\":\"" + word + "\",\"message\":\"…\",\"details\":["
                        + failure(family, code) + "]}}");
    }
}
