package kembali.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a platform thinks of one call. */
public sealed interface Judgement {
    /** What it answers. */
    Reply reply();

    /** Taken: these events are stored. */
    record Accepted(Reply reply, List<Arrival> events) implements Judgement {
        /** Copies the events. */
        public Accepted {
            events = List.copyOf(events);
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
