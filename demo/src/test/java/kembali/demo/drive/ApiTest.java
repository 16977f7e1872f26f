package kembali.demo.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiTest {
    private HttpServer server;
    private Api api;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        api = new Api(
                new Http(), URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "key-1");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void readsAListPageByPage() {
        server.createContext("/api/v1/leads", x -> {
            String query = x.getRequestURI().getQuery();
            answer(
                    x,
                    200,
                    query.contains("cursor=next")
                            ? "{\"items\":[{\"id\":\"c\"}],\"nextCursor\":null}"
                            : "{\"items\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"nextCursor\":\"next\"}");
        });
        List<String> ids = api.all("/leads").stream()
                .map((JsonNode n) -> n.path("id").asText())
                .toList();
        assertThat(ids).containsExactly("a", "b", "c");
    }

    @Test
    void sendsTheKeyAndTheIdempotencyKey() {
        server.createContext(
                "/api/v1/leads",
                x -> answer(
                        x,
                        201,
                        "{\"key\":\"" + x.getRequestHeaders().getFirst("Authorization") + "\",\"once\":\""
                                + x.getRequestHeaders().getFirst("Idempotency-Key") + "\"}"));
        JsonNode answer = api.post("/leads", Map.of("name", "Budi"), "k-7");
        assertThat(answer.path("key").asText()).isEqualTo("Bearer key-1");
        assertThat(answer.path("once").asText()).isEqualTo("k-7");
    }

    @Test
    void saysWhatWasRefusedAndWhy() {
        server.createContext("/api/v1/pixels", x -> answer(x, 422, "{\"detail\":\"no\"}"));
        assertThatExceptionOfType(Api.RefusedException.class)
                .isThrownBy(() -> api.post("/pixels", Map.of()))
                .withMessage("POST /pixels was answered with 422: {\"detail\":\"no\"}");
    }

    private static void answer(HttpExchange x, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        x.sendResponseHeaders(status, bytes.length);
        x.getResponseBody().write(bytes);
        x.close();
    }
}
