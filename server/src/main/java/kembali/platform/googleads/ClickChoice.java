package kembali.platform.googleads;

import java.time.Duration;
import java.time.Instant;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import org.jspecify.annotations.Nullable;

/**
 * The ad click a conversion is attributed by: {@code gclid} before all, else one of the braids, never both braids.
 *
 * @param clickedAt when the chosen click was first seen; null when none was chosen
 * @param tooOld true when there are clicks, but all older than Google attributes anything to
 */
record ClickChoice(
        @Nullable String gclid,
        @Nullable String gbraid,
        @Nullable String wbraid,
        @Nullable Instant clickedAt,
        boolean tooOld) {
    /** Google attributes nothing to an older click. */
    static final Duration LIFE = Duration.ofDays(90);

    /** Real ones have about 100 characters. The bound keeps 2,000 events under 4 MB. */
    private static final int LONGEST = 500;

    /**
     * Chooses among the known clicks; a shared, an unusable and a too old one is as if it were not there.
     *
     * @param withBraid whether a {@code gbraid} goes along with a {@code gclid}
     */
    static ClickChoice of(ClickIds clicks, Instant now, boolean withBraid) {
        ClickId gclid = usable(clicks, ClickIds.GCLID);
        ClickId gbraid = usable(clicks, ClickIds.GBRAID);
        ClickId wbraid = usable(clicks, ClickIds.WBRAID);
        boolean any = gclid != null || gbraid != null || wbraid != null;
        gclid = fresh(gclid, now);
        gbraid = fresh(gbraid, now);
        wbraid = fresh(wbraid, now);
        if (gclid != null) {
            String along = withBraid && gbraid != null ? gbraid.value() : null;
            return new ClickChoice(gclid.value(), along, null, seen(gclid), false);
        }
        if (gbraid != null && (wbraid == null || gbraid.firstSeenMs() >= wbraid.firstSeenMs())) {
            return new ClickChoice(null, gbraid.value(), null, seen(gbraid), false);
        }
        if (wbraid != null) {
            return new ClickChoice(null, null, wbraid.value(), seen(wbraid), false);
        }
        return new ClickChoice(null, null, null, null, any);
    }

    boolean isNone() {
        return clickedAt == null;
    }

    boolean hasBraid() {
        return gbraid != null || wbraid != null;
    }

    private static Instant seen(ClickId id) {
        return Instant.ofEpochMilli(id.firstSeenMs());
    }

    private static @Nullable ClickId fresh(@Nullable ClickId id, Instant now) {
        return id != null && now.toEpochMilli() - id.firstSeenMs() <= LIFE.toMillis() ? id : null;
    }

    private static @Nullable ClickId usable(ClickIds clicks, String name) {
        ClickId id = clicks.get(name);
        return id == null || id.shared() || !isOpaque(id.value()) ? null : id;
    }

    private static boolean isOpaque(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '\\') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST;
    }
}
