package kembali.sandbox.google.ads;

import static kembali.sandbox.google.GoogleClient.SEARCH;
import static kembali.sandbox.google.GoogleClient.UPLOAD;
import static kembali.sandbox.google.GoogleClient.adsError;
import static kembali.sandbox.google.GoogleClient.row;
import static kembali.sandbox.google.GoogleClient.uploadOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.google.GoogleClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions, tokens, customers and what a set-up check reads. */
class GoogleAdsAccessTest {
    private GoogleClient client;

    @BeforeEach
    void start() {
        client = new GoogleClient();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v19", "v20", "v21", "v22"})
    void refusesAnEndedVersion(String version) {
        Answer answer =
                client.post(UPLOAD.replace("v26", version), uploadOf(row()).toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(adsError(answer)).isEqualTo("requestError.UNSUPPORTED_VERSION");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v27/customers/1234567890:uploadClickConversions",
                "/v0/customers:listAccessibleCustomers",
                "/v26/customers/1234567890:uploadCallConversions",
                "/v26/customers/1234567890/campaigns:mutate",
            })
    void answersAPageToWhatDoesNotExist(String path) {
        Answer answer = client.post(path, uploadOf(row()).toString());
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.body().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v23", "v24", "v25", "v26"})
    void servesLivingVersionsAndNamesThemInErrors(String version) {
        Answer answer = client.post(
                UPLOAD.replace("v26", version),
                uploadOf(row().put("gclid", "Cj0Kexpired")).toString());
        assertThat(answer.body().at("/partialFailureError/details/0/@type").asText())
                .contains("." + version + ".errors.GoogleAdsFailure");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox-expired, 401, authenticationError.OAUTH_TOKEN_EXPIRED",
        "sandbox-revoked, 401, authenticationError.OAUTH_TOKEN_REVOKED",
        "ya29.of-somebody-else, 401, authenticationError.OAUTH_TOKEN_INVALID",
        "sandbox-noperm, 403, authorizationError.ACTION_NOT_PERMITTED",
        "sandbox-wrongpixel, 403, authorizationError.USER_PERMISSION_DENIED",
        "sandbox-notallowlisted, 403, notAllowlistedError.CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE",
    })
    void refusesATokenByItsStanding(String token, int status, String error) {
        Answer answer = client.postAs(token, UPLOAD, uploadOf(row()).toString());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(adsError(answer)).isEqualTo(error);
        assertThat(client.stored()).isZero();
    }

    @Test
    void wantsTheScopeOfItsOwn() {
        String dataManager = client.accessToken("sandbox-datamanager");
        assertThat(client.postAs(dataManager, UPLOAD, uploadOf(row()).toString())
                        .status())
                .isEqualTo(403);
        String ads = client.accessToken("sandbox-adwords");
        assertThat(client.postAs(ads, UPLOAD, uploadOf(row()).toString()).status())
                .isEqualTo(200);
    }

    @Test
    void looksAtTheCustomer() {
        assertThat(adsError(client.post(UPLOAD.replace("1234567890", "123-456-7890"), "{}")))
                .isEqualTo("requestError.INVALID_CUSTOMER_ID");
        client.control("platforms/google_ads", """
                {"accounts":[{"id":"1","allowlisted":false},{"id":"2","enabled":false},{"id":"3","manager":"999"}]}""");
        assertThat(adsError(client.post(UPLOAD.replace("1234567890", "1"), "{}")))
                .isEqualTo("notAllowlistedError.CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE");
        assertThat(adsError(client.post(UPLOAD.replace("1234567890", "2"), "{}")))
                .isEqualTo("authorizationError.CUSTOMER_NOT_ENABLED");
        assertThat(adsError(client.post(UPLOAD.replace("1234567890", "3"), "{}")))
                .isEqualTo("authorizationError.USER_PERMISSION_DENIED");
        assertThat(through("999").status()).isEqualTo(200);
        assertThat(adsError(through("999-1"))).isEqualTo("headerError.INVALID_LOGIN_CUSTOMER_ID");
    }

    private Answer through(String manager) {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer sandbox-token",
                "Content-Type", "application/json",
                "login-customer-id", manager,
                "developer-token", "ignored-since-2026-09-09");
        return client.call(
                "POST", UPLOAD.replace("1234567890", "3"), uploadOf(row()).toString(), headers);
    }

    @Test
    void listsTheCustomersAUserReaches() {
        assertThat(client.get("/v26/customers:listAccessibleCustomers").text())
                .isEqualTo("{\"resourceNames\":[\"customers/1234567890\"]}");
        client.control("platforms/google_ads", "{\"accounts\":[{\"id\":\"5\"},{\"id\":\"6\"}]}");
        assertThat(client.get("/v26/customers:listAccessibleCustomers").text())
                .isEqualTo("{\"resourceNames\":[\"customers/5\",\"customers/6\"]}");
    }

    @Test
    void findsAConversionAction() {
        String query = "SELECT conversion_action.id, conversion_action.name, conversion_action.type,"
                + " conversion_action.status FROM conversion_action WHERE conversion_action.id = 987654321";
        JsonNode row = search(query).body().at("/results/0/conversionAction");
        assertThat(row).isEqualTo(SandboxClient.read("""
                {"resourceName":"customers/1234567890/conversionActions/987654321","id":"987654321",
                 "name":"Sandbox action 987654321","type":"UPLOAD_CLICKS","status":"ENABLED"}"""));
        client.control("platforms/google_ads", """
                {"actions":[{"id":"987654321","type":"WEBPAGE","name":"Web"},{"id":"5","name":"Won"}]}""");
        assertThat(search(query).body().at("/results/0/conversionAction/type").asText())
                .isEqualTo("WEBPAGE");
        assertThat(search(query.replace("987654321", "0")).body().has("results"))
                .isFalse();
        Answer uploads = search(
                "SELECT conversion_action.name FROM conversion_action"
                        + " WHERE conversion_action.type = 'UPLOAD_CLICKS' AND conversion_action.status != 'REMOVED' ORDER BY conversion_action.name");
        assertThat(uploads.body().path("results")).hasSize(1);
        assertThat(uploads.body().at("/results/0/conversionAction/name").asText())
                .isEqualTo("Won");
    }

    @Test
    void showsTheCustomersSettings() {
        String query = "SELECT customer.conversion_tracking_setting.google_ads_conversion_customer,"
                + " customer.conversion_tracking_setting.accepted_customer_data_terms,"
                + " customer.conversion_tracking_setting.enhanced_conversions_for_leads_enabled,"
                + " customer.currency_code, customer.time_zone FROM customer";
        JsonNode current = search(query).body().at("/results/0/customer");
        assertThat(current.path("currencyCode").asText()).isEqualTo("IDR");
        assertThat(current.at("/conversionTrackingSetting/googleAdsConversionCustomer")
                        .asText())
                .isEqualTo("customers/1234567890");
        assertThat(current.at("/conversionTrackingSetting/acceptedCustomerDataTerms")
                        .asBoolean())
                .isTrue();
        assertThat(current.path("conversionTrackingSetting").has("enhancedConversionsForLeadsEnabled"))
                .isFalse();
        client.control(
                "platforms/google_ads", "{\"accounts\":[{\"id\":\"1234567890\",\"conversionCustomer\":\"77\"}]}");
        JsonNode before = client.post(SEARCH.replace("v26", "v25"), "{\"query\":\"" + query + "\"}")
                .body()
                .at("/results/0/customer/conversionTrackingSetting");
        assertThat(before.path("enhancedConversionsForLeadsEnabled").asBoolean())
                .isTrue();
        assertThat(before.path("googleAdsConversionCustomer").asText()).isEqualTo("customers/77");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT conversion_action.nam FROM conversion_action | queryError.UNRECOGNIZED_FIELD",
                "SELECT campaign.id FROM campaign | queryError.BAD_RESOURCE_TYPE_IN_FROM_CLAUSE",
                "FROM customer | queryError.UNEXPECTED_INPUT",
            })
    void refusesAQueryItCannotAnswer(String query, String error) {
        assertThat(adsError(search(query))).isEqualTo(error);
    }

    @Test
    void aStreamWrapsItsAnswersInAnArray() {
        String path = SEARCH + "Stream";
        Answer good = client.post(path, "{\"query\":\"SELECT customer.id FROM customer\"}");
        assertThat(good.body().at("/0/results/0/customer/id").asText()).isEqualTo("1234567890");
        Answer bad = client.post(path, "{\"query\":\"nonsense\"}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body().at("/0/error/code").asInt()).isEqualTo(400);
        assertThat(adsError(client.post(SEARCH, "{\"query\":\"x\",\"pageSize\":10}")))
                .isEqualTo("requestError.PAGE_SIZE_NOT_SUPPORTED");
    }

    private Answer search(String query) {
        return client.post(SEARCH, "{\"query\":\"" + query + "\"}");
    }

    @Test
    void expireTokenVoidsWhatWasIssued() {
        String token = client.accessToken("sandbox-adwords");
        client.arm(Fault.of("google_ads", Mode.EXPIRE_TOKEN).times(1));
        Answer answer = client.postAs(token, UPLOAD, uploadOf(row()).toString());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(adsError(answer)).isEqualTo("authenticationError.OAUTH_TOKEN_EXPIRED");
    }
}
