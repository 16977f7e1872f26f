package kembali.platform.meta;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.identity.Person;
import kembali.identity.PhoneNumbers;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Meta's spelling of personal data. Every rule takes what {@link #prepared} returned and gives the text to hash, or
 * null when the value cannot be used; {@link #hashed} joins the steps. Where Meta's own sources disagree the choice is
 * explained in docs/platforms/meta.md.
 */
final class MetaIdentity {
    private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern PLAIN_DATE = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern SLASH_DATE = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})");
    private static final int OLDEST_BIRTH_YEAR = 1900;

    private MetaIdentity() {}

    /** One rule of normalising. */
    @FunctionalInterface
    interface Rule {
        @Nullable String apply(String prepared);
    }

    /**
     * The hash to send, or null when there is nothing usable: an empty text is never hashed. What already is a SHA-256
     * hash passes in lower case, and one marked by Meta's parameter builder untouched.
     */
    static @Nullable String hashed(@Nullable String raw, Rule rule) {
        if (raw == null) {
            return null;
        }
        String text = trimmed(raw);
        if (text.length() >= 64) {
            if (Sha256.isHex(text)) {
                return text.toLowerCase(Locale.ROOT);
            }
            if (isMarkedHash(text)) {
                return text;
            }
        }
        String normal = rule.apply(prepared(text));
        return normal == null || normal.isEmpty() ? null : Sha256.hex(normal);
    }

    /** The steps all rules share: no outer space, composed characters, lower case of no particular language. */
    static String prepared(String raw) {
        String text = trimmed(raw);
        return (isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC)).toLowerCase(Locale.ROOT);
    }

    /** Dots and {@code +tags} stay: they are part of the address. */
    static @Nullable String email(String text) {
        int at = text.indexOf('@');
        if (at <= 0 || at != text.lastIndexOf('@')) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c) || Character.isISOControl(c) || "<>()[],;:\"\\".indexOf(c) >= 0) {
                return null;
            }
        }
        String local = text.substring(0, at);
        return !local.startsWith(".") && !local.endsWith(".") && !local.contains("..") && isDomain(text, at + 1)
                ? text
                : null;
    }

    /**
     * A phone number as typed: digits with the country code and without zeros before it.
     *
     * @param region ISO 3166-1 alpha-2 whose local numbers it may be, or null
     */
    static @Nullable String phone(String text, @Nullable String region) {
        PhoneNumbers.Phone phone = PhoneNumbers.fromPerson(text, region);
        return phone == null ? null : phone.digits();
    }

    /** The same from E.164, without asking the numbering plans again. */
    static @Nullable String phoneOfE164(String e164) {
        if (e164.length() < 8 || e164.length() > 16 || e164.charAt(0) != '+' || e164.charAt(1) == '0') {
            return null;
        }
        for (int i = 1; i < e164.length(); i++) {
            if (e164.charAt(i) < '0' || e164.charAt(i) > '9') {
                return null;
            }
        }
        return e164.substring(1);
    }

    /** The hashed number a person can be reached by; as typed only if it was given to us hashed. */
    static @Nullable String phone(Person person) {
        String e164 = person.phoneE164();
        return e164 != null ? hashed(e164, MetaIdentity::phoneOfE164) : hashed(person.phone(), text -> null);
    }

    /** First or last name: other scripts and accents stay, space and ASCII punctuation go. */
    static @Nullable String name(String text) {
        return without(text, c -> isSpace(c) || Character.isISOControl(c) || isAsciiPunctuation(c));
    }

    static @Nullable String gender(String text) {
        return switch (text) {
            case "m", "male", "man" -> "m";
            case "f", "female", "woman" -> "f";
            default -> null;
        };
    }

    /** {@code yyyy-MM-dd}, {@code yyyyMMdd}, or with slashes where only one of the two numbers can be the month. */
    static @Nullable String birthDate(String text, LocalDate today) {
        for (Pattern yearFirst : List.of(ISO_DATE, PLAIN_DATE)) {
            Matcher m = yearFirst.matcher(text);
            if (m.matches()) {
                return birthDate(number(m, 1), number(m, 2), number(m, 3), today);
            }
        }
        Matcher m = SLASH_DATE.matcher(text);
        if (!m.matches()) {
            return null;
        }
        int a = number(m, 1);
        int b = number(m, 2);
        if (a <= 12 && b <= 12 && a != b) {
            return null; // either could be the month
        }
        return a > 12 ? birthDate(number(m, 3), b, a, today) : birthDate(number(m, 3), a, b, today);
    }

    static @Nullable String birthDate(LocalDate date, LocalDate today) {
        if (date.getYear() < OLDEST_BIRTH_YEAR || date.isAfter(today)) {
            return null;
        }
        int number = date.getYear() * 10000 + date.getMonthValue() * 100 + date.getDayOfMonth();
        return Integer.toString(number);
    }

    static @Nullable String city(String text) {
        return lettersOnly(text);
    }

    /**
     * Two letters for a US state or Canadian province, else the whole name.
     *
     * @param country alpha-2 in lower case, or null when unknown
     */
    static @Nullable String state(String text, @Nullable String country) {
        String code = MetaPlaces.state(lettersOnly(text), country);
        return code != null ? code : without(text, c -> isSpace(c) || Character.isISOControl(c) || isPunctuation(c));
    }

    /**
     * Postal code up to its first dash; of a US one the first five characters.
     *
     * @param country alpha-2 in lower case, or null when unknown
     */
    static @Nullable String zip(String text, @Nullable String country) {
        int dash = text.indexOf('-');
        String code = without(dash < 0 ? text : text.substring(0, dash), c -> isSpace(c) || Character.isISOControl(c));
        if ("us".equals(country) && code.length() > 5) {
            code = code.substring(0, 5);
        }
        return code.length() < 2 ? null : code;
    }

    static @Nullable String country(String text) {
        return MetaPlaces.country(lettersOnly(text));
    }

    static @Nullable String externalId(String text) {
        return without(text, MetaIdentity::isSpace);
    }

    /** Letters of any script with their marks; digits, space and punctuation go. */
    static String lettersOnly(String text) {
        return without(text, c -> !Character.isLetter(c) && !isMark(c) && !Character.isSurrogate(c));
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isDomain(String text, int from) {
        int label = from;
        int labels = 0;
        for (int i = from; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != '.') {
                char c = text.charAt(i);
                if (!Character.isLetterOrDigit(c) && c != '-' && !isMark(c) && !Character.isSurrogate(c)) {
                    return false;
                }
                continue;
            }
            if (i == label || text.charAt(label) == '-' || text.charAt(i - 1) == '-') {
                return false;
            }
            labels++;
            if (i == text.length()) {
                return labels > 1 && i - label > 1 && !Character.isDigit(text.charAt(label));
            }
            label = i + 1;
        }
        return false;
    }

    private static @Nullable String birthDate(int year, int month, int day, LocalDate today) {
        try {
            return birthDate(LocalDate.of(year, month, day), today);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    /** {@code <64 hex>.<2 or 8 characters>}: hashed by Meta's parameter builder. */
    private static boolean isMarkedHash(String text) {
        return (text.length() == 67 || text.length() == 73)
                && text.charAt(64) == '.'
                && Sha256.isHex(text.substring(0, 64))
                && text.chars()
                        .skip(65)
                        .allMatch(c -> c == '-' || c == '_' || (c < 0x7f && Character.isLetterOrDigit(c)));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Space of any kind, the no-break ones included. */
    private static boolean isSpace(char c) {
        return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isAsciiPunctuation(char c) {
        return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
    }

    private static boolean isPunctuation(char c) {
        return isAsciiPunctuation(c)
                || switch (Character.getType(c)) {
                    case Character.CONNECTOR_PUNCTUATION,
                            Character.DASH_PUNCTUATION,
                            Character.START_PUNCTUATION,
                            Character.END_PUNCTUATION,
                            Character.INITIAL_QUOTE_PUNCTUATION,
                            Character.FINAL_QUOTE_PUNCTUATION,
                            Character.OTHER_PUNCTUATION -> true;
                    default -> false;
                };
    }

    @FunctionalInterface
    private interface Chars {
        boolean test(char c);
    }

    private static String without(String text, Chars unwanted) {
        int i = 0;
        while (i < text.length() && !unwanted.test(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, i);
        for (; i < text.length(); i++) {
            if (!unwanted.test(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }
}
