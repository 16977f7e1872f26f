package kembali.postback;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What became of a request, for its answer and for the log of received postbacks. */
public sealed interface Result {
    /**
     * A conversion was made or changed, or the lead moved.
     *
     * @param word {@code recorded} or {@code updated}
     */
    record Booked(
            String word,
            @Nullable String conversionId,
            @Nullable String leadId,
            String status) implements Result {}

    /** It was known already. */
    record Duplicate(
            @Nullable String conversionId, @Nullable String leadId, String reason) implements Result {}

    /** Kept and not booked. */
    record Kept(Because because, String reason) implements Result {}

    /** It is no postback. */
    record Unreadable(Reading.Why why) implements Result {}

    /** No source has that key: answered as any address that does not exist. */
    record UnknownKey() implements Result {}

    /** Not from an allowed address, or not signed as it should be. */
    record Denied(String reason) implements Result {}

    /** Too many. */
    record OverRate(int retryAfterSeconds) implements Result {}

    /** The database did not take it; the network shall come again. */
    record NotStored() implements Result {}

    /** Why a postback was kept and not booked. */
    enum Because {
        /** Its click is not here, perhaps not yet. */
        ORPHAN,
        /** Nothing says whose it is. */
        UNMATCHED,
        /** Nobody has said what its status means. */
        UNMAPPED,
        /** Its status is to be ignored. */
        IGNORED,
        /** It is older than what is known. */
        OUT_OF_ORDER;

        /** The word in the API. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The word for it in the log and in answers to programs. */
    default String word() {
        return switch (this) {
            case Booked b -> b.word();
            case Duplicate d -> "duplicate";
            case Kept k -> k.because().code();
            case Unreadable u -> "refused";
            case UnknownKey k -> "unknown_key";
            case Denied d -> "denied";
            case OverRate o -> "over_rate";
            case NotStored n -> "not_stored";
        };
    }

    /** Its reason; null when it needs none. */
    default @Nullable String reasonCode() {
        return switch (this) {
            case Booked b -> null;
            case Duplicate d -> d.reason();
            case Kept k -> k.reason();
            case Unreadable u -> u.why().code();
            case UnknownKey k -> null;
            case Denied d -> d.reason();
            case OverRate o -> null;
            case NotStored n -> null;
        };
    }
}
