package kembali.postback;

import java.math.BigDecimal;
import java.util.List;
import kembali.postback.StatusVocabulary.Votes;
import org.jspecify.annotations.Nullable;

/** What a postback does to the conversions of its click. */
public sealed interface Decision {
    /**
     * A new conversion.
     *
     * @param transaction its key beside the click; empty for none, made up where one was needed
     * @param payout its amount; null for none
     */
    record NewRow(
            String transaction,
            ConversionStatus status,
            @Nullable Payout payout,
            Event event,
            List<Note> notes) implements Decision {
        public NewRow {
            notes = List.copyOf(notes);
        }
    }

    /**
     * A conversion changes; the state it had stays in its history.
     *
     * @param step whether the status changes, too
     * @param payout its amount from now on; null leaves it as it is, also when there was none
     * @param refunded what goes back with a refund or chargeback, positive, in the row's currency; null for none or all
     */
    record Update(
            ConversionRow row,
            ConversionStatus status,
            Transitions.Step step,
            @Nullable Payout payout,
            @Nullable BigDecimal refunded,
            Event event,
            List<Note> notes)
            implements Decision {
        public Update {
            notes = List.copyOf(notes);
        }
    }

    /** The lead reaches a status of the pipeline; no conversion is booked. */
    record Stage(String leadStatus, @Nullable Payout payout) implements Decision {}

    /**
     * Nothing new.
     *
     * @param row the conversion it repeats, when known
     * @param reason {@code same_request} or {@code ignore_policy}
     */
    record Duplicate(@Nullable ConversionRow row, String reason) implements Decision {}

    /** A step back in the order, from a postback that is older or does not say when: noted, changes nothing. */
    record OutOfOrder(ConversionRow row, ConversionStatus status) implements Decision {
        public String reason() {
            return "out_of_order:" + row.status().word() + ">" + status.word();
        }
    }

    /** The word is to be ignored. */
    record Ignored(String word) implements Decision {}

    /** Nobody has said what the word means: kept, to be run again once somebody has. */
    record Unmapped(@Nullable String word, String reason, Votes votes) implements Decision {}

    /** What platforms are to be told. */
    enum Event {
        /** The event of the lead's status, once per lead. */
        ONCE,
        /** A further transaction of the same lead, with an event of its own. */
        FURTHER,
        /** As {@link #ONCE}, but only if none was sent before: a rejection was taken back. */
        IF_NONE_SENT,
        /** Money went back: an adjustment where a platform has such a thing. */
        ADJUST,
        /** Nothing. */
        NONE
    }
}
