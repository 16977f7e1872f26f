package kembali.sandbox.linkedin;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The versions of 2026-11 and the days they end. */
final class LinkedInVersions {
    /** The first version with hashed names. */
    static final String HASHED_NAMES = "202609";

    /** No other was ever published; 202512 is not among them. */
    private static final Map<String, LocalDate> ENDS = Map.of(
            "202511",
            LocalDate.of(2026, 11, 16),
            "202601",
            LocalDate.of(2027, 1, 15),
            "202602",
            LocalDate.of(2027, 2, 15),
            "202603",
            LocalDate.of(2027, 3, 16),
            "202604",
            LocalDate.of(2027, 4, 15),
            "202605",
            LocalDate.of(2027, 5, 15),
            "202606",
            LocalDate.of(2027, 6, 15),
            "202607",
            LocalDate.of(2027, 7, 15),
            "202608",
            LocalDate.of(2027, 8, 17),
            HASHED_NAMES,
            LocalDate.of(2027, 9, 15));

    /** Probably published, but nobody has confirmed it, so taken without a known end. */
    private static final Set<String> PROBABLE = Set.of("202610", "202611");

    private LinkedInVersions() {}

    /** What is wrong with the header {@code LinkedIn-Version}, or null. */
    static @Nullable LinkedInComplaint complaint(@Nullable String version, Instant now) {
        if (version == null || version.isBlank()) {
            return new LinkedInComplaint(
                    400,
                    "VERSION_MISSING",
                    null,
                    "A version must be present. Please specify a version by adding the LinkedIn-Version header.",
                    Map.of("X-RestLi-Gateway-Error", "true"));
        }
        LocalDate end = ENDS.get(version);
        boolean alive = end == null
                ? PROBABLE.contains(version)
                : now.isBefore(end.atStartOfDay(ZoneOffset.UTC).toInstant());
        return alive
                ? null
                : new LinkedInComplaint(
                        426, "NONEXISTENT_VERSION", null, "Requested version " + version + " is not active");
    }
}
