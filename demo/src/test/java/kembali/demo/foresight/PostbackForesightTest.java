package kembali.demo.foresight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import kembali.demo.platform.GoogleAds;
import kembali.demo.platform.Meta;
import kembali.demo.platform.PixelPlan;
import kembali.demo.sample.Beginning;
import kembali.demo.sample.Network;
import kembali.demo.sample.Postback;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit.Evidence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What comes of the partner network's postbacks. */
class PostbackForesightTest {
    @Test
    void makesALeadOfAPostbackAndNoneOfAClickOrAWordNobodyMapped() {
        assertThat(of().status()).isNull();
        assertThat(of(postback(Postback.UNMAPPED, "4.00", null)).rows()).isEmpty();
        assertThat(told(Meta.MAIN, postback("lead", "2.50", null))).containsExactly("AddToCart 10000 IDR");
    }

    @Test
    void isWorthItsPayoutOnceItIsASale() {
        assertThat(told(Meta.MAIN, postback("lead", "2.50", null), postback("sale", "12.75", null)))
                .containsExactly("AddToCart 10000 IDR", "Purchase 12.75 USD");
    }

    @Test
    void countsASecondTransactionAsAFurtherSale() {
        assertThat(told(GoogleAds.SHOP, postback("sale", "31.50", "T1"), postback("sale", "9.25", "T2")))
                .containsExactly("6512340002 31.50 USD", "6512340002 9.25 USD");
    }

    @Test
    void reportsNoRejection() {
        LeadForesight lead = of(postback("lead", "2.50", null), postback("rejected", null, null));
        assertThat(lead.status()).isEqualTo("lost");
        assertThat(lead.rows()).noneMatch(r -> "Archive".equals(r.line().event()));
    }

    private static Postback postback(String word, @Nullable String payout, @Nullable String transaction) {
        return new Postback(word, payout, transaction, "a@example.com", 2);
    }

    private static LeadForesight of(Postback... postbacks) {
        var click = new Beginning.Click("", Map.of(), Map.of(Network.META, Evidence.AD));
        return new LeadForesight(new Story(0, new Beginning.Reported(click, List.of(postbacks)), List.of(), List.of()));
    }

    private static List<String> told(PixelPlan pixel, Postback... postbacks) {
        return of(postbacks).rows().stream()
                .filter(r -> r.line().pixel().equals(pixel))
                .map(r -> r.line().event() + " " + r.money().amount().toPlainString() + " "
                        + r.money().currency())
                .toList();
    }
}
