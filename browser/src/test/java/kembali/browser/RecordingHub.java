package kembali.browser;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A {@link Hub} on a site of its own that remembers what the tracker sent. */
final class RecordingHub implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ObjectMapper json = new ObjectMapper();
    private final List<Hit> hits = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Hub hub;
    private final LocalServer server = new LocalServer(this::answer);

    RecordingHub(Hub hub) {
        this.hub = hub;
    }

    String origin() {
        return server.origin("hub");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        switch (request) {
            case "GET /track.min.js" -> hub.script(exchange);
            case "POST /t" -> {
                var headers = exchange.getRequestHeaders().entrySet().stream()
                        .collect(Collectors.toMap(
                                e -> e.getKey().toLowerCase(Locale.ROOT),
                                e -> e.getValue().getFirst()));
                var hit = new Hit(json.readTree(exchange.getRequestBody().readAllBytes()), headers);
                synchronized (hits) {
                    hits.add(hit);
                    hits.notifyAll();
                }
                hub.hit(exchange, hit);
            }
            default -> {
                synchronized (hits) {
                    others.add(request);
                }
                LocalServer.answer(exchange, 404, java.util.Map.of(), "");
            }
        }
    }

    /** All hits so far, in order of arrival. */
    List<Hit> hits() {
        synchronized (hits) {
            return List.copyOf(hits);
        }
    }

    /** Requests that were neither for the script nor hits: a preflight, for example. */
    List<String> others() {
        synchronized (hits) {
            return List.copyOf(others);
        }
    }

    /** Waits for the first hit of this kind. */
    Hit await(String what, Predicate<Hit> wanted) {
        return awaitLast(what, 1, wanted);
    }

    Hit await(String type) {
        return await(type, hit -> hit.type().equals(type));
    }

    /** Waits for as many hits of this kind; the last of them. */
    Hit awaitLast(String what, int count, Predicate<Hit> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        synchronized (hits) {
            while (true) {
                List<Hit> found = hits.stream().filter(wanted).toList();
                if (found.size() >= count) {
                    return found.get(count - 1);
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("no " + what + " came within " + PATIENCE + "; what came: "
                            + hits.stream().map(Hit::body).toList());
                }
                try {
                    hits.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted while waiting for " + what, e);
                }
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
