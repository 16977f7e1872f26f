package kembali.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Strategy;
import kembali.platform.TestEvent;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkedInEncoderTest {
    private static final Instant NOW = TestEvent.NOW;

    private final LinkedInEncoder encoder = new LinkedInEncoder(LinkedInSettings.of(
            Map.of("adAccountId", "1", "conversionIds", Map.of("LEAD", "104011")),
            Map.of("accessToken", LinkedInPlatformTest.TOKEN)));

    @Test
    void takesAnEventUntilTenMinutesBeforeNinetyDays() {
        Instant limit = NOW.minus(Duration.ofDays(90)).plus(Duration.ofMinutes(10));
        assertThat(json(at(limit.plusMillis(1)))).contains("\"conversionHappenedAt\":");
        assertThat(reason(at(limit))).isEqualTo("event_too_old");
    }

    @Test
    void takesAClockFiveMinutesFastForASecondAgo() {
        String secondAgo = "\"conversionHappenedAt\":" + (NOW.toEpochMilli() - 1000) + ",";
        assertThat(json(at(NOW.plusMillis(1)))).contains(secondAgo);
        assertThat(json(at(NOW.plusSeconds(300)))).contains(secondAgo);
        assertThat(json(at(NOW))).contains("\"conversionHappenedAt\":" + NOW.toEpochMilli() + ",");
        assertThat(reason(at(NOW.plusSeconds(300).plusMillis(1)))).isEqualTo("event_in_future");
    }

    @ParameterizedTest
    @CsvSource({
        "25000001, 25000001",
        "25000000.00, 25000000",
        "2.5E7, 25000000",
        "0.10, 0.1",
        "0, 0",
        "0.00, 0",
        "99.5, 99.5",
        "99999999999999999.99, 99999999999999999.99",
        "1E-7, 0.0000001"
    })
    void writesAmountsAsPlainStrings(String amount, String written) {
        assertThat(json(worth(new Money(new BigDecimal(amount), " idr "))))
                .contains("\"conversionValue\":{\"currencyCode\":\"IDR\",\"amount\":\"" + written + "\"}");
    }

    @Test
    void leavesTheValueOutWhenNoneIsKnown() {
        assertThat(json(worth(null))).doesNotContain("conversionValue", "null");
    }

    @Test
    void demandsAKnownCurrencyOfEveryEventWithAValue() {
        for (String wrong : List.of("RPX", "XXX", "XTS", "IDRX", "1DR")) {
            assertThat(reason(worth(new Money(BigDecimal.ONE, wrong)))).isEqualTo("invalid_currency");
        }
        assertThat(reason(worth(new Money(BigDecimal.ONE, " ")))).isEqualTo("missing_currency");
    }

    @Test
    void saysWhichRuleIsMissingAndWhatFits() {
        for (String category : List.of("PAGE_VIEW", "REQUEST_DEMO", "Archive", "PURCHASE")) {
            var skip = (Prepared.Skip) encoder.prepare(lead(category).event(), Strategy.STRICT, NOW);
            assertThat(skip.reason().code()).isEqualTo("conversion_id_missing");
            assertThat(skip.reason().message()).contains("category " + category);
            assertThat(skip.reason().fix()).contains("conversionIds." + category);
        }
        var page = (Prepared.Skip) encoder.prepare(lead("PAGE_VIEW").event(), Strategy.STRICT, NOW);
        assertThat(page.reason().fix()).contains("KEY_PAGE_VIEW");
    }

    /** Ours, opaque, and one only; LinkedIn learns it beside the click and knows the person by it later. */
    @Test
    void sendsOurIdOfTheLeadOnEveryEvent() {
        assertThat(json(lead("LEAD").event())).endsWith(",\"externalIds\":[\"ld_7f3a\"]}}");
        assertThat(json(lead("LEAD").leadId("").event())).endsWith(",\"externalIds\":[\"ABC2345\"]}}");
    }

    private static ConversionEvent at(Instant at) {
        return lead("LEAD").at(at).event();
    }

    private static ConversionEvent worth(@Nullable Money value) {
        return lead("LEAD").value(value).event();
    }

    private static TestEvent lead(String category) {
        return TestEvent.of(category, "responded")
                .clicks(ClickIds.NONE.with(ClickIds.LI_FAT_ID, ClickId.of("df5gf5-gh6t7-ph4j7h-fgf6n1", 1)));
    }

    private String json(ConversionEvent event) {
        return ((Prepared.Ready) encoder.prepare(event, Strategy.STRICT, NOW)).json();
    }

    private String reason(ConversionEvent event) {
        return ((Prepared.Skip) encoder.prepare(event, Strategy.STRICT, NOW))
                .reason()
                .code();
    }
}
