package kembali.platform.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Strategy;
import kembali.platform.TestEvent;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokEncoderTest {
    private static final Instant NOW = TestEvent.NOW;
    private static final Duration MAX_AGE = Duration.ofDays(28);

    private final TikTokEncoder encoder = new TikTokEncoder(TikTokSettings.of(
            Map.of("pixelCode", TikTokPlatformTest.PIXEL), Map.of("accessToken", TikTokPlatformTest.TOKEN)));

    @Test
    void takesAnEventUntilTheSecondItIsTwentyEightDaysOld() {
        assertThat(prepare(at(NOW.minus(MAX_AGE).plusSeconds(1)))).isInstanceOf(Prepared.Ready.class);
        assertThat(reason(at(NOW.minus(MAX_AGE)))).isEqualTo("event_too_old");
    }

    @Test
    void takesAClockFiveMinutesFastForNow() {
        assertThat(json(at(NOW.plusSeconds(300)))).contains("\"event_time\":" + NOW.getEpochSecond() + ",");
        assertThat(reason(at(NOW.plusSeconds(300).plusMillis(1)))).isEqualTo("event_in_future");
    }

    @Test
    void writesTheTimeInWholeSecondsAndTheIdAsText() {
        assertThat(json(at(NOW.minusSeconds(60).plusMillis(999))))
                .contains("\"event_time\":" + NOW.minusSeconds(60).getEpochSecond()
                        + ",\"event_id\":\"kmb_7f3a_Contact\",");
    }

    @ParameterizedTest
    @CsvSource({
        "1500000, 1500000",
        "25000000.00, 25000000",
        "2.5E7, 25000000",
        "0.10, 0.1",
        "0.00, 0",
        "99999999999999999.99, 99999999999999999.99",
        "1E-7, 0.0000001"
    })
    void writesAmountsExactlyAndPlainly(String amount, String written) {
        assertThat(json(worth(new Money(new BigDecimal(amount), "IDR"))))
                .contains("\"properties\":{\"value\":" + written + ",\"currency\":\"IDR\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XAF", "BTC", "RPX", "", " "})
    void sendsNoAmountInACurrencyTikTokDoesNotTake(String currency) {
        var ready = (Prepared.Ready) prepare(worth(new Money(BigDecimal.TEN, currency)));
        assertThat(ready.json()).doesNotContain("properties", "value", "currency");
        assertThat(ready.route()).isEqualTo(TikTokEncoder.VALUE_LEFT_OUT);
    }

    @Test
    void sendsNoKeyWithoutAValue() {
        String json = json(clickedLead()
                .person(new Person("", " ", "", null, "", "", "", "", "", null, "", ""))
                .web(new WebContext("https://toko.example/", "", "", ""))
                .event());
        assertThat(json)
                .doesNotContain("null", "\"\"", "[]", "{}", "e3b0c44298fc1c14")
                .contains("\"user\":{\"external_id\":\"");
    }

    @Test
    void saysTheSameIdOnceWhenTheCallersIsOurs() {
        ConversionEvent same = clickedLead().externalRef(" ld_7f3a").event();
        assertThat(json(same)).containsOnlyOnce(kembali.identity.Sha256.hex("ld_7f3a"));
    }

    private Prepared prepare(ConversionEvent event) {
        return encoder.prepare(event, Strategy.STRICT, NOW);
    }

    private String json(ConversionEvent event) {
        assertThat(prepare(event)).isInstanceOf(Prepared.Ready.class);
        return ((Prepared.Ready) prepare(event)).json();
    }

    private @Nullable String reason(ConversionEvent event) {
        return prepare(event) instanceof Prepared.Skip skip ? skip.reason().code() : null;
    }

    private static ClickIds clicked() {
        return ClickIds.NONE.with(ClickIds.TTCLID, ClickId.of("E.C.P.abc", NOW.toEpochMilli()));
    }

    private static WebContext page() {
        return new WebContext("https://toko.example/", null, null, null);
    }

    private static ConversionEvent at(Instant at) {
        return clickedLead().at(at).event();
    }

    private static ConversionEvent worth(Money value) {
        return clickedLead().value(value).event();
    }

    private static TestEvent clickedLead() {
        return TestEvent.of("Contact", "contacted").clicks(clicked()).web(page());
    }
}
