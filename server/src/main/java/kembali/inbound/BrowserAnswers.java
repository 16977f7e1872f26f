package kembali.inbound;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a browser that posts a form is told: which pages may, and where to go next. */
final class BrowserAnswers {
    private static final Reply ACCEPTED =
            new Reply(200, "application/json; charset=utf-8", "{\"outcome\":\"accepted\"}");

    private BrowserAnswers() {}

    /** The question a browser asks before a script of another site may post. */
    static void preflight(HttpServerRequest request, SourceDoc doc) {
        allow(request, doc);
        request.response()
                .setStatusCode(204)
                .putHeader("Access-Control-Allow-Methods", "POST")
                .putHeader("Access-Control-Allow-Headers", "content-type, x-requested-with, x-kembali-token")
                .putHeader("Access-Control-Max-Age", "86400")
                .end();
    }

    /** Lets scripts of an allowed page read the answer. No cookie is taken, so none is asked for. */
    static void allow(HttpServerRequest request, SourceDoc doc) {
        String origin = request.getHeader("Origin");
        request.response().putHeader("Vary", "Origin");
        if (origin != null && (doc.origins().isEmpty() || doc.origins().contains(origin.toLowerCase(Locale.ROOT)))) {
            request.response().putHeader("Access-Control-Allow-Origin", origin);
        }
    }

    /** JSON for a script, the thank-you page for a person, else what the kind answers. */
    static void taken(HttpServerResponse response, RawRequest raw, SourceDoc doc, Reply usual) {
        String page = doc.redirectUrl();
        if (isScript(raw)) {
            InboundHandler.send(response, usual.contentType().startsWith("application/json") ? usual : ACCEPTED);
        } else if (page != null) {
            response.putHeader("Location", page);
            InboundHandler.send(response, new Reply(303, "", ""));
        } else {
            InboundHandler.send(response, usual);
        }
    }

    private static boolean isScript(RawRequest raw) {
        return "XMLHttpRequest".equalsIgnoreCase(raw.header("x-requested-with"))
                || has(raw.header("accept"), "application/json")
                || "cors".equals(raw.header("sec-fetch-mode"))
                || raw.mediaType().equals("application/json");
    }

    private static boolean has(@Nullable String header, String word) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(word);
    }
}
