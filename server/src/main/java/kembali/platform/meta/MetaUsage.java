package kembali.platform.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import kembali.platform.PlatformReply;
import org.jspecify.annotations.Nullable;

/**
 * What Meta's usage headers say about how close to the limit we are.
 *
 * @param percent the highest of the figures; 0 when there is none
 * @param regainAccess when Meta will listen again; null when it does not say
 */
record MetaUsage(double percent, @Nullable Duration regainAccess) {
    /** Above this share of the limit we go slower by ourselves. */
    private static final double BUSY = 80;

    private static final Duration SHORT_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(1);

    /** No header of a stranger's proxy stops a queue for longer. */
    private static final long LONGEST_PAUSE_SECONDS = Duration.ofDays(1).toSeconds();

    /** Meta's rate-limit page shortens the first name to the second. */
    private static final List<String> HEADERS =
            List.of("x-business-use-case-usage", "x-business-use-case", "x-app-usage", "x-ad-account-usage");

    private static final List<String> SHARES = List.of("call_count", "total_cputime", "total_time", "acc_id_util_pct");

    static MetaUsage of(PlatformReply reply) {
        double percent = 0;
        long minutes = 0;
        for (String name : HEADERS) {
            String header = reply.header(name);
            JsonNode json = header == null ? null : MetaReplyReader.object(header);
            if (json == null) {
                continue;
            }
            for (String share : SHARES) {
                for (JsonNode figure : json.findValues(share)) {
                    percent = Math.max(percent, figure.asDouble(0));
                }
            }
            for (JsonNode figure : json.findValues("estimated_time_to_regain_access")) {
                minutes = Math.max(minutes, figure.asLong(0));
            }
        }
        return new MetaUsage(
                percent, minutes > 0 ? seconds(Math.min(minutes, LONGEST_PAUSE_SECONDS) * 60) : retryAfter(reply));
    }

    /** The pause to make although the request was taken; null for none. */
    @Nullable Duration slowDown() {
        if (regainAccess != null) {
            return regainAccess;
        }
        if (percent <= BUSY) {
            return null;
        }
        return percent >= 100 ? LONG_PAUSE : SHORT_PAUSE;
    }

    private static @Nullable Duration retryAfter(PlatformReply reply) {
        String header = reply.header("retry-after");
        if (header == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(header.strip());
            return seconds > 0 ? seconds(seconds) : null;
        } catch (NumberFormatException e) {
            return null; // a date: we have no clock here, and delivery has a default
        }
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE_SECONDS));
    }
}
