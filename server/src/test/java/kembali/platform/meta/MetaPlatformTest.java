package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.platform.ConversionEvent;
import kembali.platform.EventCatalog.Column;
import kembali.platform.Platform;
import kembali.platform.PlatformContract;
import kembali.platform.PlatformReply;
import kembali.support.FieldError;
import org.junit.jupiter.api.Test;

class MetaPlatformTest extends PlatformContract {
    static final String TOKEN = "EAABkTestTokenNotReal1234567";

    @Override
    protected Platform platform() {
        return new MetaPlatform();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("pixelId", "1234567890123456");
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("accessToken", TOKEN);
    }

    @Override
    protected ConversionEvent goodEvent() {
        ClickIds clicks = ClickIds.NONE.with(ClickIds.FBCLID, ClickId.of("IwAR2F4-dbP0_aem_x1", 1794970000123L));
        return event("Contact", "contacted", clicks, BrowserIds.NONE);
    }

    @Test
    void sendsTheTokenInTheHeaderOnly() {
        var request = open().request(List.of(ready(goodEvent())), null);
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer " + TOKEN)
                .containsEntry("Content-Type", "application/json");
        assertThat(request.uri().toString()).isEqualTo("http://127.0.0.1:9100/v26.0/1234567890123456/events");
        assertThat(request.loggedUri()).isEqualTo(request.uri().toString());
    }

    @Test
    void leavesTheTestCodeOutInProduction() {
        var ready = List.of(ready(goodEvent()));
        assertThat(open().request(ready, null).body()).doesNotContain("test_event_code");
        assertThat(open().request(ready, " ")).isEqualTo(open().request(ready, null));
        assertThat(open().request(ready, "TEST1").body())
                .endsWith("],\"partner_agent\":\"kembali\",\"test_event_code\":\"TEST1\"}");
    }

    /** An immutable map iterates differently in each process, and a retry may come from another one. */
    @Test
    void writesOwnPropertiesInOneOrderInEveryProcess() {
        assertThat(ready(goodEvent()).json())
                .endsWith(
                        "\"lead_status\":\"contacted\",\"branch\":\"Kemang\",\"channel\":\"shop\",\"tier\":\"gold\"}}");
    }

    @Test
    void masksATokenOfAnyForm() {
        var pixel = platform().destination(settings(), Map.of("accessToken", "token-of-another-form"), ENDPOINTS);
        var reply = new PlatformReply(
                400, Map.of(), "{\"error\":{\"code\":190,\"message\":\"Bad token-of-another-form\"}}");
        assertThat(pixel.read(reply, List.of(ready(goodEvent())), NOW).toString())
                .contains("Bad ***")
                .doesNotContain("token-of-another-form");
    }

    @Test
    void mapsTheSalesPipelineByDefault() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("pageview", "PageView");
        expected.put("new", "AddToCart");
        expected.put("contacted", "Contact");
        expected.put("responded", "Lead");
        expected.put("qualified", "Lead");
        expected.put("hot", "SubmitApplication");
        expected.put("proposal", "InitiateCheckout");
        expected.put("negotiation", "AddPaymentInfo");
        expected.put("invoice", "AddPaymentInfo");
        expected.put("won", "Purchase");
        expected.put("lost", "Archive");
        assertThat(defaults("meta", "sales")).containsExactlyEntriesOf(expected);
        expected.put("resubscribed", "Subscribe");
        assertThat(defaults("meta", "subscription")).containsExactlyEntriesOf(expected);
        assertThat(defaults("meta", "affiliate"))
                .containsOnly(
                        Map.entry("lead", "Lead"),
                        Map.entry("registration", "CompleteRegistration"),
                        Map.entry("deposit", "Purchase"),
                        Map.entry("sale", "Purchase"),
                        Map.entry("rebill", "Subscribe"));
        assertThat(defaults("metaMessaging", "sales"))
                .containsOnly(
                        Map.entry("new", "LeadSubmitted"),
                        Map.entry("qualified", "QualifiedLead"),
                        Map.entry("hot", "AddToCart"),
                        Map.entry("proposal", "InitiateCheckout"),
                        Map.entry("negotiation", "InitiateCheckout"),
                        Map.entry("invoice", "OrderCreated"),
                        Map.entry("won", "Purchase"));
    }

    @Test
    void knowsEighteenStandardAndFourteenMessagingNames() {
        assertThat(MetaCatalog.STANDARD).hasSize(18);
        assertThat(MetaCatalog.MESSAGING_NAMES).hasSize(14).doesNotHaveDuplicates();
        assertThat(platform().catalog().events().stream().map(e -> e.name()))
                .containsAll(MetaCatalog.MESSAGING_NAMES)
                .contains("Archive");
    }

    @Test
    void asksBackWhenAStandardNameHasWrongCapitals() {
        assertThat(platform().eventNameComplaint("meta", "purchase"))
                .contains("custom event", "Did you mean Purchase?");
        assertThat(platform().eventNameComplaint("meta", "pageView")).contains("Did you mean PageView?");
        assertThat(platform().eventNameComplaint("metaMessaging", "leadsubmitted"))
                .contains("LeadSubmitted");
        assertThat(platform().eventNameComplaint("meta", "Sales Opportunity")).isNull();
        assertThat(platform().eventNameComplaint("meta", "x".repeat(50))).isNull();
        assertThat(platform().eventNameComplaint("meta", "x".repeat(51))).contains("50");
        assertThat(platform().eventNameComplaint("meta", " Lead")).contains("\"Lead\"");
        assertThat(platform().eventNameComplaint("meta", "a\u0000b")).contains("control character");
        assertThat(platform().eventNameComplaint("other", "Lead")).contains("no mapping column");
    }

    @Test
    void takesOnlyTheListedNamesForMessaging() {
        for (String name :
                List.of("Lead", "Contact", "PageView", "SubmitApplication", "Archive", "Sales Opportunity")) {
            assertThat(platform().eventNameComplaint("metaMessaging", name)).contains("refuses", "LeadSubmitted");
        }
    }

    @Test
    void refusesPixelIdsThatAreNoNumbers() {
        for (Object wrong :
                List.of("", " 123", "123 ", "12-34", "act_123", "१२३", 1.5, true, List.of("1"), "1".repeat(21))) {
            assertThat(check(Map.of("pixelId", wrong), credentials()))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("settings.pixelId");
                        assertThat(error.message()).contains("1234567890123456");
                    });
        }
        assertThat(check(Map.of("pixelId", 1234567890123456L), credentials())).isEmpty();
    }

    @Test
    void refusesTokensThatWouldBreakTheHeader() {
        for (String wrong : List.of(
                "", " ", "EAAB 1", "EAAB1\n", "EAAB\u00001", "EAABé", "Bearer EAAB1", "\tEAAB1", "x".repeat(4097))) {
            assertThat(check(settings(), Map.of("accessToken", wrong)))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("credentials.accessToken");
                        assertThat(error.message()).contains("EAABsbCS1iHgBAExampleTokenOnly");
                    });
        }
        assertThat(check(settings(), Map.of("accessToken", "EAAB1\nsecret")).toString())
                .doesNotContain("secret");
    }

    @Test
    void refusesVersionsThatAreMisspelledOrHaveEnded() {
        for (String right : List.of("v26.0", "v21.0", "v27.0", "")) {
            assertThat(check(Map.of("pixelId", "1", "apiVersion", right), credentials()))
                    .isEmpty();
        }
        for (String wrong : List.of("26.0", "v26", "v26.0 ", "v126.0", "V26.0", "v26.0\n")) {
            assertThat(check(Map.of("pixelId", "1", "apiVersion", wrong), credentials()))
                    .singleElement()
                    .satisfies(error -> assertThat(error.message()).contains("v26.0"));
        }
        assertThat(check(Map.of("pixelId", "1", "apiVersion", "v20.0"), credentials())
                        .toString())
                .contains("ended v20.0 on 2026-09-24");
        assertThat(check(Map.of("pixelId", "1", "apiVersion", "v19.0"), credentials())
                        .toString())
                .contains("ended v19.0");
    }

    @Test
    void refusesASwitchThatIsNoSwitch() {
        assertThat(check(Map.of("pixelId", "1", "limitedDataUse", "yes"), credentials()))
                .extracting(FieldError::field)
                .containsExactly("settings.limitedDataUse");
    }

    @Test
    void statesMetasLimits() {
        var rules = platform().rules();
        assertThat(rules.maxBatch()).isEqualTo(1000);
        assertThat(rules.maxAge()).hasDays(7);
        assertThat(rules.ageMargin()).hasMinutes(10);
        assertThat(rules.requestsPerSecond()).isEqualTo(20);
        assertThat(rules.retryDelays().stream().map(d -> d.toSeconds()))
                .containsExactly(10L, 30L, 120L, 600L, 1800L, 3600L);
        assertThat(platform().recognisesTwin("Purchase", "")).isTrue();
    }

    @Test
    void doesNotTrustMetaToDropTwinsOfMessages() {
        for (String name : MetaCatalog.MESSAGING_NAMES) {
            assertThat(platform().recognisesTwin(name, MetaMessaging.ROUTE))
                    .as(name)
                    .isFalse();
            assertThat(platform().recognisesTwin(name, "")).as(name).isTrue();
        }
    }

    @Test
    void refusesABrokenTokenForMessagingButNeedsNone() {
        assertThat(check(settings(), Map.of("accessToken", TOKEN, "messagingAccessToken", "")))
                .isEmpty();
        assertThat(check(settings(), Map.of("accessToken", TOKEN, "messagingAccessToken", "Bearer EAAB1")))
                .extracting(FieldError::field)
                .containsExactly("credentials.messagingAccessToken");
    }

    private List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return platform().check(settings, credentials);
    }

    private Map<String, String> defaults(String column, String preset) {
        Column found = platform().catalog().columns().stream()
                .filter(c -> c.key().equals(column))
                .findFirst()
                .orElseThrow();
        return found.defaults().getOrDefault(preset, Map.of());
    }
}
