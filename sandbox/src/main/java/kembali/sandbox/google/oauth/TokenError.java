package kembali.sandbox.google.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import kembali.sandbox.Json;
import kembali.sandbox.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Why no token is handed out.
 *
 * @param status HTTP status
 * @param error the word of RFC 6749, such as {@code invalid_grant}
 * @param description a sentence, or null
 */
record TokenError(int status, String error, @Nullable String description) {
    static TokenError request(String description) {
        return new TokenError(400, "invalid_request", description);
    }

    static TokenError grant(String description) {
        return new TokenError(400, "invalid_grant", description);
    }

    Reply reply() {
        ObjectNode body = Json.MAPPER.createObjectNode().put("error", error);
        if (description != null) {
            body.put("error_description", description);
        }
        return Reply.json(status, Json.bytes(body));
    }

    /** For the ledger. */
    String reason() {
        return description == null ? error : description;
    }
}
