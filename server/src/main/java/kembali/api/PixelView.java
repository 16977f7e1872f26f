package kembali.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.delivery.DeliveryStatus;
import kembali.delivery.PixelFigures;
import kembali.delivery.courier.ProxyAddress;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.platform.Reason;
import kembali.platform.SettingsForm;
import org.jspecify.annotations.Nullable;

/**
 * A stored pixel; credentials only say whether they are set.
 *
 * @param proxy without its password
 * @param queued events that wait to be sent
 * @param lastSuccessAt when the platform last took an event; null when none of the latest was taken
 * @param warnings what its owner should know although it can be used
 * @param archivedAt when it was deleted; null while it is in use
 */
public record PixelView(
        String id,
        String platform,
        String name,
        Map<String, Object> settings,
        Map<String, Credential> credentials,
        List<String> campaigns,
        boolean campaignsRequired,
        @Nullable String proxy,
        Map<String, @Nullable Map<String, @Nullable String>> mapping,
        String strategy,
        boolean enabled,
        HealthView health,
        @Nullable TestMode testMode,
        int queued,
        @Nullable Instant lastSuccessAt,
        @Nullable LastError lastError,
        Last24h last24h,
        List<Reason> warnings,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt) {
    /** A secret, by its last four characters. */
    public record Credential(boolean set, @Nullable String hint) {}

    /** {@code ok}, {@code parked}, {@code throttled}, {@code paused}, {@code muted} or {@code error}. */
    public record HealthView(
            String state, @Nullable Reason reason, @Nullable Instant since) {}

    /** While it lasts, events carry the platform's test code. */
    public record TestMode(String code, Instant until) {}

    /** What last went wrong, or was not answered. */
    public record LastError(@Nullable Instant at, Reason reason) {}

    /**
     * Events decided in the last 24 hours, by what became of them.
     *
     * @param more whether there were more than are counted
     */
    public record Last24h(int accepted, int partialFailure, int failed, int skipped, int pending, boolean more) {
        static Last24h of(PixelFigures f) {
            return new Last24h(
                    f.counts().getOrDefault(DeliveryStatus.ACCEPTED, 0),
                    f.counts().getOrDefault(DeliveryStatus.PARTIAL_FAILURE, 0),
                    f.counts().getOrDefault(DeliveryStatus.FAILED, 0),
                    f.counts().getOrDefault(DeliveryStatus.SKIPPED, 0),
                    f.counts().getOrDefault(DeliveryStatus.PENDING, 0),
                    f.more());
        }
    }

    private static final int SHORTEST_WITH_HINT = 12;

    static PixelView of(Pixel p, int queued, PixelFigures figures, List<Reason> warnings, Instant now) {
        var credentials = new LinkedHashMap<String, Credential>();
        for (SettingsForm.Field f : p.platform().form().credentials()) {
            String value = p.credentials().get(f.name());
            credentials.put(
                    f.name(),
                    value == null
                            ? new Credential(false, null)
                            : new Credential(
                                    true,
                                    value.length() < SHORTEST_WITH_HINT
                                            ? "…"
                                            : "…" + value.substring(value.length() - 4)));
        }
        Health h = p.shownHealth();
        String testCode = p.activeTestCode(now);
        return new PixelView(
                p.id(),
                p.platform().key(),
                p.name(),
                p.doc().settings(),
                credentials,
                p.doc().campaigns(),
                p.doc().campaignsRequired(),
                p.proxy() == null ? null : ProxyAddress.parse(p.proxy()).toString(),
                p.doc().mapping(),
                p.doc().strategy(),
                p.enabled(),
                new HealthView(h.state().name().toLowerCase(Locale.ROOT), h.reason(), h.since()),
                testCode == null || p.testUntil() == null ? null : new TestMode(testCode, p.testUntil()),
                queued,
                figures.lastSuccessAt(),
                figures.lastError() == null ? null : new LastError(figures.lastErrorAt(), figures.lastError()),
                Last24h.of(figures),
                warnings,
                p.createdAt(),
                p.updatedAt(),
                p.archivedAt());
    }
}
