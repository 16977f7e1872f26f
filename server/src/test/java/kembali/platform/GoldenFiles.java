package kembali.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Reads the golden files of a platform, {@code src/test/resources/platform/<key>} or a folder below it, and turns each
 * folder into a test.
 *
 * <ul>
 *   <li>{@code encode/<case>/event.json}: an event or a list of them, in the members of {@link ConversionEvent};
 *       what is left out is unknown
 *   <li>{@code encode/<case>/settings.json}: {@code settings}, {@code credentials}, {@code strategy}, {@code now},
 *       {@code testCode}
 *   <li>{@code encode/<case>/request.json}: {@code {"skip": code}}, or {@code method}, {@code url}, {@code alone},
 *       {@code matchKeys} and {@code clickedAt} of the first event, {@code route} and {@code body} as JSON or text
 *   <li>{@code reply/<case>/reply.json}: {@code status}, {@code headers}, {@code body} as JSON or text, {@code sent} or
 *       {@code events} (each {@code json}, {@code matchKeys}, {@code route}, {@code clickedAt}), {@code now}
 *   <li>{@code reply/<case>/outcome.json}: {@code kind}, then {@code reason}, {@code retry}, {@code maxTries},
 *       {@code afterSeconds}, {@code receipt}, {@code pauseSeconds}, {@code slowDownSeconds}, {@code reasons}, {@code messageContains}, {@code messageHides};
 *       {@code kind} {@code each} has {@code outcomes}, one such object per event
 *   <li>{@code followup/<case>/{reply,outcome}.json}: the same for late verdicts
 * </ul>
 */
final class GoldenFiles {
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private static final TypeReference<HashMap<String, Object>> OBJECTS = new TypeReference<>() {};
    private static final TypeReference<HashMap<String, String>> TEXTS = new TypeReference<>() {};

    private final Platform platform;
    private final Path root;

    /** @param folder below {@code src/test/resources/platform} */
    GoldenFiles(Platform platform, String folder) {
        this.platform = platform;
        this.root = Path.of("src", "test", "resources", "platform").resolve(folder);
    }

    Stream<DynamicTest> encode() {
        return folders("encode").map(folder -> DynamicTest.dynamicTest(name(folder), () -> encodes(folder)));
    }

    /** @param destination the pixel that reads; replies may quote its secrets */
    Stream<DynamicTest> reply(Destination destination) {
        return folders("reply").map(folder -> DynamicTest.dynamicTest(name(folder), () -> reads(folder, destination)));
    }

    /** Any other golden file of the platform. */
    JsonNode file(String path) {
        return read(root.resolve(path));
    }

    private void encodes(Path folder) throws IOException {
        JsonNode given = read(folder.resolve("settings.json"));
        JsonNode expected = read(folder.resolve("request.json"));
        Map<String, Object> settings = JSON.convertValue(given.path("settings"), OBJECTS);
        Map<String, String> credentials = JSON.convertValue(given.path("credentials"), TEXTS);
        Destination pixel = platform.destination(settings, credentials, Endpoints.USUAL);
        Strategy strategy =
                Strategy.valueOf(given.path("strategy").asText("strict").toUpperCase(Locale.ROOT));
        Instant now = Instant.parse(given.path("now").asText());

        List<Prepared.Ready> ready = new ArrayList<>();
        for (ConversionEvent event : events(read(folder.resolve("event.json")))) {
            Prepared prepared = pixel.prepare(event, strategy, now);
            if (expected.has("skip")) {
                assertThat(prepared).isInstanceOfSatisfying(Prepared.Skip.class, skip -> {
                    assertThat(skip.reason().code())
                            .isEqualTo(expected.path("skip").asText());
                    assertThat(skip.reason().fix()).isNotBlank();
                });
                continue;
            }
            assertThat(prepared).isInstanceOf(Prepared.Ready.class);
            ready.add((Prepared.Ready) prepared);
        }
        if (expected.has("skip")) {
            return;
        }
        JsonNode code = given.path("testCode");
        PlatformRequest request = pixel.request(ready, code.isTextual() ? code.textValue() : null);
        if (expected.path("body").isTextual()) {
            assertThat(request.body()).isEqualTo(expected.path("body").textValue());
        } else {
            assertThat(JSON.readTree(request.body())).isEqualTo(expected.path("body"));
        }
        assertThat(request.method()).isEqualTo(expected.path("method").asText());
        assertThat(request.loggedUri()).isEqualTo(expected.path("url").asText());
        assertThat(ready.getFirst().alone()).isEqualTo(expected.path("alone").asBoolean());
        assertThat(ready.getFirst().route()).isEqualTo(expected.path("route").asText(""));
        assertThat(ready.getFirst().matchKeys()).isEqualTo(texts(expected.path("matchKeys")));
        if (expected.hasNonNull("clickedAt")) {
            assertThat(ready.getFirst().clickedAt())
                    .isEqualTo(Instant.parse(expected.path("clickedAt").asText()));
        }
    }

    /** @param destination the pixel that asked for a late verdict: {@code followup/<case>} */
    Stream<DynamicTest> followUp(Destination destination) {
        return folders("followup")
                .map(folder -> DynamicTest.dynamicTest(name(folder), () -> readsLate(folder, destination)));
    }

    private static void readsLate(Path folder, Destination destination) {
        JsonNode reply = read(folder.resolve("reply.json"));
        JsonNode expected = read(folder.resolve("outcome.json"));
        JsonNode body = reply.path("body");
        var received = new PlatformReply(
                reply.path("status").asInt(),
                JSON.convertValue(reply.path("headers"), TEXTS),
                body.isTextual() ? body.textValue() : body.toString());
        FollowUp followUp = Objects.requireNonNull(destination.followUp());
        String kind = expected.path("kind").asText();
        switch (followUp.read(received, sent(reply))) {
            case FollowUp.Answer.Known known -> isAsForeseen(known.verdict(), expected);
            case FollowUp.Answer.NotYet notYet -> {
                assertThat("not_yet").isEqualTo(kind);
                JsonNode pause = expected.path("pauseSeconds");
                assertThat(notYet.pause() == null ? null : notYet.pause().toSeconds())
                        .isEqualTo(pause.isNumber() ? pause.longValue() : null);
            }
            case FollowUp.Answer.TokenRefused refused ->
                assertThat("token_refused").isEqualTo(kind);
            case FollowUp.Answer.Unknowable unknowable -> {
                assertThat("unknowable").isEqualTo(kind);
                assertThat(unknowable.reason().code())
                        .isEqualTo(expected.path("reason").asText());
            }
        }
    }

    private static void reads(Path folder, Destination destination) {
        JsonNode reply = read(folder.resolve("reply.json"));
        JsonNode expected = read(folder.resolve("outcome.json"));
        JsonNode body = reply.path("body");
        var received = new PlatformReply(
                reply.path("status").asInt(),
                JSON.convertValue(reply.path("headers"), TEXTS),
                body.isTextual() ? body.textValue() : body.toString());
        Instant now = Instant.parse(reply.path("now").asText("2026-11-21T03:00:00Z"));
        isAsForeseen(destination.read(received, sent(reply), now), expected);
    }

    /** The events a reply is about: {@code events}, or as many empty ones as {@code sent} says. */
    private static List<Prepared.Ready> sent(JsonNode reply) {
        List<Prepared.Ready> sent = new ArrayList<>();
        reply.path("events")
                .forEach(event -> sent.add(new Prepared.Ready(
                        event.path("json").toString(),
                        texts(event.path("matchKeys")),
                        event.path("route").asText(""),
                        false,
                        event.hasNonNull("clickedAt")
                                ? Instant.parse(event.path("clickedAt").asText())
                                : null)));
        while (sent.size() < reply.path("sent").asInt(1)) {
            sent.add(new Prepared.Ready("{}", List.of(), "", false));
        }
        return sent;
    }

    private static void isAsForeseen(Verdict verdict, JsonNode expected) {
        switch (verdict) {
            case Verdict.RefusedForOne refused -> {
                assertThat("refused_for_one").isEqualTo(expected.path("kind").asText());
                assertThat(refused.reason().code())
                        .isEqualTo(expected.path("reason").asText());
                explains(List.of(refused.reason()), expected);
            }
            case Verdict.TokenRefused refused -> {
                assertThat("token_refused").isEqualTo(expected.path("kind").asText());
                explains(List.of(refused.reason()), expected);
            }
            case Verdict.All all -> {
                JsonNode slow = expected.path("slowDownSeconds");
                assertThat(all.slowDown() == null ? null : all.slowDown().toSeconds())
                        .isEqualTo(slow.isNumber() ? slow.longValue() : null);
                isAsForeseen(all.outcome(), expected);
            }
            case Verdict.Each each -> {
                assertThat("each").isEqualTo(expected.path("kind").asText());
                assertThat(each.outcomes()).hasSize(expected.path("outcomes").size());
                for (int i = 0; i < each.outcomes().size(); i++) {
                    isAsForeseen(
                            each.outcomes().get(i), expected.path("outcomes").path(i));
                }
            }
        }
    }

    private static void isAsForeseen(Outcome outcome, JsonNode expected) {
        String kind = expected.path("kind").asText();
        switch (outcome) {
            case Outcome.Accepted a -> {
                assertThat("accepted").isEqualTo(kind);
                Reason detail = a.detail();
                assertThat(detail == null ? "" : detail.code())
                        .isEqualTo(expected.path("reason").asText(""));
            }
            case Outcome.Processing processing -> {
                assertThat("processing").isEqualTo(kind);
                assertThat(processing.receipt())
                        .isEqualTo(expected.path("receipt").asText());
            }
            case Outcome.PartialFailure partial -> {
                assertThat("partial_failure").isEqualTo(kind);
                assertThat(partial.complaints().stream().map(Reason::code).toList())
                        .isEqualTo(texts(expected.path("reasons")));
                explains(partial.complaints(), expected);
            }
            case Outcome.Failed failed -> {
                assertThat("failed").isEqualTo(kind);
                assertThat(failed.reason().code())
                        .isEqualTo(expected.path("reason").asText());
                explains(List.of(failed.reason()), expected);
                String retry = expected.path("retry").asText();
                switch (failed.retry()) {
                    case Retry.Never n -> assertThat("never").isEqualTo(retry);
                    case Retry.AfterFix f -> assertThat("after_fix").isEqualTo(retry);
                    case Retry.Later later -> {
                        assertThat("later").isEqualTo(retry);
                        assertThat(later.maxTries())
                                .isEqualTo(expected.path("maxTries").asInt());
                        JsonNode after = expected.path("afterSeconds");
                        assertThat(later.after() == null ? null : later.after().toSeconds())
                                .isEqualTo(after.isNumber() ? after.longValue() : null);
                    }
                    case Retry.Throttled throttled -> {
                        assertThat("throttled").isEqualTo(retry);
                        JsonNode pause = expected.path("pauseSeconds");
                        assertThat(
                                        throttled.pause() == null
                                                ? null
                                                : throttled.pause().toSeconds())
                                .isEqualTo(pause.isNumber() ? pause.longValue() : null);
                    }
                }
            }
        }
    }

    private static void explains(List<Reason> reasons, JsonNode expected) {
        String messages =
                String.join("\n", reasons.stream().map(Reason::message).toList());
        for (String shown : texts(expected.path("messageContains"))) {
            assertThat(messages).contains(shown);
        }
        for (String hidden : texts(expected.path("messageHides"))) {
            assertThat(messages).doesNotContain(hidden);
        }
        assertThat(reasons).allSatisfy(reason -> assertThat(reason.fix()).isNotBlank());
    }

    /** An event from its golden form: what is left out is unknown. */
    static List<ConversionEvent> events(JsonNode json) throws IOException {
        List<ConversionEvent> events = new ArrayList<>();
        for (JsonNode one : json.isArray() ? json : JSON.createArrayNode().add(json)) {
            ObjectNode event = UNKNOWN.deepCopy();
            ((ObjectNode) one).properties().forEach(member -> event.set(member.getKey(), member.getValue()));
            event.set("clicks", JSON.createObjectNode().set("byName", event.get("clicks")));
            events.add(JSON.treeToValue(event, ConversionEvent.class));
        }
        return events;
    }

    private Stream<Path> folders(String kind) {
        try (Stream<Path> found = Files.list(root.resolve(kind))) {
            List<Path> folders = found.filter(Files::isDirectory).sorted().toList();
            assertThat(folders).as("golden files of %s", kind).isNotEmpty();
            return folders.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static final ObjectNode UNKNOWN = unknown();

    private static ObjectNode unknown() {
        ObjectNode event = JSON.createObjectNode();
        event.put("origin", "CRM");
        for (String empty : List.of("person", "clicks", "browser", "web", "custom")) {
            event.putObject(empty);
        }
        event.putObject("consent").put("adUserData", "UNKNOWN").put("adPersonalization", "UNKNOWN");
        event.putArray("items");
        event.putArray("acceptedKeys");
        return event;
    }
}
