package kembali.platform.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

/** Reads Meta's verdict. Pure; never throws, whatever came back. */
final class MetaReplyReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** Meta's tokens begin like this; another token than ours may be echoed, too. */
    private static final Pattern ANY_TOKEN = Pattern.compile("EAA[A-Za-z0-9]{16,}");

    private static final int LONGEST_QUOTE = 300;
    private static final int MOST_COMPLAINTS = 10;

    /** How long an event of a chat is held whose dataset or permission has to be mended. */
    private static final Duration UNTIL_MENDED = Duration.ofHours(1);

    private final String accessToken;
    private final @Nullable String messagingToken;

    MetaReplyReader(MetaSettings settings) {
        this.accessToken = settings.accessToken();
        this.messagingToken = settings.messagingAccessToken();
    }

    /**
     * Reads an answer.
     *
     * @param sent the events of the request; those of a chat travel alone
     * @param now when the answer came; the age of a click explains some refusals
     */
    Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        JsonNode body = object(reply.body());
        MetaUsage usage = MetaUsage.of(reply);
        if (body == null) {
            return new Verdict.All(unreadable(reply, usage));
        }
        if (body.hasNonNull("error")) {
            return refusal(MetaError.of(body.path("error")), usage, sent, now);
        }
        if (!isSuccess(reply)) {
            return new Verdict.All(unreadable(reply, usage));
        }
        return new Verdict.All(taken(body, sent, now), usage.slowDown());
    }

    /** The JSON object in {@code text}, or null when it is none. */
    static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    static boolean isSuccess(PlatformReply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    /** {@code reason} with Meta's own words and numbers behind it. */
    Reason explained(Reason reason, MetaError error) {
        String words = quote(error.words());
        return reason.saying(reason.message() + " Meta says: " + (words.isEmpty() ? "" : words + " ") + "(code "
                + error.number() + ").");
    }

    private Verdict refusal(MetaError error, MetaUsage usage, List<Prepared.Ready> sent, Instant now) {
        return switch (error.meaning()) {
            case MetaError.Meaning.Event e -> {
                Reason reason = explained(e.reason(), error);
                yield new Verdict.RefusedForOne(
                        e.reason().equals(MetaReasons.CTWA_CLID_INVALID) ? aged(reason, sent, now) : reason);
            }
            case MetaError.Meaning.Config c -> {
                Reason own = isMessage(sent) ? ofMessaging(c.reason()) : null;
                // What is wrong with chats alone must not stop what happens on the website.
                yield own == null
                        ? failed(explained(c.reason(), error), Retry.AFTER_FIX)
                        : failed(explained(own, error), new Retry.Later(0, UNTIL_MENDED));
            }
            case MetaError.Meaning.Throttle t ->
                failed(
                        explained(t.reason(), error),
                        new Retry.Throttled(t.pause() != null ? t.pause() : usage.regainAccess()));
            case MetaError.Meaning.Transient t -> failed(explained(t.reason(), error), new Retry.Later(t.maxTries()));
        };
    }

    private static boolean isMessage(List<Prepared.Ready> sent) {
        return !sent.isEmpty() && MetaMessaging.isRoute(sent.getFirst().route());
    }

    /** The same fault said of click-to-WhatsApp, or null where the website's events suffer from it too. */
    @Nullable Reason ofMessaging(Reason fault) {
        if (fault.equals(MetaReasons.PIXEL_NOT_FOUND)) {
            return MetaReasons.MESSAGING_DATASET_NOT_FOUND;
        }
        if (fault.equals(MetaReasons.PERMISSION_MISSING)) {
            return MetaReasons.MESSAGING_PERMISSION_MISSING;
        }
        boolean token = fault.code().equals(MetaReasons.TOKEN_INVALID.code());
        return token && messagingToken != null ? MetaReasons.MESSAGING_TOKEN_INVALID : null;
    }

    /** With the age of the ad click behind it: Meta credits no click for ever. */
    private static Reason aged(Reason reason, List<Prepared.Ready> sent, Instant now) {
        Instant clicked = sent.isEmpty() ? null : sent.getFirst().clickedAt();
        if (clicked == null || clicked.isAfter(now)) {
            return reason;
        }
        long days = Duration.between(clicked, now).toDays();
        String age = days == 0 ? "less than a day" : days == 1 ? "1 day" : days + " days";
        return reason.saying(reason.message() + " The click was " + age + " old.");
    }

    private Outcome taken(JsonNode body, List<Prepared.Ready> events, Instant now) {
        int sent = events.size();
        JsonNode count = body.path("events_received");
        long received = count.isIntegralNumber() ? count.asLong() : 0;
        if (received <= 0) {
            return new Outcome.Failed(aged(MetaReasons.NOTHING_RECEIVED, events, now), Retry.NEVER);
        }
        List<Reason> complaints = new ArrayList<>();
        if (received != sent) {
            complaints.add(MetaReasons.FEWER_RECEIVED.saying(
                    "Meta counted " + received + " events of " + sent + " that were sent."));
        }
        JsonNode messages = body.path("messages");
        if (messages.isArray()) {
            for (JsonNode message : messages) {
                complaint(message, complaints);
            }
        } else if (!messages.isMissingNode() && !messages.isNull()) {
            complaint(messages, complaints);
        }
        return complaints.isEmpty() ? new Outcome.Accepted() : new Outcome.PartialFailure(complaints);
    }

    private void complaint(JsonNode message, List<Reason> complaints) {
        if (complaints.size() < MOST_COMPLAINTS) {
            String words = quote(message.isTextual() ? message.textValue() : message.toString());
            complaints.add(MetaReasons.PLATFORM_MESSAGE.saying("Meta took the request and says: " + words));
        }
    }

    private static Outcome unreadable(PlatformReply reply, MetaUsage usage) {
        String status = " (HTTP " + reply.status() + ")";
        if (reply.status() == 429) {
            return new Outcome.Failed(
                    Reasons.RATE_LIMITED.saying(Reasons.RATE_LIMITED.message() + status),
                    new Retry.Throttled(usage.regainAccess()));
        }
        Reason reason =
                reply.status() >= 500 && reply.body().isBlank() ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return new Outcome.Failed(reason.saying(reason.message() + status), Retry.Later.UNTIL_EXPIRY);
    }

    private static Verdict failed(Reason reason, Retry retry) {
        return new Verdict.All(new Outcome.Failed(reason, retry));
    }

    private static String masked(String words, @Nullable String token) {
        return token == null || token.length() < 8 ? words : words.replace(token, "***");
    }

    /** Words of the platform for our log: on one line, not too long, without any token. */
    private String quote(String words) {
        String masked = masked(masked(words, accessToken), messagingToken);
        masked = ANY_TOKEN.matcher(masked).replaceAll("***");
        StringBuilder line = new StringBuilder(masked.length());
        masked.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(line::appendCodePoint);
        String text = line.toString().strip();
        if (text.length() <= LONGEST_QUOTE) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return text.substring(0, end) + "…";
    }
}
