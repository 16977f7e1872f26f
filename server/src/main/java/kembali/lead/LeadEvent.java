package kembali.lead;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a lead's timeline.
 *
 * @param kind {@code status}, {@code details}; {@code consent} only in rows from before consent had a history of its own
 * @param status the status reached, for {@code status}
 * @param detail names of what changed, never personal data
 */
public record LeadEvent(
        String id,
        Instant at,
        String kind,
        @Nullable String status,
        @Nullable String detail) {
    /** The kind of a status that was reached. */
    public static final String STATUS = "status";
}
