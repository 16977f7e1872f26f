package kembali.postback;

import java.util.Locale;
import java.util.regex.Pattern;
import kembali.campaign.SubIds;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * The click id a network sends back. Networks wrap, cut and decorate it, so it is cleaned before anybody looks for it, and
 * what is too long is not looked for at all.
 */
public final class ClickKey {
    /** Longest id; a click id of ours has 20 characters, an external reference may have more. */
    public static final int MAX_LENGTH = 64;

    private static final String BEFORE = "\"'`{[(< \t";
    private static final String AFTER = "\"'`}])> \t/,;";
    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");

    private ClickKey() {}

    /**
     * The id without what networks put around it; case as sent. Empty when nothing is left, null when it is too long.
     */
    public static @Nullable String clean(String sent) {
        int from = 0;
        int to = sent.length();
        while (from < to && (BEFORE.indexOf(sent.charAt(from)) >= 0 || Character.isWhitespace(sent.charAt(from)))) {
            from++;
        }
        while (to > from && (AFTER.indexOf(sent.charAt(to - 1)) >= 0 || Character.isWhitespace(sent.charAt(to - 1)))) {
            to--;
        }
        return to - from > MAX_LENGTH ? null : sent.substring(from, to);
    }

    /** The form under which click ids are looked for. */
    public static String lookup(String cleaned) {
        return cleaned.toLowerCase(Locale.ROOT);
    }

    /** Whether an id stands in braces, as against a macro that nobody filled: {@code {subacc4}}. */
    static boolean isBraced(String sent) {
        String s = sent.strip();
        if (s.length() < 3 || s.length() > MAX_LENGTH + 2 || s.charAt(0) != '{' || s.charAt(s.length() - 1) != '}') {
            return false;
        }
        String inner = s.substring(1, s.length() - 1);
        return SubIds.isOne(lookup(inner)) || GUID.matcher(inner).matches() || VisitorCode.parse(inner) != null;
    }
}
