package kembali.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for Meta's host on loopback and answers as its script says; remembers every call. */
public final class FakeMeta implements AutoCloseable {
    static {
        // Otherwise the JDK's server waits 40 ms for an acknowledgement before each answer's body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** One request. {@code no} counts from 1. */
    public record Call(int no, Instant at, String pixelId, String token, String body, List<String> eventIds) {}

    /** What to answer; status 0 cuts the connection without an answer. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value), body);
        }
    }

    /** Decides the answer to one call; may block to be slow. */
    public interface Script {
        Answer answer(Call call) throws InterruptedException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile Script script = call -> accepted(call);

    public FakeMeta() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on answers so. */
    public void answers(Script newScript) {
        script = newScript;
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Every event id that arrived, in order, as often as it arrived. */
    public List<String> eventIds() {
        return calls.stream().flatMap(c -> c.eventIds().stream()).toList();
    }

    /** The most requests that were under way at one moment. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    public static Answer accepted(Call call) {
        return new Answer(
                200,
                Map.of(),
                "{\"events_received\":" + call.eventIds().size() + ",\"messages\":[],\"fbtrace_id\":\"AbCdEf\"}");
    }

    /** Meta's refusal of a whole request because one event in it is wrong. */
    public static Answer refusedForOneEvent() {
        return error(400, 100, 2804003, "Event Timestamp Too Old");
    }

    public static Answer tokenInvalid() {
        return error(400, 190, 463, "Error validating access token");
    }

    public static Answer throttled() {
        return error(400, 80004, 0, "There have been too many calls");
    }

    /** Passes by itself; tried until the event expires. */
    public static Answer unavailable() {
        return error(500, 2, 0, "Service temporarily unavailable");
    }

    /** May never pass; tried a few times only. */
    public static Answer unknownFault() {
        return error(500, 1, 0, "An unknown error occurred");
    }

    /** The request is read and no answer comes. */
    public static Answer cut() {
        return new Answer(0, Map.of(), "");
    }

    private static Answer error(int status, int code, int subcode, String message) {
        return new Answer(
                status,
                Map.of(),
                "{\"error\":{\"message\":\"" + message + "\",\"type\":\"OAuthException\",\"code\":" + code
                        + ",\"error_subcode\":" + subcode + ",\"fbtrace_id\":\"AbCdEf\"}}");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            String pixelId = exchange.getRequestURI().getPath().split("/", -1)[2];
            var call = new Call(count.incrementAndGet(), Instant.now(), pixelId, token, body, ids(body));
            calls.add(call);
            Answer answer = script.answer(call);
            if (answer.status == 0) {
                return;
            }
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            answer.headers.forEach(
                    (name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static List<String> ids(String body) throws IOException {
        var ids = new ArrayList<String>();
        for (JsonNode event : JSON.readTree(body).path("data")) {
            ids.add(event.path("event_id").asText());
        }
        return List.copyOf(ids);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
