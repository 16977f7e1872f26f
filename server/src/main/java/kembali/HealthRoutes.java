package kembali;

import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** {@code /health/live} and {@code /health/ready}. */
final class HealthRoutes {
    private final Supplier<Hub> hub;

    HealthRoutes(Supplier<Hub> hub) {
        this.hub = hub;
    }

    /** The process answers. */
    void live(RoutingContext routing) {
        answer(routing, 200, "up");
    }

    /** The database takes writes. */
    void ready(RoutingContext routing) {
        try {
            hub.get()
                    .store()
                    .submit(tx -> true)
                    .whenComplete((ok, error) -> routing.vertx()
                            .runOnContext(v ->
                                    answer(routing, error == null ? 200 : 503, error == null ? "ready" : "database")));
        } catch (RuntimeException e) {
            answer(routing, 503, "overloaded");
        }
    }

    private static void answer(RoutingContext routing, int status, String word) {
        routing.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end("{\"status\":\"" + word + "\"}");
    }
}
