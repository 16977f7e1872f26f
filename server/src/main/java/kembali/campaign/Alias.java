package kembali.campaign;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a campaign in its links: {@code https://track.example/<alias>}. Case does not matter; unique per workspace
 * and domain.
 *
 * @param text 2 to 64 of {@code a-z 0-9 _ -}, beginning with a letter or digit
 */
public record Alias(String text) {
    /** First path segments that mean something else. */
    public static final Set<String> RESERVED = Set.of(
            "p",
            "q",
            "t",
            "c",
            "wa",
            "in",
            "ui",
            "api",
            "demo",
            "admin",
            "assets",
            "health",
            "metrics",
            "click_api",
            "track.min.js",
            "click.min.js",
            "favicon.ico",
            "robots.txt",
            ".well-known");

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{1,63}");

    /** Looks like the key of a postback source, which stands in the same place: {@code /<key>/postback}. */
    private static final Pattern KEY_LIKE = Pattern.compile("[0-9a-f]{32,}");

    /** @throws IllegalArgumentException with the complaint of {@link #complaint} */
    public Alias {
        String complaint = complaint(text);
        if (complaint != null || !text.equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(complaint == null ? "An alias is kept in lower case." : complaint);
        }
    }

    /** Whether that first segment of a path is one of Kembali's own; case does not matter. */
    public static boolean isReserved(String pathSegment) {
        return RESERVED.contains(pathSegment.toLowerCase(Locale.ROOT));
    }

    /** What is wrong with that alias, for the person who typed it; null when nothing is. */
    public static @Nullable String complaint(String written) {
        if (written.length() > 64) {
            return "An alias has at most 64 characters.";
        }
        String text = written.toLowerCase(Locale.ROOT);
        if (isReserved(text)) {
            return "\"" + text + "\" is an address of Kembali's own; choose another alias.";
        }
        if (!FORM.matcher(text).matches()) {
            return "An alias has 2 to 64 letters, digits, dashes or underscores and begins with a letter or digit, such as"
                    + " eid-promo.";
        }
        if (KEY_LIKE.matcher(text).matches()) {
            return "This looks like the key of a postback address; choose a word, such as eid-promo.";
        }
        return null;
    }

    /** The alias a request names, or null when its segment is none. */
    public static @Nullable Alias of(String pathSegment) {
        return complaint(pathSegment) == null ? new Alias(pathSegment.toLowerCase(Locale.ROOT)) : null;
    }

    @Override
    public String toString() {
        return text;
    }
}
