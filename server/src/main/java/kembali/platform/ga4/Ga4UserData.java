package kembali.platform.ga4;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.platform.JsonText;
import kembali.platform.ga4.Ga4Settings.Region;
import kembali.support.IpAddresses;
import org.jspecify.annotations.Nullable;

/** Who and where: {@code user_data} and {@code user_location} or {@code ip_override}, beside the event. */
final class Ga4UserData {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** Countries whose two-letter states are their ISO 3166-2 codes. */
    private static final Set<String> STATES_BY_CODE = Set.of("US", "CA");

    private static final int LONGEST_CITY = 100;
    private static final int LONGEST_NAME = 300;

    private Ga4UserData() {}

    /** Writes {@code ,"user_data":{…}}, or nothing when nothing of the person can be matched; adds the keys it wrote. */
    static void write(StringBuilder out, Person person, List<String> keys) {
        String country = country(person);
        String email = Ga4Identity.hashed(person.email(), Ga4Identity::email);
        String phone = Ga4Identity.hashed(
                person.phoneE164() != null ? person.phoneE164() : person.phone(),
                text -> Ga4Identity.phone(text, country));
        int start = out.length();
        out.append(",\"user_data\":{");
        int empty = out.length();
        hash(out, "sha256_email_address", email, empty, keys);
        hash(out, "sha256_phone_number", phone, empty, keys);
        address(out, person, country, empty, keys);
        if (out.length() == empty) {
            out.setLength(start);
        } else {
            out.append('}');
        }
    }

    /**
     * Writes where the person is. What the lead says of itself comes first. Its address only stands in when nothing else
     * is known, the person agreed, and the property is not one that keeps its data in the EU.
     */
    static void writeLocation(StringBuilder out, Person person, WebContext web, Consent consent, Region region) {
        String country = country(person);
        if (country == null) {
            if (consent.adUserData() == Consent.Choice.GRANTED && region == Region.GLOBAL) {
                address(out, web.ip());
            }
            return;
        }
        out.append(",\"user_location\":{\"country_id\":\"").append(country).append('"');
        String state = regionId(person.state(), country);
        if (state != null) {
            out.append(",\"region_id\":\"").append(state).append('"');
        }
        String city = person.city() == null ? "" : person.city().strip();
        if (!city.isEmpty() && city.length() <= LONGEST_CITY) {
            JsonText.string(out.append(",\"city\":"), city);
        }
        out.append('}');
    }

    private static void address(StringBuilder out, @Nullable String raw) {
        var ip = IpAddresses.parse(raw);
        if (ip != null && IpAddresses.isPublic(ip)) {
            out.append(",\"ip_override\":\"").append(IpAddresses.text(ip)).append('"');
        }
    }

    /** Google matches an address only if it has both names, postal code and country; a part of one is not sent. */
    private static void address(
            StringBuilder out, Person person, @Nullable String country, int empty, List<String> keys) {
        String postal = person.postalCode() == null ? null : Ga4Identity.postalCode(person.postalCode());
        if (country == null
                || postal == null
                || person.name() == null
                || person.name().length() > LONGEST_NAME) {
            return;
        }
        String name = Ga4Identity.withoutTitles(person.name());
        int space = firstBlank(name);
        if (space < 0) {
            return;
        }
        String given = Ga4Identity.hashed(name.substring(0, space), Ga4Identity::givenName);
        String family = Ga4Identity.hashed(name.substring(space), Ga4Identity::familyName);
        if (given == null || family == null) {
            return;
        }
        comma(out, empty).append("\"address\":[{\"sha256_first_name\":\"").append(given);
        out.append("\",\"sha256_last_name\":\"").append(family).append('"');
        place(out, "city", person.city());
        place(out, "region", person.state());
        JsonText.string(out.append(",\"postal_code\":"), postal);
        out.append(",\"country\":\"").append(country).append("\"}]");
        keys.add("address");
    }

    private static void place(StringBuilder out, String key, @Nullable String raw) {
        String text = raw == null ? null : Ga4Identity.place(raw);
        if (text != null) {
            JsonText.string(out.append(",\"").append(key).append("\":"), text);
        }
    }

    private static void hash(StringBuilder out, String key, @Nullable String hash, int empty, List<String> keys) {
        if (hash != null) {
            comma(out, empty)
                    .append('"')
                    .append(key)
                    .append("\":[\"")
                    .append(hash)
                    .append("\"]");
            keys.add(key);
        }
    }

    private static StringBuilder comma(StringBuilder out, int empty) {
        return out.length() > empty ? out.append(',') : out;
    }

    private static @Nullable String country(Person person) {
        String raw = person.country();
        if (raw == null || raw.length() > 10) {
            return null;
        }
        String code = raw.strip().toUpperCase(Locale.ROOT);
        return COUNTRIES.contains(code) ? code : null;
    }

    /** {@code ID-JK}: given as such, or two letters where these are the ISO code; never a guess from a name. */
    private static @Nullable String regionId(@Nullable String raw, String country) {
        if (raw == null || raw.length() > 10) {
            return null;
        }
        String state = raw.strip().toUpperCase(Locale.ROOT);
        if (isRegionCode(state, 3) && state.startsWith(country) && state.charAt(2) == '-') {
            return state;
        }
        boolean code = state.length() == 2 && STATES_BY_CODE.contains(country) && isRegionCode(state, 0);
        return code ? country + "-" + state : null;
    }

    private static boolean isRegionCode(String text, int from) {
        if (text.length() <= from || text.length() > from + 3) {
            return false;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'A' || c > 'Z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static int firstBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }
}
