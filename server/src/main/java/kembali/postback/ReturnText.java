package kembali.postback;

import org.jspecify.annotations.Nullable;

/**
 * The text a caller asks to read as the answer. It is a stranger's text sent back to a stranger: short, and without any
 * character that means something to HTML.
 */
public final class ReturnText {
    /** Longest text, in characters. */
    public static final int MAX_LENGTH = 256;

    private ReturnText() {}

    /** The harmless part of it; null when nothing is left. */
    public static @Nullable String of(String sent) {
        var out = new StringBuilder(Math.min(sent.length(), MAX_LENGTH));
        int i = 0;
        while (i < sent.length()) {
            int c = sent.codePointAt(i);
            i += Character.charCount(c);
            boolean harmless = !Character.isISOControl(c)
                    && "<>&\"'`".indexOf(c) < 0
                    && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                    && Character.getType(c) != Character.FORMAT;
            if (harmless) {
                if (out.length() + Character.charCount(c) > MAX_LENGTH) {
                    break;
                }
                out.appendCodePoint(c);
            }
        }
        String text = out.toString().strip();
        return text.isEmpty() ? null : text;
    }
}
