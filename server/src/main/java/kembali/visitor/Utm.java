package kembali.visitor;

import org.jspecify.annotations.Nullable;

/** UTM parameters of a landing, values as given, at most 500 characters each. */
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
    public static final Utm NONE = new Utm(null, null, null, null, null, null, null, null, null);

    public boolean isEmpty() {
        return equals(NONE);
    }
}
