package kembali.postback;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kembali.postback.ConversionStatus.Money;
import kembali.postback.Decision.Event;
import kembali.postback.StatusResolution.Known;
import kembali.postback.Transitions.Step;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a postback does to the conversions its click has already. A function of what is passed in: run it in the
 * transaction that stores its decision.
 */
public final class Conversions {
    private Conversions() {}

    /**
     * Decides.
     *
     * @param rows the conversions of the click, or of the lead without a click, in any order
     * @param seen whether a request with the same {@link Fingerprint} came within {@link Fingerprint#LIFE}
     */
    public static Decision decide(
            List<ConversionRow> rows,
            Postback postback,
            StatusResolution resolution,
            SourceRules.Handling handling,
            boolean seen) {
        if (seen) {
            return new Decision.Duplicate(null, "same_request");
        }
        return switch (resolution) {
            case StatusResolution.Unmapped u -> new Decision.Unmapped(u.word(), u.reason(), u.votes());
            case Known known ->
                switch (known.meaning()) {
                    case StatusMeaning.Ignore i -> new Decision.Ignored(known.word());
                    case StatusMeaning.LeadStage s ->
                        new Decision.Stage(s.leadStatus(), isNegative(postback.payout()) ? null : postback.payout());
                    case StatusMeaning.Conversion c -> new Case(rows, postback, c.status(), handling).decide();
                };
        };
    }

    /** Whether a transaction id was made up by us, because a conversion needed one of its own and its postback had none. */
    public static boolean madeUp(String transaction) {
        return transaction.indexOf('~') >= 0;
    }

    private static boolean isNegative(@Nullable Payout payout) {
        return payout != null && payout.amount().signum() < 0;
    }

    private static final class Case {
        private final List<ConversionRow> rows;
        private final Postback postback;
        private final ConversionStatus status;
        private final SourceRules.Handling handling;
        private final String transaction;
        private final List<Note> notes = new ArrayList<>(0);
        private final @Nullable Payout payout;

        Case(List<ConversionRow> rows, Postback postback, ConversionStatus status, SourceRules.Handling handling) {
            this.rows = rows;
            this.postback = postback;
            this.status = status;
            this.handling = handling;
            // A ~ marks those we make up; a network's own must not look like one.
            this.transaction =
                    postback.transaction() == null ? "" : postback.transaction().replace('~', '-');
            this.payout = usable(postback.payout());
        }

        private @Nullable Payout usable(@Nullable Payout sent) {
            if (sent == null || !isNegative(sent) || status.isCancellation()) {
                return sent;
            }
            notes.add(new Note(
                    "negative_amount",
                    "",
                    "A negative amount only makes sense with a refund or a rejection; it counts as absent."));
            return null;
        }

        Decision decide() {
            ConversionRow same = find(transaction);
            if (status.word().equals(ConversionStatus.REBILL.word())) {
                return rebill(same);
            }
            if (same == null && !transaction.isEmpty() && becomesRowOfItsOwn()) {
                return newRow(transaction);
            }
            ConversionRow row = same == null ? stepIn() : same;
            return row == null ? newRow(transaction) : onto(row);
        }

        /** A sale with an unseen transaction id always is one more; for other statuses the source's policy says so. */
        private boolean becomesRowOfItsOwn() {
            return status.word().equals(ConversionStatus.SALE.word())
                    || handling.duplicates() == DuplicatePolicy.NEW_ROW
                    || (find("") == null && !status.isCancellation());
        }

        /**
         * The conversion meant although its transaction id is not the one sent: the click's conversion without one, or for a
         * cancellation without an id the only one there is, which is all it can mean.
         */
        private @Nullable ConversionRow stepIn() {
            if (!transaction.isEmpty()) {
                return find("");
            }
            return status.isCancellation() && rows.size() == 1 ? rows.getFirst() : null;
        }

        private @Nullable ConversionRow find(String wanted) {
            for (ConversionRow row : rows) {
                if (row.transaction().equals(wanted)) {
                    return row;
                }
            }
            return null;
        }

        /** Always one more, unless it repeats itself by its transaction id. */
        private Decision rebill(@Nullable ConversionRow same) {
            if (same != null && !transaction.isEmpty() && same.status().word().equals(status.word())) {
                return onto(same);
            }
            boolean free = same == null && !transaction.isEmpty();
            return newRow(free ? transaction : invented(transaction));
        }

        /** The next free id after that one: {@code 7~2}, {@code 7~3}; {@code ~2} after none. */
        private String invented(String base) {
            Set<String> taken = new HashSet<>();
            rows.forEach(row -> taken.add(row.transaction()));
            int n = 2;
            while (taken.contains(base + "~" + n)) {
                n++;
            }
            return base + "~" + n;
        }

        private Decision newRow(String key) {
            boolean further = rows.stream().anyMatch(Case::wasSale);
            Event event = switch (status.money()) {
                case REFUNDED -> rows.isEmpty() ? Event.NONE : Event.ADJUST;
                case REJECTED -> rejection();
                case HELD, CONFIRMED, NONE -> {
                    if (status.word().equals(ConversionStatus.HOLD.word())) {
                        yield Event.NONE;
                    }
                    if (status.word().equals(ConversionStatus.REBILL.word())) {
                        // Without an id of its own a platform could not tell it from the first purchase.
                        yield madeUp(key) ? Event.NONE : Event.FURTHER;
                    }
                    yield further && status.money() == Money.CONFIRMED && !key.isEmpty() ? Event.FURTHER : Event.ONCE;
                }
            };
            return new Decision.NewRow(key, status, payout, silenced(event), notes);
        }

        private static boolean wasSale(ConversionRow row) {
            return switch (row.status().money()) {
                case CONFIRMED, REFUNDED -> true;
                case REJECTED -> row.reported();
                case NONE, HELD -> false;
            };
        }

        private Decision onto(ConversionRow row) {
            Step step = Transitions.step(row.status(), status);
            if (step == Step.SAME && handling.duplicates() == DuplicatePolicy.IGNORE) {
                return new Decision.Duplicate(row, "ignore_policy");
            }
            if (step == Step.OUT_OF_ORDER && !isLater(row)) {
                return new Decision.OutOfOrder(row, status);
            }
            return new Decision.Update(
                    row, status, step, amountAfter(row, step), refunded(row), silenced(event(row, step)), notes);
        }

        private boolean isLater(ConversionRow row) {
            Instant said = postback.eventTime();
            Instant stored = row.eventTime();
            return said != null && stored != null && said.isAfter(stored);
        }

        /** What the conversion is worth from now on; a cancellation leaves the amount, so that it is known what was lost. */
        private @Nullable Payout amountAfter(ConversionRow row, Step step) {
            if (payout == null || status.money() == Money.REFUNDED) {
                return null;
            }
            if (isNegative(payout)) {
                return null;
            }
            BigDecimal before = row.amount();
            if (handling.duplicates() != DuplicatePolicy.ADD_AMOUNT || step != Step.SAME || before == null) {
                return payout;
            }
            String currency = payout.currency();
            if (currency == null || !currency.equals(row.currency())) {
                notes.add(new Note(
                        "currency_differs",
                        "",
                        "The amount has another currency than the one it was to be added to; it was not."));
                return null;
            }
            return new Payout(before.add(payout.amount()), currency, payout.text());
        }

        private @Nullable BigDecimal refunded(ConversionRow row) {
            if (status.money() != Money.REFUNDED) {
                return null;
            }
            return payout == null || payout.isZero()
                    ? row.amount()
                    : payout.amount().abs();
        }

        private Event event(ConversionRow row, Step step) {
            return switch (step) {
                case SAME -> Event.NONE;
                case REVERSED -> Event.IF_NONE_SENT;
                case FORWARD, OUT_OF_ORDER ->
                    switch (status.money()) {
                        case REFUNDED -> Event.ADJUST;
                        case REJECTED -> row.reported() && !reports() ? Event.ADJUST : rejection();
                        case HELD, CONFIRMED, NONE ->
                            status.word().equals(ConversionStatus.HOLD.word()) ? Event.NONE : onceOrFurther(row);
                    };
            };
        }

        /** The second purchase of a click stays one of its own when it comes by way of a lead or hold. */
        private Event onceOrFurther(ConversionRow row) {
            boolean further = status.money() == Money.CONFIRMED
                    && row.status().money() != Money.CONFIRMED
                    && !row.transaction().isEmpty()
                    && rows.stream().anyMatch(other -> !other.equals(row) && wasSale(other));
            return further ? Event.FURTHER : Event.ONCE;
        }

        private Event rejection() {
            return reports() ? Event.ONCE : Event.NONE;
        }

        /** What never was a lead is reported to nobody. */
        private boolean reports() {
            return handling.reportRejected() && !status.word().equals(ConversionStatus.TRASH.word());
        }

        private Event silenced(Event event) {
            boolean silent = handling.forwardNothing()
                    || postback.switches().forwardNothing()
                    || postback.switches().test();
            return silent ? Event.NONE : event;
        }
    }
}
