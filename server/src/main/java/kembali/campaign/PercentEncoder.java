package kembali.campaign;

import java.nio.charset.Charset;

/** Percent-encoding of a value for any place in a URL: all but letters, digits and {@code - . _ ~}; a space is {@code %20}. */
final class PercentEncoder {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentEncoder() {}

    static void append(StringBuilder out, String value) {
        int clean = 0;
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (isUnreserved(c)) {
                continue;
            }
            out.append(value, clean, i);
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(value.charAt(i + 1))) {
                utf8(out, Character.toCodePoint(c, value.charAt(++i)));
            } else {
                utf8(out, Character.isSurrogate(c) ? 0xFFFD : c);
            }
            clean = i + 1;
        }
        out.append(value, clean, length);
    }

    /** The same in another charset; what it cannot write becomes a question mark. */
    static void append(StringBuilder out, String value, Charset charset) {
        for (byte b : value.getBytes(charset)) {
            char c = (char) (b & 0xFF);
            if (isUnreserved(c)) {
                out.append(c);
            } else {
                octet(out, b);
            }
        }
    }

    /**
     * A piece of a URL that people wrote: what stands in no URL is encoded, line breaks and other control characters are
     * left out, all else stays as it is.
     */
    static void appendLiteral(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                continue;
            }
            if (c > ' ' && c < 0x7F && "\"<>\\^`{|}".indexOf(c) < 0) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(out, Character.toCodePoint(c, text.charAt(++i)));
            } else {
                utf8(out, Character.isSurrogate(c) ? 0xFFFD : c);
            }
        }
    }

    /** A source's macro, which it only knows as it is written; what would end the parameter is encoded. */
    static void appendMacro(StringBuilder out, String token) {
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c <= ' ' || c >= 0x7F || c == '&' || c == '?' || c == '+' || c == '=') {
                append(out, String.valueOf(c));
            } else {
                out.append(c);
            }
        }
    }

    private static void utf8(StringBuilder out, int c) {
        if (c < 0x80) {
            octet(out, c);
        } else if (c < 0x800) {
            octet(out, 0xC0 | (c >> 6));
            octet(out, 0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            octet(out, 0xE0 | (c >> 12));
            octet(out, 0x80 | ((c >> 6) & 0x3F));
            octet(out, 0x80 | (c & 0x3F));
        } else {
            octet(out, 0xF0 | (c >> 18));
            octet(out, 0x80 | ((c >> 12) & 0x3F));
            octet(out, 0x80 | ((c >> 6) & 0x3F));
            octet(out, 0x80 | (c & 0x3F));
        }
    }

    private static void octet(StringBuilder out, int b) {
        out.append('%').append(HEX[(b >> 4) & 0xF]).append(HEX[b & 0xF]);
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }
}
