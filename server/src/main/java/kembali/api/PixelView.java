package kembali.api;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        Instant createdAt,
        Instant updatedAt) {
    /** A secret, by its last four characters. */
    public record Credential(boolean set, @Nullable String hint) {}

    /** {@code ok}, {@code parked}, {@code throttled} or {@code paused}. */
    public record HealthView(
            String state, @Nullable Reason reason, @Nullable Instant since) {}

    /** While it lasts, events carry the platform's test code. */
    public record TestMode(String code, Instant until) {}

    private static final int SHORTEST_WITH_HINT = 12;

    static PixelView of(Pixel p, int queued, Instant now) {
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
                p.createdAt(),
                p.updatedAt());
    }
}
