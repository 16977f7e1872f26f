package kembali.platform.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.platform.ConversionEvent;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.PlatformContract;
import kembali.platform.PlatformReply;
import kembali.platform.Platforms;
import kembali.support.FieldError;
import org.junit.jupiter.api.Test;

class TikTokPlatformTest extends PlatformContract {
    static final String TOKEN = "TikTokTestToken_NotReal_12345678";
    static final String PIXEL = "A1T8T4UYGVIQA8ORZMX9";

    @Override
    protected Platform platform() {
        return new TikTokPlatform();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("pixelCode", PIXEL);
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("accessToken", TOKEN);
    }

    @Override
    protected ConversionEvent goodEvent() {
        ClickIds clicks = ClickIds.NONE.with(ClickIds.TTCLID, ClickId.of("E.C.P.abc", 1794970000123L));
        return event("Contact", "contacted", clicks, BrowserIds.NONE);
    }

    @Override
    protected List<PlatformReply> strangeReplies() {
        List<PlatformReply> replies = new ArrayList<>(super.strangeReplies());
        for (String body : List.of(
                "{\"code\":\"0\"}",
                "{\"code\":0.0}",
                "{\"code\":null}",
                "{\"code\":false}",
                "{\"code\":[0]}",
                "{\"code\":99999999999999999999}",
                "{\"code\":0",
                "{\"data\":{\"code\":0}}")) {
            replies.add(new PlatformReply(200, Map.of(), body));
        }
        return replies;
    }

    @Test
    void isOneOfThePlatforms() {
        assertThat(Platforms.all().get("tiktok")).isInstanceOf(TikTokPlatform.class);
        assertThat(platform().title()).isEqualTo("TikTok");
    }

    @Test
    void sendsTheBareTokenInItsHeaderOnly() {
        var request = open().request(List.of(ready(goodEvent())), null);
        assertThat(request.headers())
                .containsOnly(Map.entry("Access-Token", TOKEN), Map.entry("Content-Type", "application/json"));
        assertThat(request.uri().toString()).isEqualTo("http://127.0.0.1:9100/open_api/v1.3/event/track/");
        assertThat(request.loggedUri()).isEqualTo(request.uri().toString());
    }

    @Test
    void putsTheTestCodeBesideTheEventsAndOnlyWhileTesting() {
        var ready = List.of(ready(goodEvent()));
        assertThat(open().request(ready, null).body()).doesNotContain("test_event_code");
        assertThat(open().request(ready, " ")).isEqualTo(open().request(ready, null));
        assertThat(open().request(ready, "TEST1").body())
                .startsWith("{\"event_source\":\"web\",\"event_source_id\":\"" + PIXEL
                        + "\",\"test_event_code\":\"TEST1\",\"data\":[{");
    }

    @Test
    void mapsTheSalesPipelineByDefault() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("pageview", "ViewContent");
        expected.put("new", "ViewContent");
        expected.put("contacted", "Contact");
        expected.put("responded", "Lead");
        expected.put("qualified", "Lead");
        expected.put("hot", "SubmitApplication");
        expected.put("proposal", "InitiateCheckout");
        expected.put("negotiation", "AddPaymentInfo");
        expected.put("invoice", "AddPaymentInfo");
        expected.put("won", "Purchase");
        expected.put("lost", "ViewContent");
        assertThat(defaults("sales")).containsExactlyEntriesOf(expected);
        expected.put("resubscribed", "Subscribe");
        assertThat(defaults("subscription")).containsExactlyEntriesOf(expected);
        assertThat(defaults("affiliate"))
                .containsOnly(
                        Map.entry("lead", "Lead"),
                        Map.entry("registration", "CompleteRegistration"),
                        Map.entry("deposit", "Purchase"),
                        Map.entry("sale", "Purchase"),
                        Map.entry("rebill", "Subscribe"));
    }

    @Test
    void hasOneColumnInWhichAnEventCountsOncePerLead() {
        assertThat(platform().catalog().columns()).singleElement().satisfies(column -> {
            assertThat(column.key()).isEqualTo("tiktok");
            assertThat(column.perStatus()).isFalse();
        });
    }

    @Test
    void offersEighteenNamesAndTakesFourOldOnes() {
        assertThat(TikTokCatalog.STANDARD.stream().map(EventCatalog.Event::name))
                .containsExactlyInAnyOrder(
                        "AddPaymentInfo",
                        "AddToCart",
                        "AddToWishlist",
                        "ApplicationApproval",
                        "CompleteRegistration",
                        "Contact",
                        "CustomizeProduct",
                        "Download",
                        "FindLocation",
                        "InitiateCheckout",
                        "Lead",
                        "Purchase",
                        "Schedule",
                        "Search",
                        "StartTrial",
                        "SubmitApplication",
                        "Subscribe",
                        "ViewContent");
        for (String old : List.of("CompletePayment", "SubmitForm", "PlaceAnOrder", "ClickButton")) {
            assertThat(complaint(old)).isNull();
            assertThat(platform().catalog().events())
                    .filteredOn(event -> event.name().equals(old))
                    .singleElement()
                    .satisfies(event -> assertThat(event.note()).contains("Use "));
        }
    }

    @Test
    void takesCustomNamesButAsksBackWhenAKnownOneHasWrongCapitals() {
        assertThat(complaint("purchase")).contains("custom event", "Did you mean Purchase?");
        assertThat(complaint("completePayment")).contains("Did you mean CompletePayment?");
        assertThat(complaint("Menunggu Pembayaran")).isNull();
        assertThat(complaint("x".repeat(100))).isNull();
        assertThat(complaint("x".repeat(101))).contains("100");
        assertThat(complaint(" Lead")).contains("\"Lead\"");
        assertThat(complaint("a\u0000b")).contains("control character");
        assertThat(platform().eventNameComplaint("meta", "Lead")).contains("no mapping column", "tiktok");
    }

    @Test
    void refusesWhatIsNoPixelCode() {
        for (Object wrong : List.of(
                "",
                " A1T8T4UYGVIQA8ORZMX9",
                "a1t8t4uygviqa8orzmx9",
                "A1T8-T4UY",
                "SHORT",
                "7400000000000000123",
                7400000000000000123L,
                1.5,
                true,
                List.of("A1T8T4UYGVIQA8ORZMX9"),
                "X".repeat(41))) {
            assertThat(check(Map.of("pixelCode", wrong), credentials()))
                    .as("%s", wrong)
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("settings.pixelCode");
                        assertThat(error.message()).contains(PIXEL);
                    });
        }
    }

    @Test
    void takesAnEventSetForTheSourceCrm() {
        for (Object right : List.of("7400000000000000123", 7400000000000000123L, PIXEL)) {
            assertThat(check(Map.of("pixelCode", right, "eventSource", "crm"), credentials()))
                    .isEmpty();
        }
        assertThat(check(Map.of("pixelCode", "74 00", "eventSource", "crm"), credentials()))
                .singleElement()
                .satisfies(error -> assertThat(error.message()).contains("event set", "7400000000000000123"));
    }

    @Test
    void refusesAnyOtherSourceAndMisspelledVersions() {
        for (Object wrong : List.of("offline", "app", "WEB", 1)) {
            assertThat(check(Map.of("pixelCode", PIXEL, "eventSource", wrong), credentials()))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("settings.eventSource");
                        assertThat(error.message()).contains("web or crm", "for example web");
                    });
        }
        for (Object wrong : List.of("1.3", "v1", "v1.3 ", "V1.3", "v1.3/../..", 1.3)) {
            assertThat(check(Map.of("pixelCode", PIXEL, "apiVersion", wrong), credentials()))
                    .extracting(FieldError::field)
                    .containsExactly("settings.apiVersion");
        }
        for (String right : List.of("v1.3", "v2.0", "")) {
            assertThat(check(Map.of("pixelCode", PIXEL, "apiVersion", right, "eventSource", ""), credentials()))
                    .isEmpty();
        }
    }

    @Test
    void refusesTokensThatWouldBreakTheHeader() {
        for (String wrong :
                List.of("", " ", "abc 1", "abc1\n", "abc\u00001", "abcé", "Bearer abc1", "\tabc1", "x".repeat(4097))) {
            assertThat(check(settings(), Map.of("accessToken", wrong)))
                    .singleElement()
                    .satisfies(error -> {
                        assertThat(error.field()).isEqualTo("credentials.accessToken");
                        assertThat(error.message()).contains("TikTokExampleAccessTokenOnly");
                    });
        }
        assertThat(check(settings(), Map.of("accessToken", "abc1\nsecret")).toString())
                .doesNotContain("secret");
    }

    @Test
    void statesTikToksLimits() {
        var rules = platform().rules();
        assertThat(rules.maxBatch()).isEqualTo(1000);
        assertThat(rules.maxAge()).hasDays(28);
        assertThat(rules.ageMargin()).hasMinutes(10);
        assertThat(rules.requestsPerSecond()).isEqualTo(100);
        assertThat(rules.retryDelays().stream().map(d -> d.toSeconds()))
                .containsExactly(10L, 30L, 60L, 120L, 240L, 480L, 960L, 1920L, 3600L);
        assertThat(platform().recognisesTwin("Purchase", "")).isTrue();
        assertThat(platform().versions()).singleElement().satisfies(version -> {
            assertThat(version.version()).isEqualTo("v1.3");
            assertThat(version.endsOn()).isNull();
        });
    }

    @Test
    void sharesARateLimitAmongPixelsOfOneTokenWithoutShowingIt() {
        var other = platform().destination(Map.of("pixelCode", "B1T8T4UYGVIQA8ORZMX9"), credentials(), ENDPOINTS);
        var stranger = platform().destination(settings(), Map.of("accessToken", "another-token-12345"), ENDPOINTS);
        assertThat(other.budget()).isEqualTo(open().budget()).isNotEqualTo(stranger.budget());
        assertThat(open().budget()).startsWith("tiktok:").doesNotContain(TOKEN);
    }

    private @org.jspecify.annotations.Nullable String complaint(String name) {
        return platform().eventNameComplaint("tiktok", name);
    }

    private List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return platform().check(settings, credentials);
    }

    private Map<String, String> defaults(String preset) {
        return platform().catalog().columns().getFirst().defaults().getOrDefault(preset, Map.of());
    }
}
