package kembali.visitor;

import org.jspecify.annotations.Nullable;

/**
 * The campaign words of a landing URL, readable as they came, each at most {@value #MAX_LENGTH}
 * characters; null where the URL had none. Compare them with {@link #comparable}.
 */
public record Utm(
        @Nullable String source,
        @Nullable String medium,
        @Nullable String campaign,
        @Nullable String term,
        @Nullable String content,
        @Nullable String id,
        @Nullable String sourcePlatform,
        @Nullable String creativeFormat,
        @Nullable String marketingTactic) {
    public static final int MAX_LENGTH = 500;

    public static final Utm NONE = new Utm(null, null, null, null, null, null, null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** A campaign word as it is compared: without surrounding space, lower case; empty for null. */
    public static String comparable(@Nullable String word) {
        return word == null ? "" : word.strip().toLowerCase(java.util.Locale.ROOT);
    }
}
