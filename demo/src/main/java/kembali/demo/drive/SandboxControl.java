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
import kembali.demo.foresight.PixelPlan;
import kembali.demo.sample.Person;
import kembali.demo.sample.Sample;

/** The control API of the sandbox (docs/sandbox.md). */
public final class SandboxControl {
    private final Http http;
    private final URI base;

    SandboxControl(Http http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** Tells it the people's plain data, so that it recognises hashes, right ones and wrong ones. */
    void learn(Sample sample) {
        var em = new ArrayList<String>();
        var ph = new ArrayList<Map<String, String>>();
        var fn = new ArrayList<String>();
        var ln = new ArrayList<String>();
        var ct = new ArrayList<String>();
        for (Person p : sample.people().toList()) {
            add(em, p.email());
            add(fn, p.firstName());
            add(ln, p.lastName());
            add(ct, p.city());
            String typed = p.phone();
            String digits = p.phoneDigits();
            if (typed != null && digits != null) {
                ph.add(Map.of("plain", typed, "normalised", digits));
            }
        }
        send("POST", "known", Map.of("em", em, "ph", ph, "fn", fn, "ln", ln, "ct", ct));
    }

    /** Arms a fault at one pixel and returns its id. */
    int arm(PixelPlan pixel, String mode, Map<String, Object> more) {
        var fault = new LinkedHashMap<String, Object>(more);
        fault.put("platform", "meta");
        fault.put("pixelId", pixel.metaId());
        fault.put("mode", mode);
        return send("POST", "faults", fault).path("id").asInt();
    }

    void disarm(int id) {
        send("DELETE", "faults?id=" + id, Map.of());
    }

    /** Counts of everything that arrived, with every repeated event. */
    public JsonNode summary() {
        return send("GET", "summary?limit=10000", Map.of());
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
