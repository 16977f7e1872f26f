package kembali.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets only so many bytes of large request bodies in at a time: an import of thousands of leads takes ten times its
 * length while it is read, and twenty at once would take more memory than the server has. Who must wait is not read
 * until it is their turn, in the order of arrival; small requests pass by.
 */
public final class LargeBodies {
    /** Smaller ones are not counted. */
    private static final long SMALL_BYTES = 128 * 1024;

    /** All large bodies together. One of the longest fits beside a short one. */
    private static final long BUDGET_BYTES = 5 * 1024 * 1024;

    /** What a body counts for that does not say its length: the most that is taken. */
    private static final long UNSAID_BYTES = 4 * 1024 * 1024;

    /** More than this is no import but a flood. */
    private static final int MOST_WAITING = 200;

    private record Waiting(RoutingContext routing, Context context, long bytes) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long inHand;

    /** Passes a request on, at once or when its turn comes. On the event loop. */
    public void admit(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        long bytes = bytes(request);
        if (bytes <= SMALL_BYTES || BodyLimit.isFile(routing.normalizedPath())) {
            routing.next();
            return;
        }
        var mine = new Waiting(routing, routing.vertx().getOrCreateContext(), bytes);
        // Nothing is read before somebody downstream wants it, whether it waits here or not.
        request.pause();
        boolean full;
        boolean now;
        synchronized (this) {
            now = waiting.isEmpty() && fits(bytes);
            full = !now && waiting.size() >= MOST_WAITING;
            if (now) {
                inHand += bytes;
            } else if (!full) {
                waiting.add(mine);
            }
        }
        if (full) {
            request.resume();
            routing.response()
                    .setStatusCode(503)
                    .putHeader("Retry-After", "5")
                    .putHeader("Connection", "close")
                    .putHeader("Content-Type", Problem.MEDIA_TYPE)
                    .end("{\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"Too many large requests wait"
                            + " already; send one after the other.\"}");
        } else if (now) {
            pass(mine);
        } else {
            // A caller who gives up does not keep a place.
            request.connection().closeHandler(v -> giveUp(mine));
        }
    }

    private void pass(Waiting w) {
        if (w.routing.response().closed()) {
            done(w.bytes); // gave up in the moment its turn came; nobody would say that it ended
            return;
        }
        // A connection that stays open holds on to its last request, body and all.
        w.routing.response().putHeader("Connection", "close");
        w.routing.addEndHandler(ended -> done(w.bytes));
        w.routing.request().resume();
        w.routing.next();
    }

    private void giveUp(Waiting w) {
        synchronized (this) {
            waiting.remove(w);
        }
    }

    private void done(long bytes) {
        synchronized (this) {
            inHand -= bytes;
            Waiting next = waiting.peek();
            while (next != null && fits(next.bytes)) {
                waiting.remove();
                inHand += next.bytes;
                Waiting admitted = next;
                admitted.context.runOnContext(v -> pass(admitted));
                next = waiting.peek();
            }
        }
    }

    private boolean fits(long bytes) {
        return inHand == 0 || inHand + bytes <= BUDGET_BYTES;
    }

    private static long bytes(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : UNSAID_BYTES;
        }
        try {
            return Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return 0; // the server itself refuses it
        }
    }
}
