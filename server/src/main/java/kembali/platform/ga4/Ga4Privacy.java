package kembali.platform.ga4;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import kembali.identity.Person;
import org.jspecify.annotations.Nullable;

/**
 * Keeps readable personal data out of what Google Analytics stores readable. Google's terms forbid it there, even in a
 * page address, and a property that breaks them can lose its data.
 */
final class Ga4Privacy {
    /** Names of properties and query parameters that hold personal data. Compared by letters only, so {@code firstName} is one too. */
    private static final Set<String> PERSONAL = Set.of(
            "email",
            "mail",
            "em",
            "phone",
            "ph",
            "phonenumber",
            "tel",
            "telephone",
            "mobile",
            "whatsapp",
            "wa",
            "name",
            "fullname",
            "firstname",
            "fname",
            "fn",
            "lastname",
            "lname",
            "ln",
            "gender",
            "ge",
            "birthday",
            "birthdate",
            "dateofbirth",
            "db",
            "dob",
            "address",
            "street",
            "zip",
            "zp",
            "zipcode",
            "postalcode",
            "password",
            "ssn",
            "nik",
            "ktp");

    /** Fewer digits are an order number, a postal code or a price. */
    private static final int FEWEST_PHONE_DIGITS = 8;

    private static final int NATIONAL_DIGITS = 8;

    private Ga4Privacy() {}

    static boolean isPersonalName(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            if (Character.isLetter(name.charAt(i))) {
                letters.append(name.charAt(i));
            }
        }
        return PERSONAL.contains(letters.toString().toLowerCase(Locale.ROOT));
    }

    /** Whether the text is or holds an e-mail address, or is a phone number of this person. */
    static boolean isPersonal(String text, Person person) {
        return holdsEmail(text) || isPhoneOf(text, person);
    }

    /** Whether the text is an id that names nobody: no e-mail address and nothing that could be a phone number. */
    static boolean isAnonymousId(String text, Person person) {
        return !holdsEmail(text)
                && !isPhoneOf(text, person)
                && !(text.startsWith("+") || text.startsWith("00") || text.startsWith("08") || text.startsWith("628"));
    }

    /**
     * A page address without personal data: query parameters and a fragment that hold an e-mail address or are named like
     * personal data go, and so does a user name before the host. Null for what is no web address.
     */
    static @Nullable String page(@Nullable String raw) {
        if (raw == null) {
            return null;
        }
        String url = raw.strip();
        int host =
                url.regionMatches(true, 0, "https://", 0, 8) ? 8 : url.regionMatches(true, 0, "http://", 0, 7) ? 7 : -1;
        if (host < 0 || host == url.length()) {
            return null;
        }
        int hash = url.indexOf('#', host);
        String fragment = hash < 0 ? "" : url.substring(hash);
        String rest = hash < 0 ? url : url.substring(0, hash);
        int question = rest.indexOf('?', host);
        String path = withoutUser(question < 0 ? rest : rest.substring(0, question), host);
        StringBuilder clean = new StringBuilder(url.length());
        segments(clean, path, host);
        if (question >= 0) {
            query(clean, rest, question + 1);
        }
        boolean personal = holdsEmail(decoded(fragment));
        return (personal ? clean : clean.append(fragment)).toString();
    }

    /** The value of that query parameter, decoded; null when it is absent or empty. */
    static @Nullable String parameter(@Nullable String url, String name) {
        int at = url == null ? -1 : url.indexOf('?');
        if (url == null || at < 0) {
            return null;
        }
        int end = url.indexOf('#');
        if (end >= 0 && end < at) {
            return null;
        }
        for (String pair : url.substring(at + 1, end < 0 ? url.length() : end).split("&", -1)) {
            if (pair.length() > name.length() + 1 && pair.startsWith(name) && pair.charAt(name.length()) == '=') {
                String value = decoded(pair.substring(name.length() + 1)).strip();
                if (!value.isEmpty()) {
                    return value;
                }
            }
        }
        return null;
    }

    private static void query(StringBuilder out, String text, int from) {
        char separator = '?';
        for (int start = from; start <= text.length(); ) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            if (end > start && !isPersonalPair(text, start, end)) {
                out.append(separator).append(text, start, end);
                separator = '&';
            }
            start = end + 1;
        }
    }

    private static boolean isPersonalPair(String text, int start, int end) {
        int equals = text.indexOf('=', start);
        String name = text.substring(start, equals < 0 || equals > end ? end : equals);
        if (isPersonalName(name)) {
            return true;
        }
        String pair = text.substring(start, end);
        return (pair.indexOf('@') >= 0 || pair.contains("%40")) && holdsEmail(decoded(pair));
    }

    /** The path, with {@code redacted} for each part that is an e-mail address. */
    private static void segments(StringBuilder out, String path, int host) {
        int first = path.indexOf('/', host);
        if (first < 0 || (path.indexOf('@', first) < 0 && !path.contains("%40"))) {
            out.append(path);
            return;
        }
        out.append(path, 0, first);
        for (String segment : path.substring(first + 1).split("/", -1)) {
            out.append('/').append(holdsEmail(decoded(segment)) ? "redacted" : segment);
        }
    }

    private static String withoutUser(String path, int host) {
        int slash = path.indexOf('/', host);
        int at = path.lastIndexOf('@', slash < 0 ? path.length() : slash);
        return at < host ? path : path.substring(0, host) + path.substring(at + 1);
    }

    /** Something, {@code @}, something with a dot in it. */
    private static boolean holdsEmail(String text) {
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            boolean local = at > 0 && isMailCharacter(text.charAt(at - 1));
            int end = at + 1;
            int dot = -1;
            while (end < text.length() && isMailCharacter(text.charAt(end))) {
                if (text.charAt(end) == '.' && end > at + 1) {
                    dot = end;
                }
                end++;
            }
            if (local && dot > 0 && (dot < end - 1 || text.indexOf('.', at) < dot)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMailCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == '+';
    }

    private static boolean isPhoneOf(String text, Person person) {
        String digits = digitsOfPhone(text);
        if (digits.length() < FEWEST_PHONE_DIGITS) {
            return false;
        }
        return endsAlike(digits, person.phoneE164()) || endsAlike(digits, person.phone());
    }

    /** The last eight digits decide: in front of them stand a country code, a zero, or nothing. */
    private static boolean endsAlike(String digits, @Nullable String phone) {
        String known = phone == null || phone.length() > 40 ? "" : digitsOfPhone(phone);
        return known.length() >= FEWEST_PHONE_DIGITS
                && digits.regionMatches(
                        digits.length() - NATIONAL_DIGITS, known, known.length() - NATIONAL_DIGITS, NATIONAL_DIGITS);
    }

    /** The digits of what is written like a phone number; empty for anything with other characters. */
    private static String digitsOfPhone(String text) {
        if (text.length() > 40) {
            return "";
        }
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (" +-.()/".indexOf(c) < 0) {
                return "";
            }
        }
        return digits.toString();
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // half an escape: read as it stands
        }
    }
}
