package kembali.demo.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import kembali.demo.platform.Fault;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;

/** The control API of the sandbox (docs/sandbox.md). */
public final class SandboxControl {
    private static final int PAGE = 500;

    private final Http http;
    private final URI base;

    SandboxControl(Http http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** Tells it the people's plain data, so that it recognises hashes, right ones and wrong ones. */
    void learn(Sample sample) {
        for (Platform platform : Platforms.all()) {
            var em = new ArrayList<String>();
            var ph = new ArrayList<Object>();
            var fn = new ArrayList<String>();
            var ln = new ArrayList<String>();
            var ct = new ArrayList<String>();
            for (Person p : sample.people().toList()) {
                add(em, p.email());
                add(fn, p.firstName());
                add(ln, p.lastName());
                add(ct, p.city());
                ph.add(platform.toLearn(p));
            }
            send(
                    "POST",
                    "known",
                    Map.of(
                            "platform",
                            platform.sandboxes().getFirst(),
                            "em",
                            em,
                            "ph",
                            ph,
                            "fn",
                            fn,
                            "ln",
                            ln,
                            "ct",
                            ct));
        }
    }

    /** Arms a fault and returns its id. */
    int arm(Fault what) {
        var fault = new LinkedHashMap<String, Object>(what.more());
        fault.put("platform", what.sandbox());
        fault.put("pixelId", what.pixelId());
        fault.put("mode", what.mode());
        return send("POST", "faults", fault).path("id").asInt();
    }

    void disarm(int id) {
        send("DELETE", "faults?id=" + id, Map.of());
    }

    /** Counts of everything that arrived, with every repeated event. */
    public JsonNode summary() {
        return send("GET", "summary?limit=10000", Map.of());
    }

    /** Every event it stored, one after the other, with its body. */
    void received(Consumer<JsonNode> each) {
        JsonNode page;
        long after = 0;
        do {
            page = send("GET", "received?order=asc&limit=" + PAGE + "&after=" + after, Map.of())
                    .path("items");
            for (JsonNode event : page) {
                each.accept(event);
                after = event.path("seq").asLong();
            }
        } while (page.size() == PAGE);
    }

    /** The bodies of the latest requests at a host of whatever platform; older ones it has forgotten. */
    void requests(String sandbox, Consumer<JsonNode> each) {
        try {
            for (JsonNode request : send("GET", "requests?verdict=accepted&limit=1000&platform=" + sandbox, Map.of())
                    .path("items")) {
                each.accept(Api.JSON.readTree(request.path("body").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request the sandbox took is no JSON", e);
        }
    }

    private JsonNode send(String method, String path, Map<String, ?> body) {
        try {
            var request = HttpRequest.newBuilder(base.resolve("/_sandbox/" + path));
            if (method.equals("POST")) {
                request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Api.JSON.writeValueAsBytes(body)));
            } else {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            }
            HttpResponse<String> answer = http.send(request);
            if (answer.statusCode() / 100 != 2) {
                throw new Api.RefusedException(method + " /_sandbox/" + path, answer.statusCode(), answer.body());
            }
            return answer.body().isEmpty() ? MissingNode.getInstance() : Api.JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the sandbox does not speak JSON", e);
        }
    }

    private static void add(List<String> to, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            to.add(value);
        }
    }
}
