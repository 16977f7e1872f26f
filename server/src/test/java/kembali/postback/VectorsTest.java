package kembali.postback;

import static kembali.postback.Postbacks.IMPORTED;
import static kembali.postback.Postbacks.NATIVE;
import static kembali.postback.Postbacks.decide;
import static kembali.postback.Postbacks.get;
import static kembali.postback.Postbacks.post;
import static kembali.postback.Postbacks.status;
import static kembali.postback.Postbacks.stored;
import static kembali.postback.Postbacks.there;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.lead.LeadStatus;
import kembali.postback.Answer.Wish;
import kembali.postback.Decision.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The acceptance vectors of postbacks, by their numbers, as far as they can be told without a database: 24, 25, 30 and 31
 * belong to the parts that store and send; 26, 27, 28, 29 and 32 to {@code kembali.campaign}.
 */
class VectorsTest {
    private static final ConversionRow SALE_ROW =
            stored(decide("subid=A&status=sale&payout=2.61&currency=usd", NATIVE));

    private static String leadAfter(ConversionStatus status, @Nullable String current) {
        String next = status.leadStatusAfter(current, LeadStatus.SALES);
        return next == null ? "unchanged" : next;
    }

    @Test
    void vector1LeadMakesARowAndANewLead() {
        var made = (Decision.NewRow) decide("subid=A&status=lead", NATIVE);

        assertThat(made.status()).isEqualTo(ConversionStatus.LEAD);
        assertThat(made.transaction()).isEmpty();
        assertThat(made.payout()).isNull();
        assertThat(leadAfter(made.status(), null)).isEqualTo("new");
    }

    @Test
    void vector2SaleChangesTheSameRow() {
        var lead = stored(decide("subid=A&status=lead", NATIVE));
        var sale = (Decision.Update) decide("subid=A&status=sale&payout=2.61&currency=usd", NATIVE, lead);

        assertThat(sale.row()).isEqualTo(lead);
        assertThat(sale.status()).isEqualTo(ConversionStatus.SALE);
        assertThat(there(sale.payout()).amount()).isEqualByComparingTo("2.61");
        assertThat(there(sale.payout()).currency()).isEqualTo("USD");
        assertThat(sale.event()).isEqualTo(Event.ONCE);
        assertThat(leadAfter(sale.status(), "new")).isEqualTo("won");
    }

    @Test
    void vector3SameRequestIsADuplicate() {
        Postback p = get("subid=A&status=sale&payout=2.61&currency=usd");
        var again = Conversions.decide(
                List.of(SALE_ROW), p, StatusResolver.resolve(p, NATIVE.statuses(), Map.of()), NATIVE.handling(), true);

        assertThat(again).isEqualTo(new Decision.Duplicate(null, "same_request"));
        assertThat(Fingerprint.of("src_1", p))
                .isEqualTo(Fingerprint.of("src_1", get("currency=USD&payout=2.61&status=SALE&subid=a")));
        assertThat(Answer.of(new Result.Duplicate("cv_", "ld_", "same_request"), Wish.of(null))
                        .body())
                .isEqualTo("OK duplicate");
    }

    @Test
    void vector4UnseenTransactionMakesASecondRowWithAnEventOfItsOwn() {
        var second = (Decision.NewRow) decide("subid=A&status=sale&payout=5&tid=2", NATIVE, SALE_ROW);

        assertThat(second.transaction()).isEqualTo("2");
        assertThat(second.event()).isEqualTo(Event.FURTHER);
    }

    @Test
    void vector5LeadAfterSaleIsOutOfOrder() {
        var late = (Decision.OutOfOrder) decide("subid=A&status=lead", NATIVE, SALE_ROW);

        assertThat(late.reason()).isEqualTo("out_of_order:sale>lead");
    }

    @Test
    void vector6RejectionLosesTheLeadAndReportsNothingButAnAdjustment() {
        var second = stored(decide("subid=A&status=sale&payout=5&tid=2", NATIVE, SALE_ROW));
        var rejected = (Decision.Update) decide("subid=A&status=rejected", NATIVE, SALE_ROW, second);

        assertThat(rejected.row()).isEqualTo(SALE_ROW);
        assertThat(rejected.status()).isEqualTo(ConversionStatus.REJECTED);
        assertThat(rejected.event()).isEqualTo(Event.ADJUST);
        assertThat(leadAfter(rejected.status(), "won")).isEqualTo("lost");
    }

    @Test
    void vector7MacrosNobodyFilledAreAbsent() {
        Postback p = get("subid=%7Bsubacc4%7D&payout=%7Brevenue%7D&status=%7Bstatus%7D");

        assertThat(p.clickId()).isNull();
        assertThat(p.payout()).isNull();
        assertThat(p.statusWord()).isNull();
        assertThat(p.reasonWithoutId()).isEqualTo("unfilled_macro:subid");
        assertThat(Lookup.of(p, NATIVE.handling())).isEmpty();
        assertThat(status("subid=A&status=%7Bstatus%7D")).isEqualTo("unmapped:unfilled_macro:status");
        assertThat(status("subid=A&status=%7Bstatus%7D", IMPORTED)).isEqualTo("unmapped:unfilled_macro:status");
    }

    @Test
    void vector8WordOfARequestList() {
        assertThat(status("subid=A&status=confirmed&lead_status=hold&sale_status=lead,confirmed"))
                .isEqualTo("sale");
    }

    @Test
    void vector9RequestListOutranksTheCanonicalName() {
        assertThat(status("subid=A&status=lead&sale_status=lead&lead_status=hold"))
                .isEqualTo("sale");
    }

    @Test
    void vector10OwnListOfACanonicalNameWins() {
        assertThat(status("subid=A&status=trash&trash_status=trash&rejected_status=rejected,trash"))
                .isEqualTo("trash");
        assertThat(status("subid=A&status=trash&rejected_status=rejected,trash&trash_status=trash"))
                .isEqualTo("trash");
    }

    @Test
    void vector11ListWithAnEncodedComma() {
        assertThat(status("subid=A&status=5&lead_status=2%2c5")).isEqualTo("lead");
        assertThat(status("subid=A&status=5&lead_status=2%252c5")).isEqualTo("lead");
    }

    @Test
    void vector12SourceMapKnowsTheWordInAnyCase() {
        var rules = NATIVE.withStatuses(
                StatusRules.NONE.withMap(Map.of("approved", new StatusMeaning.Conversion(ConversionStatus.SALE))));

        assertThat(status("subid=A&status=APPROVED", rules)).isEqualTo("sale");
        assertThat(status("subid=A&status=APPROVED")).isEqualTo("unmapped:ambiguous_status");
    }

    @Test
    void vector13UnknownWordIsKeptUnmapped() {
        var decision = decide("subid=A&status=frobnicate", NATIVE);

        assertThat(decision)
                .isEqualTo(new Decision.Unmapped(
                        "frobnicate",
                        "unknown_status",
                        StatusVocabulary.builtIn().votes("frobnicate")));
        var kept = new Result.Kept(Result.Because.UNMAPPED, "unknown_status");
        assertThat(Answer.of(kept, Wish.of(null)).status()).isEqualTo(200);
        assertThat(Answer.of(kept, Wish.of(null)).body()).isEqualTo("OK accepted");
    }

    @Test
    void vector14IgnoreList() {
        assertThat(decide("subid=A&status=ping&ignore_status=ping,test", NATIVE))
                .isEqualTo(new Decision.Ignored("ping"));
        assertThat(status("subid=A&status=sale&ignore_status=sale&sale_status=sale"))
                .isEqualTo("ignore");
    }

    @Test
    void vector15MissingStatusIsNoSaleUnlessTheSourceWasTakenOver() {
        assertThat(status("subid=A")).isEqualTo("unmapped:missing_status");
        assertThat(status("subid=A", IMPORTED)).isEqualTo("sale");
        assertThat(((StatusResolution.Known) Postbacks.resolve("subid=A", IMPORTED)).by())
                .isEqualTo(StatusResolution.By.DEFAULT);
    }

    private static Payout payout(String query) {
        return there(get(query).payout());
    }

    @Test
    void vector16PairWithOneHalf() {
        assertThat(payout("subid=A&status=sale&payout=12.5,").amount()).isEqualByComparingTo("12.50");
        assertThat(payout("subid=A&status=sale&payout=,3.00").amount()).isEqualByComparingTo("3");
    }

    @Test
    void vector17ThousandsOfRupiah() {
        Payout payout = payout("subid=A&status=sale&payout=150.000&currency=IDR");

        assertThat(payout.amount()).isEqualByComparingTo("150000");
        assertThat(payout.currency()).isEqualTo("IDR");
        assertThat(payout.text()).isEqualTo("150.000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234.56", "1.234,56"})
    void vector18SeparatorsOfBothWorlds(String written) {
        assertThat(payout("subid=A&status=sale&payout=" + written).amount()).isEqualByComparingTo("1234.56");
    }

    @ParameterizedTest
    @ValueSource(strings = {"¤", "%C2%A4", "%c2%a4", "%A4", "Â¤"})
    void vector19CurrencySignThatWasAnAmpersand(String sign) {
        Payout payout = payout("subid=A&status=lead&payout=10" + sign + "cy=EUR");

        assertThat(payout.amount()).isEqualByComparingTo("10");
        assertThat(payout.currency()).isEqualTo("EUR");
    }

    @Test
    void vector20PlusOfAPhone() {
        var phone = new Contact.Part("+71234567890", false);

        assertThat(get("subid=A&status=sale&ph=+71234567890").contact().phone()).isEqualTo(phone);
        assertThat(get("subid=A&status=sale&ph=%2B71234567890").contact().phone())
                .isEqualTo(phone);
        assertThat(post(null, "subid=A&msisdn=+71234567890", "application/x-www-form-urlencoded", NATIVE)
                        .contact()
                        .phone())
                .isEqualTo(phone);
    }

    @Test
    void vector21HashIsTakenAsHashed() {
        String hash = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b";

        assertThat(get("subid=A&status=sale&em=" + hash).contact().email()).isEqualTo(new Contact.Part(hash, true));
        assertThat(get("subid=A&status=sale&em=" + hash.toUpperCase(Locale.ROOT))
                        .contact()
                        .email())
                .isEqualTo(new Contact.Part(hash, true));
    }

    @Test
    void vector22UnknownClickIsLookedForAgain() {
        Postback p = get("subid=ZZZ&status=sale");

        assertThat(Lookup.of(p, NATIVE.handling())).containsExactly(new Lookup.ByClickId("zzz", "ZZZ"));
        assertThat(Lookup.next(Postbacks.NOW, 0)).isEqualTo("2026-11-20T10:00:30Z");
        assertThat(Lookup.next(Postbacks.NOW, 4)).isEqualTo("2026-11-23T10:00:00Z");
        assertThat(Lookup.next(Postbacks.NOW, 5)).isNull();
        var answer = Answer.of(new Result.Kept(Result.Because.ORPHAN, "click_not_found"), Wish.of(null));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("OK accepted");
    }

    @Test
    void vector23ReturnedTextIsHarmless() {
        Postback p = get("subid=A&status=lead&return=<script>alert(1)</script>");
        var answer =
                Answer.of(new Result.Booked("recorded", "cv_1", "ld_1", "lead"), Wish.of(null, p, NATIVE.handling()));

        assertThat(answer.body()).isEqualTo("scriptalert(1)/script");
        assertThat(answer.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(answer.headers()).containsEntry("X-Content-Type-Options", "nosniff");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
    }

    @Test
    void vector24UnknownKeySaysNothing() {
        var answer = Answer.of(new Result.UnknownKey(), new Wish(true, true, "hello", "A"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void vector25TwinsHaveOneFingerprint() {
        assertThat(Fingerprint.of("src_1", get("subid=A&status=sale&payout=1")))
                .isEqualTo(Fingerprint.of("src_1", get("subid=A&status=sale&payout=1")));
    }
}
