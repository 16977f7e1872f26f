package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Reply;
import org.jspecify.annotations.Nullable;

/** Meta's answers in Meta's shape. Trace ids count up, so two runs give the same ones. */
final class MetaReplies {
    /** Codes after which the same request may succeed. */
    private static final Set<Integer> TRANSIENT = Set.of(1, 2, 4, 17, 32, 341, 368, 613, 5000, 21009);

    private static final String TRACE_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final int USUAL_WAIT_SECONDS = 60;

    private final AtomicLong traces = new AtomicLong();

    Reply accepted(int events) {
        return taken(events, null);
    }

    /** 200 that took {@code events}, with a message when there is one. */
    Reply taken(int events, @Nullable String message) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("events_received", events);
        var messages = body.putArray("messages");
        if (message != null) {
            messages.add(message);
        }
        body.put("fbtrace_id", trace());
        return Reply.json(200, Json.bytes(body));
    }

    Reply refused(MetaComplaint complaint) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ObjectNode error = body.putObject("error");
        error.put("message", complaint.message());
        // Meta says OAuthException even where no token is concerned.
        error.put("type", "OAuthException");
        error.put("code", complaint.code());
        if (complaint.subcode() != null) {
            error.put("error_subcode", complaint.subcode());
        }
        error.put("is_transient", isTransient(complaint.code()));
        if (complaint.title() != null) {
            error.put("error_user_title", complaint.title());
            error.put("error_user_msg", complaint.detail());
        }
        error.put("fbtrace_id", trace());
        return Reply.json(complaint.status(), Json.bytes(body));
    }

    /** The answer to a {@code throttle}, {@code fail} or {@code revoke} fault. */
    Reply fault(Fault fault, String pixelId) {
        if (fault.mode() == Fault.Mode.REVOKE) {
            return refused(new MetaComplaint(
                    fault.status() == null ? 400 : fault.status(),
                    190,
                    460,
                    "Error validating access token: the session was invalidated on demand of the sandbox.",
                    null,
                    null));
        }
        if (fault.mode() == Fault.Mode.THROTTLE) {
            int code = fault.code() == null ? 80004 : fault.code();
            String message = "(#" + code + ") There have been too many calls. Wait a bit and try again.";
            MetaComplaint complaint = new MetaComplaint(
                    fault.status() == null ? 400 : fault.status(), code, fault.subcode(), message, null, null);
            return refused(complaint).with(usage(fault, code, pixelId));
        }
        int code = fault.code() == null ? 2 : fault.code();
        int usualStatus = code == 1 || code == 2 ? 503 : 400;
        return refused(new MetaComplaint(
                fault.status() == null ? usualStatus : fault.status(),
                code,
                fault.subcode(),
                code == 2 ? "Service temporarily unavailable" : "(#" + code + ") Failure on demand of the sandbox",
                null,
                null));
    }

    private static Map<String, String> usage(Fault fault, int code, String pixelId) {
        int seconds = fault.retryAfterSeconds() == null ? USUAL_WAIT_SECONDS : fault.retryAfterSeconds();
        Map<String, String> headers = new HashMap<>();
        ObjectNode usage = Json.MAPPER.createObjectNode();
        ObjectNode account = usage.putArray(pixelId).addObject();
        account.put("type", "ads_management");
        account.put("call_count", 100);
        account.put("total_cputime", 25);
        account.put("total_time", 25);
        // Whole minutes; less than one minute cannot be said.
        account.put("estimated_time_to_regain_access", (seconds + 59) / 60);
        headers.put("X-Business-Use-Case-Usage", usage.toString());
        if (code == 4) {
            ObjectNode app = Json.MAPPER.createObjectNode();
            app.put("call_count", 100);
            app.put("total_cputime", 25);
            app.put("total_time", 25);
            headers.put("X-App-Usage", app.toString());
        }
        return headers;
    }

    private static boolean isTransient(int code) {
        return TRANSIENT.contains(code) || (code >= 80000 && code < 81000);
    }

    private String trace() {
        // Spread over all digits by an odd multiplier, so that neighbours do not look alike.
        long bits = traces.incrementAndGet() * 0x9E3779B97F4A7C15L;
        StringBuilder trace = new StringBuilder("A");
        for (int i = 0; i < 22; i++) {
            trace.append(TRACE_DIGITS.charAt((int) (bits >>> 58)));
            bits = bits * 6364136223846793005L + 1442695040888963407L;
        }
        return trace.toString();
    }
}
