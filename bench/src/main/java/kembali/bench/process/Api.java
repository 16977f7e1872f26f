package kembali.bench.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** The server's management API, for preparing and checking; load goes through {@link Connection}. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Api(URI server, String key) {
        this.server = server;
        this.key = key;
    }

    /** What every request of the API needs. */
    public String authorization() {
        return "Bearer " + key;
    }

    boolean isReady() throws InterruptedException {
        try {
            return send(request("/health/ready").GET()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** @param path below {@code /api/v1}, such as {@code /pixels} */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return answer(request("/api/v1" + path).GET());
    }

    /** @throws IOException with the server's words when it refuses */
    public JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return answer(request("/api/v1" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** Sends a CSV file. */
    public JsonNode upload(String path, Path csv) throws IOException, InterruptedException {
        return answer(
                request("/api/v1" + path).header("Content-Type", "text/csv").POST(BodyPublishers.ofFile(csv)));
    }

    /** How many lines the answer has, which may be long. */
    public long lines(String path) throws IOException, InterruptedException {
        try (var lines = client.send(request("/api/v1" + path).GET().build(), BodyHandlers.ofLines())
                .body()) {
            return lines.count();
        }
    }

    /** An action without a body, such as {@code /pixels/{id}/pause}. */
    public JsonNode post(String path) throws IOException, InterruptedException {
        return answer(request("/api/v1" + path).POST(BodyPublishers.noBody()));
    }

    /**
     * The value of one line of {@code /metrics}; 0 when it is not there yet.
     *
     * @param label such as {@code outcome="click"}
     */
    public double metric(String name, String label) throws IOException, InterruptedException {
        return send(request("/metrics").header("Accept", "text/plain").GET())
                .body()
                .lines()
                .filter(l -> l.startsWith(name + "{") && l.contains(label))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).header("Authorization", authorization());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
