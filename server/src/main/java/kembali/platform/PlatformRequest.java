package kembali.platform;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * An HTTP request to a platform.
 *
 * @param method {@code POST}, {@code GET} or {@code HEAD}
 * @param uri where to, secrets included
 * @param loggedUri the same without secrets, for the sync log
 * @param headers secrets included; never logged
 * @param body UTF-8 text, of the type the header {@code Content-Type} says; empty for GET
 * @param entered whether a user entered the address: it may lead only where the operator lets users' addresses lead, and
 *     redirections are followed
 */
public record PlatformRequest(
        String method, URI uri, String loggedUri, Map<String, String> headers, String body, boolean entered) {
    public PlatformRequest {
        headers = Map.copyOf(headers);
    }

    /** A request to an address the operator chose. */
    public PlatformRequest(String method, URI uri, String loggedUri, Map<String, String> headers, String body) {
        this(method, uri, loggedUri, headers, body, false);
    }

    /** The same request carrying that access token. */
    public PlatformRequest withBearer(String token) {
        var all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        return new PlatformRequest(method, uri, loggedUri, all, body, entered);
    }

    /** Without headers and body: both may hold what must not reach a log. */
    @Override
    public String toString() {
        return method + " " + loggedUri;
    }
}
