package kembali.campaign;

import java.util.Locale;

/** A way in which links get mangled between the advertiser and us, and which was mended. Each is counted. */
public enum Repair {
    /** {@code /promo?a=1?utm_source=fb}: a question mark typed at the start of the URL parameters, or strings glued. */
    SECOND_QUESTION_MARK,
    /** {@code /promo&utm_source=fb}. */
    LOST_QUESTION_MARK,
    /** {@code /promo?&a=1}, {@code a=1&&b=2}. */
    EMPTY_PARTS,
    /** {@code /promo?a%3D1%26b%3D2}, {@code /promo%3Fa=1}. */
    ENCODED_SEPARATORS,
    /** An ampersand as the source of a web page has it, with {@code amp;} after it. */
    HTML_AMPERSAND,
    /** {@code 10¤cy=EUR}, {@code 1×tamp=2}: a browser took {@code &curren} and {@code &times} for characters. */
    HTML_CHARACTER,
    /** {@code %257B}. */
    DOUBLE_ENCODING;

    /** The word in the API and in reports: {@code second_question_mark}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
