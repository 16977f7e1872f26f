package kembali.platform;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a platform's answer to one request says about the events in it. */
public sealed interface Verdict {
    /**
     * The same outcome for every event of the request.
     *
     * @param slowDown a pause the platform hints at although it took the request; null for none
     */
    record All(Outcome outcome, @Nullable Duration slowDown) implements Verdict {
        public All(Outcome outcome) {
            this(outcome, null);
        }
    }

    /**
     * One outcome per event, in the order they were sent.
     *
     * @param answers the part of the answer that speaks of each event, in the same order; empty where the answer cannot be
     *     told apart, so that each event keeps all of it
     */
    record Each(List<Outcome> outcomes, List<String> answers) implements Verdict {
        public Each {
            outcomes = List.copyOf(outcomes);
            answers = List.copyOf(answers);
        }

        public Each(List<Outcome> outcomes) {
            this(outcomes, List.of());
        }
    }

    /**
     * The platform refused the whole request because of at least one event in it, and stored none.
     * With one event in the request that event failed for good; with more the request is divided
     * until the culprit is alone.
     */
    record RefusedForOne(Reason reason) implements Verdict {}

    /**
     * The access token was refused. A fresh one is fetched and the request sent once more; refused again, the whole pixel
     * waits as after {@link Retry.AfterFix}.
     */
    record TokenRefused(Reason reason) implements Verdict {}
}
