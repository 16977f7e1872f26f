package kembali.sandbox.google.ads;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** The versions of 2026-11. */
final class AdsVersions {
    /** How a version stands. */
    enum Standing {
        LIVING,
        ENDED,
        /** Answered by a page that is no JSON. */
        NEVER_EXISTED
    }

    private static final int NEWEST = 26;

    /** Day from which a version is gone. Of those still living only tentative months are known. */
    private static final Map<Integer, LocalDate> ENDS = Map.of(
            20, LocalDate.of(2026, 6, 10),
            21, LocalDate.of(2026, 8, 5),
            22, LocalDate.of(2026, 10, 7));

    private static final int OLDEST_WITH_A_DATE = 20;

    private AdsVersions() {}

    /** How {@code v23} stands, given the number. */
    static Standing standing(int version, Instant now) {
        if (version < 1 || version > NEWEST) {
            return Standing.NEVER_EXISTED;
        }
        LocalDate ends = ENDS.get(version);
        boolean ended = ends == null
                ? version < OLDEST_WITH_A_DATE
                : !now.isBefore(ends.atStartOfDay(ZoneOffset.UTC).toInstant());
        return ended ? Standing.ENDED : Standing.LIVING;
    }
}
