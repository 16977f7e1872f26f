package kembali.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads phone numbers. There are two ways in, because people write numbers as they dial them at
 * home and WhatsApp always writes them internationally without a plus: {@code 81234567890} is an
 * Indonesian mobile number from a person and a Japanese one from WhatsApp.
 */
public final class PhoneNumbers {
    /** E.164 allows 15 digits; below 7 no country has whole numbers. */
    private static final int MOST_DIGITS = 15;

    private static final int FEWEST_DIGITS = 7;

    /** Longer texts are no phone numbers, and parsing them would only cost time. */
    private static final int LONGEST_TEXT = 80;

    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    private PhoneNumbers() {}

    /**
     * A usable number.
     *
     * @param e164 {@code +} and 7 to 15 digits
     * @param verified false when the numbering plan we know has no such number, but its length fits: prefixes are
     *     opened faster than metadata is published
     */
    public record Phone(String e164, boolean verified) {
        /** The digits alone, the form WhatsApp and Meta use. */
        public String digits() {
            return e164.substring(1);
        }
    }

    /**
     * Reads a number typed by a person or written by a CRM.
     *
     * @param region ISO 3166-1 alpha-2 of the country whose local numbers it may be; null when unknown, then only
     *     international numbers are read
     * @return null when no usable number is in the text
     */
    public static @Nullable Phone fromPerson(String raw, @Nullable String region) {
        String text = raw.strip();
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return null;
        }
        if (text.indexOf('@') >= 0) {
            return fromWhatsApp(text); // a WhatsApp address pasted into a form or a CSV
        }
        if (text.startsWith("+00")) {
            text = "+" + text.substring(3);
        } else if (text.startsWith("00")) {
            text = "+" + text.substring(2);
        }
        String home = region == null ? null : region.toUpperCase(Locale.ROOT);
        boolean bare = !text.startsWith("0") && !text.startsWith("+") && !hasLetters(text);
        PhoneNumber whole = bare ? parse("+" + text, null) : null;
        if (whole != null && !LIBRARY.isValidNumber(whole)) {
            whole = null;
        }
        if (whole != null && home != null && whole.getCountryCode() == LIBRARY.getCountryCodeForRegion(home)) {
            // 62215550123 in Indonesia: the country code without its plus, although 0622 is an area there, too.
            return phone(whole, true);
        }
        PhoneNumber local = parse(text, home);
        if (local != null && LIBRARY.isValidNumber(local)) {
            return phone(local, true);
        }
        if (whole != null) {
            // 60123456789 in an Indonesian workspace: not a local number, but a whole one of Malaysia.
            return phone(whole, true);
        }
        return local != null ? unverified(local) : null;
    }

    /** The digits of an E.164 number after its country code, without a leading zero; all digits when it has none we know. */
    public static String withoutCountryCode(String e164) {
        PhoneNumber number = parse(e164, null);
        return number == null ? e164.replaceAll("\\D", "") : Long.toString(number.getNationalNumber());
    }

    /** ISO 3166-1 alpha-2 of the country a number belongs to; null where several share its prefix or none is known. */
    public static @Nullable String country(String e164) {
        PhoneNumber number = parse(e164, null);
        String region = number == null ? null : LIBRARY.getRegionCodeForNumber(number);
        return region == null || region.length() != 2 || region.equals("ZZ") ? null : region;
    }

    /**
     * Reads a number as WhatsApp and its providers write it: {@code 6281234567890},
     * {@code 6281234567890:12@s.whatsapp.net}, {@code whatsapp:+6281234567890}.
     *
     * @return null for groups, channels, broadcasts, hidden ids, business-scoped user ids and anything else without a
     *     number
     */
    public static @Nullable Phone fromWhatsApp(String raw) {
        String text = raw.strip().toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST_TEXT) {
            return null;
        }
        int at = text.indexOf('@');
        if (at >= 0) {
            switch (text.substring(at + 1)) {
                case "g.us", "lid", "hosted.lid", "newsletter", "broadcast" -> {
                    return null;
                }
                default -> text = text.substring(0, at);
            }
        }
        if (text.startsWith("whatsapp:")) {
            text = text.substring("whatsapp:".length());
        }
        int device = text.indexOf(':');
        if (device >= 0) {
            text = text.substring(0, device);
        }
        if (hasLetters(text)) {
            return null; // ID.13491208655302741918 names a person to one business; its digits are no number
        }
        String digits = asciiDigits(text);
        PhoneNumber number = digits.startsWith("0") ? null : parse("+" + digits, null);
        if (number == null) {
            return null;
        }
        return LIBRARY.isValidNumber(number) ? phone(number, true) : unverified(number);
    }

    private static @Nullable PhoneNumber parse(String text, @Nullable String region) {
        try {
            return LIBRARY.parse(text, region);
        } catch (NumberParseException e) {
            return null;
        }
    }

    private static @Nullable Phone unverified(PhoneNumber number) {
        return LIBRARY.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE ? phone(number, false) : null;
    }

    private static @Nullable Phone phone(PhoneNumber number, boolean verified) {
        String e164 = LIBRARY.format(number, PhoneNumberFormat.E164);
        int digits = e164.length() - 1;
        return digits < FEWEST_DIGITS || digits > MOST_DIGITS ? null : new Phone(e164, verified);
    }

    private static boolean hasLetters(String text) {
        return text.chars().anyMatch(Character::isLetter);
    }

    private static String asciiDigits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
