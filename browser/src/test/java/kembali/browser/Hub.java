package kembali.browser;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Who answers the tracker. {@link StandInHub} does it by itself; the real server takes its place by forwarding to it. */
interface Hub {
    /** Answers {@code GET /track.min.js}. */
    void script(HttpExchange exchange) throws IOException;

    /** Answers {@code POST /t}, after the hit was recorded. */
    void hit(HttpExchange exchange, Hit hit) throws IOException;
}
