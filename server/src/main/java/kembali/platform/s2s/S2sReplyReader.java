package kembali.platform.s2s;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.ProbeResult;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a target answered: the status, and the body where the buyer said what success looks like. Its words stay in
 * the stored answer and are quoted nowhere. Pure; never throws.
 */
final class S2sReplyReader {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final S2sSettings.Success success;

    S2sReplyReader(S2sSettings settings) {
        this.success = settings.success();
    }

    Verdict read(PlatformReply reply, Instant now) {
        return new Verdict.All(outcome(reply, now));
    }

    private Outcome outcome(PlatformReply reply, Instant now) {
        int status = reply.status();
        if (status >= 200 && status < 300) {
            return looksTaken(reply)
                    ? new Outcome.Accepted()
                    : new Outcome.Failed(explained(S2sReasons.NOT_TAKEN, status), Retry.NEVER);
        }
        if (status >= 300 && status < 400) {
            return new Outcome.Failed(explained(S2sReasons.REDIRECTED, status), Retry.NEVER);
        }
        var later = new Retry.Later(S2sPlatform.MOST_TRIES);
        if (status == 429) {
            Duration pause = retryAfter(reply, now);
            return new Outcome.Failed(
                    explained(Reasons.RATE_LIMITED, status), pause == null ? later : new Retry.Throttled(pause));
        }
        if (status == 408 || status == 425 || status >= 500) {
            return new Outcome.Failed(explained(Reasons.PLATFORM_DOWN, status), later);
        }
        return new Outcome.Failed(explained(S2sReasons.TARGET_REFUSED, status), Retry.NEVER);
    }

    private boolean looksTaken(PlatformReply reply) {
        String path = success.path();
        return (success.contains() == null || reply.body().contains(success.contains()))
                && (path == null || success.equals().equals(S2sJson.member(reply.body(), path)));
    }

    /** Of a host that was only asked whether it is there. */
    static ProbeResult found(PlatformReply reply) {
        int status = reply.status();
        return status >= 500
                ? new ProbeResult(
                        false,
                        Reasons.PLATFORM_DOWN.code(),
                        "The target's host answers with a fault of its own (HTTP " + status + ").",
                        "Try again later, or ask the source.")
                : new ProbeResult(
                        true,
                        "reachable",
                        "The target's host answers. No postback was sent; the drill shows what it says to one.",
                        "");
    }

    private static Reason explained(Reason reason, int status) {
        return reason.saying(reason.message() + " (HTTP " + status + ")");
    }

    /** Seconds or a date (RFC 9110, 10.2.3), a day at most; null when it says neither. */
    private static @Nullable Duration retryAfter(PlatformReply reply, Instant now) {
        String header = reply.header("retry-after");
        if (header == null) {
            return null;
        }
        Duration pause;
        try {
            pause = Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException | ArithmeticException notSeconds) {
            try {
                pause = Duration.between(
                        now,
                        ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeException neither) {
                return null;
            }
        }
        if (pause.isNegative() || pause.isZero()) {
            return null;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
