package kembali.platform.ga4;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import kembali.identity.PhoneNumbers;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Google's spelling of personal data. Every rule takes text and gives what is to be hashed or sent, or null when the
 * value cannot be used. Applying a rule to its own result changes nothing. Source: docs/platforms/ga4.md.
 */
final class Ga4Identity {
    private static final List<String> TITLES = List.of("mr.", "mrs.", "ms.", "dr.");
    private static final Pattern SUFFIX = Pattern.compile(
            "(?:\\s*,\\s*|\\s+)(?:jr\\.|sr\\.|2nd|3rd|ii|iii|iv|v|vi|cpa|dc|dds|vm|jd|md|phd)\\.?\\s*$");
    private static final String NOT_IN_AN_ADDRESS = "<>()[],;:\"\\";

    /** What Google's own tag takes out of names, besides digits. Apostrophes stay. */
    private static final String SYMBOLS = "`~!@#$%^&*()_-+=:;<>,.?|/\\[]";

    private static final int LONGEST_EMAIL = 320;
    private static final int LONGEST_NAME = 200;

    private Ga4Identity() {}

    /** One rule of normalising. */
    @FunctionalInterface
    interface Rule {
        @Nullable String apply(String text);
    }

    /** The hash to send, or null when there is nothing usable: an empty text is never hashed, a hash never again. */
    static @Nullable String hashed(@Nullable String raw, Rule rule) {
        if (raw == null) {
            return null;
        }
        String text = raw.strip();
        if (Sha256.isHex(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String normal = rule.apply(text);
        return normal == null || normal.isEmpty() ? null : Sha256.hex(normal);
    }

    /**
     * Lower case without spaces. At Gmail alone, what follows a {@code +} and the dots before the {@code @} go, because
     * Gmail delivers to the same box without them; {@code googlemail.com} keeps its name.
     */
    static @Nullable String email(String text) {
        if (text.length() > LONGEST_EMAIL) {
            return null;
        }
        String address = withoutSpaces(text).toLowerCase(Locale.ROOT);
        int at = address.indexOf('@');
        if (at <= 0 || at != address.lastIndexOf('@')) {
            return null;
        }
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (Character.isISOControl(c) || NOT_IN_AN_ADDRESS.indexOf(c) >= 0) {
                return null;
            }
        }
        String domain = address.substring(at + 1);
        int dot = domain.indexOf('.');
        if (dot <= 0 || domain.endsWith(".") || domain.contains("..")) {
            return null;
        }
        if (!domain.equals("gmail.com") && !domain.equals("googlemail.com")) {
            return address;
        }
        String local = address.substring(0, at);
        int plus = local.indexOf('+');
        if (plus >= 0) {
            local = local.substring(0, plus);
        }
        local = local.replace(".", "");
        return local.isEmpty() ? null : local + "@" + domain;
    }

    /**
     * {@code +} and the digits with the country code.
     *
     * @param region ISO 3166-1 alpha-2 whose local numbers it may be; null reads international numbers only
     */
    static @Nullable String phone(String text, @Nullable String region) {
        PhoneNumbers.Phone phone = PhoneNumbers.fromPerson(text, region);
        return phone == null ? null : phone.e164();
    }

    /** First name: lower case, without {@code mr. mrs. ms. dr.} before it, digits and symbols. */
    static @Nullable String givenName(String text) {
        return settled(text, name -> withoutSymbols(withoutTitles(name)));
    }

    /** Last name: lower case, without {@code jr. sr. ii iii phd} and the like behind it, digits and symbols. */
    static @Nullable String familyName(String text) {
        return settled(text, name -> withoutSymbols(withoutSuffixes(name)));
    }

    /** City or region, which travel readable: lower case, without digits and symbols. */
    static @Nullable String place(String text) {
        return settled(text, Ga4Identity::withoutSymbols);
    }

    /** Postal code, which travels readable: lower case, without {@code .} and {@code ~}. */
    static @Nullable String postalCode(String text) {
        String code = text.replace(".", "").replace("~", "").strip().toLowerCase(Locale.ROOT);
        return code.isEmpty() || code.length() > LONGEST_NAME ? null : code;
    }

    /** A name as typed, without the titles before it, so that its first word is a name. */
    static String withoutTitles(String name) {
        String text = name.strip();
        for (int i = 0; i < TITLES.size(); i++) {
            String title = TITLES.get(i);
            if (text.regionMatches(true, 0, title, 0, title.length())) {
                text = text.substring(title.length()).strip();
                i = -1; // dr. mr.
            }
        }
        return text;
    }

    private static String withoutSuffixes(String name) {
        String text = name;
        for (String next = SUFFIX.matcher(text).replaceFirst("");
                !next.equals(text);
                next = SUFFIX.matcher(text).replaceFirst("")) {
            text = next;
        }
        return text;
    }

    /** Applies the step until nothing changes: taking out a digit may lay bare a title or suffix. */
    private static @Nullable String settled(String raw, UnaryOperator<String> step) {
        if (raw.length() > LONGEST_NAME) {
            return null;
        }
        String text = raw.strip().toLowerCase(Locale.ROOT);
        for (String next = step.apply(text); !next.equals(text); next = step.apply(text)) {
            text = next;
        }
        return text.isEmpty() ? null : text;
    }

    private static String withoutSymbols(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && SYMBOLS.indexOf(c) < 0 && !Character.isISOControl(c)) {
                kept.append(c);
            }
        }
        return kept.toString().strip();
    }

    private static String withoutSpaces(String text) {
        int i = 0;
        while (i < text.length() && !isSpace(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length()).append(text, 0, i);
        for (; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    /** Space of any kind, the no-break ones included. */
    private static boolean isSpace(char c) {
        return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
