package kembali.platform.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Reads LinkedIn's verdict. Pure; never throws, whatever came back.
 *
 * <p>HTTP status and {@code code} decide. Texts may change without notice: they name a refusal better and point at the
 * event at fault, but no text turns a refusal into a success.
 */
final class LinkedInReplyReader {
    /** Where a refused batch says which of its events, counted from 0, was at fault. */
    private static final List<Pattern> INDEX_HINTS = List.of(
            Pattern.compile("\\bIndex: (\\d{1,6}), ERROR ::"),
            Pattern.compile("\\bindices \\[(\\d{1,6}(?:, ?\\d{1,6})*)]"),
            Pattern.compile("\\bbatchIndex=(\\d{1,6})\\b"));

    private static final JsonNode NO_BODY = MissingNode.getInstance();

    private static final int REVOKED_SERVICE_CODE = 65601;

    /** An event held up by its own conversion rule is tried again this often. */
    private static final Duration RULE_PAUSE = Duration.ofHours(1);

    /** The others of a refused batch travel again at once. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** Tries for faults that may never end. */
    private static final int FEW_TRIES = 8;

    private static final long LONGEST_PAUSE_SECONDS = Duration.ofDays(1).toSeconds();

    private final LinkedInWords words;

    LinkedInReplyReader(LinkedInWords words) {
        this.words = words;
    }

    Verdict read(PlatformReply reply, List<Prepared.Ready> sent) {
        JsonNode body = LinkedInWords.object(reply.body());
        if (isSuccess(reply)) {
            return taken(reply, body, sent);
        }
        if (body == null) {
            return strange(reply, sent);
        }
        if (isForOneEvent(reply.status()) && !saysVersionMissing(body)) {
            return refused(reply, body, sent);
        }
        if (reply.status() == 401 && !isRevoked(body)) {
            return new Verdict.TokenRefused(words.explained(LinkedInReasons.TOKEN_INVALID, reply, body, sent));
        }
        Outcome.Failed failed = failure(reply.status(), body, retryAfter(reply));
        return new Verdict.All(new Outcome.Failed(words.explained(failed.reason(), reply, body, sent), failed.retry()));
    }

    /** {@code reason} with LinkedIn's own words behind it. */
    Reason explained(Reason reason, PlatformReply reply) {
        return words.explained(reason, reply, LinkedInWords.object(reply.body()), List.of());
    }

    static boolean isSuccess(PlatformReply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    /** LinkedIn's error word, or empty. */
    static String code(JsonNode body) {
        return body.path("code").isTextual() ? body.path("code").textValue() : "";
    }

    /** A fault of the request around the events. */
    static boolean saysVersionMissing(JsonNode body) {
        return code(body).equals("VERSION_MISSING");
    }

    /**
     * What a refusal means, by its status and code alone. Refusals of one event among several are judged by
     * {@link #refused}.
     */
    static Outcome.Failed failure(int status, JsonNode body, @Nullable Duration pause) {
        return switch (status) {
            case 400 ->
                saysVersionMissing(body)
                        ? failed(LinkedInReasons.VERSION_MISSING, Retry.NEVER)
                        : failed(refusal(body), Retry.NEVER);
            case 401 ->
                failed(
                        isRevoked(body) ? LinkedInReasons.TOKEN_REVOKED : LinkedInReasons.TOKEN_INVALID,
                        Retry.AFTER_FIX);
            case 403 ->
                // An id that leads nowhere is answered without a code: "No ad accounts found".
                code(body).isEmpty()
                        ? failed(LinkedInReasons.RULE_UNKNOWN, new Retry.Later(0, RULE_PAUSE))
                        : failed(LinkedInReasons.PERMISSION_MISSING, Retry.AFTER_FIX);
            case 404, 405, 411 -> failed(LinkedInReasons.REQUEST_REFUSED, Retry.NEVER);
            case 408, 423 -> failed(Reasons.PLATFORM_DOWN, Retry.Later.UNTIL_EXPIRY);
            case 422 -> failed(LinkedInReasons.MALFORMED, Retry.NEVER);
            case 426 -> failed(LinkedInReasons.API_VERSION_ENDED, Retry.AFTER_FIX);
            case 429 -> failed(Reasons.RATE_LIMITED, new Retry.Throttled(pause));
            default ->
                status >= 500
                        ? failed(Reasons.PLATFORM_DOWN, Retry.Later.UNTIL_EXPIRY)
                        : failed(LinkedInReasons.UNKNOWN_FAULT, new Retry.Later(FEW_TRIES));
        };
    }

    /** The name of a refused value. The class is the same whatever the text says. */
    static Reason refusal(JsonNode body) {
        String text = body.path("message").asText("").toLowerCase(Locale.ROOT);
        if (text.contains("invalid_conversion_time") || text.contains("90 days")) {
            return Reasons.EVENT_TOO_OLD;
        }
        if (text.contains("invalid_user_identification")) {
            return LinkedInReasons.INSUFFICIENT_USER_DATA;
        }
        if (text.contains("marked as deleted") || text.contains("disabled")) {
            return LinkedInReasons.RULE_DISABLED;
        }
        return text.contains("conversions_api") ? LinkedInReasons.RULE_METHOD : LinkedInReasons.EVENT_REFUSED;
    }

    private Verdict taken(PlatformReply reply, @Nullable JsonNode body, List<Prepared.Ready> sent) {
        JsonNode elements = body == null ? null : body.get("elements");
        if (elements != null && elements.isArray()) {
            return each(elements, sent);
        }
        // 201 is the whole answer to a single event; an error page of somebody else is never called 201.
        boolean created = reply.status() == 201 && (reply.body().isBlank() || (body != null && !saysError(body)));
        return created ? new Verdict.All(new Outcome.Accepted()) : strange(reply, sent);
    }

    private static boolean saysError(JsonNode body) {
        return body.path("status").asInt(0) >= 400
                || body.hasNonNull("error")
                || !code(body).isEmpty();
    }

    private Verdict each(JsonNode elements, List<Prepared.Ready> sent) {
        if (elements.isEmpty()) {
            return new Verdict.All(new Outcome.Failed(LinkedInReasons.NOTHING_RECEIVED, Retry.NEVER));
        }
        if (elements.size() != sent.size()) {
            // Which are missing nobody says, and sending all again would count the others twice.
            return new Verdict.All(new Outcome.PartialFailure(List.of(LinkedInReasons.FEWER_RECEIVED.saying(
                    "LinkedIn answered for " + elements.size() + " events of " + sent.size() + " that were sent."))));
        }
        List<Outcome> outcomes = new ArrayList<>(sent.size());
        List<String> answers = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            JsonNode element = elements.get(i);
            answers.add(element.toString());
            int status = element.path("status").asInt(0);
            if (status < 400) {
                outcomes.add(new Outcome.Accepted());
                continue;
            }
            JsonNode error = element.path("error").isObject() ? element.path("error") : element;
            Outcome.Failed failed = failure(status, error, null);
            Reason reason = words.explained(
                    failed.reason(), new PlatformReply(status, Map.of(), ""), error, List.of(sent.get(i)));
            outcomes.add(new Outcome.Failed(reason, failed.retry()));
        }
        return new Verdict.Each(outcomes, answers);
    }

    /** Statuses that speak about the contents of a request, so that another event may fare better. */
    private static boolean isForOneEvent(int status) {
        return status == 400 || status == 413 || status == 422;
    }

    /** A batch is refused whole for one event. Where the text points at it the others need not be divided. */
    private Verdict refused(PlatformReply reply, JsonNode body, List<Prepared.Ready> sent) {
        Reason plain = reply.status() == 422 ? LinkedInReasons.MALFORMED : refusal(body);
        Reason reason = words.explained(plain, reply, body, sent);
        Set<Integer> culprits = culprits(body.path("message").asText(""), sent.size());
        if (sent.size() == 1 || culprits.isEmpty()) {
            return new Verdict.RefusedForOne(reason);
        }
        List<Outcome> outcomes = new ArrayList<>(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            outcomes.add(
                    culprits.contains(i)
                            ? failed(reason, Retry.NEVER)
                            : failed(LinkedInReasons.BATCH_REFUSED, new Retry.Later(0, AT_ONCE)));
        }
        return new Verdict.Each(outcomes);
    }

    /** Places of the events at fault; empty when the text names none, or one that cannot be. */
    private static Set<Integer> culprits(String message, int sent) {
        Set<Integer> culprits = new TreeSet<>();
        for (Pattern hint : INDEX_HINTS) {
            Matcher found = hint.matcher(message);
            while (found.find()) {
                for (String place : found.group(1).split(", ?", -1)) {
                    culprits.add(Integer.valueOf(place));
                }
            }
        }
        return culprits.stream().allMatch(place -> place < sent) ? culprits : Set.of();
    }

    private static boolean isRevoked(JsonNode body) {
        return code(body).equals("REVOKED_ACCESS_TOKEN")
                || body.path("serviceErrorCode").asInt(0) == REVOKED_SERVICE_CODE;
    }

    /** Not LinkedIn's JSON: only what the status alone says for certain. */
    private Verdict strange(PlatformReply reply, List<Prepared.Ready> sent) {
        boolean blank = reply.body().isBlank();
        if (reply.status() == 401 && blank) {
            return new Verdict.TokenRefused(words.explained(LinkedInReasons.TOKEN_INVALID, reply, null, sent));
        }
        if (reply.status() == 413) {
            return new Verdict.RefusedForOne(words.explained(LinkedInReasons.EVENT_REFUSED, reply, null, sent));
        }
        String status = " (HTTP " + reply.status() + ")";
        if (reply.status() == 429 || reply.status() == 426) {
            Outcome.Failed failed = failure(reply.status(), NO_BODY, retryAfter(reply));
            return new Verdict.All(
                    new Outcome.Failed(failed.reason().saying(failed.reason().message() + status), failed.retry()));
        }
        Reason reason = blank && reply.status() >= 500 ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return new Verdict.All(new Outcome.Failed(reason.saying(reason.message() + status), Retry.Later.UNTIL_EXPIRY));
    }

    /** None is documented; one that comes all the same is honoured. */
    static @Nullable Duration retryAfter(PlatformReply reply) {
        String header = reply.header("retry-after");
        if (header == null) {
            return null;
        }
        try {
            long seconds = Long.parseLong(header.strip());
            return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE_SECONDS)) : null;
        } catch (NumberFormatException e) {
            return null; // a date: we have no clock here, and delivery has a default
        }
    }

    private static Outcome.Failed failed(Reason reason, Retry retry) {
        return new Outcome.Failed(reason, retry);
    }
}
