package kembali.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import kembali.support.Refusal;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body that says it is too large before any of it is read. The server's own limit, a little
 * higher, is for bodies that do not say; it closes the connection without a word.
 */
public class BodyLimit {
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    @ServerRequestFilter(priority = 50)
    @Nullable Response limit(ContainerRequestContext request) {
        if (request.getLength() <= MOST_BYTES) {
            return null;
        }
        Response refusal = Problem.of(
                Refusal.Kind.TOO_LARGE,
                "The body has " + request.getLength() + " bytes; at most " + MOST_BYTES + " are taken.",
                List.of());
        refusal.getHeaders().putSingle("Connection", "close");
        return refusal;
    }
}
