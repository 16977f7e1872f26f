package kembali.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.lead.ChatMessage;
import org.jspecify.annotations.Nullable;

/** A kind that says its facts outright, as JSON, and does whatever else a test wants. */
record TestKind(String key, boolean fromBrowsers) implements Kind {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String title() {
        return "Test";
    }

    @Override
    public SourceForm form() {
        return new SourceForm(
                List.of(
                        new SourceForm.Field("secret", "Secret", "Any word", false),
                        new SourceForm.Field("verifyToken", "Verify token", "Any word", false),
                        new SourceForm.Field("accessToken", "Access token", "Any word", false)),
                List.of("Paste {url}."),
                List.of());
    }

    @Override
    public @Nullable Reply handshake(RawRequest request, SourceKeys keys) {
        return request.query().startsWith("challenge=")
                ? Reply.text(200, request.query().substring(10))
                : null;
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        if (keys.secret() == null) {
            return new Authenticity.Unsigned();
        }
        return keys.secret().equals(request.header("x-signature"))
                ? new Authenticity.Genuine()
                : new Authenticity.Forged("The signature does not fit the body.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        return read(new String(request.body(), StandardCharsets.UTF_8), receivedAt);
    }

    @Override
    public Reading readFetched(Fact.Fetch fetch, int httpStatus, byte[] body, SourceSettings settings) {
        return httpStatus == 200
                ? read(new String(body, StandardCharsets.UTF_8), fetch.at())
                : Reading.unknown("The token was refused.");
    }

    private static Reading read(String body, Instant at) {
        JsonNode doc;
        try {
            doc = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return Reading.unknown("No JSON.");
        }
        if (doc.path("bug").asBoolean()) {
            throw new IllegalStateException("a bug");
        }
        if (doc.path("deepBug").asBoolean()) {
            endless(1);
        }
        var facts = new ArrayList<Fact>();
        doc.path("messages").forEach(m -> facts.add(message(m, at)));
        doc.path("forms")
                .forEach(f -> facts.add(new Fact.FormFilled(
                        text(f, "id"),
                        at,
                        words(f.path("fields")),
                        words(f.path("others")),
                        f.path("test").asBoolean())));
        doc.path("statuses")
                .forEach(s -> facts.add(new Fact.StatusSaid(
                        text(s, "id"),
                        at,
                        s.path("word").asText(),
                        text(s, "phone"),
                        text(s, "email"),
                        text(s, "ref"),
                        s.has("value") ? s.path("value").decimalValue() : null,
                        text(s, "currency"))));
        doc.path("fetch")
                .forEach(f -> facts.add(new Fact.Fetch(
                        f.path("id").asText(),
                        f.path("url").asText(),
                        f.path("bearer").asBoolean(),
                        at,
                        Map.of())));
        if (doc.has("ignore")) {
            facts.add(new Fact.Ignored(doc.path("ignore").asText()));
        }
        return facts.isEmpty() ? Reading.unknown("Nothing this kind knows.") : Reading.of(facts);
    }

    private static int endless(int n) {
        return n == 0 ? 0 : endless(n + 1) + 1;
    }

    private static Fact message(JsonNode m, Instant at) {
        return new Fact.Message(new ChatMessage(
                "test",
                m.path("id").asText(),
                m.has("at") ? Instant.parse(m.path("at").asText()) : at,
                m.path("out").asBoolean() ? ChatMessage.Direction.OUT : ChatMessage.Direction.IN,
                new ChatMessage.Customer(text(m, "from"), text(m, "bsuid"), null, text(m, "name")),
                new ChatMessage.Business(text(m, "to"), null, text(m, "waba"), null),
                "text",
                text(m, "text"),
                null));
    }

    private static @Nullable String text(JsonNode node, String member) {
        return node.hasNonNull(member) ? node.path(member).asText() : null;
    }

    private static Map<String, String> words(JsonNode node) {
        var map = new HashMap<String, String>();
        node.properties().forEach(e -> map.put(e.getKey(), e.getValue().asText()));
        return map;
    }
}
