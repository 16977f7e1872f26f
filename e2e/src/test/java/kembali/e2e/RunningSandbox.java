package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged sandbox on a free port, and its control API. */
final class RunningSandbox implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("sandbox listening on (http://\\S+)");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final ChildProcess process;
    private final String url;

    private RunningSandbox(ChildProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    static RunningSandbox start() {
        Path jar = ChildProcess.jar("sandbox/target/kembali-sandbox.jar");
        ChildProcess process = ChildProcess.start(
                "sandbox", List.of("-Xmx256m", "-XX:+UseSerialGC"), jar, List.of("--port", "0"), Map.of());
        Eventually.eventually(
                Duration.ofSeconds(20), () -> assertThat(process.output()).containsPattern(LISTENING));
        Matcher line = LISTENING.matcher(process.output());
        if (!line.find()) {
            throw new IllegalStateException(process.tail());
        }
        return new RunningSandbox(process, line.group(1));
    }

    String url() {
        return url;
    }

    /** Stored events of a pixel, oldest first. */
    List<JsonNode> received(String pixelId) {
        return items("received?order=asc&limit=50000&pixelId=" + pixelId);
    }

    /** Stored events of a pixel with that name, oldest first. */
    List<JsonNode> received(String pixelId, String event) {
        return items("received?order=asc&limit=50000&pixelId=" + pixelId + "&event=" + event);
    }

    /** Stored copies of one event, oldest first. */
    List<JsonNode> copies(String eventId) {
        return items("received?order=asc&eventId=" + eventId);
    }

    /** Whole requests, newest first. */
    List<JsonNode> requests(String pixelId) {
        return items("requests?limit=1000&pixelId=" + pixelId);
    }

    JsonNode summary() {
        return get("summary");
    }

    /** Faults that are on. */
    List<JsonNode> faults() {
        return items("faults");
    }

    /** Arms a fault of a platform for one of its pixels, or {@code *}. */
    void fault(String platform, String pixelId, String more) {
        post("faults", "{\"platform\":\"" + platform + "\",\"pixelId\":\"" + pixelId + "\"," + more + "}", 201);
    }

    /** Arms a fault for one Meta pixel; {@code more} are further members, such as {@code "mode":"fail","count":2}. */
    void fault(String pixelId, String more) {
        fault("meta", pixelId, more);
    }

    void clearFaults() {
        assertThat(Http.send("DELETE", url + "/_sandbox/faults", null, Map.of()).status())
                .isEqualTo(204);
    }

    /** Tells it plain values, so that it recognises their hashes. */
    void know(String json) {
        post("known", json, 200);
    }

    /** Tells one platform what it is like: its accounts, keys and the like. */
    void instruct(String platform, String json) {
        post("platforms/" + platform, json, 200);
    }

    private List<JsonNode> items(String query) {
        return Json.items(get(query));
    }

    private JsonNode get(String query) {
        return Http.send("GET", url + "/_sandbox/" + query, null, Map.of()).expect(200);
    }

    private void post(String what, String json, int expected) {
        Http.send("POST", url + "/_sandbox/" + what, json, JSON).expect(expected);
    }

    @Override
    public void close() {
        process.close();
    }
}
