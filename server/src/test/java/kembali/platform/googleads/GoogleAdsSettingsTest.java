package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.ApiVersion;
import kembali.platform.Endpoints;
import kembali.platform.Platform;
import kembali.support.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoogleAdsSettingsTest {
    private final Platform platform = new GoogleAdsPlatform();

    @Test
    void offersOneColumnOfActionIdsAndNoPresets() {
        assertThat(platform.key()).isEqualTo("google_ads");
        assertThat(platform.title()).isEqualTo("Google Ads");
        var column = platform.catalog().columns().getFirst();
        assertThat(platform.catalog().columns()).hasSize(1);
        assertThat(column.key()).isEqualTo("googleAdsActionId");
        assertThat(column.label()).isEqualTo("Google Ads (Action ID)");
        assertThat(column.perStatus()).isTrue();
        assertThat(column.defaults())
                .containsOnly(
                        Map.entry("sales", Map.of()),
                        Map.entry("subscription", Map.of()),
                        Map.entry("affiliate", Map.of()));
    }

    @Test
    void saysWhereTheActionIdStands() {
        var help = platform.form().settings().stream()
                .filter(f -> f.name().equals("actionId"))
                .findFirst()
                .orElseThrow()
                .help();
        assertThat(help).contains("ctId=", "not the Conversion ID", "Conversion Label");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "987654321", "6512345678901234567"})
    void takesActionIdsInTheMapping(String id) {
        assertThat(platform.eventNameComplaint("googleAdsActionId", id)).isNull();
    }

    @Test
    void wantsOnlyDigitsInTheMapping() {
        assertThat(complaint("https://ads.google.com/aw/conversions/detail?ocid=1&ctId=555666777&euid=2"))
                .contains("\"555666777\"");
        assertThat(complaint(" 987654321 ")).contains("\"987654321\"");
        assertThat(complaint("AW-123456789")).contains("Conversion ID", "ctId=");
        assertThat(complaint("AW-123456789/AbC-D_efG-h12_34-567")).contains("Conversion ID");
        assertThat(complaint("AbC-D_efG-h12_34-567")).contains("Conversion Label");
        assertThat(complaint("https://ads.google.com/aw/conversions")).contains("ctId=");
        assertThat(complaint("१२३")).contains("only digits");
        assertThat(complaint("0")).isNotBlank();
        assertThat(platform.eventNameComplaint("ga4", "1")).contains("googleAdsActionId");
    }

    @Test
    void takesAccountsWithAndWithoutDashes() {
        for (Object right : List.of("1234567890", "123-456-7890", 1234567890, 9876543210L)) {
            assertThat(check("customerId", right)).as("%s", right).isEmpty();
        }
        for (Object wrong :
                List.of("", "123456789", "12345678901", "AW-1234567890", "123 456 789", 1.5, true, "१२३४५६७८९०")) {
            assertThat(check("customerId", wrong)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("settings.customerId");
                assertThat(error.message()).contains("123-456-7890");
            });
        }
        assertThat(check("loginCustomerId", "999-888-7777")).isEmpty();
        assertThat(check("loginCustomerId", "")).isEmpty();
        assertThat(check("loginCustomerId", "999"))
                .extracting(FieldError::field)
                .containsExactly("settings.loginCustomerId");
    }

    @Test
    void takesActionIdsAsDigitsOrAddress() {
        for (Object right : List.of("987654321", 987654321L, "ctId=1", "https://ads.google.com/x?a=1&ctId=987654321")) {
            assertThat(check("actionId", right)).as("%s", right).isEmpty();
        }
        for (Object wrong : List.of("", "AW-1", "https://ads.google.com/x?notctId=1", "ctId=", List.of("1"))) {
            assertThat(check("actionId", wrong)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("settings.actionId");
                assertThat(error.message()).contains("987654321");
            });
        }
    }

    @Test
    void opensTheUploadOnlyToThoseWhoWereThereBefore() {
        assertThat(check("transport", "ads_api")).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("settings.adsApiAllowlisted");
            assertThat(error.message()).contains("2026-06-15", "data_manager", "Data Manager API");
        });
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put("transport", "ads_api");
        settings.put("adsApiAllowlisted", true);
        assertThat(platform.check(settings, GoogleAdsContract.REFRESH_TOKEN)).isEmpty();
        assertThat(check("adsApiAllowlisted", true)).isEmpty();
        assertThat(check("adsApiAllowlisted", "yes")).hasSize(1);
        assertThat(check("transport", "carrier_pigeon").toString()).contains("data_manager, ads_api");
    }

    @Test
    void checksTheSmallerSettings() {
        assertThat(check("eventSource", "MESSAGE")).isEmpty();
        assertThat(check("eventSource", "message").toString()).contains("IN_STORE");
        assertThat(check("sendBraidWithGclid", "yes")).hasSize(1);
        assertThat(check("enhancedConversions", false)).isEmpty();
        assertThat(check("enhancedConversions", 0)).hasSize(1);
        assertThat(check("actionStatuses", List.of("won", "invoice"))).isEmpty();
        assertThat(check("actionStatuses", List.of())).isEmpty();
        assertThat(check("actionStatuses", "won")).hasSize(1);
        assertThat(check("actionStatuses", List.of("Won"))).hasSize(1);
        assertThat(check("actionStatuses", List.of(1))).hasSize(1);
        assertThat(check("actionStatuses", List.of("won", "lost")).toString()).contains("lost is never reported");
    }

    @Test
    void refusesVersionsThatAreGone() {
        for (String gone : List.of("v20", "v21", "v22")) {
            assertThat(check("apiVersion", gone).toString()).contains("ended " + gone + " on 2026-");
        }
        assertThat(check("apiVersion", "v18").toString()).contains("ended v18");
        for (String right : List.of("v23", "v24", "v25", "v26", "v27", "")) {
            assertThat(check("apiVersion", right)).isEmpty();
        }
        for (String wrong : List.of("26", "V26", "v26.0", "v26 x", "v", "v2600")) {
            assertThat(check("apiVersion", wrong).toString()).contains("v26");
        }
    }

    @Test
    void knowsWhenItsVersionsEnd() {
        assertThat(platform.versions())
                .extracting(ApiVersion::version)
                .containsExactly("v20", "v21", "v22", "v23", "v24", "v25", "v26", "v1");
        assertThat(platform.versions()).filteredOn(ApiVersion::tentative).hasSize(4);
        assertThat(platform.versions().getLast().endsOn()).isNull();
    }

    @Test
    void wantsTheWholeSetOfCredentials() {
        for (String missing : List.of("refreshToken", "clientId", "clientSecret")) {
            Map<String, String> half = new HashMap<>(GoogleAdsContract.REFRESH_TOKEN);
            half.remove(missing);
            assertThat(platform.check(settings(), half)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("credentials." + missing);
                assertThat(error.message()).contains("belong together", "A right one looks like");
            });
        }
        assertThat(platform.check(settings(), Map.of()))
                .hasSize(3)
                .allSatisfy(error -> assertThat(error.message()).contains("serviceAccountJson"));
    }

    @Test
    void takesAServiceAccountInstead() throws GeneralSecurityException {
        TestKey key = TestKey.make();
        assertThat(platform.check(settings(), Map.of("serviceAccountJson", key.file())))
                .isEmpty();
        assertThat(platform.check(
                        settings(), Map.of("serviceAccountJson", key.file().replace("\\n", "\n"))))
                .as("pasted with real line breaks")
                .isEmpty();
        Map<String, String> both = new HashMap<>(GoogleAdsContract.REFRESH_TOKEN);
        both.put("serviceAccountJson", key.file());
        assertThat(platform.check(settings(), both))
                .hasSize(3)
                .allSatisfy(error -> assertThat(error.message()).contains("one of the two"));
    }

    @Test
    void namesWhatIsWrongWithAKeyFileWithoutQuotingIt() throws GeneralSecurityException {
        String right = TestKey.make().file();
        Map<String, String> wrong = Map.of(
                "not json secret-word",
                "not JSON",
                "[]",
                "not the JSON object",
                "{\"installed\":{\"client_secret\":\"secret-word\"}}",
                "\"type\":\"service_account\"",
                right.replace("client_email", "client_mail"),
                "client_email",
                right.replace("BEGIN PRIVATE KEY", "BEGIN RSA PRIVATE KEY"),
                "private_key",
                TestKey.file("-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXdvcmQ=\n-----END PRIVATE KEY-----\n"),
                "private_key",
                TestKey.file("secret-word"),
                "private_key",
                right.replace("https://oauth2", "http://oauth2"),
                "token_uri");
        wrong.forEach((file, named) -> assertThat(platform.check(settings(), Map.of("serviceAccountJson", file)))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.field()).isEqualTo("credentials.serviceAccountJson");
                    assertThat(error.message())
                            .contains(named, "A right one looks like")
                            .doesNotContain("secret-word", "c2VjcmV0");
                }));
    }

    @Test
    void refusesCredentialsThatAreSomethingElse() {
        Map<String, String> wrong = Map.of(
                "refreshToken\nya29.a0AfAccessToken",
                "access token",
                "refreshToken\n4/0AfAuthorisationCode",
                "authorisation code",
                "refreshToken\n1//0g with space",
                "space",
                "refreshToken\n" + "x".repeat(5000),
                "4096",
                "clientId\nkembali@toko.iam.gserviceaccount.com",
                "e-mail",
                "clientSecret\nGOCSPX-é",
                "character",
                "developerToken\nDev Token",
                "space");
        wrong.forEach((entered, named) -> {
            String[] parts = entered.split("\n", 2);
            Map<String, String> credentials = new HashMap<>(GoogleAdsContract.REFRESH_TOKEN);
            credentials.put(parts[0], parts[1]);
            assertThat(platform.check(settings(), credentials)).singleElement().satisfies(error -> {
                assertThat(error.field()).isEqualTo("credentials." + parts[0]);
                assertThat(error.message()).contains(named).doesNotContain(parts[1]);
            });
        });
    }

    @Test
    void showsNoServiceAccountKeyAnywhere() throws GeneralSecurityException {
        TestKey key = TestKey.make();
        String secret = key.file()
                .substring(key.file().indexOf("BEGIN PRIVATE KEY-----") + 24)
                .substring(0, 60);
        var pixel = platform.destination(settings(), Map.of("serviceAccountJson", key.file()), Endpoints.USUAL);
        assertThat(pixel.toString()).doesNotContain(secret);
        assertThat(String.valueOf(pixel.tokens())).doesNotContain(secret);
        assertThat(GoogleGrant.of(Map.of("serviceAccountJson", key.file())).toString())
                .doesNotContain(secret);
        assertThat(GoogleAdsSettings.of(settings(), GoogleAdsContract.REFRESH_TOKEN)
                        .toString())
                .doesNotContain("NotReal");
    }

    @Test
    void reachesGoogleAtItsUsualHosts() throws GeneralSecurityException {
        var pixel = platform.destination(settings(), GoogleAdsContract.REFRESH_TOKEN, Endpoints.USUAL);
        assertThat(java.util.Objects.requireNonNull(
                                java.util.Objects.requireNonNull(pixel.tokens()).request(GoogleAdsContract.now()))
                        .loggedUri())
                .isEqualTo("https://oauth2.googleapis.com/token");
    }

    private String complaint(String entered) {
        return java.util.Objects.requireNonNull(platform.eventNameComplaint("googleAdsActionId", entered));
    }

    private List<FieldError> check(String setting, Object value) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.put(setting, value);
        return platform.check(settings, GoogleAdsContract.REFRESH_TOKEN);
    }

    private static Map<String, Object> settings() {
        return Map.of("customerId", "1234567890", "actionId", "987654321");
    }
}
