package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Reply;

/** LinkedIn's answers in LinkedIn's shape. Trace ids count up, so two runs give the same ones. */
final class LinkedInReplies {
    static final String ON_DEMAND = "Refused on demand of the sandbox";

    private final AtomicLong traces = new AtomicLong();

    /** A single event taken: nothing but the status. */
    Reply created() {
        return traced(Reply.json(201, new byte[0]));
    }

    /** A batch of which the elements at these places were refused. */
    Reply batch(int sent, Set<Integer> refused) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode elements = body.putArray("elements");
        for (int i = 0; i < sent; i++) {
            boolean taken = !refused.contains(i);
            ObjectNode element = elements.addObject().put("status", taken ? 201 : 400);
            if (!taken) {
                element.putObject("error")
                        .put("message", ON_DEMAND + ", indices [" + i + "] (0-indexed)")
                        .put("status", 400);
            }
        }
        return json(200, body);
    }

    Reply json(int status, ObjectNode body) {
        return traced(Reply.json(status, Json.bytes(body)));
    }

    Reply refused(LinkedInComplaint complaint) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("message", complaint.message());
        if (complaint.serviceErrorCode() != null) {
            body.put("serviceErrorCode", complaint.serviceErrorCode());
        }
        if (complaint.code() != null) {
            body.put("code", complaint.code());
        }
        body.put("status", complaint.status());
        Reply reply = json(complaint.status(), body);
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.putAll(complaint.headers());
        return reply.with(headers);
    }

    /** The answer to a {@code throttle}, {@code fail} or {@code revoke} fault. */
    Reply fault(Fault fault) {
        if (fault.mode() == Fault.Mode.REVOKE) {
            return refused(LinkedInComplaint.revoked());
        }
        if (fault.mode() == Fault.Mode.THROTTLE) {
            // LinkedIn says nowhere how long to wait; a header comes only when the fault asks for one.
            Map<String, String> headers = fault.retryAfterSeconds() == null
                    ? Map.of()
                    : Map.of("Retry-After", Integer.toString(fault.retryAfterSeconds()));
            return refused(new LinkedInComplaint(
                    fault.status() == null ? 429 : fault.status(),
                    "TOO_MANY_REQUESTS",
                    fault.code() == null ? Integer.valueOf(101) : fault.code(),
                    "Resource level throttle MEMBER MINUTE limit for calls to this resource is reached.",
                    headers));
        }
        int status = fault.status() == null ? 503 : fault.status();
        return refused(new LinkedInComplaint(status, code(status), fault.code(), "Failure on demand of the sandbox"));
    }

    private static String code(int status) {
        return switch (status) {
            case 401 -> "INVALID_ACCESS_TOKEN";
            case 403 -> "ACCESS_DENIED";
            case 426 -> "NONEXISTENT_VERSION";
            case 500 -> "INTERNAL_SERVER_ERROR";
            case 503 -> "SERVICE_UNAVAILABLE";
            default -> "ERROR";
        };
    }

    private Reply traced(Reply reply) {
        String trace = String.format("%016X", traces.incrementAndGet() * 0x9E3779B97F4A7C15L);
        Map<String, String> headers = new HashMap<>(reply.headers());
        headers.put("x-li-uuid", "AAY" + trace);
        headers.put("x-li-fabric", "sandbox");
        headers.put("x-li-request-id", trace);
        headers.put("x-restli-protocol-version", "2.0.0");
        return reply.with(headers);
    }
}
