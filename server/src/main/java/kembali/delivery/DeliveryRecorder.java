package kembali.delivery;

import static kembali.store.schema.Tables.ATTEMPT;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import kembali.platform.DeliveryRules;
import kembali.platform.Platforms;
import kembali.platform.Reason;
import kembali.platform.Retry;
import kembali.store.GroupCommit;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/** Stores what became of the rows of one request. */
final class DeliveryRecorder {
    /**
     * Says whether a row that was in somebody's hand is still wanted; a reason ends it. Rows in hand are left
     * alone by commands such as a refusal of consent, so they are asked about before they wait or travel again.
     */
    interface StillWanted {
        @Nullable Reason objection(Tx tx, Delivery row);
    }

    /** When a row that failed may be tried again. */
    interface Backoff {
        Instant dueAgain(DeliveryRules rules, int attempts, Instant now);
    }

    /** Something that must be stored together with the outcomes. */
    interface Also {
        void apply(Tx tx);
    }

    /** Decides one row; called within the transaction. */
    interface Judge {
        void judge(Row row);
    }

    /**
     * The rows of a request with what is to become of each.
     *
     * @param also done in the same transaction; null for nothing
     */
    record Judged(
            List<Delivery> rows,
            Judge judge,
            Backoff backoff,
            @Nullable Also also) {}

    private final Platforms platforms;
    private final StillWanted stillWanted;

    DeliveryRecorder(Platforms platforms, StillWanted stillWanted) {
        this.platforms = platforms;
        this.stillWanted = stillWanted;
    }

    StillWanted stillWanted() {
        return stillWanted;
    }

    /** Judges and stores; the result says whether any row waits to be sent again. */
    GroupCommit.Work<Boolean> work(Judged judged) {
        return tx -> {
            boolean waits = false;
            for (int i = 0; i < judged.rows.size(); i++) {
                var row = new Row(tx, judged.rows.get(i), i, judged.backoff);
                judged.judge.judge(row);
                waits |= row.waits;
            }
            if (judged.also != null) {
                judged.also.apply(tx);
            }
            return waits;
        };
    }

    /** Several complaints as one reason. */
    static @Nullable Reason joined(List<Reason> complaints) {
        if (complaints.isEmpty()) {
            return null;
        }
        Reason first = complaints.getFirst();
        return complaints.size() == 1
                ? first
                : first.saying(complaints.stream().map(Reason::message).collect(Collectors.joining(" ")));
    }

    /** One row being judged. */
    final class Row {
        private final Tx tx;
        private final Delivery row;
        private final int index;
        private final Backoff backoff;
        private boolean waits;

        private Row(Tx tx, Delivery row, int index, Backoff backoff) {
            this.tx = tx;
            this.row = row;
            this.index = index;
            this.backoff = backoff;
        }

        Delivery row() {
            return row;
        }

        int index() {
            return index;
        }

        void end(Attempt tried, String status, @Nullable Reason reason, boolean answerLost, boolean delivered) {
            outcomes().end(row, numbered(tried), status, reason, answerLost || alreadyLost(), delivered);
        }

        void end(String status, Reason reason) {
            outcomes().end(row, status, reason, alreadyLost());
        }

        /** Tries again later, or gives up when the tries are used up. */
        void retry(Attempt tried, Reason reason, Retry.Later later, boolean answerLost, @Nullable Backoff own) {
            retry(tried, reason, later, row.attempts() + 1, answerLost, own);
        }

        /** The same after a late verdict. Its tries are verdicts: one takes a request and a question, or several of each. */
        void retryLate(Attempt tried, Reason reason, Retry.Later later, @Nullable Backoff own) {
            int verdictsBefore = tx.sql()
                    .fetchCount(
                            ATTEMPT,
                            ATTEMPT.DELIVERY_ID
                                    .eq(row.id())
                                    .and(ATTEMPT.PAYLOAD.eq(Attempt.NO_PAYLOAD))
                                    .and(ATTEMPT.ERROR.isNull()));
            retry(tried, reason, later, verdictsBefore + 1, false, own);
        }

        private void retry(
                Attempt tried, Reason reason, Retry.Later later, int tries, boolean answerLost, @Nullable Backoff own) {
            Attempt n = numbered(tried);
            boolean lost = answerLost || alreadyLost();
            Reason objection = stillWanted.objection(tx, row);
            if (objection != null) {
                outcomes().end(row, n, DeliveryStatus.SKIPPED, objection, lost, false);
            } else if (later.maxTries() > 0 && tries >= later.maxTries()) {
                outcomes().end(row, n, DeliveryStatus.FAILED, reason, lost, false);
            } else {
                waits = true;
                Instant due = (own == null ? backoff : own).dueAgain(rules(), n.no(), tx.now());
                outcomes().again(row, n, reason, lost, due.isAfter(row.expiresAt()) ? row.expiresAt() : due);
            }
        }

        /** The whole lane waits; the row is due as soon as the gate opens. */
        void waitBehindGate(Attempt tried, Reason reason) {
            Reason objection = stillWanted.objection(tx, row);
            if (objection != null) {
                outcomes().end(row, numbered(tried), DeliveryStatus.SKIPPED, objection, alreadyLost(), false);
            } else {
                waits = true;
                outcomes().again(row, numbered(tried), reason, alreadyLost(), tx.now());
            }
        }

        /** Never sent: back into the queue, unless meanwhile nobody wants it sent. */
        void release() {
            Reason objection = stillWanted.objection(tx, row);
            if (objection != null) {
                outcomes().end(row, DeliveryStatus.SKIPPED, objection, alreadyLost());
            } else {
                outcomes().release(row, tx.now());
            }
        }

        private boolean alreadyLost() {
            return row.answerLost() || row.leased();
        }

        private Attempt numbered(Attempt a) {
            return new Attempt(
                    row.attempts() + 1,
                    a.at(),
                    a.durationMs(),
                    a.method(),
                    a.url(),
                    a.testCode(),
                    a.httpStatus(),
                    a.response(),
                    a.error(),
                    a.answerLost() || row.leased(),
                    a.payload());
        }

        private DeliveryRules rules() {
            return platforms.get(row.platform()).rules();
        }

        private OutcomeRows outcomes() {
            return tx.part(OutcomeRows.class, OutcomeRows::new);
        }
    }
}
