package kembali.platform.googleads;

import java.math.BigDecimal;

/** Writes JSON text straight into a buffer: encoding is the hot path, so no tree is built. */
final class GoogleAdsJson {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private GoogleAdsJson() {}

    /** A quoted string. Half a surrogate pair, which UTF-8 cannot carry, becomes the replacement character. */
    static StringBuilder string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 0xf]);
            } else if (!Character.isSurrogate(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append('\ufffd');
            }
        }
        return out.append('"');
    }

    /** A number in plain notation: {@code 25000001}, never {@code 2.5E7}. Zeros at the end say nothing and go. */
    static StringBuilder number(StringBuilder out, BigDecimal number) {
        BigDecimal shortest = number.scale() > 0 ? number.stripTrailingZeros() : number;
        return out.append(shortest.toPlainString());
    }
}
