package kembali.sandbox;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event a platform accepted, in words common to all platforms.
 *
 * @param pixelId the pixel, dataset or conversion it was sent to
 * @param event the platform's event name
 * @param eventId deduplication id, or null when none was sent
 * @param eventTime when it happened
 * @param value amount in major units, or null
 * @param currency as sent, or null
 * @param origin the platform's word for where it happened, such as Meta's {@code action_source}, or null
 * @param matchKeys names of the match keys sent, in the order sent
 * @param recognised match keys whose hash is the right one of a person made known to the sandbox
 * @param warnings what the real platform would swallow silently
 * @param testCode test code of the request, or null
 * @param raw the event's bytes exactly as they stood in the request; not to be changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Arrival(
        String pixelId,
        String event,
        @Nullable String eventId,
        Instant eventTime,
        @Nullable BigDecimal value,
        @Nullable String currency,
        @Nullable String origin,
        List<String> matchKeys,
        List<String> recognised,
        List<Warning> warnings,
        @Nullable String testCode,
        byte[] raw) {
    /** Copies the lists. */
    public Arrival {
        matchKeys = List.copyOf(matchKeys);
        recognised = List.copyOf(recognised);
        warnings = List.copyOf(warnings);
    }
}
