package kembali.inbound.whatsapp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kembali.inbound.Fact;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceSettings;
import kembali.lead.ChatMessage;
import org.jspecify.annotations.Nullable;

/**
 * A request in the shape a provider sends, and what it must be read as:
 * {@code src/test/resources/kembali/inbound/whatsapp/<kind>/<case>.json}.
 *
 * <ul>
 *   <li>{@code request}: {@code json}, {@code form} (fields, encoded by us) or {@code text}; {@code headers}
 *   <li>{@code settings}: {@code businessNumber}, {@code statusMap}; {@code receivedAt}
 *   <li>{@code fetched}: {@code status} and {@code json} or {@code text} the first {@link Fact.Fetch} brings
 *   <li>{@code reading}: {@code understood}, {@code reason}, {@code facts}, and {@code fetched}, the reading of that
 * </ul>
 */
record Captured(Kind kind, String name, JsonNode file) {
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** Five seconds after the time most captured messages carry. */
    static final String USUAL_RECEIPT = "2026-09-21T14:13:25Z";

    private static final Path ROOT = Path.of("src", "test", "resources", "kembali", "inbound", "whatsapp");

    static List<Captured> all() {
        return ChatKinds.all().stream().flatMap(Captured::of).toList();
    }

    private static Stream<Captured> of(Kind kind) {
        try (Stream<Path> files = Files.list(ROOT.resolve(kind.key()))) {
            List<Path> cases = files.sorted().toList();
            return cases.stream()
                    .map(file ->
                            new Captured(kind, file.getFileName().toString().replace(".json", ""), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawRequest request() {
        JsonNode request = file.path("request");
        Map<String, String> headers = new HashMap<>();
        request.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        headers.putIfAbsent(
                "content-type", request.has("form") ? "application/x-www-form-urlencoded" : "application/json");
        return new RawRequest(
                "POST", "https://hub.example.com/in/" + kind.key() + "/token", "", headers, body(request));
    }

    SourceSettings settings() {
        JsonNode given = file.path("settings");
        Map<String, String> statusMap = new HashMap<>();
        given.path("statusMap")
                .properties()
                .forEach(s -> statusMap.put(s.getKey(), s.getValue().asText()));
        return new SourceSettings("ID", given.path("businessNumber").asText(null), Map.of(), statusMap);
    }

    Instant receivedAt() {
        return Instant.parse(file.path("receivedAt").asText(USUAL_RECEIPT));
    }

    /** What the request, and what it points at, is read as. */
    JsonNode reading() {
        Reading reading = kind.read(request(), settings(), receivedAt());
        ObjectNode told = json(reading);
        JsonNode fetched = file.path("fetched");
        if (fetched.isObject()) {
            Fact.Fetch fetch = reading.facts().stream()
                    .filter(Fact.Fetch.class::isInstance)
                    .map(Fact.Fetch.class::cast)
                    .findFirst()
                    .orElseThrow();
            told.set(
                    "fetched",
                    json(kind.readFetched(fetch, fetched.path("status").asInt(), body(fetched), settings())));
        }
        return told;
    }

    private static byte[] body(JsonNode content) {
        String text;
        if (content.has("form")) {
            text = content.path("form").properties().stream()
                    .map(f -> encode(f.getKey()) + "=" + encode(f.getValue().asText()))
                    .collect(Collectors.joining("&"));
        } else {
            text = content.has("json")
                    ? content.path("json").toString()
                    : content.path("text").asText();
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static ObjectNode json(Reading reading) {
        ObjectNode json = JSON.createObjectNode();
        json.put("understood", reading.understood());
        if (reading.reason() != null) {
            json.put("reason", reading.reason());
        }
        ArrayNode facts = json.putArray("facts");
        reading.facts().forEach(fact -> facts.add(json(fact)));
        return json;
    }

    private static ObjectNode json(Fact fact) {
        ObjectNode json = JSON.createObjectNode();
        switch (fact) {
            case Fact.Message said -> json.set("message", json(said.message()));
            case Fact.Ignored ignored -> json.put("ignored", ignored.reason());
            case Fact.StatusSaid said -> {
                ObjectNode status = json.putObject("status");
                put(status, "factId", said.factId());
                put(status, "at", said.at().toString());
                put(status, "word", said.word());
                put(status, "phone", said.phone());
                put(status, "email", said.email());
                put(status, "externalRef", said.externalRef());
                put(status, "value", said.value() == null ? null : said.value().toPlainString());
                put(status, "currency", said.currency());
            }
            case Fact.Fetch fetch -> {
                ObjectNode asked = json.putObject("fetch");
                put(asked, "factId", fetch.factId());
                put(asked, "url", fetch.url());
                asked.put("bearer", fetch.bearer());
                put(asked, "at", fetch.at().toString());
                asked.set("known", JSON.valueToTree(fetch.known()));
            }
            case Fact.FormFilled filled -> {
                ObjectNode form = json.putObject("form");
                put(form, "submissionId", filled.submissionId());
                put(form, "at", filled.at().toString());
                form.set("fields", JSON.valueToTree(filled.fields()));
                form.set("others", JSON.valueToTree(filled.others()));
                form.put("test", filled.test());
            }
        }
        return json;
    }

    private static ObjectNode json(ChatMessage message) {
        ObjectNode json = JSON.createObjectNode();
        put(json, "provider", message.provider());
        put(json, "messageId", message.messageId());
        put(json, "at", message.at().toString());
        put(json, "direction", message.direction().name());
        json.set("customer", withoutNulls(message.customer()));
        json.set("business", withoutNulls(message.business()));
        put(json, "type", message.type());
        put(json, "text", message.text());
        if (message.referral() != null) {
            json.set("referral", withoutNulls(message.referral()));
        }
        return json;
    }

    private static JsonNode withoutNulls(Object value) {
        ObjectNode json = JSON.valueToTree(value);
        json.properties().removeIf(member -> member.getValue().isNull());
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
