package kembali.platform.ga4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.platform.ConversionEvent;
import kembali.platform.EventCatalog.Event;
import kembali.platform.Platform;
import kembali.platform.PlatformContract;
import kembali.platform.Platforms;
import kembali.support.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ga4PlatformTest extends PlatformContract {
    /** With characters that an address must not hold as they are. */
    static final String SECRET = "Zk3vX9Q+/R2a7Lw0TnB5sYg";

    static final BrowserIds BROWSER = new BrowserIds(null, null, null, "1234567890.1763520000", "1763521111");

    @Override
    protected Platform platform() {
        return new Ga4Platform();
    }

    @Override
    protected Map<String, Object> settings() {
        return Map.of("measurementId", "G-4T7KQ2M9XD");
    }

    @Override
    protected Map<String, String> credentials() {
        return Map.of("apiSecret", SECRET);
    }

    @Override
    protected ConversionEvent goodEvent() {
        return event("working_lead", "contacted", ClickIds.NONE, BROWSER);
    }

    /** Google's success is a 204, and the body of any other 2xx says nothing. */
    @Override
    protected boolean readsBodyOfSuccess() {
        return false;
    }

    @Test
    void isRegistered() {
        assertThat(Platforms.all().get("ga4").title()).isEqualTo("Google Analytics 4");
    }

    @Test
    void putsTheSecretIntoTheAddressAndKeepsItOutOfTheLog() {
        var request = open().request(List.of(ready(goodEvent())), null);
        assertThat(request.uri().toString())
                .isEqualTo(
                        "http://127.0.0.1:9100/mp/collect?measurement_id=G-4T7KQ2M9XD&api_secret=Zk3vX9Q%2B%2FR2a7Lw0TnB5sYg");
        assertThat(request.loggedUri())
                .isEqualTo("http://127.0.0.1:9100/mp/collect?measurement_id=G-4T7KQ2M9XD&api_secret=***");
        assertThat(request.headers()).containsOnly(Map.entry("Content-Type", "application/json"));
        assertThat(request.body()).isEqualTo(ready(goodEvent()).json());
    }

    @Test
    void showsEventsInDebugViewOnlyInTestMode() {
        var ready = List.of(ready(goodEvent()));
        assertThat(open().request(ready, null).body()).doesNotContain("debug_mode");
        assertThat(open().request(ready, " ")).isEqualTo(open().request(ready, null));
        assertThat(open().request(ready, "any").body()).contains("\"params\":{\"debug_mode\":1,\"session_id\"");
    }

    @Test
    void sendsOneEventARequest() {
        var ready = ready(goodEvent());
        assertThat(ready.alone()).isTrue();
        assertThatThrownBy(() -> open().request(List.of(ready, ready), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** What is not recognised as a twin ends as answer_lost and never counts twice. */
    @Test
    void recognisesTwinsOfPurchasesOnly() {
        for (Event event : platform().catalog().events()) {
            assertThat(platform().recognisesTwin(event.name(), ""))
                    .as(event.name())
                    .isEqualTo(event.name().equals("purchase"));
        }
        assertThat(platform().recognisesTwin("closing_offline", "")).isFalse();
    }

    @Test
    void statesGooglesLimits() {
        var rules = platform().rules();
        assertThat(rules.maxBatch()).isEqualTo(1);
        assertThat(rules.maxAge()).hasDays(63);
        assertThat(rules.ageMargin()).hasDays(1);
        assertThat(rules.requestsPerSecond()).isGreaterThanOrEqualTo(8000);
        assertThat(rules.retryDelays().stream().map(d -> d.toSeconds()))
                .containsExactly(10L, 30L, 120L, 600L, 1800L, 3600L);
        assertThat(platform().versions()).isEmpty();
        assertThat(open().rules()).isEqualTo(rules);
    }

    @Test
    void mapsTheSalesPipelineByDefault() {
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("pageview", "page_view");
        expected.put("new", "generate_lead");
        expected.put("contacted", "working_lead");
        expected.put("responded", "working_lead");
        expected.put("qualified", "qualify_lead");
        expected.put("hot", "working_lead");
        expected.put("proposal", "working_lead");
        expected.put("negotiation", "working_lead");
        expected.put("invoice", "add_payment_info");
        expected.put("won", "purchase");
        expected.put("lost", "close_unconvert_lead");
        assertThat(defaults("sales")).containsExactlyEntriesOf(expected);
        expected.put("resubscribed", "close_convert_lead");
        assertThat(defaults("subscription")).containsExactlyEntriesOf(expected);
        assertThat(defaults("affiliate"))
                .containsOnly(
                        Map.entry("lead", "generate_lead"),
                        Map.entry("registration", "sign_up"),
                        Map.entry("deposit", "purchase"),
                        Map.entry("sale", "purchase"),
                        Map.entry("rebill", "purchase"));
        var column = platform().catalog().columns().getFirst();
        assertThat(column.key()).isEqualTo("ga4");
        assertThat(column.label()).isEqualTo("Google (GA4)");
        assertThat(column.perStatus()).isFalse();
    }

    @Test
    void knowsEveryRecommendedEvent() {
        var recommended =
                ("add_payment_info add_shipping_info add_to_cart add_to_wishlist begin_checkout close_convert_lead"
                                + " close_unconvert_lead disqualify_lead earn_virtual_currency generate_lead join_group level_end"
                                + " level_start level_up login post_score purchase qualify_lead refund remove_from_cart search"
                                + " select_content select_item select_promotion share sign_up spend_virtual_currency"
                                + " tutorial_begin tutorial_complete unlock_achievement view_cart view_item view_item_list"
                                + " view_promotion view_search_results working_lead")
                        .split(" ", -1);
        assertThat(platform().catalog().events().stream().map(Event::name))
                .contains(recommended)
                .contains("page_view")
                .hasSize(recommended.length + 1);
        for (Event event : platform().catalog().events()) {
            assertThat(platform().eventNameComplaint("ga4", event.name()))
                    .as(event.name())
                    .isNull();
            assertThat(event.note().contains("Google Ads can import"))
                    .as(event.name())
                    .isEqualTo(List.of("generate_lead", "qualify_lead", "close_convert_lead", "purchase")
                            .contains(event.name()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "purchase-offline, Use purchase_offline instead of purchase-offline.",
        "add-to-cart, Use add_to_cart instead of add-to-cart.",
        "Purchase, Use purchase instead of Purchase.",
        "AddToCart, Use add_to_cart instead of AddToCart.",
        "Generate Lead, Use generate_lead instead of Generate Lead.",
        "1st_sale, Use st_sale instead of 1st_sale.",
        "ga_sale, Use sale instead of ga_sale.",
        "google_ads_lead, Use ads_lead instead of google_ads_lead.",
        "firebase_x, Use x instead of firebase_x.",
        "_lead, Use lead instead of _lead.",
        "session_start, Use lead_session_start instead of session_start.",
        "error, Use lead_error instead of error.",
        "penjualan—baru, Use penjualan_baru instead of penjualan—baru.",
        "購入, Use my_event instead of 購入."
    })
    void saysWhichNameWouldBeRight(String name, String advice) {
        assertThat(platform().eventNameComplaint("ga4", name)).endsWith(advice);
    }

    @Test
    void takesOwnNamesOfFortyCharacters() {
        for (String right : List.of("closing", "Closing", "log_in", "a1_b2", "x".repeat(40))) {
            assertThat(platform().eventNameComplaint("ga4", right)).as(right).isNull();
        }
        assertThat(platform().eventNameComplaint("ga4", "x".repeat(41)))
                .contains("41 characters", "Use " + "x".repeat(40) + " instead");
        assertThat(platform().eventNameComplaint("ga4", " lead")).contains("\"lead\"");
        assertThat(platform().eventNameComplaint("googleAdsActionId", "lead")).contains("no mapping column");
    }

    @ParameterizedTest
    @CsvSource({
        "AW-123456789, Google Ads",
        "UA-12345-1, Universal Analytics",
        "GTM-AB12CD, Tag Manager",
        "GT-AB12CD, Google tag",
        "DC-1234567, Floodlight",
        "1:123456:android:abc, app stream",
        "123456789, property or stream",
        "g-4t7kq2m9xd, Did you mean G-4T7KQ2M9XD?",
        "' G-4T7KQ2M9XD ', Did you mean G-4T7KQ2M9XD?",
        "G-AB1, at least four",
        "G-4T7K/Q2M9, at least four",
        "' ', at least four",
        "'', missing"
    })
    void refusesIdsOfOtherGoogleProducts(String id, String words) {
        assertThat(platform().check(Map.of("measurementId", id), credentials()))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.field()).isEqualTo("settings.measurementId");
                    assertThat(error.message()).contains(words).contains("G-4T7KQ2M9XD");
                });
    }

    @Test
    void refusesIdsThatAreNoTextOrWouldBreakTheAddress() {
        for (Object wrong : List.of(4711, true, List.of("G-AB12"), "G-AB12\n", "G-AB12&x=1", "G-" + "A".repeat(60))) {
            assertThat(platform().check(Map.of("measurementId", wrong), credentials()))
                    .as("%s", wrong)
                    .extracting(FieldError::field)
                    .containsExactly("settings.measurementId");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc def",
                "abc\n",
                "abcé",
                "G-4T7KQ2M9XD",
                "https://www.google-analytics.com/mp/collect?api_secret=abc",
                "api_secret=abc"
            })
    void refusesSecretsThatAreSomethingElse(String wrong) {
        assertThat(platform().check(settings(), Map.of("apiSecret", wrong)))
                .singleElement()
                .satisfies(error -> {
                    assertThat(error.field()).isEqualTo("credentials.apiSecret");
                    assertThat(error.message()).contains("Zk3vX9QpR2a7Lw0TnB5sYg");
                });
    }

    @Test
    void neverRepeatsARefusedSecret() {
        assertThat(platform()
                        .check(settings(), Map.of("apiSecret", "hidden hidden"))
                        .toString())
                .doesNotContain("hidden");
    }

    @Test
    void refusesChoicesThatAreNone() {
        for (var wrong : List.<Map.Entry<String, Object>>of(
                Map.entry("region", "us"), Map.entry("region", true), Map.entry("userId", "email"))) {
            assertThat(platform()
                            .check(
                                    Map.of("measurementId", "G-4T7KQ2M9XD", wrong.getKey(), wrong.getValue()),
                                    credentials()))
                    .extracting(FieldError::field)
                    .containsExactly("settings." + wrong.getKey());
        }
        assertThat(platform().check(Map.of("measurementId", "G-4T7KQ2M9XD", "region", "", "userId", ""), credentials()))
                .isEmpty();
    }

    @Test
    void collectsInTheEuropeanUnionOnRequest() {
        var usual = kembali.platform.Endpoints.USUAL;
        var eu = platform().destination(Map.of("measurementId", "G-4T7KQ2M9XD", "region", "eu"), credentials(), usual);
        assertThat(eu.request(List.of(ready(goodEvent())), null).uri()).hasHost("region1.google-analytics.com");
        assertThat(asked(eu.probe(NOW)).uri()).hasHost("www.google-analytics.com");
        var global = platform().destination(settings(), credentials(), usual);
        assertThat(global.request(List.of(ready(goodEvent())), null).uri()).hasHost("www.google-analytics.com");
    }

    private Map<String, String> defaults(String preset) {
        return platform().catalog().columns().getFirst().defaults().getOrDefault(preset, Map.of());
    }
}
