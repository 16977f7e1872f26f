package kembali.demo.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The management API of the server, with the admin key. Bodies are maps, lists and records. */
public final class Api {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int PAGE = 200;

    private final Http http;
    private final URI base;
    private final String key;

    Api(Http http, URI base, String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    /** The server did not do what it was asked. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String request, int status, String body) {
            super(request + " was answered with " + status + ": "
                    + (body.length() > 600 ? body.substring(0, 600) + "…" : body));
        }
    }

    public JsonNode get(String path) {
        return send("GET", path, null, null);
    }

    public JsonNode post(String path, Object body) {
        return send("POST", path, body, null);
    }

    JsonNode post(String path, Object body, String idempotencyKey) {
        return send("POST", path, body, idempotencyKey);
    }

    JsonNode put(String path, Object body) {
        return send("PUT", path, body, null);
    }

    JsonNode patch(String path, Object body) {
        return send("PATCH", path, body, null);
    }

    /** Whether the server has an address, by what it says of itself. */
    public boolean offers(String path) {
        HttpResponse<String> said = http.send(HttpRequest.newBuilder(base.resolve("/api/openapi.json")));
        try {
            return said.statusCode() == 200
                    && JSON.readTree(said.body()).path("paths").has("/api/v1" + path);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("/api/openapi.json is no JSON", e);
        }
    }

    /** All items of a list, page by page. */
    public List<JsonNode> all(String path) {
        var items = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            String page = path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor);
            JsonNode answer = get(page);
            answer.path("items").forEach(items::add);
            cursor = answer.path("nextCursor").asText("");
            cursor = cursor.equals("null") ? "" : cursor;
        } while (!cursor.isEmpty());
        return items;
    }

    private JsonNode send(String method, String path, @Nullable Object body, @Nullable String idempotencyKey) {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                    .header("Authorization", "Bearer " + key)
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            if (idempotencyKey != null) {
                request.header("Idempotency-Key", idempotencyKey);
            }
            HttpResponse<String> answer = http.send(request);
            if (answer.statusCode() / 100 != 2) {
                throw new RefusedException(method + " " + path, answer.statusCode(), answer.body());
            }
            return answer.body().isEmpty() ? MissingNode.getInstance() : JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(method + " " + path + " did not travel as JSON", e);
        }
    }
}
