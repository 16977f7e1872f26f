package kembali.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * A disturbance on demand.
 *
 * @param platform platform word, or {@code *} for all
 * @param pixelId pixel it hits, or {@code *} for all
 * @param mode what happens
 * @param status HTTP status of {@code fail}, {@code html} and {@code throttle}; null for the usual one
 * @param code the platform's error code of {@code fail} and {@code throttle}; null for the usual one
 * @param subcode its subcode, or null
 * @param delayMs milliseconds to wait before anything else happens; null is 2,000 for {@code slow}, else 0
 * @param count how many calls it hits before it is used up; 0 until removed
 * @param probability share of the calls it hits, over 0 to 1, spread evenly and without chance: 0.25 hits every fourth
 * @param retryAfterSeconds what {@code throttle} announces; null is 60
 * @param eventsReceived how many events {@code partial} takes; null takes all and complains in words
 */
public record Fault(
        String platform,
        String pixelId,
        Mode mode,
        @Nullable Integer status,
        @Nullable Integer code,
        @Nullable Integer subcode,
        @Nullable Long delayMs,
        int count,
        double probability,
        @Nullable Integer retryAfterSeconds,
        @Nullable Integer eventsReceived) {

    /** Longest delay: ten minutes, longer than any sender waits. */
    static final long MAX_DELAY_MS = 600_000;

    /** What a fault does. Reads are hit by {@code down} only. */
    public enum Mode {
        /** The platform's rate-limit error; nothing stored. */
        THROTTLE,
        /** The platform's error, 503 and "temporarily unavailable" unless told otherwise; nothing stored. */
        FAIL,
        /** The true answer, late. */
        SLOW,
        /** Judged and stored, then the connection is closed without an answer. */
        LOSE_ANSWER,
        /** The connection is closed before the request is judged; nothing stored. */
        RESET,
        /** A proxy's error page with 502; nothing stored. */
        HTML,
        /** 200 with a body cut in the middle; nothing stored. */
        GARBAGE,
        /** 200 that says only a part was taken. */
        PARTIAL,
        /** Like {@code reset}, and for reads as well. */
        DOWN
    }

    /** Checks ranges. */
    public Fault {
        if (count < 0) {
            throw new IllegalArgumentException("count must be 0 (until removed) or more");
        }
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be over 0 and at most 1");
        }
        if (status != null && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("status must be 200 to 599");
        }
        if (delayMs != null && (delayMs < 0 || delayMs > MAX_DELAY_MS)) {
            throw new IllegalArgumentException("delayMs must be 0 to " + MAX_DELAY_MS);
        }
        if (retryAfterSeconds != null && retryAfterSeconds < 0) {
            throw new IllegalArgumentException("retryAfterSeconds must be 0 or more");
        }
        if (eventsReceived != null && eventsReceived < 0) {
            throw new IllegalArgumentException("eventsReceived must be 0 or more");
        }
    }

    /** A fault for every pixel of a platform, on until removed. */
    public static Fault of(String platform, Mode mode) {
        return new Fault(platform, "*", mode, null, null, null, null, 0, 1, null, null);
    }

    /** The same for a single pixel. */
    public Fault at(String onlyPixelId) {
        return new Fault(
                platform,
                onlyPixelId,
                mode,
                status,
                code,
                subcode,
                delayMs,
                count,
                probability,
                retryAfterSeconds,
                eventsReceived);
    }

    /** The same, used up after {@code calls}. */
    public Fault times(int calls) {
        return new Fault(
                platform,
                pixelId,
                mode,
                status,
                code,
                subcode,
                delayMs,
                calls,
                probability,
                retryAfterSeconds,
                eventsReceived);
    }

    long delayMillis() {
        return delayMs != null ? delayMs : mode == Mode.SLOW ? 2_000 : 0;
    }

    boolean concerns(String ofPlatform, @Nullable String ofPixel, boolean read) {
        return (platform.equals("*") || platform.equals(ofPlatform))
                && (pixelId.equals("*") || pixelId.equals(ofPixel))
                && (!read || mode == Mode.DOWN);
    }
}
