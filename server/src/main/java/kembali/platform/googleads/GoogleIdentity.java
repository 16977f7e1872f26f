package kembali.platform.googleads;

import java.util.Locale;
import java.util.regex.Pattern;
import kembali.identity.Person;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A person as Google recognises them: normalised and hashed, lower-case hexadecimal. What cannot be used is null, and
 * nothing is ever hashed empty.
 *
 * @param email SHA-256
 * @param phone SHA-256 of E.164 with its plus
 * @param address only when all four parts of it are known
 */
record GoogleIdentity(
        @Nullable String email,
        @Nullable String phone,
        @Nullable Address address) {
    static final GoogleIdentity NOBODY = new GoogleIdentity(null, null, null);

    /** Longer texts are no e-mail addresses (RFC 5321 allows 254), names or postal codes. */
    private static final int LONGEST_EMAIL = 320;

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_POSTAL_CODE = 20;

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

    private static final Pattern TITLES = Pattern.compile("^(?:(?:mr|mrs|ms|dr)\\.[\\s\\p{Z}]*)+");

    private static final Pattern SUFFIX = Pattern.compile(
            "(?:\\s*,\\s*|\\s+)(?:jr\\.?|sr\\.?|2nd|3rd|ii|iii|iv|v|vi|cpa|dc|dds|vm|jd|md|phd)[\\s,]*$");

    /**
     * A postal address; Google matches all four parts at once.
     *
     * @param givenName SHA-256
     * @param familyName SHA-256
     * @param regionCode ISO 3166-1 alpha-2, in clear
     * @param postalCode in clear
     */
    record Address(String givenName, String familyName, String regionCode, String postalCode) {}

    static GoogleIdentity of(Person person) {
        String e164 = person.phoneE164();
        String typed = person.phone();
        String phone = hashed(e164 == null ? null : phone(e164));
        if (phone == null && typed != null && Sha256.isHex(typed.strip())) {
            phone = typed.strip(); // given to us hashed
        }
        return new GoogleIdentity(
                hashed(person.email() == null ? null : email(person.email())), phone, address(person));
    }

    boolean isNobody() {
        return email == null && phone == null && address == null;
    }

    /** The hash of a normalised value; what already is one stays as it is. */
    static @Nullable String hashed(@Nullable String normal) {
        if (normal == null || normal.isEmpty()) {
            return null;
        }
        return Sha256.isHex(normal) ? normal : Sha256.hex(normal);
    }

    /** An e-mail address in Google's spelling, or null. Dots and {@code +tag} go only where Gmail ignores them. */
    static @Nullable String email(String raw) {
        String bare = trimmed(raw);
        if (Sha256.isHex(bare)) {
            return bare;
        }
        String text = bare.toLowerCase(Locale.ROOT);
        int at = text.indexOf('@');
        if (at <= 0 || at == text.length() - 1 || at != text.lastIndexOf('@') || text.length() > LONGEST_EMAIL) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpace(c) || Character.isISOControl(c)) {
                return null;
            }
        }
        if (isBroken(text)) {
            return null;
        }
        String domain = text.substring(at + 1);
        if (!domain.equals("gmail.com") && !domain.equals("googlemail.com")) {
            return text;
        }
        int plus = text.indexOf('+');
        String local = text.substring(0, plus >= 0 && plus < at ? plus : at).replace(".", "");
        return local.isEmpty() ? null : local + "@" + domain;
    }

    /** E.164 with its plus, from digits that already have their country code; null when there are none. */
    static @Nullable String phone(String e164) {
        StringBuilder digits = new StringBuilder(16).append('+');
        for (int i = 0; i < e164.length(); i++) {
            char c = e164.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        // A national number would give a hash that looks right and matches nobody.
        boolean whole = digits.length() >= 8 && digits.length() <= 16 && digits.charAt(1) != '0';
        return whole ? digits.toString() : null;
    }

    /** Lower case, without {@code mr. mrs. ms. dr.} before it; null when nothing is left. */
    static @Nullable String givenName(String raw) {
        String name = name(raw);
        if (name == null || Sha256.isHex(name)) {
            return name;
        }
        String bare = trimmed(TITLES.matcher(name).replaceFirst(""));
        return bare.isEmpty() ? null : bare;
    }

    /** Lower case, without generation and degree behind it ({@code jr. iii md}, also several); null when nothing is left. */
    static @Nullable String familyName(String raw) {
        String name = name(raw);
        if (name == null || Sha256.isHex(name)) {
            return name;
        }
        String before;
        do {
            before = name;
            name = trimmed(SUFFIX.matcher(name).replaceFirst(""));
        } while (!name.equals(before));
        return name.isEmpty() ? null : name;
    }

    private static @Nullable String name(String raw) {
        String bare = trimmed(raw);
        if (bare.isEmpty() || bare.length() > LONGEST_NAME || isBroken(bare)) {
            return null;
        }
        return Sha256.isHex(bare) ? bare : bare.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Address address(Person person) {
        String region = person.country();
        String postalCode = person.postalCode();
        String name = person.name() == null ? null : givenName(person.name());
        if (region == null || postalCode == null || name == null) {
            return null;
        }
        String country = trimmed(region);
        String code = trimmed(postalCode);
        String[] words = SPACE.split(name, 2);
        String given = hashed(words[0]);
        String family = words.length < 2 ? null : hashed(familyName(words[1]));
        if (given == null
                || family == null
                || country.length() != 2
                || !isLetter(country.charAt(0))
                || !isLetter(country.charAt(1))
                || !isPostalCode(code)) {
            return null;
        }
        return new Address(given, family, country.toUpperCase(Locale.ROOT), code);
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isPostalCode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST_POSTAL_CODE;
    }

    /** Half a surrogate pair would be hashed as a question mark, and match nobody. */
    private static boolean isBroken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c)
                    || i + 1 == text.length()
                    || !Character.isLowSurrogate(text.charAt(i + 1))) {
                return true;
            }
            i++;
        }
        return false;
    }

    private static String trimmed(String raw) {
        int start = 0;
        int end = raw.length();
        while (start < end && isSpace(raw.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(raw.charAt(end - 1))) {
            end--;
        }
        return raw.substring(start, end);
    }

    /** Space of any kind, the no-break ones included. */
    private static boolean isSpace(char c) {
        return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
