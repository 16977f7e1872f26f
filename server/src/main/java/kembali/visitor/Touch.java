package kembali.visitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One arrival of a visitor that says where they came from.
 *
 * @param platform {@code meta}, {@code google}, {@code tiktok}, … or null when none is known
 * @param channel {@code paid}, {@code organic}, {@code social}, {@code referral} or {@code direct}
 * @param landingUrl absolute URL of the page or link
 */
public record Touch(
        @Nullable String platform,
        String channel,
        Utm utm,
        AdFields ad,
        String landingUrl,
        @Nullable String referrer,
        Instant at) {}
