package kembali.platform.ga4;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Reads what little Google says: 2xx means that the bytes arrived, and anything else hardly ever comes from the
 * Measurement Protocol itself but from what stands before it. Pure; never throws, whatever came back.
 */
final class Ga4ReplyReader {
    /** GA4 dates what is older to this age. */
    private static final Duration BACKDATING = Duration.ofHours(72);

    /** No header of a stranger's proxy stops a queue for longer. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private static final int LONGEST_QUOTE = 300;
    private static final int SHORTEST_SECRET = 6;
    private static final Retry.Later A_FEW_TIMES = new Retry.Later(8);

    private static final Verdict RECEIVED = accepted(Ga4Reasons.RECEIVED_UNVALIDATED);
    private static final Verdict CLAMPED = accepted(Ga4Reasons.CLAMPED_72H);
    private static final Verdict SYNTHETIC = accepted(Ga4Reasons.SYNTHETIC_CLIENT_ID);
    private static final Verdict CLAMPED_AND_SYNTHETIC = accepted(Ga4Reasons.CLAMPED_AND_SYNTHETIC);

    private final String secret;
    private final String secretInAddress;

    Ga4ReplyReader(Ga4Settings settings) {
        this.secret = settings.apiSecret();
        this.secretInAddress = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    }

    Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        int status = reply.status();
        if (isSuccess(reply)) {
            return received(sent, now);
        }
        if (status == 429) {
            return failed(Reasons.RATE_LIMITED, status, new Retry.Throttled(retryAfter(reply, now)));
        }
        if (status == 413) {
            return failed(Ga4Reasons.PAYLOAD_TOO_LARGE, status, Retry.NEVER);
        }
        if (status == 400) {
            String words = quote(reply.body());
            Reason refused = Ga4Reasons.REQUEST_REFUSED;
            return failed(
                    words.isEmpty() || words.startsWith("<")
                            ? refused
                            : refused.saying(refused.message() + " The answer says: " + words),
                    status,
                    Retry.NEVER);
        }
        if (status == 408 || status >= 500) {
            boolean silent = reply.body().isBlank() || status == 408;
            return failed(silent ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER, status, Retry.Later.UNTIL_EXPIRY);
        }
        return switch (status) {
            // A login page, a proxy or a firewall: it will be mended, and Google never saw the event.
            case 300, 301, 302, 303, 307, 308, 401, 402, 403, 404, 407, 421, 425, 451 ->
                failed(Reasons.UNREADABLE_ANSWER, status, Retry.Later.UNTIL_EXPIRY);
            default -> failed(Ga4Reasons.UNKNOWN_FAULT, status, A_FEW_TIMES);
        };
    }

    static boolean isSuccess(PlatformReply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    /** Whether GA4 will date it to 72 hours ago. */
    static boolean isClamped(String json, Instant now) {
        long micros = Ga4Encoder.micros(json);
        return micros > 0 && now.toEpochMilli() - micros / 1_000 > BACKDATING.toMillis();
    }

    /** Somebody else's words for our log: on one line, not too long, without the secret. */
    String quote(String words) {
        String masked = words.length() > 20_000 ? words.substring(0, 20_000) : words;
        if (secret.length() >= SHORTEST_SECRET) {
            masked = masked.replace(secret, "***").replace(secretInAddress, "***");
        }
        StringBuilder line = new StringBuilder(masked.length());
        masked.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        String text = line.toString().strip();
        if (text.length() <= LONGEST_QUOTE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return text.substring(0, end) + "…";
    }

    private static Verdict received(List<Prepared.Ready> sent, Instant now) {
        Prepared.Ready event = sent.getFirst();
        boolean synthetic = Ga4Encoder.isSynthetic(event);
        if (isClamped(event.json(), now)) {
            return synthetic ? CLAMPED_AND_SYNTHETIC : CLAMPED;
        }
        return synthetic ? SYNTHETIC : RECEIVED;
    }

    /** Seconds or a date; null when it says neither or lies in the past. */
    private static @Nullable Duration retryAfter(PlatformReply reply, Instant now) {
        String header = reply.header("retry-after");
        if (header == null) {
            return null;
        }
        String text = header.strip();
        Duration pause;
        try {
            pause = !text.isEmpty() && text.length() <= 9 && Ga4ClientId.isDigits(text, 0, text.length())
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
        if (!pause.isPositive()) {
            return null;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static Verdict accepted(Reason detail) {
        return new Verdict.All(new Outcome.Accepted(detail));
    }

    private static Verdict failed(Reason reason, int status, Retry retry) {
        return new Verdict.All(new Outcome.Failed(reason.saying(reason.message() + " (HTTP " + status + ")"), retry));
    }
}
