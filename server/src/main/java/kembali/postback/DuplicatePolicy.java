package kembali.postback;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a further postback does to a conversion the click already has. A rebill, and a sale with an unseen transaction id,
 * always make a new one; a step from one status to another is no repetition and always counts.
 */
public enum DuplicatePolicy {
    /** Changes it. */
    UPDATE,
    /** Nothing, while the status is the same. */
    IGNORE,
    /** Makes a new one if it brings a transaction id not seen before, else changes it. */
    NEW_ROW,
    /** Adds its amount while the status is the same. */
    ADD_AMOUNT;

    /** The word in the API: {@code new_row}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of that word; null when there is none. */
    public static @Nullable DuplicatePolicy named(String code) {
        for (DuplicatePolicy policy : values()) {
            if (policy.code().equals(code)) {
                return policy;
            }
        }
        return null;
    }
}
