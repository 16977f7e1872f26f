package kembali.platform.meta;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import kembali.identity.Person;
import kembali.identity.Place;
import kembali.platform.meta.MetaUserData.MatchKey;
import org.jspecify.annotations.Nullable;

/** Names of countries and of the states Meta wants as two letters. Keys are lower case, letters only. */
final class MetaPlaces {
    private static final Map<String, String> COUNTRIES = countries();
    private static final Map<String, String> US = codes(
            "alabama al alaska ak arizona az arkansas ar california ca colorado co connecticut ct delaware de florida fl"
                    + " georgia ga hawaii hi idaho id illinois il indiana in iowa ia kansas ks kentucky ky louisiana la maine me"
                    + " maryland md massachusetts ma michigan mi minnesota mn mississippi ms missouri mo montana mt nebraska ne"
                    + " nevada nv newhampshire nh newjersey nj newmexico nm newyork ny northcarolina nc northdakota nd ohio oh"
                    + " oklahoma ok oregon or pennsylvania pa rhodeisland ri southcarolina sc southdakota sd tennessee tn"
                    + " texas tx utah ut vermont vt virginia va washington wa westvirginia wv wisconsin wi wyoming wy"
                    + " districtofcolumbia dc washingtondc dc puertorico pr guam gu americansamoa as usvirginislands vi"
                    + " northernmarianaislands mp");
    private static final Map<String, String> CANADA =
            codes("alberta ab britishcolumbia bc manitoba mb newbrunswick nb newfoundlandandlabrador nl newfoundland nl"
                    + " novascotia ns ontario on princeedwardisland pe quebec qc québec qc saskatchewan sk"
                    + " northwestterritories nt nunavut nu yukon yt");

    private MetaPlaces() {}

    /** ISO 3166-1 alpha-2 in lower case for a code or an English name; null for anything else, never a guess. */
    static @Nullable String country(String letters) {
        return COUNTRIES.get(letters);
    }

    /**
     * The two letters of a US state or Canadian province.
     *
     * @param country alpha-2 in lower case; null when unknown, then both lists are asked
     * @return null when it is neither
     */
    static @Nullable String state(String letters, @Nullable String country) {
        if (country == null) {
            String us = US.get(letters);
            return us != null ? us : CANADA.get(letters);
        }
        return switch (country) {
            case "us" -> US.get(letters);
            case "ca" -> CANADA.get(letters);
            default -> null;
        };
    }

    /**
     * Adds where the visit's address is, for as much as the person said nothing of: the country alone, and city, region
     * and postal code together, because half of one place and half of another is neither.
     *
     * @param country what the person gave, alpha-2 in lower case; null when nothing usable
     */
    static void hint(MetaUserData user, Person person, @Nullable String country, @Nullable Place place) {
        String there = place == null || place.countryCode() == null
                ? null
                : country(MetaIdentity.prepared(place.countryCode()));
        if (place == null || there == null || (!isBlank(person.country()) && !there.equals(country))) {
            return;
        }
        if (isBlank(person.city()) && isBlank(person.state()) && isBlank(person.postalCode())) {
            String region = place.region() != null ? place.region() : place.regionCode();
            user.hint(MatchKey.CT, MetaIdentity.hashed(place.city(), MetaIdentity::city));
            user.hint(MatchKey.ST, MetaIdentity.hashed(region, text -> MetaIdentity.state(text, there)));
            user.hint(MatchKey.ZP, MetaIdentity.hashed(place.postalCode(), text -> MetaIdentity.zip(text, there)));
        }
        if (isBlank(person.country())) {
            user.hint(MatchKey.COUNTRY, MetaIdentity.hashed(place.countryCode(), MetaIdentity::country));
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static Map<String, String> countries() {
        Map<String, String> byName = new HashMap<>();
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            String lower = code.toLowerCase(Locale.ROOT);
            byName.put(letters(country.getDisplayCountry(Locale.ENGLISH)), lower);
            byName.put(country.getISO3Country().toLowerCase(Locale.ROOT), lower);
        }
        for (String code : Locale.getISOCountries()) {
            byName.put(code.toLowerCase(Locale.ROOT), code.toLowerCase(Locale.ROOT));
        }
        byName.put("uk", "gb");
        byName.put("greatbritain", "gb");
        byName.put("england", "gb");
        byName.put("unitedstatesofamerica", "us");
        byName.put("korea", "kr");
        byName.put("republicofkorea", "kr");
        byName.put("holland", "nl");
        byName.put("turkey", "tr");
        byName.put("czechrepublic", "cz");
        byName.put("vietnam", "vn");
        return Map.copyOf(byName);
    }

    /** Name and code by turns, each code also standing for itself. */
    private static Map<String, String> codes(String nameAndCode) {
        String[] words = nameAndCode.split(" ", -1);
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            byName.put(words[i], words[i + 1]);
            byName.put(words[i + 1], words[i + 1]);
        }
        return Map.copyOf(byName);
    }

    private static String letters(String name) {
        return MetaIdentity.lettersOnly(MetaIdentity.prepared(name));
    }
}
