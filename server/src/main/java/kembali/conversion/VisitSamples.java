package kembali.conversion;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import kembali.platform.Reason;
import kembali.platform.Reasons;

/**
 * Which page views that were not reported leave a row in the sync log: of every reason that somebody can act upon the
 * first of each hour at each pixel. Used by the writer alone.
 */
final class VisitSamples {
    private static final Duration BETWEEN = Duration.ofHours(1);

    /** The owner's own doing, or a fault of ours. Any other reason speaks of the visitor: not every one came by an ad. */
    private static final Set<String> TO_ACT_UPON = Set.of(
            Reasons.CONSENT_DENIED.code(),
            Reasons.CONSENT_UNKNOWN.code(),
            Reasons.MISSING_CONFIGURATION.code(),
            Reasons.MISSING_VALUE.code(),
            Reasons.MISSING_CURRENCY.code(),
            Reasons.INVALID_CURRENCY.code(),
            Reasons.BUILD_ERROR.code());

    private record Kind(String pixelId, String reason) {}

    private final Map<Kind, Instant> last = new HashMap<>();

    boolean wanted(String pixelId, Reason reason, Instant now) {
        if (!TO_ACT_UPON.contains(reason.code())) {
            return false;
        }
        var kind = new Kind(pixelId, reason.code());
        Instant before = last.get(kind);
        if (before != null && now.isBefore(before.plus(BETWEEN))) {
            return false;
        }
        last.put(kind, now);
        return true;
    }
}
