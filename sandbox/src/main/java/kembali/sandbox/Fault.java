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
 * @param retryAfterSeconds what {@code throttle} announces; null is 60, 0 announces nothing where the platform may
 *     keep silent
 * @param eventsReceived how many events {@code partial} takes; null takes all and complains in words
 * @param reason the platform's error word of {@code fail}, {@code throttle}, {@code partial} and {@code
 *     slow_processing}, for platforms whose codes are words; null for the usual one
 * @param index which event of the call {@code partial} and {@code fail} name, from 0; null is the first
 * @param polls how many times {@code slow_processing} says "still processing"; null until told to finish
 * @param reads true hits calls that only read as well
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
        @Nullable Integer eventsReceived,
        @Nullable String reason,
        @Nullable Integer index,
        @Nullable Integer polls,
        boolean reads) {

    /** Longest delay: ten minutes, longer than any sender waits. */
    static final long MAX_DELAY_MS = 600_000;

    /** What a fault does. Reads are hit by {@code down}, and by a fault that says so. */
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
        DOWN,
        /** Every access token this sandbox issued so far is void, then the call is judged. */
        EXPIRE_TOKEN,
        /** The platform's answer to a credential that was withdrawn; nothing stored. */
        REVOKE,
        /** Taken; the result of processing is late, or a failure when a reason is given. */
        SLOW_PROCESSING
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
        if (index != null && index < 0) {
            throw new IllegalArgumentException("index must be 0 or more");
        }
        if (polls != null && polls < 0) {
            throw new IllegalArgumentException("polls must be 0 or more");
        }
    }

    /** A fault for every pixel of a platform, on until removed. */
    public static Fault of(String platform, Mode mode) {
        return new Fault(platform, "*", mode, null, null, null, null, 0, 1, null, null, null, null, null, false);
    }

    /** The same for a single pixel. */
    public Fault at(String onlyPixelId) {
        return copy(onlyPixelId, count, reason, polls, reads);
    }

    /** The same, used up after {@code calls}. */
    public Fault times(int calls) {
        return copy(pixelId, calls, reason, polls, reads);
    }

    /** The same with the platform's word for what is wrong. */
    public Fault because(String platformsWord) {
        return copy(pixelId, count, platformsWord, polls, reads);
    }

    /** The same, processing still going on for so many looks at it. */
    public Fault polled(int times) {
        return copy(pixelId, count, reason, times, reads);
    }

    /** The same, for calls that only read as well. */
    public Fault readsToo() {
        return copy(pixelId, count, reason, polls, true);
    }

    private Fault copy(String ofPixel, int calls, @Nullable String word, @Nullable Integer looks, boolean alsoReads) {
        return new Fault(
                platform,
                ofPixel,
                mode,
                status,
                code,
                subcode,
                delayMs,
                calls,
                probability,
                retryAfterSeconds,
                eventsReceived,
                word,
                index,
                looks,
                alsoReads);
    }

    long delayMillis() {
        return delayMs != null ? delayMs : mode == Mode.SLOW ? 2_000 : 0;
    }

    boolean concerns(String ofPlatform, @Nullable String ofPixel, boolean read) {
        return (platform.equals("*") || platform.equals(ofPlatform))
                && (pixelId.equals("*") || pixelId.equals(ofPixel))
                && (!read || reads || mode == Mode.DOWN);
    }
}
