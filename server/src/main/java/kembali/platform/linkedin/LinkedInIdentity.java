package kembali.platform.linkedin;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * LinkedIn's spelling of what identifies a person. Every method gives null for what cannot be used. LinkedIn checks none
 * of the forms and takes garbage as delivered, so they are checked here.
 */
final class LinkedInIdentity {
    static final String LEAD_URN = "urn:li:leadGenFormResponse:";

    /** LinkedIn gives click ids no length; more is none. */
    private static final int LONGEST_CLICK_ID = 512;

    private static final int LONGEST_EMAIL = 320;
    private static final int LONGEST_WORDS = 256;

    private static final Pattern LEAD_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Pattern DIGITS = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern IPV4 = Pattern.compile("([^.]{1,3})\\.([^.]{1,3})\\.([^.]{1,3})\\.([^.]{1,3})");
    private static final String MAPPED = "::ffff:";

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private LinkedInIdentity() {}

    /** The hash of an e-mail address; what already is one passes in lower case. */
    static @Nullable String emailHash(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String hash = raw.strip();
        if (Sha256.isHex(hash)) {
            return hash.toLowerCase(Locale.ROOT);
        }
        String email = email(raw);
        return email == null ? null : Sha256.hex(email);
    }

    /** An e-mail address as it is hashed: lower case, without space of any kind. */
    static @Nullable String email(String raw) {
        String text = without(raw, LinkedInIdentity::isSpace).toLowerCase(Locale.ROOT);
        int at = text.indexOf('@');
        if (at <= 0 || at != text.lastIndexOf('@') || text.length() > LONGEST_EMAIL || hasControl(text)) {
            return null;
        }
        int dot = text.lastIndexOf('.');
        return dot > at + 1 && dot < text.length() - 1 && text.indexOf("..", at) < 0 ? text : null;
    }

    /** A name as it is hashed: lower case, without space and punctuation. */
    static @Nullable String name(String raw) {
        String text = without(raw, c -> isSpace(c) || Character.isISOControl(c) || isPunctuation(c));
        return text.isEmpty() || text.length() > LONGEST_WORDS ? null : text.toLowerCase(Locale.ROOT);
    }

    static @Nullable String nameHash(@Nullable String raw) {
        String name = raw == null ? null : name(raw);
        return name == null ? null : Sha256.hex(name);
    }

    /** Name, title or company in clear. */
    static @Nullable String words(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String text = raw.strip();
        return text.isEmpty() || text.length() > LONGEST_WORDS || hasControl(text) ? null : text;
    }

    /** ISO 3166-1 alpha-2 in upper case. */
    static @Nullable String country(@Nullable String raw) {
        String code = raw == null ? "" : raw.strip().toUpperCase(Locale.ROOT);
        return COUNTRIES.contains(code) ? code : null;
    }

    /** The value of {@code li_fat_id}, exactly as LinkedIn made it: its form is documented nowhere. */
    static @Nullable String clickId(@Nullable String raw) {
        if (raw == null || raw.isBlank() || raw.length() > LONGEST_CLICK_ID) {
            return null;
        }
        return raw.chars().anyMatch(c -> c <= ' ' || Character.isISOControl(c)) ? null : raw;
    }

    /** The URN of a lead form's answer, from the URN or its id alone. */
    static @Nullable String leadUrn(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String text = raw.strip();
        String id = text.startsWith(LEAD_URN) ? text.substring(LEAD_URN.length()) : text;
        return LEAD_ID.matcher(id).matches() ? LEAD_URN + id : null;
    }

    /** A visitor's address if it is IPv4 and public. */
    static @Nullable String publicIpv4(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String text = raw.strip();
        if (text.regionMatches(true, 0, MAPPED, 0, MAPPED.length())) {
            text = text.substring(MAPPED.length());
        }
        Matcher parts = IPV4.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        int[] part = new int[4];
        for (int i = 0; i < 4; i++) {
            String digits = parts.group(i + 1);
            part[i] = DIGITS.matcher(digits).matches() ? Integer.parseInt(digits) : 256;
            if (part[i] > 255) {
                return null;
            }
        }
        return isPublic(part[0], part[1]) ? text : null;
    }

    private static boolean isPublic(int a, int b) {
        return a != 0
                && a != 10
                && a != 127
                && a < 224
                && !(a == 100 && b >= 64 && b < 128) // shared address space of carriers
                && !(a == 169 && b == 254)
                && !(a == 172 && b >= 16 && b < 32)
                && !(a == 192 && b == 168);
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    /** Space of any kind, the no-break ones included. */
    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isPunctuation(char c) {
        if (c < 0x80) {
            return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
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
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!unwanted.test(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }
}
