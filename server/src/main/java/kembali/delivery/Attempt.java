package kembali.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try at delivering a row.
 *
 * @param url without secrets
 * @param httpStatus null when no answer came
 * @param response the platform's answer, masked, at most {@value #LONGEST_RESPONSE} characters
 * @param error what happened instead of an answer
 * @param payload the event as sent, when the row has been built anew since
 */
public record Attempt(
        int no,
        Instant at,
        int durationMs,
        String method,
        String url,
        @Nullable String testCode,
        @Nullable Integer httpStatus,
        @Nullable String response,
        @Nullable String error,
        boolean answerLost,
        @Nullable String payload) {
    /** Marks a request that carried no event. */
    public static final String NO_PAYLOAD = "";

    static final int LONGEST_RESPONSE = 8_000;

    /** The same try with another part of the answer. */
    Attempt answered(@Nullable String part) {
        return new Attempt(no, at, durationMs, method, url, testCode, httpStatus, part, error, answerLost, payload);
    }

    static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_RESPONSE
                ? text
                : text.substring(0, LONGEST_RESPONSE) + "… (" + text.length() + " characters)";
    }
}
