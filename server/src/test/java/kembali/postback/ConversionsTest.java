package kembali.postback;

import static kembali.postback.Postbacks.NATIVE;
import static kembali.postback.Postbacks.decide;
import static kembali.postback.Postbacks.get;
import static kembali.postback.Postbacks.row;
import static kembali.postback.Postbacks.stored;
import static kembali.postback.Postbacks.there;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.postback.ConversionStatus.Effect;
import kembali.postback.ConversionStatus.Money;
import kembali.postback.Decision.Event;
import kembali.postback.SourceRules.Handling;
import kembali.postback.Transitions.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionsTest {
    private static SourceRules policy(DuplicatePolicy policy) {
        return NATIVE.withHandling(new Handling(policy, false, false, false, false));
    }

    private static Decision.NewRow made(Decision decision) {
        return (Decision.NewRow) decision;
    }

    private static Decision.Update updated(Decision decision) {
        return (Decision.Update) decision;
    }

    private static ConversionStatus named(String word) {
        return there(ConversionStatus.canonical(word));
    }

    @ParameterizedTest
    @CsvSource({
        "lead,hold;registration;deposit;sale;rejected;trash,",
        "hold,sale;rejected;trash,",
        "registration,deposit;sale;rejected,",
        "deposit,sale;rejected;refund,",
        "sale,rejected;refund;chargeback,",
        "rebill,rejected;refund,",
        "rejected,,sale;lead",
        "trash,,",
        "refund,,",
        "chargeback,,"
    })
    void stepsAreThoseOfTheTable(String from, @Nullable String forward, @Nullable String reversed) {
        List<String> onward = forward == null ? List.of() : List.of(forward.split(";", -1));
        List<String> back = reversed == null ? List.of() : List.of(reversed.split(";", -1));
        for (ConversionStatus to : ConversionStatus.CANONICAL) {
            Step expected = to.word().equals(from)
                    ? Step.SAME
                    : onward.contains(to.word())
                            ? Step.FORWARD
                            : back.contains(to.word()) ? Step.REVERSED : Step.OUT_OF_ORDER;
            assertThat(Transitions.step(named(from), to)).as(from + ">" + to).isEqualTo(expected);
        }
    }

    @Test
    void ownStatusesAreNeverOutOfOrder() {
        var call = ConversionStatus.custom("call", Money.NONE, new Effect.None());

        assertThat(Transitions.step(call, ConversionStatus.LEAD)).isEqualTo(Step.FORWARD);
        assertThat(Transitions.step(ConversionStatus.SALE, call)).isEqualTo(Step.FORWARD);
    }

    @Test
    void backwardStepCountsWhenItsOwnTimeIsLater() {
        var sale = new ConversionRow(
                "cv_1", "", ConversionStatus.SALE, null, null, Instant.parse("2026-11-19T10:00:00Z"), true);

        assertThat(decide("subid=A&status=lead&time=2026-11-19T09:00:00Z", NATIVE, sale))
                .isInstanceOf(Decision.OutOfOrder.class);
        assertThat(updated(decide("subid=A&status=lead&time=2026-11-19T11:00:00Z", NATIVE, sale))
                        .status())
                .isEqualTo(ConversionStatus.LEAD);
        assertThat(decide("subid=A&status=lead", NATIVE, sale)).isInstanceOf(Decision.OutOfOrder.class);
    }

    @Test
    void sameStatusChangesTheAmountAndTellsNobody() {
        var update = updated(
                decide("subid=A&status=sale&payout=9&currency=USD", NATIVE, row("", ConversionStatus.SALE, "5")));

        assertThat(update.step()).isEqualTo(Step.SAME);
        assertThat(there(update.payout()).amount()).isEqualTo("9");
        assertThat(update.event()).isEqualTo(Event.NONE);
    }

    @Test
    void absentAmountKeepsTheOneThatIsThereAndZeroDoesNot() {
        var row = row("", ConversionStatus.LEAD, "5");

        assertThat(updated(decide("subid=A&status=sale", NATIVE, row)).payout()).isNull();
        var zero = updated(decide("subid=A&status=sale&payout=0", NATIVE, row));
        assertThat(there(zero.payout()).isZero()).isTrue();
    }

    @Test
    void rejectionTakenBackIsReportedOnlyIfNothingWas() {
        var update = updated(decide("subid=A&status=sale&payout=5", NATIVE, row("", ConversionStatus.REJECTED, "5")));

        assertThat(update.step()).isEqualTo(Step.REVERSED);
        assertThat(update.event()).isEqualTo(Event.IF_NONE_SENT);
    }

    @Test
    void rejectionIsReportedOnlyWhenWantedAndTrashNever() {
        var wanted = NATIVE.withHandling(new Handling(DuplicatePolicy.UPDATE, false, false, true, false));
        var lead = row("", ConversionStatus.LEAD, null);

        assertThat(updated(decide("subid=A&status=rejected", NATIVE, lead)).event())
                .isEqualTo(Event.NONE);
        assertThat(updated(decide("subid=A&status=rejected", wanted, lead)).event())
                .isEqualTo(Event.ONCE);
        assertThat(updated(decide("subid=A&status=trash", wanted, lead)).event())
                .isEqualTo(Event.NONE);
        assertThat(made(decide("subid=A&status=trash", wanted)).event()).isEqualTo(Event.NONE);
    }

    @Test
    void refundKeepsTheAmountAndSaysWhatWentBack() {
        var sale = row("", ConversionStatus.SALE, "10");
        var part = updated(decide("subid=A&status=refund&payout=-4", NATIVE, sale));
        var whole = updated(decide("subid=A&status=chargeback", NATIVE, sale));

        assertThat(part.payout()).isNull();
        assertThat(part.refunded()).isEqualByComparingTo("4");
        assertThat(part.event()).isEqualTo(Event.ADJUST);
        assertThat(whole.refunded()).isEqualByComparingTo("10");
    }

    @Test
    void negativeAmountNeedsARefundOrRejection() {
        var sale = made(decide("subid=A&status=sale&payout=-5", NATIVE));

        assertThat(sale.payout()).isNull();
        assertThat(sale.notes()).extracting(Note::code).containsExactly("negative_amount");
        assertThat(made(decide("subid=A&status=rejected&payout=-5", NATIVE)).payout())
                .isNotNull();
        assertThat(updated(decide("subid=A&status=rejected&payout=-5", NATIVE, row("", ConversionStatus.SALE, "5")))
                        .payout())
                .isNull();
    }

    @Test
    void rebillIsAlwaysOneMore() {
        var sale = row("7", ConversionStatus.SALE, "5");
        var second = made(decide("subid=A&status=rebill&tid=8", NATIVE, sale));
        var sameId = made(decide("subid=A&status=rebill&tid=7", NATIVE, sale));
        var noId = made(decide("subid=A&status=rebill", NATIVE, sale));

        assertThat(second.transaction()).isEqualTo("8");
        assertThat(second.event()).isEqualTo(Event.FURTHER);
        assertThat(sameId.transaction()).isEqualTo("7~2");
        assertThat(sameId.event()).isEqualTo(Event.NONE);
        assertThat(noId.transaction()).isEqualTo("~2");
        assertThat(noId.event()).isEqualTo(Event.NONE);
        assertThat(made(decide("subid=A&status=rebill", NATIVE, sale, stored(noId)))
                        .transaction())
                .isEqualTo("~3");
    }

    @Test
    void rebillRepeatedByItsIdIsTheSame() {
        var rebill = row("8", ConversionStatus.REBILL, "5");

        assertThat(updated(decide("subid=A&status=rebill&tid=8&payout=6", NATIVE, rebill))
                        .row())
                .isEqualTo(rebill);
    }

    @Test
    void networksIdCannotPassForOneWeMade() {
        assertThat(made(decide("subid=A&status=sale&tid=~2", NATIVE)).transaction())
                .isEqualTo("-2");
        assertThat(Conversions.madeUp("7~2")).isTrue();
    }

    @Test
    void holdReportsNothing() {
        assertThat(made(decide("subid=A&status=hold&payout=5", NATIVE)).event()).isEqualTo(Event.NONE);
        assertThat(updated(decide("subid=A&status=hold", NATIVE, row("", ConversionStatus.LEAD, null)))
                        .event())
                .isEqualTo(Event.NONE);
    }

    @Test
    void transactionGoesItsWayThroughTheStatuses() {
        var hold = stored(decide("subid=A&status=hold&tid=1&payout=3", NATIVE));
        var sale = updated(decide("subid=A&status=sale&tid=1", NATIVE, hold));

        assertThat(sale.row()).isEqualTo(hold);
        assertThat(sale.event()).isEqualTo(Event.ONCE);

        var other = row("2", ConversionStatus.SALE, "5");
        assertThat(updated(decide("subid=A&status=sale&tid=1", NATIVE, hold, other))
                        .event())
                .isEqualTo(Event.FURTHER);
    }

    @Test
    void cancellationWithoutIdMeansTheOnlyOneThereIs() {
        var only = row("1", ConversionStatus.SALE, "5");

        assertThat(updated(decide("subid=A&status=refund", NATIVE, only)).row()).isEqualTo(only);
        assertThat(decide("subid=A&status=refund", NATIVE, only, row("2", ConversionStatus.SALE, "5")))
                .isInstanceOf(Decision.NewRow.class);
    }

    @Test
    void updatePolicyChangesTheClicksRowWhateverTheId() {
        var lead = row("", ConversionStatus.LEAD, null);

        assertThat(updated(decide("subid=A&status=rejected&tid=5", NATIVE, lead))
                        .row())
                .isEqualTo(lead);
        assertThat(made(decide("subid=A&status=sale&tid=5", NATIVE, lead)).transaction())
                .isEqualTo("5");
    }

    @Test
    void newRowPolicyMakesOneForEveryUnseenId() {
        var rules = policy(DuplicatePolicy.NEW_ROW);
        var lead = row("", ConversionStatus.LEAD, null);

        assertThat(made(decide("subid=A&status=lead&tid=5", rules, lead)).transaction())
                .isEqualTo("5");
        assertThat(updated(decide("subid=A&status=sale", rules, lead)).row()).isEqualTo(lead);
        assertThat(updated(decide("subid=A&status=sale&tid=5", rules, row("5", ConversionStatus.LEAD, null)))
                        .status())
                .isEqualTo(ConversionStatus.SALE);
    }

    @Test
    void ignorePolicyDropsRepetitionsAndNoSteps() {
        var rules = policy(DuplicatePolicy.IGNORE);
        var lead = row("", ConversionStatus.LEAD, null);

        assertThat(decide("subid=A&status=lead&payout=9", rules, lead))
                .isEqualTo(new Decision.Duplicate(lead, "ignore_policy"));
        assertThat(updated(decide("subid=A&status=sale", rules, lead)).status()).isEqualTo(ConversionStatus.SALE);
    }

    @Test
    void addAmountPolicyAddsWhileTheStatusStays() {
        var rules = policy(DuplicatePolicy.ADD_AMOUNT);
        var sale = row("", ConversionStatus.SALE, "5");
        var added = updated(decide("subid=A&status=sale&payout=2.5&currency=USD", rules, sale));
        var foreign = updated(decide("subid=A&status=sale&payout=2.5&currency=EUR", rules, sale));

        assertThat(there(added.payout()).amount()).isEqualByComparingTo(new BigDecimal("7.5"));
        assertThat(foreign.payout()).isNull();
        assertThat(foreign.notes()).extracting(Note::code).containsExactly("currency_differs");
        var step = updated(
                decide("subid=A&status=sale&payout=2&currency=USD", rules, row("", ConversionStatus.LEAD, "5")));
        assertThat(there(step.payout()).amount()).isEqualByComparingTo("2");
    }

    @Test
    void drillsAndTestsTellNobody() {
        var drill = NATIVE.withHandling(new Handling(DuplicatePolicy.UPDATE, true, false, false, false));

        assertThat(made(decide("subid=A&status=sale", drill)).event()).isEqualTo(Event.NONE);
        assertThat(made(decide("subid=A&status=sale&disable_postback=1", NATIVE))
                        .event())
                .isEqualTo(Event.NONE);
        assertThat(made(decide("subid=A&status=sale&test=1", NATIVE)).event()).isEqualTo(Event.NONE);
        assertThat(made(decide("subid=A&status=sale", NATIVE)).event()).isEqualTo(Event.ONCE);
    }

    @Test
    void wordMappedToThePipelineBooksNothing() {
        var rules =
                NATIVE.withStatuses(StatusRules.NONE.withMap(Map.of("billed", new StatusMeaning.LeadStage("invoice"))));

        assertThat(decide("subid=A&status=billed", rules)).isEqualTo(new Decision.Stage("invoice", null));
    }

    @Test
    void keyHoldsTheTransactionOrNone() {
        assertThat(ConversionKey.of(1, "A", null)).isEqualTo(new ConversionKey(1, "A", ""));
        assertThat(ConversionKey.of(1, "A", "7")).isNotEqualTo(ConversionKey.of(1, "A", null));
    }

    @ParameterizedTest
    @CsvSource({
        "subid=B&status=sale&payout=5&currency=USD&tid=1&time=1763632800",
        "subid=A&status=lead&payout=5&currency=USD&tid=1&time=1763632800",
        "subid=A&status=sale&payout=5.0&currency=USD&tid=1&time=1763632800",
        "subid=A&status=sale&payout=5&currency=EUR&tid=1&time=1763632800",
        "subid=A&status=sale&payout=5&currency=USD&tid=2&time=1763632800",
        "subid=A&status=sale&payout=5&currency=USD&tid=1&time=1763632801",
        "subid=A&status=sale&payout=5&currency=USD&tid=1",
        "lead_id=A&status=sale&payout=5&currency=USD&tid=1&time=1763632800"
    })
    void fingerprintTellsRequestsApart(String other) {
        String one = "subid=A&status=sale&payout=5&currency=USD&tid=1&time=1763632800";

        assertThat(Fingerprint.of("s", get(other))).isNotEqualTo(Fingerprint.of("s", get(one)));
        assertThat(Fingerprint.of("t", get(one))).isNotEqualTo(Fingerprint.of("s", get(one)));
        assertThat(Fingerprint.of("s", get(one + "&sub_id_1=x&return=y"))).isEqualTo(Fingerprint.of("s", get(one)));
    }

    @Test
    void fingerprintTellsPeopleApartWhereNothingElseDoes() {
        assertThat(Fingerprint.of("s", get("status=sale&em=a@b.c")))
                .isNotEqualTo(Fingerprint.of("s", get("status=sale&em=d@b.c")));
        assertThat(Fingerprint.of("s", get("subid=a&status=sale"))).matches("[0-9a-f]{64}");
    }

    @Test
    void looksForWhatThePostbackNames() {
        var contact = NATIVE.withHandling(new Handling(DuplicatePolicy.UPDATE, false, false, false, true));

        assertThat(Lookup.of(get("lead_id=ABC2345&tid=7&em=a@b.c"), NATIVE.handling()))
                .containsExactly(new Lookup.ByLeadId("ABC2345"), new Lookup.ByTransaction("7"));
        assertThat(Lookup.of(get("em=a@b.c", contact), contact.handling())).hasSize(1);
        assertThat(Lookup.of(get("em=a@b.c"), NATIVE.handling())).isEmpty();
    }
}
