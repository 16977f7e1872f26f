package kembali.platform.tiktok;

import java.math.BigDecimal;

/** Writes JSON text straight into a buffer: encoding is the hot path, so no tree is built. */
final class TikTokJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private TikTokJson() {}

    /** {@code "name":}, after a comma unless the object was only just opened. */
    static StringBuilder key(StringBuilder out, String name) {
        if (out.length() > 0 && out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        return out.append('"').append(name).append("\":");
    }

    /** A quoted string. Half a surrogate pair, which UTF-8 cannot carry, becomes the replacement character. */
    static StringBuilder string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                character(out, c);
            }
        }
        return out.append('"');
    }

    /** A number in plain notation: {@code 25000001}, never {@code 2.5E7}. Zeros at the end say nothing and go. */
    static StringBuilder number(StringBuilder out, BigDecimal number) {
        BigDecimal shortest = number.scale() > 0 ? number.stripTrailingZeros() : number;
        return out.append(shortest.toPlainString());
    }

    private static void character(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (Character.isSurrogate(c)) {
                    out.append('\ufffd');
                } else if (c < ' ') {
                    out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
                } else {
                    out.append(c);
                }
            }
        }
    }
}
