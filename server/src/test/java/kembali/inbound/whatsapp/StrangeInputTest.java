package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kembali.inbound.Fact;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are, a kind answers with a reading whose facts are whole. */
class StrangeInputTest {
    private static final Instant NOW = Instant.parse(Captured.USUAL_RECEIPT);
    private static final SourceSettings SETTINGS = new SourceSettings("ID", "+628119990001", Map.of(), Map.of());
    private static final SourceKeys KEYS = new SourceKeys("secret", "verify", "access");
    private static final List<Captured> CAPTURED = Captured.all();

    /** Member names of all providers, so that invented JSON reaches beyond the first question. */
    private static final List<String> NAMES = names();

    @Property(tries = 1_500, seed = "20261121")
    void readsAnyBytes(@ForAll("kinds") Kind kind, @ForAll("mediaTypes") String type, @ForAll byte[] body) {
        isWhole(kind, type, body);
    }

    @Property(tries = 1_500, seed = "20261122")
    void readsAnyJson(@ForAll("kinds") Kind kind, @ForAll("json") JsonNode json) {
        isWhole(kind, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 1_500, seed = "20261123")
    void readsAnyFields(@ForAll("kinds") Kind kind, @ForAll("fields") String fields) {
        isWhole(kind, "application/x-www-form-urlencoded", fields.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 4_000, seed = "20261124")
    void readsCapturedRequestsWithOneValueChanged(
            @ForAll("captured") Captured captured, @ForAll int place, @ForAll("json") JsonNode instead) {
        JsonNode content = captured.file().path("request");
        if (!content.has("json")) {
            return;
        }
        JsonNode body = content.path("json").deepCopy();
        List<Runnable> changes = new ArrayList<>();
        changes(body, instead, changes);
        if (!changes.isEmpty()) {
            changes.get(Math.floorMod(place, changes.size())).run();
        }
        isWhole(captured.kind(), "application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 2_000, seed = "20261125")
    void readsCapturedRequestsCutOffOrWithAByteChanged(
            @ForAll("captured") Captured captured, @ForAll int place, @ForAll byte instead, @ForAll boolean cut) {
        RawRequest request = captured.request();
        byte[] body = request.body().clone();
        if (body.length == 0) {
            return;
        }
        int at = Math.floorMod(place, body.length);
        if (cut) {
            body = Arrays.copyOf(body, at);
        } else {
            body[at] = instead;
        }
        isWhole(captured.kind(), request.mediaType(), body);
    }

    @Property(tries = 1_000, seed = "20261126")
    void readsAnythingThatWasFetched(@ForAll("kinds") Kind kind, @ForAll int status, @ForAll("json") JsonNode json) {
        var fetch = new Fact.Fetch("message:1", "https://tokoku.kommo.com/api/v4/contacts/1", true, NOW, Map.of());
        for (int code : List.of(status, 200)) {
            isWhole(kind.readFetched(fetch, code, json.toString().getBytes(StandardCharsets.UTF_8), SETTINGS));
        }
    }

    private static void isWhole(Kind kind, String mediaType, byte[] body) {
        var request = new RawRequest(
                "POST",
                "https://hub.example.com/in/x/y",
                "",
                Map.of(
                        "content-type", mediaType,
                        "x-hub-signature-256", "sha256=zz",
                        "x-twilio-signature", "?",
                        "x-chatwoot-timestamp", "1790000000",
                        "x-chatwoot-signature", "sha256=",
                        "authorization", "Bearer"),
                body);
        isWhole(kind.read(request, SETTINGS, NOW));
        assertThat(kind.check(request, KEYS, NOW)).isNotNull();
        assertThat(kind.check(request, SourceKeys.NONE, NOW)).isNotNull();
        assertThat(kind.taken(request).status()).isEqualTo(200);
        kind.handshake(
                new RawRequest(
                        "GET", request.url(), new String(body, StandardCharsets.ISO_8859_1), Map.of(), new byte[0]),
                KEYS);
    }

    private static void isWhole(Reading reading) {
        assertThat(reading.facts().isEmpty() && reading.reason() == null).isFalse();
        for (Fact fact : reading.facts()) {
            switch (fact) {
                case Fact.Message said -> {
                    var customer = said.message().customer();
                    assertThat(customer.phoneE164() != null || customer.bsuid() != null)
                            .isTrue();
                    assertThat(said.message().messageId()).isNotBlank();
                    assertThat(said.message().at()).isBeforeOrEqualTo(NOW.plusSeconds(300));
                }
                case Fact.Fetch fetch ->
                    assertThat(fetch.url()).matches("https://[a-z0-9-]+\\.kommo\\.com/api/v4/contacts/[0-9]+");
                case Fact.StatusSaid said -> assertThat(said.word()).isNotBlank();
                case Fact.FormFilled filled -> assertThat(filled.fields()).isNotEmpty();
                case Fact.Ignored ignored -> assertThat(ignored.reason()).isNotBlank();
            }
        }
    }

    @Provide
    Arbitrary<Kind> kinds() {
        return Arbitraries.of(ChatKinds.all());
    }

    @Provide
    Arbitrary<Captured> captured() {
        return Arbitraries.of(CAPTURED);
    }

    @Provide
    Arbitrary<String> mediaTypes() {
        return Arbitraries.of("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "");
    }

    @Provide
    Arbitrary<String> fields() {
        Arbitrary<String> name = Combinators.combine(
                        Arbitraries.of(NAMES),
                        Arbitraries.of("", "[0]", "[add][0][id]", "[status][0][id]", "[", "]", "[][]", "[a][[b]"))
                .as((a, b) -> a + b);
        Arbitrary<String> field =
                Combinators.combine(name, Arbitraries.strings().ofMaxLength(20)).as((a, b) -> a + "=" + b);
        return field.list().ofMaxSize(12).map(list -> String.join("&", list));
    }

    @Provide
    Arbitrary<JsonNode> json() {
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30).map(JsonNodeFactory.instance::textNode),
                Arbitraries.of(
                                "6281234567890",
                                "1790000000",
                                "true",
                                "incoming",
                                "text",
                                "message",
                                "{\"id\":1}",
                                "[{}]")
                        .map(JsonNodeFactory.instance::textNode),
                Arbitraries.longs().map(n -> (JsonNode) JsonNodeFactory.instance.numberNode(n)),
                Arbitraries.doubles().map(n -> (JsonNode) JsonNodeFactory.instance.numberNode(n)),
                Arbitraries.of(true, false).map(b -> (JsonNode) JsonNodeFactory.instance.booleanNode(b)),
                Arbitraries.just((JsonNode) JsonNodeFactory.instance.nullNode()));
        return Arbitraries.recursive(() -> leaf, StrangeInputTest::containing, 0, 3);
    }

    private static Arbitrary<JsonNode> containing(Arbitrary<JsonNode> inner) {
        Arbitrary<JsonNode> list = inner.list().ofMaxSize(4).map(elements -> {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            elements.forEach(array::add);
            return array;
        });
        Arbitrary<JsonNode> object = Arbitraries.maps(Arbitraries.of(NAMES), inner)
                .ofMaxSize(6)
                .map(members -> {
                    ObjectNode node = JsonNodeFactory.instance.objectNode();
                    members.forEach(node::set);
                    return node;
                });
        return Arbitraries.oneOf(list, object);
    }

    /** A change for every value below a node: another value in its place, or none. */
    private static void changes(JsonNode node, JsonNode instead, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            for (var member : List.copyOf(object.properties())) {
                changes.add(() -> object.set(member.getKey(), instead));
                changes.add(() -> object.remove(member.getKey()));
                changes(member.getValue(), instead, changes);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, instead));
                changes(array.get(i), instead, changes);
            }
        }
    }

    private static List<String> names() {
        var names = new TreeSet<String>();
        for (Captured captured : Captured.all()) {
            names(captured.file().path("request"), names);
        }
        return List.copyOf(names);
    }

    private static void names(JsonNode node, Set<String> names) {
        node.properties().forEach(member -> names.add(member.getKey()));
        node.forEach(child -> names(child, names));
    }
}
