package kembali.sandbox.tiktok;

import static kembali.sandbox.SandboxClient.NOW;
import static kembali.sandbox.tiktok.TikTokCalls.EVENT_SET;
import static kembali.sandbox.tiktok.TikTokCalls.PIXEL;
import static kembali.sandbox.tiktok.TikTokCalls.TOKEN;
import static kembali.sandbox.tiktok.TikTokCalls.TRACK;
import static kembali.sandbox.tiktok.TikTokCalls.code;
import static kembali.sandbox.tiktok.TikTokCalls.envelope;
import static kembali.sandbox.tiktok.TikTokCalls.message;
import static kembali.sandbox.tiktok.TikTokCalls.purchase;
import static kembali.sandbox.tiktok.TikTokCalls.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TikTokRefusalTest {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Access-Token", TOKEN);

    private SandboxClient client;
    private TikTokCalls tiktok;

    @BeforeAll
    void start() {
        client = new SandboxClient();
        tiktok = new TikTokCalls(client);
    }

    @AfterAll
    void stop() {
        client.close();
    }

    /** Every test of this class is about a refusal; none may have stored anything. */
    @AfterEach
    void nothingWasStored() {
        assertThat(client.stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "/open_api/v1.2/event/track/, 200, 40006",
        "/open_api/v1.4/event/track/, 200, 40006",
        "/open_api/1.3/event/track/, 200, 40006",
        "/open_api/v1.3/pixel/track/, 200, 41001",
        "/open_api/v1.2/pixel/batch/, 200, 41001",
        "/open_api/v1.3/event/track, 404, -1",
        "/open_api/v1.3/event/, 404, -1"
    })
    void refusesAnotherAddress(String path, int status, int code) {
        Answer answer = tiktok.at(path, envelope("web", PIXEL, purchase()).toString(), HEADERS);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
    }

    @Test
    void refusesAnotherMethod() {
        assertThat(client.call("GET", TRACK, null, HEADERS).status()).isEqualTo(404);
        assertThat(client.call("PUT", TRACK, "{}", HEADERS).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "short, 200, 40105",
        "Bearer sandbox-token, 200, 40105",
        "sandbox-revoked, 401, 40105",
        "sandbox-expired, 401, 40102",
        "sandbox-noperm, 401, 40130",
        "sandbox-wrongpixel, 200, 40001"
    })
    void refusesATokenByItsStanding(String token, int status, int code) {
        Answer answer = tiktok.postAs(token, envelope("web", PIXEL, purchase()).toString());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(code);
    }

    @Test
    void takesTheTokenFromItsHeaderOnly() {
        String body = envelope("web", PIXEL, purchase()).toString();
        for (Answer answer : new Answer[] {
            tiktok.at(TRACK, body, Map.of("Content-Type", "application/json")),
            tiktok.at(TRACK, body, Map.of("Content-Type", "application/json", "Access-Token", " ")),
            tiktok.at(TRACK + "?access_token=" + TOKEN, body, Map.of("Content-Type", "application/json")),
            tiktok.at(TRACK, body, Map.of("Content-Type", "application/json", "Authorization", "Bearer " + TOKEN))
        }) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(code(answer)).isEqualTo(40104);
        }
    }

    @Test
    void tiesATokenToItsPixels() {
        client.control("tokens", "{\"token\":\"mine\",\"standing\":\"good\",\"pixelIds\":[\"" + EVENT_SET + "\"]}");
        Answer answer = tiktok.postAs("mine", envelope("web", PIXEL, purchase()).toString());
        assertThat(code(answer)).isEqualTo(40001);
        assertThat(message(answer)).contains(PIXEL);
        assertThat(code(tiktok.postAs("mine", envelope("crm", EVENT_SET).toString())))
                .isEqualTo(40002);
    }

    @Test
    void looksAtTheTokenBeforeTheEvents() {
        assertThat(code(tiktok.postAs("sandbox-expired", envelope("web", PIXEL).toString())))
                .isEqualTo(40102);
        assertThat(code(tiktok.postAs("sandbox-expired", "no json"))).isEqualTo(40102);
    }

    @Test
    void answersRefusalsInTheShapeOfSuccess() {
        Answer answer = tiktok.purchase(event -> event.put("event_id", 7));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(code(answer)).isEqualTo(40002);
        assertThat(message(answer)).isEqualTo("Invalid value for event_id: not a valid string.");
        assertThat(answer.body().path("request_id").asText()).matches("[0-9A-F]{32}");
        assertThat(answer.body().path("data").isObject()).isTrue();
    }

    static Stream<Arguments> envelopes() {
        String event = purchase().toString();
        String start = "{\"event_source\":\"web\",\"event_source_id\":\"" + PIXEL + "\",";
        return Stream.of(
                Arguments.of("cut off", start + "\"data\":[" + event, "Malformed"),
                Arguments.of("no object", "[" + event + "]", "JSON object"),
                Arguments.of("something behind", start + "\"data\":[" + event + "]} x", "Malformed"),
                Arguments.of("a key twice", start + "\"data\":[{\"event\":\"Lead\",\"event\":\"Lead\"}]}", "Duplicate"),
                Arguments.of("no data", start + "\"test_event_code\":\"T\"}", "data: Missing"),
                Arguments.of("data as an object", start + "\"data\":" + event + "}", "data: Not a valid list"),
                Arguments.of("no events", start + "\"data\":[]}", "data: Length"),
                Arguments.of("an event that is null", start + "\"data\":[null]}", "Batch.0: Not a valid object"),
                Arguments.of(
                        "no source", "{\"event_source_id\":\"" + PIXEL + "\",\"data\":[]}", "event_source: Missing"),
                Arguments.of("no pixel", "{\"event_source\":\"web\",\"data\":[]}", "event_source_id: Missing"),
                Arguments.of(
                        "unknown source",
                        "{\"event_source\":\"website\",\"event_source_id\":\"" + PIXEL + "\",\"data\":[]}",
                        "event_source: Must be one of"),
                Arguments.of(
                        "app",
                        "{\"event_source\":\"app\",\"event_source_id\":\"7400000000000000123\",\"data\":[]}",
                        "event_source"),
                Arguments.of(
                        "Pixel Code of an offline set",
                        "{\"event_source\":\"offline\",\"event_source_id\":\"" + PIXEL + "\",\"data\":[]}",
                        "event_source_id: Not a valid string"),
                Arguments.of(
                        "event set of the web",
                        "{\"event_source\":\"web\",\"event_source_id\":\"7400000000000000123\",\"data\":[]}",
                        "event_source_id: Not a valid string"),
                Arguments.of(
                        "pixel as a number",
                        "{\"event_source\":\"crm\",\"event_source_id\":7400000000000000123,\"data\":[]}",
                        "event_source_id: Not a valid string"),
                Arguments.of("empty test code", start + "\"test_event_code\":\"\",\"data\":[]}", "test_event_code"),
                Arguments.of("unknown key", start + "\"partner_agent\":\"x\",\"data\":[]}", "partner_agent: Unknown"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("envelopes")
    void refusesABodyThatIsNoEnvelope(String what, String body, String words) {
        Answer answer = tiktok.post(body);
        assertThat(code(answer)).as(what).isEqualTo(40002);
        assertThat(message(answer)).contains(words);
    }

    @Test
    void refusesAPartnerName() {
        Answer answer = tiktok.post(envelope("web", PIXEL, purchase())
                .put("partner_name", "Kembali")
                .toString());
        assertThat(code(answer)).isEqualTo(40063);
    }

    @Test
    void refusesOtherContentTypesAndCompressedBodies() {
        String body = envelope("web", PIXEL, purchase()).toString();
        assertThat(message(tiktok.at(TRACK, body, Map.of("Content-Type", "text/plain", "Access-Token", TOKEN))))
                .contains("application/json");
        assertThat(message(tiktok.at(
                        TRACK,
                        body,
                        Map.of("Content-Type", "application/json", "Content-Encoding", "gzip", "Access-Token", TOKEN))))
                .contains("compressed");
    }

    @Test
    void refusesABatchOver1000Events() {
        ObjectNode[] events = new ObjectNode[1001];
        for (int i = 0; i < events.length; i++) {
            events[i] = purchase().put("event_id", "e" + i);
        }
        Answer answer = tiktok.web(events);
        assertThat(code(answer)).isEqualTo(40002);
        assertThat(message(answer)).contains("1001");
    }

    @Test
    void refusesTheWholeBatchForOneBadEvent() {
        Answer answer = tiktok.web(
                purchase().put("event_id", "good-1"),
                purchase().put("event_id", "bad").put("event_time", "1795230000"),
                purchase().put("event_id", "good-2"));
        assertThat(code(answer)).isEqualTo(40002);
        assertThat(message(answer)).isEqualTo("Batch.1.event_time: Not a valid integer.");
        assertThat(client.sandbox.ledger().summary().rows().toString()).contains("40002");
    }

    private static Arguments event(String what, int code, Consumer<ObjectNode> change) {
        return Arguments.of(what, code, change);
    }

    private static Arguments user(String what, int code, Consumer<ObjectNode> change) {
        return event("user: " + what, code, e -> change.accept((ObjectNode) e.get("user")));
    }

    private static Arguments properties(String what, Consumer<ObjectNode> change) {
        return event("properties: " + what, 40002, e -> change.accept((ObjectNode) e.get("properties")));
    }

    private static Arguments page(String what, Consumer<ObjectNode> change) {
        return event("page: " + what, 40002, e -> change.accept((ObjectNode) e.get("page")));
    }

    private static Arguments content(String what, Consumer<ObjectNode> change) {
        return properties(
                "contents: " + what, p -> change.accept(p.putArray("contents").addObject()));
    }

    static Stream<Arguments> events() {
        long now = NOW.getEpochSecond();
        String hash = TikTokKnown.sha256("x");
        return Stream.of(
                event("no name", 40002, e -> e.remove("event")),
                event("empty name", 40002, e -> e.put("event", "")),
                event("name with a blank behind", 40002, e -> e.put("event", "Lead ")),
                event("name as a number", 40002, e -> e.put("event", 7)),
                event("no time", 40002, e -> e.remove("event_time")),
                event("time as text", 40002, e -> e.put("event_time", "1795230000")),
                event("time in milliseconds", 40002, e -> e.put("event_time", 1795230000000L)),
                event("time with a fraction", 40002, e -> e.put("event_time", 1795230000.5)),
                event("ISO time", 40002, e -> e.put("event_time", "2026-11-21T03:00:00Z")),
                event("over 28 days old", 40002, e -> e.put("event_time", now - 28 * 86_400 - 1)),
                event("over a minute ahead", 40002, e -> e.put("event_time", now + 61)),
                event("id as a number", 40002, e -> e.put("event_id", 12345)),
                event("empty id", 40002, e -> e.put("event_id", "")),
                event("user as text", 40002, e -> e.put("user", "x")),
                event("user null", 40002, e -> e.putNull("user")),
                event("no page", 40002, e -> e.remove("page")),
                event("unknown key", 40002, e -> e.put("action_source", "website")),
                event("test code of the event", 40002, e -> e.put("test_event_code", "T")),
                event("Events API 1.0", 40002, e -> e.putObject("context")),
                event("lead on the web", 40002, e -> e.putObject("lead").put("lead_id", "1")),
                event("app on the web", 40002, e -> e.putObject("app")),
                event("limited use as text", 40002, e -> e.put("limited_data_use", "true")),
                event("campaign as a number", 40002, e -> e.putObject("ad").put("campaign_id", 1)),
                page("no address", p -> p.remove("url")),
                page("empty address", p -> p.put("url", "")),
                page("address without scheme", p -> p.put("url", "toko.example/promo")),
                page("address with a blank", p -> p.put("url", "https://toko.example/a b")),
                page("referrer that is none", p -> p.put("referrer", "android-app")),
                page("unknown key", p -> p.put("title", "Promo")),
                user("clear e-mail", 40062, u -> u.put("email", "budi@example.co.id")),
                user("clear phone", 40062, u -> u.put("phone", "+6281234567890")),
                user("clear external id", 40062, u -> u.put("external_id", "lead_01hzx")),
                user("clear name", 40062, u -> u.put("first_name", "budi")),
                user("clear postal code", 40062, u -> u.put("zip_code", "10110")),
                user("hash in upper case", 40062, u -> u.put("email", hash.toUpperCase(Locale.ROOT))),
                user("MD5", 40062, u -> u.put("email", "0123456789abcdef0123456789abcdef")),
                user("hash of nothing", 40062, u -> u.put("email", TikTokUserRules.NOTHING_HASHED)),
                user(
                        "one clear among hashes",
                        40062,
                        u -> u.putArray("email").add(hash).add("a@b.id")),
                user("empty e-mail", 40002, u -> u.put("email", "")),
                user("no e-mails", 40002, u -> u.putArray("email")),
                user("e-mail null", 40002, u -> u.putNull("email")),
                user("phone as a number", 40002, u -> u.put("phone", 6281234567890L)),
                user("several names", 40002, u -> u.putArray("first_name").add(hash)),
                user("click id too long", 40002, u -> u.put("ttclid", "x".repeat(1001))),
                user("click id as a number", 40002, u -> u.put("ttclid", 1)),
                user("empty cookie", 40002, u -> u.put("ttp", "")),
                user("private address", 40002, u -> u.put("ip", "192.168.1.7")),
                user("address with a port", 40002, u -> u.put("ip", "203.0.113.9:443")),
                user("no address", 40002, u -> u.put("ip", "example.com")),
                user("id of an app", 40002, u -> u.put("gaid", hash)),
                properties("value as text", p -> p.put("value", "1500000")),
                properties("value null", p -> p.putNull("value")),
                properties("currency in lower case", p -> p.put("currency", "idr")),
                properties("currency TikTok does not take", p -> p.put("currency", "XAF")),
                properties("order as a number", p -> p.put("order_id", 77)),
                properties("shop as a number", p -> p.put("shop_id", 77)),
                properties("count with a fraction", p -> p.put("num_items", 1.5)),
                properties("unknown content type", p -> p.put("content_type", "sku")),
                properties("unknown delivery", p -> p.put("delivery_category", "drone")),
                properties(
                        "content ids as numbers", p -> p.putArray("content_ids").add(1)),
                properties("no contents", p -> p.putArray("contents")),
                content("id as a number", c -> c.put("content_id", 1002)),
                content("price as text", c -> c.put("content_id", "a").put("price", "1")),
                content(
                        "quantity with a fraction",
                        c -> c.put("content_id", "a").put("quantity", 1.5)),
                content("Meta's key", c -> c.put("id", "a")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void refusesAnEvent(String what, int code, Consumer<ObjectNode> change) {
        Answer answer = tiktok.purchase(change);
        assertThat(code(answer)).as(what + ": " + answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void namesTheItemAtFaultAsTikTokDoes() {
        Answer answer =
                tiktok.properties(p -> p.putArray("contents").addObject().put("content_id", 1002));
        assertThat(message(answer)).startsWith("Batch.0.properties.contents.0.content_id: Not a valid string");
    }

    static Stream<Arguments> stages() {
        return Stream.of(
                event("click id", 40002, e -> ((ObjectNode) e.get("user")).put("ttclid", "E.C.P.abc")),
                event("browser id", 40002, e -> ((ObjectNode) e.get("user")).put("ttp", "2aBc")),
                event("limited use", 40002, e -> e.put("limited_data_use", true)),
                event("lead id as a number", 40002, e -> ((ObjectNode) e.get("lead")).put("lead_id", 7412345678901L)),
                event("no lead id", 40002, e -> ((ObjectNode) e.get("lead")).remove("lead_id")),
                event("unknown key of the lead", 40002, e -> ((ObjectNode) e.get("lead")).put("status", "won")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stages")
    void refusesInACrmSetWhatBelongsElsewhere(String what, int code, Consumer<ObjectNode> change) {
        ObjectNode event = stage();
        change.accept(event);
        assertThat(code(tiktok.crm(event))).as(what).isEqualTo(code);
    }
}
