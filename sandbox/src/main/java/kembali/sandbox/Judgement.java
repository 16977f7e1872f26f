package kembali.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a platform thinks of one call. */
public sealed interface Judgement {
    /** What it answers. */
    Reply reply();

    /**
     * Taken: these events are stored.
     *
     * @param leftOut events of the same call that are not
     */
    record Accepted(Reply reply, List<Arrival> events, List<LeftOut> leftOut) implements Judgement {
        /** Copies the events. */
        public Accepted {
            events = List.copyOf(events);
            leftOut = List.copyOf(leftOut);
        }

        /** All of it is stored. */
        public Accepted(Reply reply, List<Arrival> events) {
            this(reply, events, List.of());
        }
    }

    /**
     * Refused as a whole; nothing is stored.
     *
     * @param code the platform's code, such as {@code 100/2804003}
     * @param reason a sentence that names what is wrong
     * @param eventName name of the event at fault, or null when the call failed before its events were read
     */
    record Refused(
            Reply reply,
            String code,
            String reason,
            @Nullable String eventName) implements Judgement {}

    /** A call that only reads. */
    record Looked(Reply reply) implements Judgement {}
}
