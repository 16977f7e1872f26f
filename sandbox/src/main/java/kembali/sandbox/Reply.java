package kembali.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What goes back to the caller.
 *
 * @param status HTTP status
 * @param contentType value of {@code Content-Type}
 * @param headers further headers
 * @param body bytes of the body, not to be changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying each answer would only cost time
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
    /** Copies the headers. */
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** A JSON answer. */
    public static Reply json(int status, byte[] body) {
        return new Reply(status, "application/json; charset=UTF-8", Map.of(), body);
    }

    /** A plain-text or HTML answer in UTF-8. */
    public static Reply text(int status, String contentType, String body) {
        return new Reply(status, contentType + "; charset=UTF-8", Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with other headers. */
    public Reply with(Map<String, String> otherHeaders) {
        return new Reply(status, contentType, otherHeaders, body);
    }
}
