package kembali.sandbox;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request and how it ended.
 *
 * @param id counts up from 1
 * @param at when it arrived
 * @param platform platform word
 * @param pixelId the pixel it named, or null
 * @param method HTTP method
 * @param target path and query, secrets masked
 * @param headers request headers, secrets masked
 * @param body start of the request body, secrets masked
 * @param bodyBytes length of the whole request body
 * @param verdict how it ended
 * @param code the platform's error code such as {@code 100/2804003}, or null
 * @param reason why it was refused, or null
 * @param event event name at fault, or null
 * @param events how many events it stored
 * @param fault the fault that hit it, in lower case, or null
 * @param status HTTP status answered; 0 when the connection was closed without an answer
 * @param answer start of the answer's body
 * @param micros time from the request's head to the answer, in microseconds
 */
public record Handled(
        long id,
        Instant at,
        String platform,
        @Nullable String pixelId,
        String method,
        String target,
        Map<String, String> headers,
        String body,
        int bodyBytes,
        Verdict verdict,
        @Nullable String code,
        @Nullable String reason,
        @Nullable String event,
        int events,
        @Nullable String fault,
        int status,
        String answer,
        long micros) {

    /** How a request ended. */
    public enum Verdict {
        /** Stored, and the caller was told. */
        ACCEPTED,
        /** Some events stored, others refused by name. */
        PARTLY,
        /** Answered as if taken, but at least one event was thrown away without a word. */
        SWALLOWED,
        /** Stored, and the answer was withheld by a fault or could not be delivered. */
        LOST,
        /** Refused for what it contained. */
        REFUSED,
        /** Hit by a fault; nothing stored. */
        FAULTED,
        /** Only read. */
        LOOKED
    }
}
