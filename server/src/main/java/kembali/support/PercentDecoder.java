package kembali.support;

/**
 * Percent-decoding of a query string, exactly once, as browsers encode it: UTF-8, {@code +} for a
 * space. What is not a valid escape, or not valid UTF-8, stays as it was written. Control characters
 * and halves of surrogate pairs are left out, because no database or platform takes them.
 */
public final class PercentDecoder {
    private PercentDecoder() {}

    /** The text between {@code from} and {@code to}, decoded. */
    public static String decode(String s, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isPlain(s.charAt(i))) {
                return decodeFrom(i, s, from, to);
            }
        }
        return s.substring(from, to);
    }

    private static boolean isPlain(char c) {
        return c != '%' && c != '+' && !Character.isISOControl(c) && !Character.isSurrogate(c);
    }

    private static String decodeFrom(int first, String s, int from, int to) {
        var out = new StringBuilder(to - from).append(s, from, first);
        int i = first;
        while (i < to) {
            char c = s.charAt(i);
            if (c == '%') {
                i = escape(s, i, to, out);
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(s.charAt(i + 1))) {
                out.append(c).append(s.charAt(i + 1));
                i += 2;
            } else {
                if (c == '+') {
                    out.append(' ');
                } else if (isPlain(c)) {
                    out.append(c);
                }
                i++;
            }
        }
        return out.toString();
    }

    /** Decodes the character whose escapes start at {@code i}; answers where reading goes on. */
    private static int escape(String s, int i, int to, StringBuilder out) {
        int first = octet(s, i, to);
        if (first < 0) {
            out.append('%');
            return i + 1;
        }
        int continuations =
                first < 0x80 ? 0 : first < 0xC2 ? -1 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : first < 0xF5 ? 3 : -1;
        int codePoint = continuations <= 0 ? first : first & (0x3F >> continuations);
        for (int k = 1; k <= continuations; k++) {
            int next = octet(s, i + 3 * k, to);
            if ((next & 0xC0) != 0x80) { // also when there is no escape: -1
                continuations = -1;
            } else {
                codePoint = codePoint << 6 | (next & 0x3F);
            }
        }
        if (continuations < 0 || isImpossible(codePoint, continuations)) {
            out.append(s, i, i + 3);
            return i + 3;
        }
        if (!Character.isISOControl(codePoint)) {
            out.appendCodePoint(codePoint);
        }
        return i + 3 * (continuations + 1);
    }

    /** Longer than needed, half of a surrogate pair, or beyond Unicode. */
    private static boolean isImpossible(int codePoint, int continuations) {
        return switch (continuations) {
            case 2 ->
                codePoint < 0x800 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
            case 3 -> codePoint < 0x10000 || codePoint > Character.MAX_CODE_POINT;
            default -> false;
        };
    }

    /** The byte written as {@code %XX} at {@code i}, or -1. */
    private static int octet(String s, int i, int to) {
        if (i + 3 > to || s.charAt(i) != '%') {
            return -1;
        }
        int high = hexDigit(s.charAt(i + 1));
        int low = hexDigit(s.charAt(i + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hexDigit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = (c | 0x20) - 'a';
        return c < 0x80 && letter >= 0 && letter < 6 ? letter + 10 : -1;
    }
}
