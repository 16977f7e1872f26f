package kembali.identity;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where which law about consent applies, by ISO 3166-1 alpha-2 country. */
public final class PrivacyLaw {
    /** The European Economic Area, the United Kingdom and Switzerland: people have to be asked first. */
    private static final Set<String> ASKS_FIRST = Set.of(
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO", "GB", "CH");

    private PrivacyLaw() {}

    /** Whether people there have to be asked before their data is used; false for an unknown country. */
    public static boolean asksFirst(@Nullable String country) {
        return country != null && ASKS_FIRST.contains(country.toUpperCase(Locale.ROOT));
    }

    /** Whether Global Privacy Control is a refusal by law there: the states of the USA that have such a law. */
    public static boolean honoursGpc(@Nullable String country) {
        return "US".equalsIgnoreCase(country);
    }
}
