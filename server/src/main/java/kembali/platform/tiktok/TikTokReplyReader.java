package kembali.platform.tiktok;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads TikTok's verdict: the body's {@code code} first, the HTTP status only without one. Pure; never throws. */
final class TikTokReplyReader {
    /**
     * TikTok's answer.
     *
     * @param message TikTok's words, redacted, on one line; empty when there were none
     * @param requestId what TikTok's support asks for; empty when there was none
     */
    record Answer(int code, String message, String requestId) {
        TikTokMeaning meaning() {
            return TikTokMeaning.of(code, message);
        }

        /** {@code reason} with TikTok's own words and number behind it. */
        Reason explained(Reason reason) {
            return reason.saying(reason.message() + " TikTok says: " + (message.isEmpty() ? "" : message + " ")
                    + "(code " + code + (requestId.isEmpty() ? "" : ", request " + requestId) + ").");
        }
    }

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** What we sent and TikTok may repeat: hashes, click ids, page addresses, visitors' addresses. */
    private static final Pattern SENT_VALUE = Pattern.compile("[0-9A-Fa-f]{64}|\\bE\\.C\\.P\\.[\\w.-]+"
            + "|https?://[^\\s\"',]+|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b|(?:[0-9A-Fa-f]{1,4}:){3,}[0-9A-Fa-f:]*");

    private static final Duration MINUTE_LIMIT_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);
    private static final int LONGEST_QUOTE = 300;
    private static final int LONGEST_REQUEST_ID = 80;

    /**
     * Tries after success without a readable body: about a day with the usual delays. The event may have arrived, and
     * TikTok recognises its twin for 48 hours only.
     */
    private static final int TRIES_IF_MAYBE_STORED = 30;

    private final String accessToken;

    TikTokReplyReader(TikTokSettings settings) {
        this.accessToken = settings.accessToken();
    }

    Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        Answer answer = answer(reply);
        if (answer == null) {
            return withoutCode(reply);
        }
        return switch (answer.meaning()) {
            case TikTokMeaning.Taken taken -> new Verdict.All(taken(taken.detail(), sent));
            case TikTokMeaning.TakenInPart part ->
                new Verdict.All(new Outcome.PartialFailure(List.of(answer.explained(TikTokReasons.TAKEN_IN_PART))));
            case TikTokMeaning.Event e -> new Verdict.RefusedForOne(answer.explained(e.reason()));
            case TikTokMeaning.Config c -> failed(answer.explained(c.reason()), Retry.AFTER_FIX);
            case TikTokMeaning.Throttle t ->
                failed(answer.explained(Reasons.RATE_LIMITED), new Retry.Throttled(pause(t.limit(), now)));
            case TikTokMeaning.Transient t -> failed(answer.explained(t.reason()), new Retry.Later(t.maxTries()));
        };
    }

    /** TikTok's answer, or null when the body is not JSON or has no whole number as its {@code code}. */
    @Nullable Answer answer(PlatformReply reply) {
        JsonNode body;
        try {
            body = JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            return null;
        }
        JsonNode code = body == null ? null : body.get("code");
        if (code == null || !code.isIntegralNumber() || !code.canConvertToInt()) {
            return null;
        }
        return new Answer(
                code.intValue(),
                quote(body.path("message").asText(""), LONGEST_QUOTE),
                quote(body.path("request_id").asText(""), LONGEST_REQUEST_ID));
    }

    /** What the HTTP status means when nothing else is there to go by. */
    static Outcome.Failed failure(PlatformReply reply) {
        int status = reply.status();
        String seen = " (HTTP " + status + ")";
        if (status == 429) {
            return new Outcome.Failed(
                    Reasons.RATE_LIMITED.saying(Reasons.RATE_LIMITED.message() + seen),
                    new Retry.Throttled(retryAfter(reply)));
        }
        if (isRefusal(status)) {
            return new Outcome.Failed(
                    TikTokReasons.REQUEST_REFUSED.saying(TikTokReasons.REQUEST_REFUSED.message() + seen), Retry.NEVER);
        }
        Reason reason = status >= 500 && reply.body().isBlank() ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        boolean maybeStored = status >= 200 && status < 300;
        return new Outcome.Failed(
                reason.saying(reason.message() + seen),
                maybeStored ? new Retry.Later(TRIES_IF_MAYBE_STORED) : Retry.Later.UNTIL_EXPIRY);
    }

    private static Verdict withoutCode(PlatformReply reply) {
        Outcome.Failed failure = failure(reply);
        // Too long or too odd a body for a proxy may be one event's doing.
        return isRefusal(reply.status()) ? new Verdict.RefusedForOne(failure.reason()) : new Verdict.All(failure);
    }

    /** A 4xx that lasts; 407 is the advertiser's own proxy, 408 and 425 pass. */
    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && status != 407 && status != 408 && status != 425 && status != 429;
    }

    private static Outcome taken(@Nullable Reason detail, List<Prepared.Ready> sent) {
        boolean withoutValue = !sent.isEmpty() && sent.getFirst().route().equals(TikTokEncoder.VALUE_LEFT_OUT);
        return withoutValue
                ? new Outcome.PartialFailure(List.of(TikTokReasons.CURRENCY_NOT_SUPPORTED))
                : new Outcome.Accepted(detail);
    }

    private static @Nullable Duration pause(TikTokMeaning.Limit limit, Instant now) {
        return switch (limit) {
            case BRIEF -> null;
            case MINUTE -> MINUTE_LIMIT_PAUSE;
            case DAY -> {
                LocalDate tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1);
                yield Duration.between(
                        now, tomorrow.atStartOfDay(ZoneOffset.UTC).toInstant());
            }
        };
    }

    private static @Nullable Duration retryAfter(PlatformReply reply) {
        String header = reply.header("retry-after");
        if (header == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(header.strip());
            return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds())) : null;
        } catch (NumberFormatException e) {
            return null; // a date: delivery has a default
        }
    }

    private static Verdict failed(Reason reason, Retry retry) {
        return new Verdict.All(new Outcome.Failed(reason, retry));
    }

    /** Words of the platform for our log: on one line, not too long, without token and without what we sent. */
    private String quote(String words, int longest) {
        String masked = accessToken.length() < 8 ? words : words.replace(accessToken, "***");
        masked = SENT_VALUE.matcher(masked).replaceAll("***");
        StringBuilder line = new StringBuilder(masked.length());
        masked.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        String text = line.toString().strip();
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "…";
    }
}
