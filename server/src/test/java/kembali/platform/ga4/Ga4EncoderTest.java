package kembali.platform.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.identity.BrowserIds;
import kembali.identity.WebContext;
import kembali.platform.ConversionEvent;
import kembali.platform.ConversionEvent.Item;
import kembali.platform.Prepared;
import kembali.platform.Strategy;
import kembali.platform.TestEvent;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ga4EncoderTest {
    private static final Instant NOW = TestEvent.NOW;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Ga4Encoder encoder = new Ga4Encoder(
            Ga4Settings.of(Map.of("measurementId", "G-4T7KQ2M9XD"), Map.of("apiSecret", Ga4PlatformTest.SECRET)));

    /** What each test says of the event; the rest is unknown. */
    private String name = "purchase";

    private String eventId = "kmb_1_purchase";
    private Instant at = NOW;
    private BrowserIds browser = Ga4PlatformTest.BROWSER;
    private WebContext web = WebContext.NONE;
    private @Nullable Money value;
    private @Nullable String orderId;
    private List<Item> items = List.of();
    private Map<String, String> custom = Map.of();

    @Test
    void takesAnEventUntilTheSecondItIsSixtyThreeDaysOld() {
        at = NOW.minus(Duration.ofDays(63)).plusSeconds(1);
        assertThat(prepare()).isInstanceOf(Prepared.Ready.class);
        at = NOW.minus(Duration.ofDays(63));
        assertThat(reason()).isEqualTo("event_too_old");
    }

    @Test
    void takesAClockFifteenMinutesFastForNow() {
        at = NOW.plusSeconds(900);
        assertThat(json()).startsWith("{\"timestamp_micros\":" + NOW.getEpochSecond() + "000000,");
        at = NOW.plusSeconds(900).plusMillis(1);
        assertThat(reason()).isEqualTo("event_in_future");
    }

    @Test
    void writesTheTimeInMicroseconds() {
        at = Instant.parse("2026-11-20T03:04:05.000001999Z");
        assertThat(json()).startsWith("{\"timestamp_micros\":1795143845000001,");
        assertThat(Ga4Encoder.micros(json())).isEqualTo(1_795_143_845_000_001L);
        assertThat(Ga4Encoder.micros("{}")).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "25000001, 25000001",
        "25000000.00, 25000000",
        "2.5E7, 25000000",
        "0.10, 0.1",
        "0, 0",
        "16777217, 16777217",
        "99999999999999999.99, 99999999999999999.99",
        "1E-7, 0.0000001"
    })
    void writesAmountsExactlyAndPlainly(String amount, String written) {
        value = new Money(new BigDecimal(amount), "idr");
        assertThat(json()).contains("\"currency\":\"IDR\",\"value\":" + written + ",");
    }

    @Test
    void givesEveryPurchaseItsOwnTransactionId() {
        assertThat(Ga4Params.transactionId(event())).isEqualTo("kbl-7f3a-won");
        orderId = " INV-9 ";
        assertThat(Ga4Params.transactionId(event())).isEqualTo("INV-9");
        orderId = "x".repeat(100);
        assertThat(Ga4Params.transactionId(event())).isEqualTo(orderId);
        orderId = "x".repeat(101);
        String one = Ga4Params.transactionId(event());
        orderId = "x".repeat(102);
        assertThat(Ga4Params.transactionId(event())).hasSize(100).isNotEqualTo(one);
        orderId = "😀".repeat(100);
        assertThat(Ga4Params.transactionId(event()).getBytes(StandardCharsets.UTF_8))
                .isNotEmpty();
        assertThat(Ga4Params.transactionId(event())).hasSizeLessThanOrEqualTo(100);
        orderId = " ";
        assertThat(Ga4Params.transactionId(event())).isEqualTo("kbl-7f3a-won");
    }

    @Test
    void cutsTextsThatAreTooLongAndShowsIt() throws IOException {
        custom = Map.of("note", "n".repeat(101), "kept", "k".repeat(100), "pairs", "😀".repeat(60));
        JsonNode params = params();
        assertThat(params.path("note").asText()).isEqualTo("n".repeat(99) + "…");
        assertThat(params.path("kept").asText()).isEqualTo("k".repeat(100));
        assertThat(params.path("pairs").asText()).isEqualTo("😀".repeat(49) + "…");
    }

    @Test
    void cutsEndlessPagesAndReferrers() throws IOException {
        name = "page_view";
        String url = "https://toko.example/?x=" + "y".repeat(3000);
        web = new WebContext(url, url, null, null);
        assertThat(params().path("page_location").asText()).isEqualTo(url.substring(0, 1000));
        assertThat(params().path("page_referrer").asText()).isEqualTo(url.substring(0, 420));
    }

    @Test
    void writesNumbersAsNumbersAndCodesAsTexts() throws IOException {
        custom = Map.of(
                "a",
                "12",
                "b",
                "-0.5",
                "c",
                "007",
                "d",
                "1e3",
                "e",
                "1234567890123456",
                "f",
                "0",
                "g",
                "1.",
                "h",
                ".5",
                "coupon",
                "2024",
                "i",
                "0.10");
        JsonNode params = params();
        for (String number : List.of("a", "b", "f", "i")) {
            assertThat(params.path(number).isNumber()).as(number).isTrue();
        }
        for (String text : List.of("c", "d", "e", "g", "h", "coupon")) {
            assertThat(params.path(text).isTextual()).as(text).isTrue();
        }
    }

    @Test
    void neverExceedsGooglesCounts() throws IOException {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("p" + i, "x" + i);
            many.put("n" + i, "" + i);
        }
        custom = many;
        value = new Money(BigDecimal.TEN, "IDR");
        web = new WebContext("https://toko.example/", "https://toko.example/", null, null);
        for (String each : List.of("purchase", "generate_lead", "page_view", "refund", "own_name")) {
            name = each;
            orderId = "INV-9";
            assertThat(params().size()).as("debug_mode is the 25th").isLessThanOrEqualTo(24);
        }
    }

    @Test
    void takesTwoHundredItems() throws IOException {
        List<Item> many = new ArrayList<>();
        for (int i = 0; i < 201; i++) {
            many.add(new Item("p" + i, 1 + i, new BigDecimal("1.5E3")));
        }
        items = many;
        JsonNode written = params().path("items");
        assertThat(written.size()).isEqualTo(200);
        assertThat(written.path(199).toString()).isEqualTo("{\"item_id\":\"p199\",\"price\":1500,\"quantity\":200}");
    }

    @Test
    void skipsWhatIsLargerThanGoogleTakes() {
        List<Item> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(new Item("\u0001".repeat(99) + i, 1, null));
        }
        items = many;
        custom = Map.of();
        assertThat(json().getBytes(StandardCharsets.UTF_8).length).isBetween(100_000, 130_000);
        value = new Money(BigDecimal.ONE.scaleByPowerOfTen(30_000), "IDR");
        assertThat(reason()).isEqualTo("payload_too_large");
    }

    @Test
    void countsBytesAsUtf8Does() {
        for (String text : List.of("", "abc", "é", "정", "😀", "a😀é정\n")) {
            assertThat(Ga4Json.bytes(text)).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** Test mode looks for the params by their key; a text that looks like it must not be taken for it. */
    @Test
    void isNotFooledByTextsThatLookLikeJson() throws IOException {
        custom = Map.of("note", "\"params\":{");
        browser = new BrowserIds(null, null, null, "1.2", null);
        eventId = "\"timestamp_micros\":1,\"params\":{";
        var pixel = new Ga4Platform()
                .destination(
                        Map.of("measurementId", "G-4T7KQ2M9XD"),
                        Map.of("apiSecret", Ga4PlatformTest.SECRET),
                        kembali.platform.Endpoints.USUAL);
        JsonNode params = JSON.readTree(
                        pixel.request(List.of((Prepared.Ready) prepare()), "x").body())
                .path("events")
                .path(0)
                .path("params");
        assertThat(params.path("debug_mode").asInt()).isEqualTo(1);
        assertThat(params.path("note").asText()).isEqualTo("\"params\":{");
        assertThat(params.path("event_id").asText()).isEqualTo(eventId);
    }

    @Test
    void sendsNoKeyWithoutAValue() {
        name = "generate_lead";
        web = new WebContext("", "", "", "");
        eventId = "";
        assertThat(json())
                .doesNotContain("null", "\"\"", "[]", "{}")
                .contains(
                        "\"params\":{\"session_id\":\"1763521111\",\"engagement_time_msec\":1,\"lead_status\":\"won\"}");
    }

    /** One visitor is one user in GA4, whatever happens and whenever it is tried again. */
    @Test
    void makesUpTheSameClientForEveryEventOfAVisitor() throws IOException {
        browser = BrowserIds.NONE;
        JsonNode purchase = JSON.readTree(((Prepared.Ready) encoder.prepare(event(), Strategy.SEND_ALL, NOW)).json());
        name = "working_lead";
        at = NOW.minus(Duration.ofDays(3));
        JsonNode working = JSON.readTree(
                ((Prepared.Ready) encoder.prepare(event(), Strategy.SEND_ALL, NOW.plus(Duration.ofDays(1)))).json());
        assertThat(purchase.path("client_id").asText())
                .isEqualTo(working.path("client_id").asText());
        assertThat(purchase.at("/events/0/params/session_id").asText())
                .isNotEqualTo(working.at("/events/0/params/session_id").asText());
    }

    private Prepared prepare() {
        return encoder.prepare(event(), Strategy.STRICT, NOW);
    }

    private String json() {
        assertThat(prepare()).isInstanceOf(Prepared.Ready.class);
        return ((Prepared.Ready) prepare()).json();
    }

    private JsonNode params() throws IOException {
        return JSON.readTree(json()).path("events").path(0).path("params");
    }

    private @Nullable String reason() {
        return prepare() instanceof Prepared.Skip skip ? skip.reason().code() : null;
    }

    private ConversionEvent event() {
        return TestEvent.of(name, "won")
                .eventId(eventId)
                .at(at)
                .browser(browser)
                .web(web)
                .value(value)
                .orderId(orderId)
                .items(items)
                .custom(custom)
                .event();
    }
}
