package kembali.platform;

import java.math.BigDecimal;

/** Writes JSON text straight into a buffer, for the encoders: encoding is the hot path, so no tree is built. */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private JsonText() {}

    /** A quoted string. Half a surrogate pair, which UTF-8 cannot carry, becomes the replacement character. */
    public static StringBuilder string(StringBuilder out, String text) {
        out.append('"');
        int clean = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, clean, i);
            escape(out, c);
            clean = i + 1;
        }
        return out.append(text, clean, length).append('"');
    }

    /** A number in plain notation: {@code 25000001}, never {@code 2.5E7}. Zeros at the end say nothing and go. */
    public static StringBuilder number(StringBuilder out, BigDecimal number) {
        BigDecimal shortest = number.scale() > 0 ? number.stripTrailingZeros() : number;
        return out.append(shortest.toPlainString());
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (Character.isSurrogate(c)) {
                    out.append('\ufffd');
                } else {
                    out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
                }
            }
        }
    }
}
