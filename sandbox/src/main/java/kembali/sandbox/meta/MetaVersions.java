package kembali.sandbox.meta;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The Graph API versions of 2026-11 and the days they end. */
final class MetaVersions {
    /** The last day is the one before {@code ends}; null while Meta has not announced it. */
    private record Version(String name, @Nullable LocalDate ends) {}

    private static final List<Version> KNOWN = List.of(
            new Version("v26.0", null),
            new Version("v25.0", LocalDate.of(2028, 7, 29)),
            new Version("v24.0", LocalDate.of(2028, 2, 18)),
            new Version("v23.0", LocalDate.of(2027, 10, 8)),
            new Version("v22.0", LocalDate.of(2027, 5, 20)),
            new Version("v21.0", LocalDate.of(2027, 1, 21)),
            new Version("v20.0", LocalDate.of(2026, 9, 24)));

    private static final Pattern SHAPE = Pattern.compile("v(\\d{1,3})\\.(\\d)");
    private static final int OLDEST_KNOWN = 20;

    private MetaVersions() {}

    /**
     * What is wrong with a version, or null.
     *
     * <p>What the real {@code /events} answers for an ended version is not known: forwarding to the
     * oldest living one, or 2635. Refusing is the answer that makes a forgotten upgrade visible.
     */
    static @Nullable MetaComplaint complaint(String version, Instant now) {
        for (Version each : KNOWN) {
            if (each.name().equals(version)) {
                boolean ended = each.ends() != null
                        && !now.isBefore(
                                each.ends().atStartOfDay(ZoneOffset.UTC).toInstant());
                return ended ? ended(version) : null;
            }
        }
        Matcher shape = SHAPE.matcher(version);
        if (shape.matches() && Integer.parseInt(shape.group(1)) < OLDEST_KNOWN) {
            return ended(version);
        }
        return new MetaComplaint(400, 2500, null, "Unknown path components: /" + version, null, null);
    }

    private static MetaComplaint ended(String version) {
        return new MetaComplaint(
                400,
                2635,
                null,
                "(#2635) You are calling a deprecated version of the API: " + version + " has ended; use "
                        + KNOWN.getFirst().name(),
                null,
                null);
    }
}
