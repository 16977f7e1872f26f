package kembali.sandbox.google;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Json;
import kembali.sandbox.Reply;

/** An error answer of a Google API: {@code {"error":{"code","message","status","details":[…]}}}. */
public final class GoogleError {
    private static final String RPC = "type.googleapis.com/google.rpc.";

    private final int code;
    private final String message;
    private String word;
    private final ObjectNode body = Json.MAPPER.createObjectNode();
    private final ArrayNode details;

    /**
     * An error without details.
     *
     * @param code HTTP status; the status word follows from it
     */
    public GoogleError(int code, String message) {
        this.code = code;
        this.message = message;
        this.word = status(code);
        ObjectNode error = body.putObject("error");
        error.put("code", code);
        error.put("message", message);
        error.put("status", status(code));
        details = Json.MAPPER.createArrayNode();
        error.set("details", details);
    }

    /** A body that could not be read into the request's message. */
    public static GoogleError unreadable(List<WireMessage.Slip> slips) {
        StringBuilder message = new StringBuilder("Invalid JSON payload received.");
        slips.forEach(slip -> message.append(message.length() < 32 ? " " : "\n").append(slip.sentence()));
        GoogleError error = new GoogleError(400, message.toString());
        ArrayNode violations = error.rpcDetail("BadRequest").putArray("fieldViolations");
        for (WireMessage.Slip slip : slips) {
            violations.addObject().put("field", slip.path()).put("description", slip.sentence());
        }
        return error;
    }

    /** Adds a detail of a type of {@code google.rpc} and gives it to be filled. */
    public ObjectNode rpcDetail(String type) {
        return detail(RPC + type);
    }

    /** Adds a detail of a type given in full and gives it to be filled. */
    public ObjectNode detail(String typeUrl) {
        return details.addObject().put("@type", typeUrl);
    }

    /** Adds the machine-readable reason. */
    public GoogleError because(String reason, String domain) {
        word = reason;
        rpcDetail("ErrorInfo").put("reason", reason).put("domain", domain);
        return this;
    }

    /** The most telling word, for the ledger. */
    public String word() {
        return word;
    }

    /** The sentence for developers. */
    public String message() {
        return message;
    }

    /** The answer. */
    public Reply reply() {
        return Reply.json(code, Json.bytes(body));
    }

    /** The answer with the header that says when to come back; 0 seconds says nothing. */
    public Reply reply(int retryAfterSeconds) {
        return retryAfterSeconds == 0
                ? reply()
                : reply().with(Map.of("Retry-After", Integer.toString(retryAfterSeconds)));
    }

    /** The word of {@code google.rpc.Code} that goes with an HTTP status. */
    public static String status(int code) {
        return switch (code) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 408, 504 -> "DEADLINE_EXCEEDED";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 500 -> "INTERNAL";
            case 501 -> "UNIMPLEMENTED";
            case 502, 503 -> "UNAVAILABLE";
            default -> code < 500 ? "INVALID_ARGUMENT" : "UNKNOWN";
        };
    }
}
