package kembali.inbound.form;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Money as people write it: {@code Rp 1.500.000}, {@code 1,5 juta}, {@code $99.90}.
 *
 * @param value zero or more
 * @param currency ISO 4217 when the text named one, else null
 */
record Amount(BigDecimal value, @Nullable String currency) {
    private static final int LONGEST = 40;

    /** Currency, digits with separators, scale word, currency; {@code ,-} is how a round price ends. */
    private static final Pattern SHAPE =
            Pattern.compile("([a-z]{1,3}|[a-z]{0,2}[$€£¥])?\\.?\\s*(\\d[\\d., ]{0,25}?)(?:,-)?\\s*"
                    + "(rb|ribu|k|jt|juta|mio|miliar|milyar)?\\s*([a-z]{3}|rp|[$€£¥])?");

    private static final Map<String, String> CURRENCIES = Map.ofEntries(
            Map.entry("rp", "IDR"),
            Map.entry("idr", "IDR"),
            Map.entry("rm", "MYR"),
            Map.entry("myr", "MYR"),
            Map.entry("s$", "SGD"),
            Map.entry("sgd", "SGD"),
            Map.entry("us$", "USD"),
            Map.entry("usd", "USD"),
            Map.entry("€", "EUR"),
            Map.entry("eur", "EUR"),
            Map.entry("£", "GBP"),
            Map.entry("gbp", "GBP"),
            Map.entry("aud", "AUD"),
            Map.entry("a$", "AUD"),
            Map.entry("jpy", "JPY"),
            Map.entry("php", "PHP"),
            Map.entry("thb", "THB"),
            Map.entry("vnd", "VND"),
            Map.entry("inr", "INR"));

    /** Several currencies are written so: the amount is read, the currency is not guessed. */
    private static final String DOLLARS_OR_YEN = "$¥";

    private static final Map<String, Integer> SCALES =
            Map.of("rb", 3, "ribu", 3, "k", 3, "jt", 6, "juta", 6, "mio", 6, "miliar", 9, "milyar", 9);

    /** The amount written there, or null when it is none, negative, or a range. */
    static @Nullable Amount read(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        Matcher m = SHAPE.matcher(
                text.strip().toLowerCase(Locale.ROOT).replace('\u00a0', ' ').replace('\u202f', ' '));
        if (!m.matches()) {
            return null;
        }
        String before = m.group(1);
        String after = m.group(4);
        if (!isCurrency(before) || !isCurrency(after)) {
            return null;
        }
        BigDecimal number = number(m.group(2).strip());
        if (number == null) {
            return null;
        }
        String scale = m.group(3);
        BigDecimal value = scale == null ? number : number.scaleByPowerOfTen(SCALES.getOrDefault(scale, 0));
        String currency = currency(before);
        return new Amount(plain(value), currency != null ? currency : currency(after));
    }

    /** A number of a JSON document: the dot is its decimal point. */
    static @Nullable Amount ofNumber(String number) {
        try {
            BigDecimal value = new BigDecimal(number);
            return value.signum() < 0 || Math.abs(value.scale()) > LONGEST || value.precision() > LONGEST
                    ? null
                    : new Amount(plain(value), null);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /** Plain digits: {@code 1500000}. */
    String text() {
        return value.toPlainString();
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    private static boolean isCurrency(@Nullable String word) {
        return word == null || DOLLARS_OR_YEN.contains(word) || CURRENCIES.containsKey(word);
    }

    private static @Nullable String currency(@Nullable String word) {
        return word == null ? null : CURRENCIES.get(word);
    }

    /**
     * Digits with separators. The last of two kinds is the decimal mark; one kind alone separates thousands when
     * it stands more than once or before exactly three digits, as in {@code 1.500}, which nobody means as one and a
     * half. Null when the groups do not fit.
     */
    private static @Nullable BigDecimal number(String written) {
        String digits = written.replace(" ", "");
        int dot = digits.lastIndexOf('.');
        int comma = digits.lastIndexOf(',');
        int last = Math.max(dot, comma);
        if (last < 0) {
            return new BigDecimal(digits);
        }
        char mark = digits.charAt(last);
        boolean both = dot >= 0 && comma >= 0;
        boolean once = digits.indexOf(mark) == last;
        int decimals = digits.length() - last - 1;
        boolean decimal = once && (both || decimals != 3 || last > 3 || digits.startsWith("0"));
        String whole = decimal ? digits.substring(0, last) : digits;
        String rest = decimal ? digits.substring(last + 1) : "";
        if (decimals == 0 || !areGroups(whole)) {
            return null;
        }
        String plain = whole.replace(".", "").replace(",", "");
        return new BigDecimal(rest.isEmpty() ? plain : plain + "." + rest);
    }

    /** Thousands: one to three digits, then threes, always with the same mark between. */
    private static boolean areGroups(String whole) {
        char mark = 0;
        int length = 0;
        int groups = 0;
        for (int i = 0; i <= whole.length(); i++) {
            char c = i < whole.length() ? whole.charAt(i) : '.';
            if (c != '.' && c != ',') {
                length++;
                continue;
            }
            if (length == 0 || (groups > 0 && length != 3)) {
                return false;
            }
            boolean end = i == whole.length();
            if (!end && (length > 3 || (mark != 0 && mark != c))) {
                return false;
            }
            mark = end ? mark : c;
            groups++;
            length = 0;
        }
        return true;
    }
}
