package kembali.sandbox.google;

import java.util.List;
import java.util.Locale;

/** How Google wants personal data written before it is hashed. An empty text means: drop it. */
final class GoogleNormal {
    private static final List<String> TITLES = List.of("mr.", "mrs.", "ms.", "dr.");
    private static final List<String> SUFFIXES = List.of(
            "jr.", "sr.", "2nd", "3rd", "ii", "iii", "iv", "v", "vi", "cpa", "dc", "dds", "vm", "jd", "md", "phd");

    private GoogleNormal() {}

    static String email(String plain) {
        String email = plain.strip().toLowerCase(Locale.ROOT);
        int at = email.indexOf('@');
        if (at < 0 || !gmail(email)) {
            return email;
        }
        String local = email.substring(0, at);
        int plus = local.indexOf('+');
        String bare = (plus < 0 ? local : local.substring(0, plus)).replace(".", "");
        return bare.isEmpty() ? "" : bare + email.substring(at);
    }

    static boolean gmail(String email) {
        return email.endsWith("@gmail.com") || email.endsWith("@googlemail.com");
    }

    /**
     * A phone number as E.164.
     *
     * @param callingCode of the country national numbers belong to, digits only
     */
    static String phone(String plain, String callingCode) {
        String digits = plain.replaceAll("\\D", "");
        if (digits.isEmpty()) {
            return "";
        }
        if (plain.strip().startsWith("+")) {
            return "+" + digits;
        }
        if (digits.startsWith("00")) {
            return "+" + digits.substring(2);
        }
        return "+" + (digits.startsWith("0") ? callingCode + digits.substring(1) : digits);
    }

    static String givenName(String plain) {
        String name = plain.strip().toLowerCase(Locale.ROOT);
        for (String title : TITLES) {
            if (name.startsWith(title)) {
                name = name.substring(title.length()).strip();
            }
        }
        return name;
    }

    static String familyName(String plain) {
        String name = plain.strip().toLowerCase(Locale.ROOT);
        boolean again = true;
        while (again) {
            again = false;
            for (String suffix : SUFFIXES) {
                if (name.endsWith(" " + suffix) || name.endsWith("," + suffix)) {
                    name = name.substring(0, name.length() - suffix.length()).replaceAll("[,\\s]+$", "");
                    again = true;
                }
            }
        }
        return name;
    }
}
