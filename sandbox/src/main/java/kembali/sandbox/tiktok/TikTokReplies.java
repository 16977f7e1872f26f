package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Reply;

/** TikTok's answers in TikTok's one shape. Request ids count up, so two runs give the same ones. */
final class TikTokReplies {
    private static final int THROTTLED = 40100;
    private static final int SYSTEM_ERROR = 50000;
    private static final int PARTLY = 20001;

    /** Codes that come with HTTP 401; the rate limit is one of them. */
    private static final Set<Integer> UNAUTHORISED = Set.of(THROTTLED, 40102, 40104, 40105, 40130, 40132);

    private final AtomicLong requests = new AtomicLong();

    Reply taken() {
        return answer(200, 0, "OK");
    }

    Reply takenInPart() {
        return answer(200, PARTLY, "Partial success (on demand of the sandbox)");
    }

    Reply refused(TikTokComplaint complaint) {
        return answer(complaint.status(), complaint.code(), complaint.message());
    }

    /** The answer to a {@code throttle} or {@code fail} fault. TikTok never says when to come back. */
    Reply fault(Fault fault) {
        boolean throttle = fault.mode() == Fault.Mode.THROTTLE;
        int usualCode = throttle ? THROTTLED : SYSTEM_ERROR;
        int code = fault.code() == null ? usualCode : fault.code();
        int usualStatus = UNAUTHORISED.contains(code) ? 401 : 200;
        return answer(
                fault.status() == null ? usualStatus : fault.status(),
                code,
                throttle ? "Too many requests. Please retry in some time." : "Failure on demand of the sandbox");
    }

    private Reply answer(int status, int code, String message) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("code", code);
        body.put("message", message);
        body.put("request_id", "20261121%024X".formatted(requests.incrementAndGet()));
        body.putObject("data");
        return Reply.json(status, Json.bytes(body));
    }
}
