package kembali.sandbox.google.ads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Reply;
import kembali.sandbox.google.GoogleError;

/** Google Ads' answers. Request and job ids count up, so two runs give the same ones. */
final class AdsReplies {
    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang=en><meta charset=utf-8><title>Error 404 (Not Found)!!1</title>
            <p><b>404.</b> <ins>That's an error.</ins><p>The requested URL was not found on this server.</html>
            """;

    /** A quota answer says when to come back here, not in a header. */
    private static final int USUAL_WAIT_SECONDS = 30;

    private static final long FIRST_JOB = 5_353_383_680_802_491_000L;

    private final AtomicLong requests = new AtomicLong();

    /** A page for what does not exist. */
    Reply notFound() {
        return Reply.text(404, "text/html", PAGE);
    }

    String jobId() {
        return Long.toString(FIRST_JOB + requests.incrementAndGet());
    }

    /** The request as a whole is refused. */
    Judgement refused(String version, AdsError error) {
        return new Judgement.Refused(reply(version, error, error.status()), error.code(), error.message(), null);
    }

    Reply reply(String version, AdsError error, int status) {
        String message = switch (status) {
            case 401 -> "Request had invalid authentication credentials.";
            case 403 -> "The caller does not have permission";
            case 429 -> "Resource has been exhausted (e.g. check quota).";
            case 400 -> "Request contains an invalid argument.";
            default -> "Internal error encountered.";
        };
        GoogleError answer = new GoogleError(status, message);
        failure(answer.detail(type(version)), List.of(error.json()));
        return answer.reply();
    }

    /** What {@code partialFailureError} holds. */
    ObjectNode partialFailure(String version, List<AdsError> errors) {
        AdsError first = errors.getFirst();
        String sentence = first.message() + ", at " + first.place();
        ObjectNode status = Json.MAPPER.createObjectNode();
        status.put("code", 3);
        status.put("message", errors.size() == 1 ? sentence : "Multiple errors in ‘details’. First error: " + sentence);
        ObjectNode detail = status.putArray("details").addObject().put("@type", type(version));
        failure(detail, errors.stream().map(AdsError::json).toList());
        return status;
    }

    /** The answer to a {@code throttle}, {@code fail} or {@code revoke} fault. */
    Reply fault(String version, Fault fault) {
        String usual = switch (fault.mode()) {
            case REVOKE -> "OAUTH_TOKEN_REVOKED";
            case THROTTLE -> "RESOURCE_EXHAUSTED";
            default -> "TRANSIENT_ERROR";
        };
        String word = fault.reason() == null ? usual : fault.reason();
        AdsError error = AdsError.request(AdsError.familyOf(word), AdsError.codeOf(word), "On demand of the sandbox.");
        int status = fault.status() == null ? error.status() : fault.status();
        if (fault.mode() != Fault.Mode.THROTTLE) {
            return reply(version, error, status);
        }
        int wait = fault.retryAfterSeconds() == null ? USUAL_WAIT_SECONDS : fault.retryAfterSeconds();
        ObjectNode json = error.json();
        ObjectNode details = json.putObject("details").putObject("quotaErrorDetails");
        details.put("rateScope", "ACCOUNT").put("rateName", "Requests per minute");
        if (wait > 0) {
            details.put("retryDelay", wait + "s");
        }
        GoogleError answer = new GoogleError(status, "Resource has been exhausted (e.g. check quota).");
        failure(answer.detail(type(version)), List.of(json));
        return answer.reply();
    }

    private void failure(ObjectNode detail, List<ObjectNode> errors) {
        ArrayNode list = detail.putArray("errors");
        errors.forEach(list::add);
        detail.put("requestId", "sb" + requests.incrementAndGet());
    }

    private static String type(String version) {
        return "type.googleapis.com/google.ads.googleads." + version + ".errors.GoogleAdsFailure";
    }
}
