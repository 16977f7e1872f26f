package kembali.transfer.column;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a file holds. */
public enum ImportKind {
    LEADS("a lead"),
    CLICKS("a click"),
    CONVERSIONS("a conversion");

    private final String one;

    ImportKind(String one) {
        this.one = one;
    }

    /** The word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One row of it, with its article: {@code a lead}. */
    public String one() {
        return one;
    }

    /** The kind of that word, or null. */
    public static @Nullable ImportKind named(@Nullable String word) {
        for (ImportKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
