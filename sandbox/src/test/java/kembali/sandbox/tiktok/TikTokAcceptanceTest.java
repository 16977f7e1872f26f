package kembali.sandbox.tiktok;

import static kembali.sandbox.SandboxClient.NOW;
import static kembali.sandbox.tiktok.TikTokCalls.PIXEL;
import static kembali.sandbox.tiktok.TikTokCalls.TOKEN;
import static kembali.sandbox.tiktok.TikTokCalls.code;
import static kembali.sandbox.tiktok.TikTokCalls.envelope;
import static kembali.sandbox.tiktok.TikTokCalls.message;
import static kembali.sandbox.tiktok.TikTokCalls.purchase;
import static kembali.sandbox.tiktok.TikTokCalls.stage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Arrival;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.Warning;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TikTokAcceptanceTest {
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

    @BeforeEach
    void forget() {
        client.sandbox.ledger().clear();
        client.delete("/_sandbox/known");
    }

    @Test
    void acceptsTheGoldenExamplesInTikToksShape() {
        for (Answer answer : List.of(tiktok.web(purchase()), tiktok.crm(stage()))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(code(answer)).as(answer.text()).isZero();
            assertThat(message(answer)).isEqualTo("OK");
            assertThat(answer.body().path("request_id").asText()).matches("[0-9A-F]{32}");
            assertThat(answer.body().path("data").isObject()).isTrue();
            assertThat(client.last().warnings()).isEmpty();
        }
        assertThat(client.stored()).isEqualTo(2);
    }

    @Test
    void keepsWhatAnEventSaid() {
        tiktok.web(purchase());
        Arrival arrival = client.last();
        assertThat(arrival.pixelId()).isEqualTo(PIXEL);
        assertThat(arrival.event()).isEqualTo("Purchase");
        assertThat(arrival.eventId()).isEqualTo("lead_01hzx.Purchase");
        assertThat(arrival.eventTime()).isEqualTo(NOW.minusSeconds(60));
        assertThat(arrival.value()).isEqualByComparingTo(new BigDecimal("1500000"));
        assertThat(arrival.currency()).isEqualTo("IDR");
        assertThat(arrival.origin()).isEqualTo("web");
        assertThat(arrival.testCode()).isNull();
        assertThat(arrival.matchKeys())
                .containsExactly(
                        "email",
                        "phone",
                        "external_id",
                        "first_name",
                        "last_name",
                        "city",
                        "country",
                        "zip_code",
                        "ttclid",
                        "ttp",
                        "ip",
                        "user_agent",
                        "locale");
        tiktok.crm(stage());
        assertThat(client.last().matchKeys()).containsExactly("phone", "lead_id");
        assertThat(client.last().origin()).isEqualTo("crm");
    }

    @Test
    void keepsTheBytesOfEachEventOfABatchAndTheTestCode() {
        String first = purchase().put("event_id", "é-1").toPrettyString();
        String second = purchase().put("event_id", "2").toString();
        Answer answer = tiktok.post("{\"event_source\":\"web\",\"data\": [ " + first + " ,\n" + second
                + " ],\"test_event_code\":\"TEST1\",\"event_source_id\":\"" + PIXEL + "\"}");
        assertThat(code(answer)).isZero();
        assertThat(client.sandbox.ledger().received())
                .extracting(each -> new String(each.arrival().raw(), StandardCharsets.UTF_8))
                .containsExactly(first, second);
        assertThat(client.last().testCode()).isEqualTo("TEST1");
    }

    @Test
    void acceptsABatchOf1000() {
        ObjectNode[] events = new ObjectNode[1000];
        for (int i = 0; i < events.length; i++) {
            events[i] = purchase().put("event_id", "e" + i);
        }
        assertThat(code(tiktok.web(events))).isZero();
        assertThat(client.stored()).isEqualTo(1000);
        assertThat(client.sandbox.ledger().summary().repetitions()).isZero();
    }

    @Test
    void noticesAnEventIdThatComesAgainForTheSamePixelAndEvent() {
        tiktok.web(purchase());
        tiktok.purchase(event -> event.put("event", "Lead"));
        tiktok.post(envelope("web", "B1T8T4UYGVIQA8ORZMX9", purchase()).toString());
        assertThat(client.sandbox.ledger().summary().repetitions()).isZero();
        tiktok.web(purchase());
        assertThat(client.sandbox.ledger().summary().repetitions()).isEqualTo(1);
        assertThat(client.sandbox.ledger().received().getLast().duplicate()).isTrue();
    }

    private static Arguments event(String what, Consumer<ObjectNode> change) {
        return Arguments.of(what, change);
    }

    private static Arguments user(String what, Consumer<ObjectNode> change) {
        return event(what, e -> change.accept((ObjectNode) e.get("user")));
    }

    private static Arguments properties(String what, Consumer<ObjectNode> change) {
        return event(what, e -> change.accept((ObjectNode) e.get("properties")));
    }

    static Stream<Arguments> acceptable() {
        long now = NOW.getEpochSecond();
        String hash = TikTokKnown.sha256("x");
        return Stream.of(
                event("exactly 28 days old", e -> e.put("event_time", now - 28 * 86_400)),
                event("exactly a minute ahead", e -> e.put("event_time", now + 60)),
                event("custom event", e -> e.put("event", "Sales Opportunity")),
                event("no referrer", e -> ((ObjectNode) e.get("page")).remove("referrer")),
                event(
                        "odd characters in the query",
                        e -> ((ObjectNode) e.get("page")).put("url", "https://toko.example/a|b?x={y}&z=[1]")),
                event("no properties", e -> e.remove("properties")),
                event("limited data use", e -> e.put("limited_data_use", true)),
                event(
                        "ad",
                        e -> e.putObject("ad")
                                .put("campaign_id", "1")
                                .put("ad_id", "2")
                                .put("creative_id", "3")),
                user("several hashes", u -> u.putArray("email").add(hash).add(TikTokKnown.sha256("y"))),
                user("one hash in a list", u -> u.putArray("phone").add(hash)),
                user("longest click id", u -> u.put("ttclid", "x".repeat(1000))),
                user("IPv6", u -> u.put("ip", "2404:6800:4003:c00::5e")),
                user("city of another script", u -> u.put("city", "กรุงเทพมหานคร")),
                user("region", u -> u.put("state", "jk")),
                user(
                        "address and browser only",
                        u -> u.removeAll().put("ip", "203.0.113.9").put("user_agent", "UA")),
                properties("value of zero", p -> p.put("value", 0)),
                properties("value with a fraction", p -> p.put("value", 12.5).put("currency", "USD")),
                properties(
                        "group of items",
                        p -> p.put("content_type", "product_group").put("num_items", 2)),
                properties(
                        "contents",
                        p -> p.putArray("contents")
                                .addObject()
                                .put("content_id", "SKU-1")
                                .put("content_name", "Sepatu")
                                .put("price", 12.5)
                                .put("quantity", 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptable")
    void accepts(String what, Consumer<ObjectNode> change) {
        Answer answer = tiktok.purchase(change);
        assertThat(code(answer)).as(what + answer.text()).isZero();
        assertThat(client.last().warnings()).as(what).isEmpty();
    }

    static Stream<Arguments> swallowed() {
        return Stream.of(
                event("missing_event_id", e -> e.remove("event_id")),
                event("wrong_case", e -> e.put("event", "purchase")),
                event("renamed_event", e -> e.put("event", "CompletePayment")),
                event("deprecated_event", e -> e.put("event", "PlaceAnOrder")),
                event("unknown_key", e -> e.putObject("ad").put("attribution", "x")),
                user("unknown_key", u -> u.put("ttclidX", "E.C.P.abc")),
                properties("unknown_key", p -> p.putArray("contents_ids").add("1")),
                event("nobody_to_match", e -> e.remove("user")),
                user("nobody_to_match", u -> u.removeAll().put("ip", "203.0.113.9")),
                user("unexpanded_macro", u -> u.put("ttclid", "__CLICKID__")),
                user(
                        "repeated_value",
                        u -> u.putArray("email").add(TikTokKnown.sha256("x")).add(TikTokKnown.sha256("x"))),
                user("placeholder_hashed", u -> u.put("first_name", TikTokKnown.sha256("null"))),
                user("wrong_normalisation", u -> u.put("city", "Jakarta")),
                user("wrong_normalisation", u -> u.put("city", "jakarta selatan")),
                user("wrong_normalisation", u -> u.put("city", TikTokKnown.sha256("jakarta"))),
                user("wrong_normalisation", u -> u.put("state", "id-jk")),
                user("wrong_normalisation", u -> u.put("country", "ID")),
                user("wrong_normalisation", u -> u.put("country", "indonesia")),
                user("wrong_normalisation", u -> u.put("locale", "id_ID")),
                properties("value_without_currency", p -> p.remove("currency")),
                properties("negative_value", p -> p.put("value", -1)),
                properties(
                        "content_without_id",
                        p -> p.putArray("contents").addObject().put("content_name", "x")));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("swallowed")
    void takesWithAWarningWhatTikTokSwallows(String warning, Consumer<ObjectNode> change) {
        Answer answer = tiktok.purchase(change);
        assertThat(code(answer)).as(answer.text()).isZero();
        assertThat(client.last().warnings()).extracting(Warning::code).contains(warning);
    }

    @Test
    void recognisesThePeopleItWasTold() {
        client.control("known", """
                {"platform":"tiktok","email":[" Budi.Santoso@Example.co.id "],"phone":["0812-3456-7890"],
                 "first_name":["Budi"],"last_name":["Santoso"],"city":["Jakarta"],
                 "zip_code":["10110"],"ttclid":["E.C.P.abc"]}""");
        tiktok.web(purchase());
        assertThat(client.last().recognised())
                .containsExactly("email", "phone", "first_name", "last_name", "city", "country", "zip_code", "ttclid");
        assertThat(client.last().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "phone, 0812-3456-7890, 6281234567890, without plus",
        "phone, 0812-3456-7890, 081234567890, 'local form, no country code'",
        "phone, +62 0812-3456-7890, +62081234567890, country code and zero",
        "phone, +123456789012345, +12345678901234, cut to 15 characters",
        "email, Budi@Example.id, BUDI@EXAMPLE.ID, upper case",
        "email, b.u@gmail.com, bu@gmail.com, dots removed",
        "first_name, José, jose, accents removed",
        "last_name, O'Neil, o'neil, punctuation kept",
        "zip_code, M1-1AE, m1-1ae, dash kept",
        "zip_code, 94035-1234, 940351234, all nine digits"
    })
    void namesTheSlipInAWrongForm(String key, String plain, String wrong, String slip) {
        client.control("known", "{\"" + key + "\":[\"" + plain + "\"]}");
        Answer answer = tiktok.user(user -> user.put(key, TikTokKnown.sha256(wrong)));
        assertThat(code(answer)).isZero();
        assertThat(client.last().recognised()).doesNotContain(key);
        assertThat(client.last().warnings()).containsExactly(new Warning("wrong_normalisation", key + ": " + slip));
    }

    @Test
    void seesAClickIdInOtherLetters() {
        client.control("known", "{\"ttclid\":[\"E.C.P.abC\"]}");
        tiktok.user(user -> user.put("ttclid", "e.c.p.abc"));
        assertThat(client.last().warnings())
                .containsExactly(new Warning("wrong_normalisation", "ttclid: letter case changed"));
        tiktok.user(user -> user.put("ttclid", "E.C.P.abC"));
        assertThat(client.last().recognised()).contains("ttclid");
    }

    @Test
    void refusesToLearnWhatHasNoForm() {
        for (String wrong : List.of(
                "{\"email\":\"a@b.id\"}",
                "{\"email\":[\" \"]}",
                "{\"phone\":[\"x\"]}",
                "{\"phone\":[\"0812\"],\"callingCode\":\"x\"}")) {
            assertThat(client.control("known", wrong).status()).as(wrong).isEqualTo(400);
        }
        assertThat(client.control("known", "{\"platform\":\"tiktok\",\"em\":[\"a@b.id\"],\"country\":[\"ID\"]}")
                        .body()
                        .path("learned")
                        .asInt())
                .isZero();
    }

    @Test
    void showsNoToken() {
        tiktok.web(purchase());
        assertThat(client.get("/_sandbox/requests").text()).doesNotContain(TOKEN);
        assertThat(client.get("/_sandbox/received").text()).doesNotContain(TOKEN);
    }
}
