package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kembali.inbound.Fact;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceSettings;
import org.junit.jupiter.api.DynamicTest;

/**
 * Requests as providers send them, {@code src/test/resources/kembali/inbound/form/<kind>/<case>}, and what they say:
 *
 * <ul>
 *   <li>{@code body.*}: the bytes; line ends of {@code body.multipart} become CRLF
 *   <li>{@code request.json}: {@code method}, {@code query}, {@code headers}, {@code settings} ({@code fieldMap},
 *       {@code statusMap}); with {@code fetched} ({@code status}, {@code fetch}) the body is what a fetch brought
 *   <li>{@code expected.json}: {@code understood}, {@code reason}, {@code facts}
 * </ul>
 */
final class GoldenForms {
    static final Instant RECEIVED_AT = Instant.parse("2026-11-20T03:00:05Z");
    static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<HashMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final Path ROOT = Path.of("src", "test", "resources", "kembali", "inbound", "form");

    private GoldenForms() {}

    static Stream<DynamicTest> of(Kind kind) {
        return cases(kind.key())
                .map(folder -> DynamicTest.dynamicTest(
                        folder.getFileName().toString(),
                        () -> assertThat(JSON.readTree(actual(kind, folder)))
                                .isEqualTo(JSON.readTree(
                                        folder.resolve("expected.json").toFile()))));
    }

    static Stream<Path> cases(String kind) {
        try (Stream<Path> folders = Files.list(ROOT.resolve(kind))) {
            List<Path> sorted = folders.sorted().toList();
            assertThat(sorted).isNotEmpty();
            return sorted.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the kind makes of that case, as JSON text. */
    static String actual(Kind kind, Path folder) throws IOException {
        JsonNode given = JSON.readTree(folder.resolve("request.json").toFile());
        JsonNode fetched = given.path("fetched");
        Reading reading = fetched.isMissingNode()
                ? kind.read(request(folder), settings(given), RECEIVED_AT)
                : kind.readFetched(
                        fetch(fetched.path("fetch")), fetched.path("status").asInt(), body(folder), settings(given));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json(reading));
    }

    static RawRequest request(Path folder) throws IOException {
        JsonNode given = JSON.readTree(folder.resolve("request.json").toFile());
        return new RawRequest(
                given.path("method").asText("POST"),
                "https://hub.example.com/in/form/t",
                given.path("query").asText(""),
                texts(given.path("headers")),
                body(folder));
    }

    static byte[] body(Path folder) throws IOException {
        for (String name : List.of("body.json", "body.txt", "body.multipart")) {
            Path file = folder.resolve(name);
            if (Files.exists(file)) {
                byte[] bytes = Files.readAllBytes(file);
                return name.endsWith("multipart")
                        ? new String(bytes, StandardCharsets.ISO_8859_1)
                                .replace("\n", "\r\n")
                                .getBytes(StandardCharsets.ISO_8859_1)
                        : bytes;
            }
        }
        throw new IllegalStateException(folder + " has no body");
    }

    private static SourceSettings settings(JsonNode given) {
        JsonNode settings = given.path("settings");
        return new SourceSettings("ID", null, texts(settings.path("fieldMap")), texts(settings.path("statusMap")));
    }

    private static Fact.Fetch fetch(JsonNode given) {
        return new Fact.Fetch(
                given.path("factId").asText(),
                given.path("url").asText(),
                true,
                Instant.parse(given.path("at").asText()),
                texts(given.path("known")));
    }

    private static Map<String, String> texts(JsonNode node) {
        return node.isMissingNode() ? Map.of() : JSON.convertValue(node, TEXTS);
    }

    private static ObjectNode json(Reading reading) {
        ObjectNode json = JSON.createObjectNode();
        json.put("understood", reading.understood());
        json.put("reason", reading.reason());
        ArrayNode facts = json.putArray("facts");
        reading.facts().forEach(fact -> facts.add(json(fact)));
        return json;
    }

    private static ObjectNode json(Fact fact) {
        ObjectNode json = JSON.createObjectNode();
        switch (fact) {
            case Fact.FormFilled f -> {
                json.put("fact", "formFilled")
                        .put("submissionId", f.submissionId())
                        .put("at", f.at().toString())
                        .put("test", f.test());
                put(json, "fields", f.fields());
                put(json, "others", f.others());
            }
            case Fact.Fetch f -> {
                json.put("fact", "fetch")
                        .put("factId", f.factId())
                        .put("url", f.url())
                        .put("bearer", f.bearer())
                        .put("at", f.at().toString());
                put(json, "known", f.known());
            }
            case Fact.Ignored i -> json.put("fact", "ignored").put("reason", i.reason());
            case Fact.Message m -> throw new AssertionError("a form holds no chat message");
            case Fact.StatusSaid s -> throw new AssertionError("a form says no status of its own");
        }
        return json;
    }

    private static void put(ObjectNode json, String name, Map<String, String> texts) {
        ObjectNode object = json.putObject(name);
        new TreeMap<>(texts).forEach((key, text) -> object.put(key, text));
    }
}
