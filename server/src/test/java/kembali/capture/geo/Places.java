package kembali.capture.geo;

import java.util.List;
import java.util.Map;

/** Databases of a few addresses kept for documents, in the two layouts. */
final class Places {
    private Places() {}

    /** MaxMind's layout, both families. {@code places.mmdb} of the test resources holds these bytes. */
    static byte[] nested() {
        return new MmdbWriter("Kembali-Test-City", true)
                .add(
                        "203.0.113.0/24",
                        Map.of(
                                "country",
                                Map.of("iso_code", "ID", "names", names("Indonesia", "Indonesien")),
                                "subdivisions",
                                List.of(
                                        Map.of("iso_code", "JB", "names", names("West Java", "Westjava")),
                                        Map.of("iso_code", "XX", "names", names("Inner", "Innen"))),
                                "city",
                                Map.of(
                                        "geoname_id",
                                        MmdbWriter.Uint.bits32(1_650_357),
                                        "names",
                                        names("Bandung", "Bandung")),
                                "postal",
                                Map.of("code", "40115"),
                                "location",
                                Map.of("latitude", -6.9, "longitude", 107.6, "time_zone", "Asia/Jakarta")))
                .add(
                        "198.51.100.0/25",
                        Map.of("country", Map.of("iso_code", "US"), "city", Map.of("names", Map.of("de", "Nur"))))
                .add("198.51.100.128/25", Map.of("continent", Map.of("code", "NA")))
                .add(
                        "2001:db8::/32",
                        Map.of("country", Map.of("iso_code", "SG"), "location", Map.of("time_zone", "Asia/Singapore")))
                .bytes();
    }

    private static Map<String, String> names(String english, String german) {
        return Map.of("en", english, "de", german);
    }

    /** The flat layout, IPv4 only, with another opinion of Bandung. */
    static byte[] flat() {
        return new MmdbWriter("city ipv4", false)
                .add(
                        "203.0.113.0/24",
                        Map.of(
                                "country_code",
                                "ID",
                                "state1",
                                "Jakarta",
                                "state2",
                                "Central Jakarta",
                                "city",
                                "Jakarta",
                                "postcode",
                                "",
                                "latitude",
                                -6.2,
                                "longitude",
                                106.8,
                                "timezone",
                                "Asia/Jakarta"))
                .add("192.0.2.0/24", Map.of("country_code", "MY", "city", "Kuala Lumpur"))
                .bytes();
    }

    /** Tells networks apart, not places. */
    static byte[] networks() {
        return new MmdbWriter("GeoLite2-ASN", false)
                .add(
                        "203.0.113.0/24",
                        Map.of("autonomous_system_number", MmdbWriter.Uint.bits32(64_500), "organization", "Example"))
                .bytes();
    }
}
