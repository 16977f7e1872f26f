package kembali.platform;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to learn what became of events a platform took with a receipt ({@link Outcome.Processing}) and
 * judges later.
 */
public interface FollowUp {
    /** Waits between questions, the first one counted from the receipt; after the last the asking ends. */
    List<Duration> waits();

    /** Asks for the verdict. */
    PlatformRequest request(String receipt);

    /**
     * Reads the answer.
     *
     * @param sent the events of the request the receipt was given for
     */
    Answer read(PlatformReply reply, List<Prepared.Ready> sent);

    /** Stands on the events when the asking ended without a verdict. */
    Reason unanswered();

    /** What the platform says so far. */
    sealed interface Answer {
        /** The verdict on the events. A failure that may end better later sends the same bytes again. */
        record Known(Verdict verdict) implements Answer {}

        /**
         * Not judged yet, or the question was not answered.
         *
         * @param pause at least this long until the next question; null for the usual wait
         */
        record NotYet(@Nullable Duration pause) implements Answer {}

        /** The access token was refused: one fresh one, one more try. */
        record TokenRefused() implements Answer {}

        /** Nothing will ever be known; the events stay as they are, with this said. */
        record Unknowable(Reason reason) implements Answer {}
    }
}
