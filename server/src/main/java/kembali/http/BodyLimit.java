package kembali.http;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.List;
import kembali.support.Refusal;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body that says it is too large before any of it is read. Of bodies that do not say, the server stops reading a
 * little later, and closes the connection without a word. Files that are imported are streamed to the disk, and may be long.
 */
public class BodyLimit {
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final long MOST_UNSAID_BYTES = 5L * 1024 * 1024;
    private static final String FILES = "/api/v1/imports";

    @ServerRequestFilter(priority = 50)
    @Nullable Response limit(ContainerRequestContext request) {
        if (request.getLength() <= MOST_BYTES || isFile(request.getUriInfo().getPath())) {
            return null;
        }
        Response refusal = Problem.of(
                Refusal.Kind.TOO_LARGE,
                "The body has " + request.getLength() + " bytes; at most " + MOST_BYTES + " are taken.",
                List.of());
        refusal.getHeaders().putSingle("Connection", "close");
        return refusal;
    }

    /** Lets only files be longer than other bodies. On the event loop. */
    public static void limitUnsaid(RoutingContext routing) {
        if (routing.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null && !isFile(routing.normalizedPath())) {
            routing.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, MOST_UNSAID_BYTES);
        }
        routing.next();
    }

    /** Whether a body sent there is a file, which is never held in memory. */
    static boolean isFile(String path) {
        return path.equals(FILES) || path.equals(FILES.substring(1));
    }
}
