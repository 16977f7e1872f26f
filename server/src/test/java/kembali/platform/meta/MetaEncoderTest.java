package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Strategy;
import kembali.platform.TestEvent;
import kembali.platform.meta.MetaUserData.MatchKey;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaEncoderTest {
    private static final Instant NOW = TestEvent.NOW;

    private final MetaEncoder encoder =
            new MetaEncoder(MetaSettings.of(Map.of("pixelId", "1"), Map.of("accessToken", MetaPlatformTest.TOKEN)));

    @Test
    void takesAnEventUntilTheSecondItIsSevenDaysOld() {
        assertThat(prepare(at(NOW.minus(Duration.ofDays(7)).plusSeconds(1)))).isInstanceOf(Prepared.Ready.class);
        assertThat(reason(at(NOW.minus(Duration.ofDays(7))))).isEqualTo("event_too_old");
    }

    @Test
    void takesAClockFiveMinutesFastForNow() {
        assertThat(json(at(NOW.plusSeconds(300)))).contains("\"event_time\":" + NOW.getEpochSecond() + ",");
        assertThat(reason(at(NOW.plusSeconds(300).plusMillis(1)))).isEqualTo("event_in_future");
    }

    @Test
    void writesTheTimeInWholeSeconds() {
        Instant at = NOW.minusSeconds(60).plusMillis(999);
        assertThat(json(at(at)))
                .contains("\"event_time\":" + NOW.minusSeconds(60).getEpochSecond() + ",");
    }

    @ParameterizedTest
    @CsvSource({
        "25000001, 25000001",
        "25000000.00, 25000000",
        "2.5E7, 25000000",
        "0.10, 0.1",
        "0, 0",
        "0.00, 0",
        "16777217, 16777217",
        "99999999999999999.99, 99999999999999999.99",
        "1E-7, 0.0000001"
    })
    void writesAmountsExactlyAndPlainly(String amount, String written) {
        assertThat(json(worth(new Money(new BigDecimal(amount), "IDR"))))
                .contains("\"custom_data\":{\"value\":" + written + ",\"currency\":\"IDR\"");
    }

    @Test
    void demandsAKnownCurrencyOfEveryEventWithAValue() {
        assertThat(reason(worth(new Money(BigDecimal.ONE, "RPX")))).isEqualTo("invalid_currency");
        assertThat(reason(worth(new Money(BigDecimal.ONE, "XXX")))).isEqualTo("invalid_currency");
        assertThat(reason(worth(new Money(BigDecimal.ONE, " ")))).isEqualTo("missing_currency");
    }

    @Test
    void writesALeadIdAsAWholeNumber() {
        ClickIds clicks = ClickIds.NONE.with(ClickIds.META_LEAD_ID, ClickId.of("98765432109876543", 1));
        var ready = (Prepared.Ready) prepare(clickedLead().clicks(clicks).event());
        assertThat(ready.json()).contains("\"lead_id\":98765432109876543}");
        assertThat(ready.alone()).isTrue();
    }

    /** Since Graph v13 these combinations name too many people. */
    @Test
    void refusesEverySubsetOfTheFourSetsThatAreTooBroad() {
        for (List<MatchKey> set : List.of(
                List.of(
                        MatchKey.CT,
                        MatchKey.COUNTRY,
                        MatchKey.ST,
                        MatchKey.ZP,
                        MatchKey.GE,
                        MatchKey.CLIENT_USER_AGENT),
                List.of(MatchKey.DB, MatchKey.CLIENT_USER_AGENT),
                List.of(MatchKey.FN, MatchKey.GE),
                List.of(MatchKey.LN, MatchKey.GE))) {
            for (int chosen = 0; chosen < 1 << set.size(); chosen++) {
                MetaUserData user = new MetaUserData();
                user.externalIds("own", null);
                for (int i = 0; i < set.size(); i++) {
                    if ((chosen & 1 << i) != 0) {
                        user.plain(set.get(i), "x");
                    }
                }
                assertThat(user.identifies()).as("%s of %s", chosen, set).isFalse();
            }
        }
    }

    @Test
    void takesWhatCanNameAPerson() {
        for (List<MatchKey> keys : List.of(
                List.of(MatchKey.EM),
                List.of(MatchKey.PH),
                List.of(MatchKey.FBC),
                List.of(MatchKey.FBP),
                List.of(MatchKey.LEAD_ID),
                List.of(MatchKey.EXTERNAL_ID),
                List.of(MatchKey.CLIENT_IP_ADDRESS),
                List.of(MatchKey.CLIENT_IP_ADDRESS, MatchKey.CLIENT_USER_AGENT),
                List.of(MatchKey.FN, MatchKey.LN),
                List.of(MatchKey.DB, MatchKey.FN),
                List.of(MatchKey.DB, MatchKey.CT))) {
            MetaUserData user = new MetaUserData();
            keys.forEach(key -> user.plain(key, "x"));
            assertThat(user.identifies()).as("%s", keys).isTrue();
        }
    }

    @Test
    void sendsNoKeyWithoutAValue() {
        String json = json(clickedLead()
                .person(new Person("", " ", "", null, "", "", "", "", "", null, "", ""))
                .web(new WebContext("", "", "", ""))
                .event());
        assertThat(json).doesNotContain("null", "\"\"", "[]", "{}").contains("\"user_data\":{\"external_id\":[");
    }

    @Test
    void saysTheSameIdOnceWhenTheCallersIsOurs() {
        ConversionEvent same = clickedLead().externalRef("ABC2345").event();
        assertThat(json(same)).containsOnlyOnce(kembali.identity.Sha256.hex("abc2345"));
    }

    @Test
    void doesNotCallAnOddAddressAPage() {
        for (String url : List.of("android-app://com.example", "javascript:alert(1)", "/promo", "toko.example")) {
            assertThat(json(clickedLead()
                            .web(new WebContext(url, null, null, "UA"))
                            .event()))
                    .contains("\"action_source\":\"system_generated\"")
                    .doesNotContain("event_source_url");
        }
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
        return ClickIds.NONE.with(
                ClickIds.FBCLID,
                ClickId.of("IwAR-1", NOW.minus(Duration.ofDays(10)).toEpochMilli()));
    }

    private static ConversionEvent at(Instant at) {
        return clickedLead().at(at).event();
    }

    private static ConversionEvent worth(Money value) {
        return clickedLead().value(value).event();
    }

    private static TestEvent clickedLead() {
        return TestEvent.of("Contact", "contacted").clicks(clicked());
    }
}
