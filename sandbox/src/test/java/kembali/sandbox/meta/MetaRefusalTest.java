package kembali.sandbox.meta;

import static kembali.sandbox.SandboxClient.EVENTS;
import static kembali.sandbox.SandboxClient.NOW;
import static kembali.sandbox.SandboxClient.PIXEL;
import static kembali.sandbox.SandboxClient.TOKEN;
import static kembali.sandbox.SandboxClient.crmStage;
import static kembali.sandbox.SandboxClient.envelope;
import static kembali.sandbox.SandboxClient.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetaRefusalTest {
    private SandboxClient client;

    @BeforeAll
    void start() {
        client = new SandboxClient();
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
        "/v20.0/" + PIXEL + "/events, 2635",
        "/v3.2/" + PIXEL + "/events, 2635",
        "/v27.0/" + PIXEL + "/events, 2500",
        "/v26/" + PIXEL + "/events, 2500",
        "/" + PIXEL + "/events, 2500",
        "/v26.0, 2500",
        "/v26.0/my-pixel/events, 803",
        "/v26.0/" + PIXEL + "/dataset, 100/33",
        "/v26.0/" + PIXEL + ", 100/33",
    })
    void refusesAnAddressTheGraphDoesNotServe(String path, String codes) {
        assertThat(client.post(path, envelope(purchase()).toString()).codes()).isEqualTo(codes);
    }

    @ParameterizedTest
    @CsvSource({
        "short, 401, 190",
        "'has a blank in the middle of it', 401, 190",
        "sandbox-expired, 400, 190/463",
        "sandbox-revoked, 400, 190/460",
        "sandbox-noperm, 403, 10",
        "sandbox-noperm200, 403, 200",
        "sandbox-wrongpixel, 400, 100/33",
    })
    void refusesATokenByItsStanding(String token, int status, String codes) {
        Answer answer = client.postAs(token);
        assertThat(answer.codes()).isEqualTo(codes);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void refusesACallWithoutToken() {
        Answer answer = client.call(
                "POST", EVENTS, envelope(purchase()).toString(), Map.of("Content-Type", "application/json"));
        assertThat(answer.codes()).isEqualTo("190");
    }

    @Test
    void looksAtTheTokenBeforeTheEvents() {
        ObjectNode stale = purchase().put("event_time", 1);
        Answer answer = client.call(
                "POST",
                EVENTS,
                envelope(stale).toString(),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer sandbox-expired"));
        assertThat(answer.codes()).isEqualTo("190/463");
    }

    @Test
    void answersInMetasErrorShape() {
        Answer answer = client.purchase(event -> event.put("event_time", NOW.getEpochSecond() - 8 * 86_400));
        var error = answer.body().path("error");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(error.path("message").asText()).isEqualTo("Invalid parameter");
        assertThat(error.path("type").asText()).isEqualTo("OAuthException");
        assertThat(error.path("code").asInt()).isEqualTo(100);
        assertThat(error.path("error_subcode").asInt()).isEqualTo(2804003);
        assertThat(error.path("is_transient").isBoolean()).isTrue();
        assertThat(error.path("is_transient").asBoolean()).isFalse();
        assertThat(error.path("error_user_title").asText()).isEqualTo("Event Timestamp Too Old");
        assertThat(error.path("error_user_msg").asText()).isNotEmpty();
        assertThat(error.path("fbtrace_id").asText()).matches("A[\\w-]{22}");
    }

    static Stream<Arguments> envelopes() {
        String event = purchase().toString();
        return Stream.of(
                Arguments.of("cut off", "{\"data\":[" + event, "Malformed"),
                Arguments.of("no object", "[" + event + "]", "JSON object"),
                Arguments.of("no data", "{}", "data must be an array"),
                Arguments.of("data as an object", "{\"data\":" + event + "}", "data must be an array"),
                Arguments.of("data empty", "{\"data\":[]}", "1 to 1000"),
                Arguments.of("an event that is null", "{\"data\":[null]}", "non-empty object"),
                Arguments.of("an event that is empty", "{\"data\":[{}]}", "non-empty object"),
                Arguments.of("something behind", "{\"data\":[" + event + "]} x", "Malformed"),
                Arguments.of(
                        "a key twice",
                        "{\"data\":[" + event.replaceFirst("\\{", "{\"event_id\":\"a\",") + "]}",
                        "Duplicate"),
                Arguments.of(
                        "empty test code", "{\"data\":[" + event + "],\"test_event_code\":\"\"}", "test_event_code"),
                Arguments.of(
                        "null test code", "{\"data\":[" + event + "],\"test_event_code\":null}", "test_event_code"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("envelopes")
    void refusesABodyThatIsNoEnvelope(String what, String body, String words) {
        Answer answer = client.post(EVENTS, body);
        assertThat(answer.codes()).as(what).isEqualTo("100");
        assertThat(answer.words()).contains(words);
    }

    @Test
    void refusesABatchOver1000Events() {
        ObjectNode[] events = new ObjectNode[1001];
        for (int i = 0; i < events.length; i++) {
            events[i] = purchase().put("event_id", "e" + i);
        }
        Answer answer = client.send(events);
        assertThat(answer.codes()).isEqualTo("100");
        assertThat(answer.words()).contains("1001");
    }

    @Test
    void refusesTheWholeBatchForOneBadEvent() {
        Answer answer = client.send(
                purchase().put("event_id", "good-1"),
                purchase().put("event_id", "bad").put("event_time", "1795230000"),
                purchase().put("event_id", "good-2"));
        assertThat(answer.codes()).isEqualTo("100");
        assertThat(answer.words()).contains("$['data'][1]['event_time']");
    }

    @Test
    void refusesAFormBodyWithoutReadableData() {
        Map<String, String> headers =
                Map.of("Content-Type", "application/x-www-form-urlencoded", "Authorization", "Bearer " + TOKEN);
        assertThat(client.call("POST", EVENTS, "data=%5B%7B", headers).codes()).isEqualTo("100");
        assertThat(client.call("POST", EVENTS, "dat=1", headers).words()).contains("data must be an array");
        String stale =
                URLEncoder.encode("[" + purchase().put("event_time", 1_700_000_000) + "]", StandardCharsets.UTF_8);
        assertThat(client.call("POST", EVENTS, "data=" + stale, headers).codes())
                .isEqualTo("100/2804003");
        assertThat(client.call("POST", EVENTS, "data=%5B%5D&a=%zz", headers).words())
                .contains("Malformed form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data; boundary=x"})
    void refusesAnotherContentType(String type) {
        Answer answer = client.call(
                "POST",
                EVENTS,
                envelope(purchase()).toString(),
                Map.of("Content-Type", type, "Authorization", "Bearer " + TOKEN));
        assertThat(answer.codes()).isEqualTo("100");
    }

    @Test
    void refusesACompressedBody() {
        Answer answer = client.call(
                "POST",
                EVENTS,
                "x",
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Content-Encoding",
                        "gzip",
                        "Authorization",
                        "Bearer " + TOKEN));
        assertThat(answer.words()).contains("compressed");
    }

    @Test
    void namesAnUnexpectedKeyAsMetaDoes() {
        assertThat(client.purchase(event -> event.put("advertiser_tracking_enabled", 1))
                        .words())
                .contains("Unexpected key \"advertiser_tracking_enabled\" on param \"$['data'][0]\"");
        assertThat(client.user(user -> user.put("email", "a@b.id")).words())
                .contains("Unexpected key \"email\" on param \"$['data'][0]['user_data']\"");
        assertThat(client.purchase(
                                event -> event.putObject("original_event_data").put("id", "x"))
                        .words())
                .contains("Unexpected key \"id\" on param \"$['data'][0]['original_event_data']\"");
    }

    private static Arguments event(String what, String codes, Consumer<ObjectNode> change) {
        return Arguments.of(what, codes, change);
    }

    static Stream<Arguments> events() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                event("no name", "100", e -> e.remove("event_name")),
                event("empty name", "100", e -> e.put("event_name", "")),
                event("name with blanks around", "100", e -> e.put("event_name", "Lead ")),
                event("name as a number", "100", e -> e.put("event_name", 7)),
                event("no time", "100", e -> e.remove("event_time")),
                event("time as text", "100", e -> e.put("event_time", "1795230000")),
                event("time in milliseconds", "100", e -> e.put("event_time", 1795230000000L)),
                event("time with a fraction", "100", e -> e.put("event_time", 1795230000.5)),
                event("time null", "100", e -> e.putNull("event_time")),
                event("over 7 days old", "100/2804003", e -> e.put("event_time", now - 7 * 86_400 - 1)),
                event("over 62 days old in a store", "100/2804003", e -> {
                    e.put("action_source", "physical_store");
                    e.put("event_time", now - Duration.ofDays(62).toSeconds() - 1);
                }),
                event("over a minute ahead", "100", e -> e.put("event_time", now + 61)),
                event("empty id", "100", e -> e.put("event_id", "")),
                event("null id", "100", e -> e.putNull("event_id")),
                event("no action source", "100", e -> e.remove("action_source")),
                event("unknown action source", "100", e -> e.put("action_source", "web")),
                event("action source in upper case", "100", e -> e.put("action_source", "WEBSITE")),
                event("website without address", "100", e -> e.remove("event_source_url")),
                event("address without scheme", "100", e -> e.put("event_source_url", "toko.example/promo")),
                event(
                        "hashed address",
                        "100",
                        e -> e.put("event_source_url", MetaKnown.sha256("https://toko.example/promo"))),
                event("address with a blank", "100", e -> e.put("event_source_url", "https://toko.example/a b")),
                event("referrer that is none", "100", e -> e.put("referrer_url", "android-app")),
                event("channel outside messaging", "100", e -> e.put("messaging_channel", "whatsapp")),
                event("opt_out as text", "100", e -> e.put("opt_out", "true")),
                event("no user data", "100", e -> e.remove("user_data")),
                event("user data null", "100", e -> e.putNull("user_data")),
                event("user data empty", "100/2804050", e -> e.putObject("user_data")),
                event("custom data empty", "100", e -> e.putObject("custom_data")),
                event("Purchase without custom data", "100/2804009", e -> e.remove("custom_data")),
                event(
                        "unknown privacy option",
                        "100",
                        e -> e.putArray("data_processing_options").add("ldu")),
                event("privacy options null", "100", e -> e.putNull("data_processing_options")),
                event("privacy state without option", "100", e -> e.put("data_processing_options_state", 1000)),
                event("unknown privacy country", "100", e -> {
                    e.putArray("data_processing_options").add("LDU");
                    e.put("data_processing_options_country", 62);
                }),
                event("unknown privacy state", "100", e -> {
                    e.putArray("data_processing_options").add("LDU");
                    e.put("data_processing_options_country", 1);
                    e.put("data_processing_options_state", 999);
                }),
                event("privacy state without country", "100", e -> {
                    e.putArray("data_processing_options").add("LDU");
                    e.put("data_processing_options_country", 0);
                    e.put("data_processing_options_state", 1000);
                }),
                event(
                        "original event with text time",
                        "100",
                        e -> e.putObject("original_event_data").put("event_time", "now")),
                event("app without app data", "100", e -> e.put("action_source", "app")),
                event("app with short extinfo", "100", e -> {
                    e.put("action_source", "app");
                    e.putObject("app_data").putArray("extinfo").add("a2");
                }),
                event("app with blank OS version", "100/2804043", e -> {
                    e.put("action_source", "app");
                    var info = e.putObject("app_data").putArray("extinfo").add("a2");
                    for (int i = 1; i < 16; i++) {
                        info.add(i == 4 ? "" : "x");
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("events")
    void refusesAnEvent(String what, String codes, Consumer<ObjectNode> change) {
        assertThat(client.purchase(change).codes()).as(what).isEqualTo(codes);
    }

    static Stream<Arguments> users() {
        String mail = "1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9";
        return Stream.of(
                event("raw e-mail", "100/2804016", u -> u.put("em", "budi@example.co.id")),
                event(
                        "raw phone in a list",
                        "100/2804016",
                        u -> u.putArray("ph").add("6281234567890")),
                event("hash in upper case", "100/2804016", u -> u.put("em", mail.toUpperCase(Locale.ROOT))),
                event("64 characters that are no hex", "100/2804016", u -> u.put("fn", "z".repeat(64))),
                event("MD5", "100/2804016", u -> u.put("em", "d41d8cd98f00b204e9800998ecf8427e")),
                event("hash of nothing", "100/2804016", u -> u.put("ln", MetaUserDataRules.NOTHING_HASHED)),
                event(
                        "external id: hash of nothing",
                        "100/2804016",
                        u -> u.put("external_id", MetaUserDataRules.NOTHING_HASHED)),
                event(
                        "good and raw mixed",
                        "100/2804016",
                        u -> u.putArray("em").add(mail).add("a@b.id")),
                event("empty list", "100", u -> u.putArray("em")),
                event("null in a list", "100", u -> u.putArray("em").addNull()),
                event("null", "100", u -> u.putNull("ph")),
                event("empty text", "100", u -> u.put("ct", "")),
                event("number", "100", u -> u.put("zp", 12190)),
                event("private address", "100", u -> u.put("client_ip_address", "192.168.1.7")),
                event("10/8", "100", u -> u.put("client_ip_address", "10.1.2.3")),
                event("172.16/12", "100", u -> u.put("client_ip_address", "172.31.0.1")),
                event("loopback", "100", u -> u.put("client_ip_address", "127.0.0.1")),
                event("IPv6 loopback", "100", u -> u.put("client_ip_address", "::1")),
                event("IPv6 unique local", "100", u -> u.put("client_ip_address", "fd12::1")),
                event("IPv6 link local", "100", u -> u.put("client_ip_address", "fe80::1")),
                event("mapped private", "100", u -> u.put("client_ip_address", "::ffff:10.0.0.1")),
                event("address with port", "100", u -> u.put("client_ip_address", "203.0.113.7:80")),
                event("address in brackets", "100", u -> u.put("client_ip_address", "[2001:db8::1]")),
                event("address with blanks", "100", u -> u.put("client_ip_address", " 203.0.113.7")),
                event("two addresses", "100", u -> u.put("client_ip_address", "203.0.113.7, 10.0.0.1")),
                event("no address", "100", u -> u.put("client_ip_address", "unknown")),
                event(
                        "user agent as list",
                        "100",
                        u -> u.putArray("client_user_agent").add("x")),
                event("fbc is a bare fbclid", "100", u -> u.put("fbc", "IwAR2F4")),
                event("fbc in seconds", "100", u -> u.put("fbc", "fb.1.1794970000.IwAR2F4")),
                event("fbc without click", "100", u -> u.put("fbc", "fb.1.1794970000123.")),
                event("fbc from the future", "100", u -> u.put("fbc", "fb.1.1895230000000.IwAR2F4")),
                event("fbp without number", "100", u -> u.put("fbp", "fb.1.1794970000124.abc")),
                event("lead id as text", "100/2804036", u -> u.put("lead_id", "1234567890123456")),
                event("lead id too short", "100/2804036", u -> u.put("lead_id", 12345678901234L)),
                event("lead id too long", "100/2804036", u -> u.put("lead_id", 123456789012345678L)),
                event("lead id through a double", "100/2804036", u -> u.put("lead_id", 1.234567890123456E15)),
                event("page id with letters", "100", u -> u.put("page_id", "my.page")),
                only("client_user_agent"),
                only("country"),
                only("ct", "country", "st", "zp", "ge", "client_user_agent"),
                only("db", "client_user_agent"),
                only("fn", "ge"),
                only("ln", "ge"));
    }

    private static Arguments only(String... keys) {
        return event("only " + String.join(", ", keys), "100/2804050", user -> {
            user.removeAll();
            for (String key : keys) {
                user.put(key, key.equals("client_user_agent") ? "Mozilla/5.0" : MetaKnown.sha256("x"));
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("users")
    void refusesUserData(String what, String codes, Consumer<ObjectNode> change) {
        assertThat(client.user(change).codes()).as(what).isEqualTo(codes);
    }

    @Test
    void namesTheKeyThatIsNotHashed() {
        Answer answer = client.user(user -> user.put("ph", "6281234567890"));
        assertThat(answer.words()).contains("User Parameter Not Hashed").contains("'ph'");
    }

    static Stream<Arguments> customs() {
        return Stream.of(
                event("Purchase without value", "100/2804009", c -> c.remove("value")),
                event("Purchase without currency", "100/2804010", c -> c.remove("currency")),
                event("value as text", "100", c -> c.put("value", "25000001")),
                event("value null", "100", c -> c.putNull("value")),
                event("unknown currency", "100", c -> c.put("currency", "RUP")),
                event("currency symbol", "100", c -> c.put("currency", "Rp")),
                event("empty content ids", "100", c -> c.putArray("content_ids")),
                event(
                        "content ids as numbers",
                        "100",
                        c -> c.putArray("content_ids").add(1)),
                event("empty contents", "100", c -> c.putArray("contents")),
                event(
                        "content without id",
                        "100",
                        c -> c.putArray("contents").addObject().put("quantity", 1)),
                event(
                        "content with unknown delivery",
                        "100",
                        c -> c.putArray("contents").addObject().put("id", "a").put("delivery_category", "drone")),
                event("unknown content type", "100", c -> c.put("content_type", "products")),
                event("unknown delivery", "100", c -> c.put("delivery_category", "mail")),
                event("number of items as text", "100", c -> c.put("num_items", "2")),
                event("order id as number", "100", c -> c.put("order_id", 88)),
                event("custom property null", "100", c -> c.putNull("lead_status")),
                event("custom property empty", "100", c -> c.put("lead_status", "")),
                event(
                        "custom property as object",
                        "100",
                        c -> c.putObject("lead").put("a", 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("customs")
    void refusesCustomData(String what, String codes, Consumer<ObjectNode> change) {
        assertThat(client.custom(change).codes()).as(what).isEqualTo(codes);
    }

    private static Arguments messageUser(String what, String codes, Consumer<ObjectNode> change) {
        return event(what, codes, e -> change.accept((ObjectNode) e.get("user_data")));
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                event("no channel", "100/2804063", e -> e.remove("messaging_channel")),
                event("unknown channel", "100", e -> e.put("messaging_channel", "telegram")),
                event("Lead", "100/2804066", e -> e.put("event_name", "Lead")),
                event("Contact", "100/2804066", e -> e.put("event_name", "Contact")),
                event("SubmitApplication", "100/2804066", e -> e.put("event_name", "SubmitApplication")),
                event("custom name", "100/2804066", e -> e.put("event_name", "Archive")),
                event("page address", "100/2804064", e -> e.put("event_source_url", "https://toko.example/")),
                messageUser("visitor's address", "100/2804064", u -> u.put("client_ip_address", "203.0.113.7")),
                messageUser("visitor's browser", "100/2804064", u -> u.put("client_user_agent", "Mozilla/5.0")),
                messageUser("no account", "100", u -> u.remove("whatsapp_business_account_id")),
                messageUser("account with letters", "100", u -> u.put("whatsapp_business_account_id", "waba-1")),
                messageUser("no click", "100", u -> u.remove("ctwa_clid")),
                messageUser("invented click", "100/2804087", u -> u.put("ctwa_clid", "kembali-probe")),
                messageUser("click in lower case", "100/2804087", u -> u.put("ctwa_clid", "arakexampleonly!")),
                messageUser(
                        "click that says it is invalid", "100/2804087", u -> u.put("ctwa_clid", "ARinvalidClick01")),
                event("Purchase without value", "100/2804009", e -> e.put("event_name", "Purchase")),
                event("instagram without account", "100/2804079", e -> e.put("messaging_channel", "instagram")),
                event("instagram without user", "100/2804075", e -> {
                    e.put("messaging_channel", "instagram");
                    e.putObject("user_data").put("ig_account_id", "17841400000000000");
                }),
                event("messenger without page", "100", e -> e.put("messaging_channel", "messenger")),
                event("messenger without user", "100", e -> {
                    e.put("messaging_channel", "messenger");
                    e.putObject("user_data").put("page_id", "1234567890");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void refusesAMessagingEvent(String what, String codes, Consumer<ObjectNode> change) {
        assertThat(client.message(change).codes()).as(what).isEqualTo(codes);
    }

    @Test
    void saysWhichAccountAMessageLacks() {
        Answer answer =
                client.message(event -> ((ObjectNode) event.get("user_data")).remove("whatsapp_business_account_id"));
        assertThat(answer.words()).contains("Missing Page ID Or WhatsApp Business account ID");
    }

    @Test
    void judgesTheClickLast() {
        Answer answer = client.message(event -> {
            ((ObjectNode) event.get("user_data"))
                    .put("ctwa_clid", "kembali-probe")
                    .put("em", "raw@example.id");
        });
        assertThat(answer.codes()).isEqualTo("100/2804016");
    }

    @Test
    void refusesAReadOfAnUnknownField() {
        assertThat(client.get("/v26.0/" + PIXEL + "?fields=id,secret").words()).contains("(secret)");
        assertThat(client.call("GET", "/v26.0/" + PIXEL, null, Map.of()).codes())
                .isEqualTo("190");
    }

    @Test
    void refusesAMethodTheEdgeDoesNotHave() {
        assertThat(client.get(EVENTS).codes()).isEqualTo("100/33");
    }

    @Test
    void keepsTheLeadIdRuleForCrmStages() {
        ObjectNode stage = crmStage();
        ((ObjectNode) stage.get("user_data")).put("lead_id", 1);
        assertThat(client.send(stage).codes()).isEqualTo("100/2804036");
    }
}
