package kembali.postback;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import kembali.campaign.Unfilled;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts as the world writes them: {@code 2.61}, {@code 2,61}, {@code 1.234,56}, {@code 1 234,56}, {@code USD 2.61},
 * {@code Rp150.000}, and two joined by a comma. Never by way of a floating-point number.
 */
public final class Amounts {
    /** Longer texts are no amounts. */
    private static final int LONGEST = 64;

    private static final int MOST_INTEGER_DIGITS = 15;

    /**
     * What was read.
     *
     * @param payout null when there is no amount, which is not zero
     */
    public record Read(@Nullable Payout payout, List<Note> notes) {
        public Read {
            notes = List.copyOf(notes);
        }
    }

    private Amounts() {}

    /**
     * Reads one amount.
     *
     * @param about the parameter, for notes
     * @param text as sent, decoded
     * @param stated the currency the postback names beside the amount, as sent; null when it names none
     */
    public static Read read(String about, String text, @Nullable String stated, AmountRules rules) {
        return new Reader(about, text, stated, rules).read();
    }

    /** A number, or why it is none. */
    private sealed interface Figure {
        record Of(BigDecimal value, boolean ambiguous) implements Figure {}

        record None(String code) implements Figure {}
    }

    private static final class Reader {
        private final String about;
        private final String text;
        private final @Nullable String stated;
        private final AmountRules rules;
        private final List<Note> notes = new ArrayList<>(0);
        private @Nullable String currency;

        Reader(String about, String text, @Nullable String stated, AmountRules rules) {
            this.about = about;
            this.text = text;
            this.stated = stated;
            this.rules = rules;
        }

        Read read() {
            if (text.length() > 4 * LONGEST) {
                return unreadable("amount_unreadable"); // before any work on it
            }
            String s = plain(text);
            if (s.isEmpty() || s.equals("-") || s.equalsIgnoreCase("null")) {
                return new Read(null, notes);
            }
            s = withoutUnfilled(s);
            if (s.isEmpty()) {
                notes.add(Note.unfilled(about));
                return new Read(null, notes);
            }
            if (s.length() > LONGEST) {
                return unreadable("amount_unreadable");
            }
            currency = stated == null ? rules.defaultCurrency() : Currencies.read(stated, rules.defaultCurrency());
            if (stated != null && currency == null) {
                notes.add(new Note(
                        "currency_unreadable",
                        about,
                        "The currency beside " + about + " is no ISO 4217 code; the amount is kept without one."));
            }
            boolean signed = isMinus(s.charAt(0)) || s.charAt(0) == '+';
            boolean negative = isMinus(s.charAt(0));
            if (signed) {
                s = s.substring(1).strip();
            }
            String digits = withoutCurrency(s);
            boolean signedInside = digits != null && !digits.isEmpty() && isMinus(digits.charAt(0));
            if (digits == null || (signed && signedInside)) {
                return unreadable(codeFor(s));
            }
            if (signedInside) {
                negative = true;
                digits = digits.substring(1).strip();
            }
            return switch (joined(digits)) {
                case Figure.None none -> unreadable(none.code());
                case Figure.Of number -> {
                    if (number.ambiguous()) {
                        notes.add(
                                new Note(
                                        "ambiguous_separator",
                                        about,
                                        about
                                                + " has one separator before three digits; it was read by the source's decimal mark."));
                    }
                    BigDecimal value = negative ? number.value().negate() : number.value();
                    yield new Read(new Payout(value, currency, text), notes);
                }
            };
        }

        /** The text without the half of a pair, or the whole, that nobody filled in: {@code 12.5,{rs}}. */
        private String withoutUnfilled(String s) {
            if (Unfilled.isOne(about, s)) {
                return "";
            }
            int at = separatorOfPair(s);
            if (at < 0) {
                return s;
            }
            String first = s.substring(0, at).strip();
            String second = s.substring(at + 1).strip();
            boolean noFirst = Unfilled.isOne(about, first);
            boolean noSecond = Unfilled.isOne(about, second);
            if (noFirst || noSecond) {
                return noFirst && noSecond ? "" : noFirst ? second : first;
            }
            return first.isEmpty() && second.isEmpty() ? "" : s;
        }

        private Read unreadable(String code) {
            String sentence = switch (code) {
                case "amount_exponent" -> about + " is written with an exponent; it counts as absent.";
                case "amount_too_large" ->
                    about + " has more than 15 digits before the decimal mark; it counts as absent.";
                default -> about + " is no amount; it counts as absent.";
            };
            notes.add(new Note(code, about, sentence));
            return new Read(null, notes);
        }

        private static String codeFor(String s) {
            boolean exponent = false;
            for (int i = 1; i + 1 < s.length(); i++) {
                char c = s.charAt(i);
                exponent |= (c == 'e' || c == 'E') && isDigit(s.charAt(i - 1));
            }
            return exponent ? "amount_exponent" : "amount_unreadable";
        }

        /** The number part; what stands before or after it must be a currency. Null when it is something else. */
        private @Nullable String withoutCurrency(String s) {
            int from = 0;
            while (from < s.length() && !isNumeric(s.charAt(from)) && !isMinus(s.charAt(from))) {
                from++;
            }
            int to = s.length();
            while (to > from && !isNumeric(s.charAt(to - 1))) {
                to--;
            }
            String before = s.substring(0, from).strip();
            String after = s.substring(to).strip();
            String number = s.substring(from, to).strip();
            if (!before.isEmpty() && number.startsWith(".")) {
                number = number.substring(1).strip(); // "Rp.150.000"
            }
            for (int i = 0; i < number.length(); i++) {
                char c = number.charAt(i);
                if (!isNumeric(c) && c != ' ' && !(i == 0 && isMinus(c))) {
                    return null;
                }
            }
            if (before.isEmpty() && after.isEmpty()) {
                return number;
            }
            if (!before.isEmpty() && !after.isEmpty()) {
                return null;
            }
            String inside = Currencies.read(before + after, rules.defaultCurrency());
            if (inside == null && !(before + after).equals("$")) {
                return null;
            }
            adopt(inside);
            return number;
        }

        private void adopt(@Nullable String inside) {
            if (stated == null || (currency == null && inside != null)) {
                currency = inside;
                if (inside == null) {
                    notes.add(new Note(
                            "currency_unreadable",
                            about,
                            "A dollar sign names no currency here; set the source's default."));
                }
            } else if (inside != null && !inside.equals(currency)) {
                notes.add(new Note(
                        "currency_differs",
                        about,
                        "The amount itself says " + inside + ", the currency beside it " + currency
                                + "; the latter counts."));
            }
        }

        /** One number, or two joined by a comma, a semicolon or a bar. */
        private Figure joined(String s) {
            Figure whole = number(s);
            if (whole instanceof Figure.Of) {
                return whole;
            }
            int at = separatorOfPair(s);
            if (at < 0) {
                return whole;
            }
            String first = s.substring(0, at).strip();
            String second = s.substring(at + 1).strip();
            if (first.isEmpty() || second.isEmpty()) {
                return number(first.isEmpty() ? second : first);
            }
            if (first.indexOf(' ') >= 0 || second.indexOf(' ') >= 0) {
                return whole; // thousands are separated in one of three ways, not in two at once
            }
            Figure a = number(first);
            Figure b = number(second);
            if (!(a instanceof Figure.Of one) || !(b instanceof Figure.Of two)) {
                return whole;
            }
            notes.add(new Note(
                    "amount_pair",
                    about,
                    rules.sumPairs()
                            ? about + " holds two amounts; they were added."
                            : about + " holds two amounts; the first one counts."));
            return rules.sumPairs()
                    ? new Figure.Of(one.value().add(two.value()), one.ambiguous() || two.ambiguous())
                    : one;
        }

        private static int separatorOfPair(String s) {
            for (char c : new char[] {';', '|', ','}) {
                int at = s.indexOf(c);
                if (at >= 0) {
                    return s.indexOf(c, at + 1) < 0 ? at : -1;
                }
            }
            return -1;
        }

        private Figure number(String s) {
            if (s.isEmpty() || (!isDigit(s.charAt(s.length() - 1)) && s.charAt(s.length() - 1) != '.')) {
                return new Figure.None("amount_unreadable");
            }
            int space = s.lastIndexOf(' ');
            int point = s.lastIndexOf('.');
            int comma = s.lastIndexOf(',');
            int mark = Math.max(point, comma);
            if (space >= 0) {
                return (mark >= 0 && mark < space)
                                || s.indexOf('.') != point
                                || s.indexOf(',') != comma
                                || (point >= 0 && comma >= 0)
                        ? new Figure.None("amount_unreadable")
                        : decimal(s, ' ', mark);
            }
            if (point >= 0 && comma >= 0) {
                char decimal = s.charAt(mark);
                return s.indexOf(decimal) == mark
                        ? decimal(s, decimal == '.' ? ',' : '.', mark)
                        : new Figure.None("amount_unreadable");
            }
            if (mark < 0) {
                return decimal(s, ' ', -1);
            }
            char separator = s.charAt(mark);
            if (s.indexOf(separator) != mark) {
                return decimal(s, separator, -1);
            }
            int after = s.length() - mark - 1;
            if (mark == 0 && separator == ',') {
                return new Figure.None("amount_unreadable"); // ",3.00": the first of two is empty
            }
            boolean either = after == 3 && mark >= 1 && mark <= 3 && s.charAt(0) != '0';
            if (!either) {
                return decimal(s, ' ', mark);
            }
            if (Currencies.isWhole(currency)) {
                return decimal(s, separator, -1);
            }
            Figure read = decimal(s, separator == rules.decimalMark().sign() ? ' ' : separator, mark);
            return read instanceof Figure.Of n ? new Figure.Of(n.value(), true) : read;
        }

        /**
         * Puts a number together.
         *
         * @param grouping what stands between thousands
         * @param mark where the decimal mark is; -1, or a place that holds {@code grouping}, when there is none
         */
        private static Figure decimal(String s, char grouping, int mark) {
            int end = mark < 0 || s.charAt(mark) == grouping ? s.length() : mark;
            var plain = new StringBuilder(s.length());
            int integerDigits = 0;
            int inGroup = 0;
            boolean grouped = false;
            for (int i = 0; i < end; i++) {
                char c = s.charAt(i);
                if (c == grouping) {
                    // The first group has one to three digits, those within two (in India) or three.
                    if (inGroup == 0 || inGroup > 3 || (grouped && inGroup < 2)) {
                        return new Figure.None("amount_unreadable");
                    }
                    grouped = true;
                    inGroup = 0;
                } else if (isDigit(c)) {
                    plain.append(c);
                    inGroup++;
                    integerDigits += integerDigits > 0 || c != '0' ? 1 : 0;
                } else {
                    return new Figure.None("amount_unreadable");
                }
            }
            if (grouped && inGroup != 3) {
                return new Figure.None("amount_unreadable");
            }
            if (integerDigits > MOST_INTEGER_DIGITS) {
                return new Figure.None("amount_too_large");
            }
            if (end < s.length() - 1) {
                plain.append('.');
                for (int i = end + 1; i < s.length(); i++) {
                    if (!isDigit(s.charAt(i))) {
                        return new Figure.None("amount_unreadable");
                    }
                    plain.append(s.charAt(i));
                }
            }
            return plain.isEmpty()
                    ? new Figure.None("amount_unreadable")
                    : new Figure.Of(new BigDecimal(plain.toString()), false);
        }

        /** All kinds of spaces and apostrophes, which separate thousands, as one. */
        private static String plain(String raw) {
            var out = new StringBuilder(raw.length());
            for (int i = 0; i < raw.length(); i++) {
                char c = raw.charAt(i);
                boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\'' || c == '\u2019';
                out.append(space ? ' ' : c);
            }
            return out.toString().strip();
        }

        private static boolean isNumeric(char c) {
            return isDigit(c) || c == '.' || c == ',' || c == ';' || c == '|';
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isMinus(char c) {
            return c == '-' || c == '\u2212';
        }
    }
}
