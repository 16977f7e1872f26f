package kembali.browser;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Answers as the contract says: one visitor code, and every event id accepted once. */
final class StandInHub implements Hub {
    static final String CODE = "ABC2345";

    private static final Path SCRIPT = Path.of("../server/src/main/resources/kembali/capture/tracker/track.min.js")
            .toAbsolutePath();

    private final Set<String> known = new HashSet<>();
    private volatile int trouble;

    /** Answers hits with this status from now on; 0 answers them as usual. */
    void trouble(int status) {
        trouble = status;
    }

    @Override
    public void script(HttpExchange exchange) throws IOException {
        LocalServer.answer(
                exchange,
                200,
                Map.of("Content-Type", "application/javascript; charset=utf-8"),
                Files.readString(SCRIPT));
    }

    @Override
    public void hit(HttpExchange exchange, Hit hit) throws IOException {
        var headers = Map.of(
                "Access-Control-Allow-Origin", String.valueOf(hit.headers().get("origin")),
                "Access-Control-Allow-Credentials", "true",
                "Vary", "Origin",
                "Content-Type", "application/json");
        if (trouble != 0) {
            LocalServer.answer(exchange, trouble, headers, "{}");
            return;
        }
        String outcome;
        synchronized (known) {
            outcome = known.add(hit.eventId()) ? "accepted" : "duplicate";
        }
        LocalServer.answer(exchange, 200, headers, """
                {"visitorCode":"%s","eventId":"%s","outcome":"%s",
                 "events":{"meta":"PageView","tiktok":"ViewContent","ga4":"page_view","linkedin":"PAGE_VIEW"}}
                """.formatted(CODE, hit.eventId(), outcome));
    }
}
