package kembali.inbound.form;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Countries as people write them in a form. */
final class Countries {
    private static final Map<String, String> CODES = codes();

    private Countries() {}

    /** ISO 3166-1 alpha-2 of a code or an English or Indonesian name; anything else as it was written. */
    static String code(String written) {
        return CODES.getOrDefault(FieldNames.normal(written), written);
    }

    private static Map<String, String> codes() {
        var codes = new HashMap<String, String>();
        Locale indonesian = Locale.of("id");
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            codes.put(FieldNames.normal(country.getDisplayCountry(indonesian)), code);
            codes.put(FieldNames.normal(country.getDisplayCountry(Locale.ENGLISH)), code);
            codes.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
        }
        for (String code : Locale.getISOCountries()) {
            codes.put(code.toLowerCase(Locale.ROOT), code);
        }
        codes.put("uk", "GB");
        codes.put("usa", "US");
        return Map.copyOf(codes);
    }
}
