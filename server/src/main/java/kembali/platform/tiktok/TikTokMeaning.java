package kembali.platform.tiktok;

import java.util.Locale;
import java.util.regex.Pattern;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * What one of TikTok's codes means for the queue. The numbers come from the vendor's own SDK; the HTTP status they
 * arrive with says nothing: refusals come with 200 and throttling with 401.
 */
sealed interface TikTokMeaning {
    /** Tries for faults that may never end. */
    int FEW_TRIES = 8;

    /** A limit per day; the usual one is per minute. */
    Pattern DAY_LIMIT = Pattern.compile("\\b(day|daily|qpd)\\b");

    /**
     * The request was taken.
     *
     * @param detail worth knowing all the same; null for nothing
     */
    record Taken(@Nullable Reason detail) implements TikTokMeaning {}

    /** The request was taken only in part. */
    record TakenInPart() implements TikTokMeaning {}

    /** An event of the request can never succeed; TikTok stored none of them. */
    record Event(Reason reason) implements TikTokMeaning {}

    /** Pixel, token, permission or version are wrong. */
    record Config(Reason reason) implements TikTokMeaning {}

    /** Too much at once. */
    record Throttle(Limit limit) implements TikTokMeaning {}

    /**
     * A bad moment.
     *
     * @param maxTries 0 for until the event expires
     */
    record Transient(Reason reason, int maxTries) implements TikTokMeaning {}

    /** Which limit was reached. */
    enum Limit {
        /** For the moment; TikTok does not say for how long. */
        BRIEF,
        /** Of the minute: five minutes of quiet. */
        MINUTE,
        /** Of the day: quiet until midnight UTC. */
        DAY
    }

    /** What {@code code} means; {@code message} only tells apart what shares a number. */
    static TikTokMeaning of(int code, String message) {
        return switch (code) {
            case 0 -> new Taken(null);
            case 20001 -> new TakenInPart();
            case 40050 -> new Taken(TikTokReasons.DUPLICATED_REQUEST);
            // A code of the wrong kind for the event source is refused as if it were no text.
            case 40002 ->
                message.contains("event_source_id")
                        ? new Config(TikTokReasons.PIXEL_NOT_FOUND)
                        : new Event(TikTokReasons.EVENT_REFUSED);
            case 40000, 40700 -> new Event(TikTokReasons.EVENT_REFUSED);
            case 40061 -> new Event(TikTokReasons.BAD_BATCH);
            case 40062 -> new Event(TikTokReasons.USER_DATA_NOT_HASHED);
            case 40063 -> new Event(TikTokReasons.PARTNER_REFUSED);
            case 40001, 40003, 40113, 40117, 40118, 40130 -> new Config(TikTokReasons.PERMISSION_MISSING);
            case 40006, 40051 -> new Config(TikTokReasons.API_VERSION_ENDED);
            case 40007 -> new Config(TikTokReasons.PIXEL_NOT_FOUND);
            case 41000, 41001 -> new Config(TikTokReasons.INTERFACE_BLOCKED);
            case 40100 ->
                new Throttle(DAY_LIMIT.matcher(message.toLowerCase(Locale.ROOT)).find() ? Limit.DAY : Limit.MINUTE);
            case 40132, 61000 -> new Throttle(Limit.BRIEF);
            case 40201, 40202, 60001 -> new Transient(Reasons.PLATFORM_DOWN, 0);
            default -> ofRange(code);
        };
    }

    private static TikTokMeaning ofRange(int code) {
        if (code >= 40100 && code < 40200) {
            return new Config(TikTokReasons.TOKEN_INVALID); // 40102 expired, 40104 empty, 40105 wrong, and their kin
        }
        if (code >= 40000 && code < 50000) {
            return new Event(TikTokReasons.EVENT_REFUSED);
        }
        if (code >= 50000 && code < 53000) {
            return new Transient(Reasons.PLATFORM_DOWN, 0);
        }
        return new Transient(TikTokReasons.UNKNOWN_FAULT, FEW_TRIES);
    }
}
