package kembali.campaign;

import java.util.Locale;
import java.util.Set;
import kembali.support.PercentDecoder;
import kembali.visitor.UnreplacedMacro;
import kembali.visitor.VisitorCode;

/**
 * Recognises a value that nobody filled in: a macro of any source or network as it stood in the template, or a word such as
 * {@code REPLACE} that somebody was meant to edit. Such a value counts as absent. The forms are those found in templates of
 * 395 networks and 196 sources; {@link UnreplacedMacro} knows only those of the ad platforms.
 *
 * @param key the query key, lower case
 * @param text the value as it arrived
 */
public record Unfilled(String key, String text) {
    private static final Set<String> PLACEHOLDERS =
            Set.of("replace", "optional", "null", "undefined", "none", "-", "[object object]");

    /** Longer values are nobody's placeholder. */
    private static final int LONGEST = 200;

    /**
     * Whether that value is unfilled.
     *
     * @param key its query key; a value that only repeats it is unfilled
     * @param value decoded once; one that was encoded twice is recognised, too
     */
    public static boolean isOne(String key, String value) {
        if (value.length() > LONGEST) {
            return false;
        }
        String text = value.strip();
        if (text.isEmpty()) {
            return false;
        }
        if (isPlaceholder(text) || isMacro(text) || text.equalsIgnoreCase(key)) {
            return true;
        }
        if (text.indexOf('%') < 0) {
            return false;
        }
        String again = PercentDecoder.decode(text, 0, text.length()).strip();
        return !again.equals(text) && (isPlaceholder(again) || isMacro(again));
    }

    /** The same for an identifier, of which {@code 0} says that there is none. */
    public static boolean isUnfilledId(String key, String value) {
        return isOne(key, value) || value.strip().equals("0");
    }

    private static boolean isPlaceholder(String text) {
        // The longest placeholder has 15 characters.
        return text.length() <= 15 && PLACEHOLDERS.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether the text is nothing but one macro. */
    static boolean isMacro(String text) {
        int n = text.length();
        if (n < 2) {
            return false;
        }
        char last = text.charAt(n - 1);
        return switch (text.charAt(0)) {
            case '{', '_' -> UnreplacedMacro.isOne(text);
            case '$' -> (n > 3 && text.charAt(1) == '{') ? last == '}' && isFree(text, 2, n - 1) : isWord(text, 1, n);
            // [ABC2345] is how people write a visitor's code.
            case '[' -> last == ']' && isFree(text, 1, n - 1) && VisitorCode.parse(text) == null;
            case '<' -> last == '>' && isFree(text, 1, n - 1);
            case '(' -> last == ')' && isWord(text, 1, n - 1);
            case '#' ->
                (n > 4 && text.charAt(1) == '#')
                        ? last == '#' && text.charAt(n - 2) == '#' && isWord(text, 2, n - 2)
                        : last == '#' && isWord(text, 1, n - 1);
            case '%' -> last == '%' && isCapitals(text, 1, n - 1);
            default -> false;
        };
    }

    /** Something without brackets of any kind. */
    private static boolean isFree(String s, int from, int to) {
        for (int i = from; i < to; i++) {
            if ("{}[]<>".indexOf(s.charAt(i)) >= 0) {
                return false;
            }
        }
        return to > from;
    }

    private static boolean isWord(String s, int from, int to) {
        if (to <= from || (!isLetter(s.charAt(from)) && s.charAt(from) != '_')) {
            return false;
        }
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9') && "_-.:".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Capitals, digits and underscores, but no hexadecimal pair, which would be the rest of an escape. */
    private static boolean isCapitals(String s, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        boolean pair = to - from == 2 && isHex(s.charAt(from)) && isHex(s.charAt(from + 1));
        return to > from && !pair;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }
}
