package kembali.platform.tiktok;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.identity.Sha256;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/**
 * TikTok's spelling of personal data. Every rule gives the text to hash or to send, or null when the value cannot be
 * used. Letters of every script are kept: characters are told apart by their Unicode category, never by an ASCII list.
 */
final class TikTokIdentity {
    /** TikTok names no other limit for its click id. */
    static final int LONGEST_CLICK_ID = 1000;

    private static final Pattern UNEXPANDED_MACRO = Pattern.compile("__[A-Z0-9_]+__");
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /** ISO 3166-2: country, dash, region. */
    private static final Pattern PREFIXED_REGION = Pattern.compile("([a-z]{2})-([a-z0-9]{1,3})");

    private static final Set<String> COUNTRIES = Arrays.stream(Locale.getISOCountries())
            .map(code -> code.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    private TikTokIdentity() {}

    /** One rule of normalising. */
    @FunctionalInterface
    interface Rule {
        @Nullable String apply(String raw);
    }

    /**
     * The hash to send, or null when there is nothing usable: an empty text is never hashed. What already is a SHA-256
     * hash passes in lower case.
     */
    static @Nullable String hashed(@Nullable String raw, Rule rule) {
        if (raw == null) {
            return null;
        }
        String text = trimmed(raw);
        if (Sha256.isHex(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String normal = rule.apply(text);
        return normal == null || normal.isEmpty() ? null : Sha256.hex(normal);
    }

    /** A value that travels in clear, or null when it cannot be used; one that somebody hashed is of no use. */
    static @Nullable String plain(@Nullable String raw, Rule rule) {
        if (raw == null) {
            return null;
        }
        String text = trimmed(raw);
        String normal = Sha256.isHex(text) ? null : rule.apply(text);
        return normal == null || normal.isEmpty() ? null : normal;
    }

    /** Trimmed and in lower case. Dots and {@code +tags} stay: they are part of the address. */
    static @Nullable String email(String raw) {
        String text = lower(raw);
        int at = text.indexOf('@');
        int dot = text.lastIndexOf('.');
        boolean whole = at > 0 && at == text.lastIndexOf('@') && dot > at + 1 && dot < text.length() - 1;
        return whole && text.codePoints().noneMatch(c -> isSpace(c) || Character.isISOControl(c)) ? text : null;
    }

    /** E.164 with its plus, never cut. */
    static @Nullable String phone(String e164) {
        return E164.matcher(e164).matches() ? e164 : null;
    }

    /** Only trimmed: whether TikTok wants lower case is not known, and our own ids have no capitals. */
    static @Nullable String externalId(String raw) {
        String text = trimmed(raw);
        return text.isEmpty() ? null : text;
    }

    /** First or last name: lower case without punctuation; spaces between words stay. */
    static @Nullable String name(String raw) {
        return trimmed(without(lower(raw), c -> isPunctuation(c) || Character.isISOControl(c)));
    }

    /**
     * Postal code in lower case without spaces and dashes; of a US one the first five.
     *
     * @param country alpha-2 in lower case, or null when unknown
     */
    static @Nullable String zip(String raw, @Nullable String country) {
        String code = without(
                lower(raw),
                c -> isSpace(c) || Character.isISOControl(c) || Character.getType(c) == Character.DASH_PUNCTUATION);
        return "us".equals(country) && code.length() > 5 ? code.substring(0, 5) : code;
    }

    /** Lower case without spaces, digits and punctuation. */
    static @Nullable String city(String raw) {
        return without(
                lower(raw), c -> isSpace(c) || Character.isDigit(c) || isPunctuation(c) || Character.isISOControl(c));
    }

    /**
     * Region code in lower case without its country: {@code ID-JK} is {@code jk}. A written-out name keeps its letters.
     *
     * @param country alpha-2 in lower case, or null when unknown
     */
    static @Nullable String state(String raw, @Nullable String country) {
        String text = lower(raw);
        var region = PREFIXED_REGION.matcher(text);
        if (region.matches()
                && (country == null ? COUNTRIES.contains(region.group(1)) : country.equals(region.group(1)))) {
            return region.group(2);
        }
        return without(text, c -> isSpace(c) || isPunctuation(c) || Character.isISOControl(c));
    }

    /** ISO 3166-1 alpha-2 in lower case; anything else is left out, never guessed. */
    static @Nullable String country(String raw) {
        String code = lower(raw);
        return COUNTRIES.contains(code) ? code : null;
    }

    /** A click id or cookie exactly as received; null for an empty one and for a macro TikTok did not fill. */
    static @Nullable String opaque(@Nullable String raw) {
        return raw == null
                        || raw.isBlank()
                        || raw.length() > LONGEST_CLICK_ID
                        || UNEXPANDED_MACRO.matcher(raw).matches()
                ? null
                : raw;
    }

    /** The visitor's address as text; null for what is none or belongs to a private or local network. */
    static @Nullable String publicAddress(@Nullable String raw) {
        var address = IpAddresses.parse(raw == null ? null : raw.strip());
        return address != null && IpAddresses.isPublic(address) ? IpAddresses.text(address) : null;
    }

    /** A language tag of BCP 47 such as {@code id-ID}, as it stands; null for anything else. */
    static @Nullable String locale(@Nullable String raw) {
        return raw != null && raw.length() <= 35 && LANGUAGE_TAG.matcher(raw).matches() ? raw : null;
    }

    private static String lower(String raw) {
        return Normalizer.normalize(trimmed(raw), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
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
    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Punctuation of any script, and the ASCII signs people write in its place. */
    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> "$+<=>^`|~".indexOf(c) >= 0;
        };
    }

    private static String without(String text, IntPredicate unwanted) {
        if (text.codePoints().noneMatch(unwanted)) {
            return text;
        }
        return text.codePoints()
                .filter(c -> !unwanted.test(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
