package kembali.lead;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a lead's timeline.
 *
 * @param kind {@code status}, {@code details}, {@code form}, {@code conversion}; {@code consent} only in rows from before consent had a history
 *     of its own
 * @param status the status reached, for {@code status}; the conversion's own, for {@code conversion}
 * @param detail names of what changed, never personal data; of {@link #FORM} what the person answered, stored sealed
 */
public record LeadEvent(
        String id,
        Instant at,
        String kind,
        @Nullable String status,
        @Nullable String detail) {
    /** The kind of a status that was reached. */
    public static final String STATUS = "status";

    /** The kind of a conversion that reached a status; the detail says its id, amount, transaction and reason. */
    public static final String CONVERSION = "conversion";

    /** The kind of what a person answered in a form. */
    public static final String FORM = "form";
}
