package kembali.pixel;

import java.time.Instant;
import java.util.Map;
import kembali.platform.Destination;
import kembali.platform.Platform;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * An advertiser's configured destination on one platform.
 *
 * @param credentials readable secrets; never printed
 * @param proxy address with credentials, or null; never printed
 * @param destination opened for sending, or null while settings or credentials are incomplete
 * @param paused what happens waits until it is resumed
 * @param muted what happens is not sent, also not later
 * @param testCode the platform's test event code, valid until {@code testUntil}
 * @param archivedAt when it was deleted; null while it is in use
 */
public record Pixel(
        int workspaceId,
        String id,
        Platform platform,
        String name,
        boolean enabled,
        boolean paused,
        boolean muted,
        PixelDoc doc,
        Map<String, String> credentials,
        @Nullable String proxy,
        @Nullable Destination destination,
        Health health,
        @Nullable String testCode,
        @Nullable Instant testUntil,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt) {
    /** The same, not sending until somebody resumes it. */
    public Pixel pausedFromTheStart() {
        return new Pixel(
                workspaceId,
                id,
                platform,
                name,
                enabled,
                true,
                muted,
                doc,
                credentials,
                proxy,
                destination,
                health,
                testCode,
                testUntil,
                createdAt,
                updatedAt,
                archivedAt);
    }

    /** The test code while test mode lasts, else null. */
    public @Nullable String activeTestCode(Instant now) {
        return testUntil != null && now.isBefore(testUntil) ? testCode : null;
    }

    /**
     * The health to show: what a person should mend or has chosen goes before what the lane last found. A pixel that must be
     * tied to campaigns and is tied to none reports nothing, and says so.
     */
    public Health shownHealth() {
        if (doc.campaignsRequired() && doc.campaigns().isEmpty()) {
            return new Health(Health.State.ERROR, Reasons.NOT_TIED, updatedAt);
        }
        if (paused) {
            return new Health(Health.State.PAUSED, Reasons.PIXEL_PAUSED, health.since());
        }
        return muted ? new Health(Health.State.MUTED, Reasons.PIXEL_MUTED, health.since()) : health;
    }

    @Override
    public String toString() {
        return "Pixel[" + id + " " + platform.key() + " " + name + "]";
    }
}
