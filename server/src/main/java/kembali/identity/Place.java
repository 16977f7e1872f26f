package kembali.identity;

import org.jspecify.annotations.Nullable;

/**
 * Where an internet address is, as a geo database says: a hint, right for the country mostly and for the city
 * often. Null where the database says nothing.
 *
 * @param countryCode ISO 3166-1 alpha-2, upper case: {@code ID}
 * @param region province or state, in English: {@code West Java}
 * @param regionCode ISO 3166-2 without the country: {@code JB}
 * @param city in English: {@code Bandung}
 * @param timezone IANA zone: {@code Asia/Jakarta}
 */
public record Place(
        @Nullable String countryCode,
        @Nullable String region,
        @Nullable String regionCode,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String timezone) {
    public static final Place UNKNOWN = new Place(null, null, null, null, null, null);
}
