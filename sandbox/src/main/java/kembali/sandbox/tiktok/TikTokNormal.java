package kembali.sandbox.tiktok;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The form each match key must have before it travels, and the forms it gets by well-known slips. Written from
 * TikTok's rules alone, so that it can disagree with the sender it checks.
 */
final class TikTokNormal {
    static final Set<String> HASHED = Set.of("email", "phone", "first_name", "last_name", "zip_code");

    /**
     * Keys with a rule here. Country codes need no registration, and about the letters of an external id the sources
     * disagree.
     */
    static final Set<String> KEYS =
            Set.of("email", "phone", "first_name", "last_name", "zip_code", "city", "state", "ttclid", "ttp");

    private TikTokNormal() {}

    /** The right form, or an empty text when the value has none. */
    static String right(String key, String plain, String callingCode) {
        String lower = lower(plain);
        return switch (key) {
            case "email" -> lower;
            case "phone" -> phone(plain, callingCode);
            case "first_name", "last_name" ->
                lower.replaceAll("[\\p{Punct}\\p{P}]", "").strip();
            case "zip_code" ->
                lower.matches("\\d{5}-\\d{4}") ? lower.substring(0, 5) : lower.replaceAll("[\\s\\p{Pd}]", "");
            case "city" -> lower.replaceAll("[\\s\\p{Punct}\\p{P}\\p{Nd}]", "");
            case "state" ->
                lower.replaceFirst("^[a-z]{2}-(?=[a-z0-9]{1,3}$)", "").replaceAll("[\\s\\p{Punct}\\p{P}]", "");
            default -> plain;
        };
    }

    /** Slips by name, each with the text it would send. May hold the right form under a slip's name. */
    static Map<String, String> wrong(String key, String plain, String right, String callingCode) {
        Map<String, String> wrong = new LinkedHashMap<>();
        if (key.equals("ttclid") || key.equals("ttp")) {
            wrong.put("letter case changed", right.toLowerCase(Locale.ROOT));
            wrong.put("letter case changed (upper)", right.toUpperCase(Locale.ROOT));
            wrong.put("hashed although it travels in clear", TikTokKnown.sha256(right));
            return wrong;
        }
        wrong.put("not trimmed (before)", " " + right);
        wrong.put("not trimmed (after)", right + " ");
        wrong.put("not trimmed (line end)", right + "\n");
        wrong.put("upper case", right.toUpperCase(Locale.ROOT));
        switch (key) {
            case "email" -> mailSlips(right, wrong);
            case "phone" -> phoneSlips(right, callingCode, wrong);
            case "first_name", "last_name" -> {
                wrong.put("punctuation kept", lower(plain));
                wrong.put("letter case kept", plain.strip().replaceAll("[\\p{Punct}\\p{P}]", ""));
                wrong.put("accents decomposed", Normalizer.normalize(right, Normalizer.Form.NFD));
                wrong.put(
                        "accents removed",
                        Normalizer.normalize(right, Normalizer.Form.NFD).replaceAll("\\p{M}", ""));
            }
            case "zip_code" -> {
                if (lower(plain).matches("\\d{5}-\\d{4}")) {
                    wrong.put("all nine digits", lower(plain).replace("-", ""));
                }
                wrong.put("dash kept", lower(plain).replaceAll("\\s", ""));
                wrong.put("space kept", lower(plain).replaceAll("\\p{Pd}", ""));
            }
            default -> {}
        }
        // Last: where the way it was typed is a slip with a name, the name says more.
        wrong.putIfAbsent("as typed, not normalised", plain);
        wrong.put("as typed, trimmed only", plain.strip());
        return wrong;
    }

    private static void mailSlips(String right, Map<String, String> wrong) {
        int at = right.indexOf('@');
        if (at > 0) {
            String local = right.substring(0, at);
            String domain = right.substring(at);
            wrong.put("dots removed", local.replace(".", "") + domain);
            wrong.put("plus tag removed", local.replaceAll("\\+.*", "") + domain);
        }
        wrong.put("with mailto:", "mailto:" + right);
    }

    private static void phoneSlips(String right, String callingCode, Map<String, String> wrong) {
        String digits = right.substring(1);
        wrong.put("without plus", digits);
        wrong.put("with 00", "00" + digits);
        if (digits.startsWith(callingCode)) {
            String national = digits.substring(callingCode.length());
            wrong.put("local form, no country code", "0" + national);
            wrong.put("without country code", national);
            wrong.put("country code and zero", "+" + callingCode + "0" + national);
            wrong.put("country code twice", "+" + callingCode + digits);
        }
        wrong.put("as WhatsApp id", digits + "@s.whatsapp.net");
        if (right.length() > 15) {
            wrong.put("cut to 15 characters", right.substring(0, 15));
        }
    }

    private static String phone(String plain, String callingCode) {
        String digits = plain.replaceAll("\\D", "");
        String significant = digits.replaceFirst("^0+", "");
        if (significant.isEmpty()) {
            return "";
        }
        boolean international = plain.strip().startsWith("+") || digits.startsWith("00");
        if (international || (!digits.startsWith("0") && digits.startsWith(callingCode) && digits.length() >= 10)) {
            // A zero people keep after the country code belongs to the local way of writing.
            return "+"
                    + (significant.startsWith(callingCode + "0")
                            ? callingCode + significant.substring(callingCode.length() + 1)
                            : significant);
        }
        return "+" + callingCode + significant;
    }

    private static String lower(String plain) {
        return Normalizer.normalize(plain.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }
}
