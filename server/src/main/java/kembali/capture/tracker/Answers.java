package kembali.capture.tracker;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.support.FieldError;
import kembali.support.Json;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/** The answers to hits, with what a page of another origin needs to read them. */
final class Answers {
    private Answers() {}

    /**
     * The answer to a hit that was understood.
     *
     * @param visitorCode null when nothing was stored
     * @param outcome {@code accepted}, {@code duplicate} or {@code ignored}
     * @param reason why it was ignored
     * @param events what a page view is called by each platform that is told of it here, so that the page may tell the
     *     platform's own script the same under this event id
     */
    record Taken(
            @Nullable String visitorCode,
            String eventId,
            String outcome,
            @Nullable String reason,
            @Nullable Map<String, String> events) {}

    /** A problem document, as the management API has it. */
    private record Problem(String type, String title, int status, String detail, List<FieldError> errors) {}

    /** Lets the page of this origin read the answer, with its cookies. */
    static void shareWith(@Nullable String origin, HttpServerResponse response) {
        response.putHeader("Vary", "Origin");
        if (origin != null) {
            response.putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true");
        }
    }

    /** What a browser asks before a page may send JSON. */
    static void preflight(HttpServerResponse response) {
        response.setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", "POST")
                .putHeader("Access-Control-Allow-Headers", "Content-Type")
                .putHeader("Access-Control-Max-Age", "86400")
                .end();
    }

    static void ok(HttpServerResponse response, Taken taken) {
        response.putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.write(taken));
    }

    static void refused(HttpServerResponse response, Refusal.Kind kind, String detail, List<FieldError> errors) {
        String type = "urn:kembali:problem:" + kind.name().toLowerCase(Locale.ROOT);
        if (kind == Refusal.Kind.OVERLOADED) {
            response.putHeader("Retry-After", "2");
        }
        response.setStatusCode(kind.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(Json.write(new Problem(type, kind.title(), kind.status(), detail, errors)));
    }

    static void methodNotAllowed(HttpServerRequest request) {
        request.response()
                .setStatusCode(405)
                .putHeader("Allow", "POST, OPTIONS")
                .end();
    }
}
