package kembali.platform.googleads;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kembali.platform.Outcome;
import kembali.platform.Reason;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** What one of Google's error codes means for the queue. */
sealed interface Meaning {
    /** Tries for faults that may never end. */
    int FEW_TRIES = 8;

    Reason reason();

    /** Google has the conversion already, or as good as. */
    record Delivered(Reason reason) implements Meaning {}

    /** This event can never succeed. */
    record Event(Reason reason) implements Meaning {}

    /** Settings, access or account are wrong. */
    record Config(Reason reason) implements Meaning {}

    /** The access token is not taken; a fresh one may be. */
    record Access(Reason reason) implements Meaning {}

    /** Too much at once. */
    record Quota(Reason reason, @Nullable Duration pause) implements Meaning {}

    /**
     * A bad moment.
     *
     * @param maxTries 0 until the event expires
     * @param after at least this long for this event alone; null for the usual delays
     */
    record Passing(Reason reason, int maxTries, @Nullable Duration after) implements Meaning {}

    /** The same meaning, explained. */
    default Meaning saying(Reason reason) {
        return switch (this) {
            case Delivered d -> new Delivered(reason);
            case Event e -> new Event(reason);
            case Config c -> new Config(reason);
            case Access a -> new Access(reason);
            case Quota q -> new Quota(reason, q.pause());
            case Passing p -> new Passing(reason, p.maxTries(), p.after());
        };
    }

    /** What becomes of an event this was said about. */
    default Outcome outcome() {
        return switch (this) {
            case Delivered d -> new Outcome.Accepted(d.reason());
            case Event e -> new Outcome.Failed(e.reason(), Retry.NEVER);
            case Config c -> new Outcome.Failed(c.reason(), Retry.AFTER_FIX);
            case Access a -> new Outcome.Failed(a.reason(), Retry.AFTER_FIX);
            case Quota q -> new Outcome.Failed(q.reason(), new Retry.Throttled(q.pause()));
            case Passing p -> new Outcome.Failed(p.reason(), new Retry.Later(p.maxTries(), p.after()));
        };
    }

    /** What becomes of a request this was said about as a whole. */
    default Verdict verdict() {
        return switch (this) {
            case Event e -> new Verdict.RefusedForOne(e.reason());
            case Access a -> new Verdict.TokenRefused(a.reason());
            case Delivered d -> new Verdict.All(d.outcome());
            case Config c -> new Verdict.All(c.outcome());
            case Quota q -> new Verdict.All(q.outcome());
            case Passing p -> new Verdict.All(p.outcome());
        };
    }

    /**
     * A request that was refused whole for some of its events. Where Google names them all, they alone fail and the others
     * travel again at once; else the request must be divided.
     *
     * @param culprits by place in the request
     * @param allNamed whether every complaint named a place
     * @param whole said when the culprits are not known
     */
    static Verdict refusedFor(Map<Integer, Reason> culprits, boolean allNamed, int sent, Reason whole) {
        if (sent == 1 || culprits.isEmpty() || !allNamed) {
            return new Verdict.RefusedForOne(
                    culprits.isEmpty() ? whole : culprits.values().iterator().next());
        }
        Outcome again =
                new Outcome.Failed(GoogleAdsReasons.BATCH_MATE_REFUSED, new Retry.Later(0, Duration.ofSeconds(1)));
        List<Outcome> outcomes = new java.util.ArrayList<>(sent);
        for (int i = 0; i < sent; i++) {
            Reason culprit = culprits.get(i);
            outcomes.add(culprit == null ? again : new Outcome.Failed(culprit, Retry.NEVER));
        }
        return new Verdict.Each(outcomes);
    }
}
