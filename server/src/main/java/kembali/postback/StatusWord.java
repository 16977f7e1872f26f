package kembali.postback;

import java.util.Locale;
import kembali.support.PercentDecoder;

/** Status words compared: what differs only in case, in spaces, or in dash for underscore is the same word. */
public final class StatusWord {
    /** Longer words are cut: no network has any. */
    public static final int MAX_LENGTH = 100;

    private StatusWord() {}

    /** The form in which words are compared and mapped: {@code Free  Trial} is {@code free_trial}. Empty for a blank one. */
    public static String normal(String sent) {
        String text = sent.strip();
        text = (text.length() > 2 * MAX_LENGTH ? text.substring(0, 2 * MAX_LENGTH) : text).toLowerCase(Locale.ROOT);
        var out = new StringBuilder(text.length());
        boolean space = false;
        for (int i = 0; i < text.length() && out.length() < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '\u00A0') {
                space = true;
                continue;
            }
            if (space && !out.isEmpty()) {
                out.append('_');
            }
            space = false;
            out.append(c == '-' ? '_' : c);
        }
        out.setLength(Math.min(out.length(), MAX_LENGTH));
        if (!out.isEmpty() && Character.isHighSurrogate(out.charAt(out.length() - 1))) {
            out.setLength(out.length() - 1);
        }
        return out.toString();
    }

    /** A word that was encoded twice, decoded; any other as it is. */
    static String decoded(String sent) {
        return sent.length() > 4 * MAX_LENGTH || sent.indexOf('%') < 0
                ? sent
                : PercentDecoder.decode(sent, 0, sent.length());
    }
}
