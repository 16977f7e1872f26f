package kembali.visitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One arrival and what it is credited to. A visitor keeps the first touch and the last one that is
 * not direct.
 *
 * @param platform whose traffic it is ({@code meta}, {@code google}, {@code tiktok}, …), paid or not;
 *     null when no platform we know sent it
 * @param channel one of {@link Channels}
 * @param landingUrl the page or link that was opened; null when nobody said
 * @param referrer the page before it, when it is not one of the own hosts
 */
public record Touch(
        @Nullable String platform,
        String channel,
        Utm utm,
        AdFields ad,
        @Nullable String landingUrl,
        @Nullable String referrer,
        Instant at) {
    public boolean isDirect() {
        return channel.equals(Channels.DIRECT);
    }
}
