package kembali.visitor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The code a visitor is known by to people: three letters and four digits, {@code ABC2345}, unique
 * within a workspace. It names a visitor; it is no secret.
 *
 * <p>We issue only the letters of {@link #LETTERS}. Any other letter is accepted when reading, so that
 * codes brought along from another system can be found too.
 *
 * @param text three upper-case letters and four digits
 */
public record VisitorCode(String text) {
    /**
     * The letters of codes we issue: A to Z without {@code I} and {@code O} (read as 1 and 0), {@code L}
     * (its small form is read as 1 or I), {@code Q} (read as O or G), and {@code U} (written like V).
     * Letters and digits keep to their own places, so B and 8, S and 5 or Z and 2 cannot be confused.
     */
    public static final String LETTERS = "ABCDEFGHJKMNPRSTVWXYZ";

    private static final int LETTER_PLACES = 3;
    private static final int LENGTH = 7;

    /** @throws IllegalArgumentException when the text is not of the form ABC2345 */
    public VisitorCode {
        if (!isCode(text)) {
            throw new IllegalArgumentException(
                    "A visitor code is three letters and four digits, such as ABC2345; this is not: " + text);
        }
    }

    /**
     * The code somebody wrote: case, surrounding space and one pair of square brackets do not matter;
     * null when it is no code.
     */
    public static @Nullable VisitorCode parse(@Nullable String written) {
        if (written == null || written.length() > 4 * LENGTH) {
            return null;
        }
        String text = written.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
            text = text.substring(1, text.length() - 1).strip();
        }
        text = text.toUpperCase(Locale.ROOT);
        return isCode(text) ? new VisitorCode(text) : null;
    }

    private static boolean isCode(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            boolean fits = i < LETTER_PLACES ? c >= 'A' && c <= 'Z' : c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** The code as it stands in a message: {@code [ABC2345]}. */
    public String bracketed() {
        return "[" + text + "]";
    }

    /** The name a lead has until its own is known: {@code Visitor [ABC2345]}. */
    public String visitorName() {
        return "Visitor [" + text + "]";
    }

    @Override
    public String toString() {
        return text;
    }
}
