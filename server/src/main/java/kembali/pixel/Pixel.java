package kembali.pixel;

import java.time.Instant;
import java.util.Map;
import kembali.platform.Destination;
import kembali.platform.Platform;
import org.jspecify.annotations.Nullable;

/**
 * An advertiser's configured destination on one platform.
 *
 * @param credentials readable secrets; never printed
 * @param proxy address with credentials, or null; never printed
 * @param destination opened for sending, or null while settings or credentials are incomplete
 * @param testCode the platform's test event code, valid until {@code testUntil}
 */
public record Pixel(
        int workspaceId,
        String id,
        Platform platform,
        String name,
        boolean enabled,
        boolean paused,
        PixelDoc doc,
        Map<String, String> credentials,
        @Nullable String proxy,
        @Nullable Destination destination,
        Health health,
        @Nullable String testCode,
        @Nullable Instant testUntil,
        Instant createdAt,
        Instant updatedAt) {
    /** The test code while test mode lasts, else null. */
    public @Nullable String activeTestCode(Instant now) {
        return testUntil != null && now.isBefore(testUntil) ? testCode : null;
    }

    /** The health to show: a paused pixel is paused whatever its lane last found. */
    public Health shownHealth() {
        return paused ? new Health(Health.State.PAUSED, kembali.platform.Reasons.PIXEL_PAUSED, health.since()) : health;
    }

    @Override
    public String toString() {
        return "Pixel[" + id + " " + platform.key() + " " + name + "]";
    }
}
