package kembali.sandbox.meta;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;

/**
 * The form each match key must have before it is hashed, and the forms it gets by well-known slips.
 * Written from Meta's rules alone, so that it can disagree with the sender it checks.
 */
final class MetaNormal {
    /** Keys with a rule here. */
    static final Set<String> KEYS =
            Set.of("em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id");

    private static final String STATES =
            "alabama=al alaska=ak arizona=az arkansas=ar california=ca colorado=co connecticut=ct delaware=de"
                    + " districtofcolumbia=dc florida=fl georgia=ga hawaii=hi idaho=id illinois=il indiana=in iowa=ia"
                    + " kansas=ks kentucky=ky louisiana=la maine=me maryland=md massachusetts=ma michigan=mi minnesota=mn"
                    + " mississippi=ms missouri=mo montana=mt nebraska=ne nevada=nv newhampshire=nh newjersey=nj"
                    + " newmexico=nm newyork=ny northcarolina=nc northdakota=nd ohio=oh oklahoma=ok oregon=or"
                    + " pennsylvania=pa rhodeisland=ri southcarolina=sc southdakota=sd tennessee=tn texas=tx utah=ut"
                    + " vermont=vt virginia=va washington=wa westvirginia=wv wisconsin=wi wyoming=wy"
                    + " alberta=ab britishcolumbia=bc manitoba=mb newbrunswick=nb newfoundlandandlabrador=nl"
                    + " northwestterritories=nt novascotia=ns nunavut=nu ontario=on princeedwardisland=pe quebec=qc"
                    + " saskatchewan=sk yukon=yt";

    private MetaNormal() {}

    /** The right form, or an empty text when the value has none. */
    static String right(String key, String plain, String callingCode) {
        String lower = lower(plain);
        return switch (key) {
            case "em" -> lower;
            case "ph" -> phone(plain, callingCode);
            case "fn", "ln" -> lower.replaceAll("[\\s\\p{Punct}]", "");
            case "ct" -> lower.replaceAll("[\\s\\p{Punct}\\d]", "");
            case "st" -> state(lower.replaceAll("[\\s\\p{Punct}]", ""));
            case "zp" -> zip(lower);
            case "ge" -> lower.isEmpty() ? "" : lower.startsWith("f") || lower.equals("woman") ? "f" : "m";
            case "db" -> digits(plain).length() == 8 ? digits(plain) : "";
            case "country" -> country(plain.strip());
            case "external_id" -> lower.replaceAll("\\s", "");
            default -> "";
        };
    }

    /** Slips by name, each with the text it would hash. May hold the right form under a slip's name. */
    static Map<String, String> wrong(String key, String plain, String right, String callingCode) {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("not trimmed (before)", " " + right);
        wrong.put("not trimmed (after)", right + " ");
        wrong.put("not trimmed (line end)", right + "\n");
        wrong.put("upper case", right.toUpperCase(Locale.ROOT));
        switch (key) {
            case "em" -> mailSlips(right, wrong);
            case "ph" -> phoneSlips(right, callingCode, wrong);
            case "fn", "ln", "ct", "st" -> nameSlips(plain, right, wrong);
            case "zp" -> {
                wrong.put("space kept", lower(plain));
                wrong.put("dash kept", lower(plain).replaceAll("\\s", ""));
                wrong.put("dash removed, rest kept", lower(plain).replaceAll("[\\s-]", ""));
            }
            case "ge" -> {
                wrong.put("written out", right.equals("f") ? "female" : "male");
                wrong.put("written out, capital", right.equals("f") ? "Female" : "Male");
            }
            case "db" -> {
                String year = right.substring(0, 4);
                String month = right.substring(4, 6);
                String day = right.substring(6);
                wrong.put("with dashes", year + '-' + month + '-' + day);
                wrong.put("day first", day + month + year);
                wrong.put("month first", month + day + year);
                wrong.put("day first, with slashes", day + '/' + month + '/' + year);
            }
            default -> {}
        }
        // Last: where the way it was typed is a slip with a name, the name says more.
        wrong.putIfAbsent("as typed, not normalised", plain);
        wrong.put("as typed, trimmed only", plain.strip());
        return wrong;
    }

    static String alpha3(String alpha2) {
        try {
            return Locale.of("", alpha2).getISO3Country();
        } catch (MissingResourceException none) {
            return alpha2;
        }
    }

    private static void mailSlips(String right, Map<String, String> wrong) {
        int at = right.indexOf('@');
        if (at > 0) {
            String local = right.substring(0, at);
            String domain = right.substring(at);
            wrong.put("dots removed", local.replace(".", "") + domain);
            wrong.put("plus tag removed", local.replaceAll("\\+.*", "") + domain);
            wrong.put("dots and plus tag removed", local.replaceAll("\\+.*", "").replace(".", "") + domain);
        }
        wrong.put("with mailto:", "mailto:" + right);
    }

    private static void phoneSlips(String right, String callingCode, Map<String, String> wrong) {
        wrong.put("with plus", "+" + right);
        wrong.put("with 00", "00" + right);
        wrong.put("with leading zero", "0" + right);
        if (right.startsWith(callingCode)) {
            String national = right.substring(callingCode.length());
            wrong.put("local form, no country code", "0" + national);
            wrong.put("without country code", national);
            wrong.put("country code and zero", callingCode + "0" + national);
            wrong.put("plus, country code and zero", "+" + callingCode + "0" + national);
            wrong.put("country code twice", callingCode + right);
        }
        wrong.put("as WhatsApp id", right + "@s.whatsapp.net");
        wrong.put("as WhatsApp chat id", right + "@c.us");
    }

    private static void nameSlips(String plain, String right, Map<String, String> wrong) {
        wrong.put("spaces or punctuation kept", lower(plain));
        wrong.put("punctuation kept", lower(plain).replaceAll("\\s", ""));
        wrong.put("spaces kept", lower(plain).replaceAll("\\p{Punct}", ""));
        wrong.put("accents decomposed", Normalizer.normalize(right, Normalizer.Form.NFD));
        wrong.put(
                "accents removed",
                Normalizer.normalize(right, Normalizer.Form.NFD).replaceAll("\\p{M}", ""));
        wrong.put("letter case kept", plain.strip().replaceAll("[\\s\\p{Punct}]", ""));
    }

    private static String phone(String plain, String callingCode) {
        String digits = digits(plain);
        boolean international = plain.strip().startsWith("+") || digits.startsWith("00");
        String significant = digits.replaceFirst("^0+", "");
        if (international || (!digits.startsWith("0") && digits.startsWith(callingCode) && digits.length() >= 10)) {
            // A zero people keep after the country code belongs to the local way of writing.
            return significant.startsWith(callingCode + "0")
                    ? callingCode + significant.substring(callingCode.length() + 1)
                    : significant;
        }
        return significant.isEmpty() ? "" : callingCode + significant;
    }

    private static String zip(String lower) {
        String joined = lower.replaceAll("\\s", "");
        int dash = joined.indexOf('-');
        return dash < 0 ? joined : joined.substring(0, dash);
    }

    private static String state(String joined) {
        for (String pair : STATES.split(" ")) {
            if (pair.startsWith(joined + "=")) {
                return pair.substring(joined.length() + 1);
            }
        }
        return joined;
    }

    private static String country(String name) {
        if (name.equalsIgnoreCase("UK")) {
            return "gb";
        }
        for (String alpha2 : Locale.getISOCountries()) {
            if (alpha2.equalsIgnoreCase(name)
                    || alpha3(alpha2).equalsIgnoreCase(name)
                    || Locale.of("", alpha2).getDisplayCountry(Locale.ENGLISH).equalsIgnoreCase(name)) {
                return alpha2.toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private static String lower(String plain) {
        return Normalizer.normalize(plain.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    private static String digits(String text) {
        return text.replaceAll("\\D", "");
    }
}
