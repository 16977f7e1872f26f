package kembali.demo.drive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import kembali.demo.platform.Fault;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;
import org.jspecify.annotations.Nullable;

/** The control API of the sandbox (docs/sandbox.md). */
public final class SandboxControl {
    private static final int PAGE = 500;
    private static final Set<String> TAKEN = Set.of("accepted", "lost");

    private final Http http;
    private final URI base;

    SandboxControl(Http http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** Tells it what it may know: the people's plain data, so that it recognises hashes, right ones and wrong ones. */
    void learn(Sample sample) {
        for (Platform platform : Platforms.all()) {
            String host = platform.sandboxes().getFirst();
            var known = new LinkedHashMap<String, Object>(platform.alsoLearned(sample));
            known.put("platform", host);
            known.put(platform.learnedAs("em"), each(sample, Person::email));
            known.put(platform.learnedAs("ph"), each(sample, platform::toLearn));
            known.put(platform.learnedAs("fn"), each(sample, Person::firstName));
            known.put(platform.learnedAs("ln"), each(sample, Person::lastName));
            known.put(platform.learnedAs("ct"), each(sample, Person::city));
            send("POST", "known", known);
            Map<String, Object> instructions = platform.instructions();
            if (!instructions.isEmpty()) {
                send("POST", "platforms/" + host, instructions);
            }
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

    /**
     * The bodies of the requests it took at a host, with answer or without; it forgets all but the latest of all hosts.
     *
     * @param after the number of the last one known, 0 for none
     * @return the number of the last one now
     */
    long requests(String sandbox, long after, Consumer<JsonNode> each) {
        try {
            long last = after;
            for (JsonNode request : send("GET", "requests?limit=1000&platform=" + sandbox + "&after=" + after, Map.of())
                    .path("items")) {
                last = Math.max(last, request.path("id").asLong());
                if (TAKEN.contains(request.path("verdict").asText())) {
                    each.accept(Api.JSON.readTree(request.path("body").asText()));
                }
            }
            return last;
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

    /** Of everybody who has one. */
    private static List<?> each(Sample sample, Function<Person, @Nullable Object> what) {
        return sample.people().map(what).filter(Objects::nonNull).toList();
    }
}
