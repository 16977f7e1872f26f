package kembali.sandbox.meta;

import static kembali.sandbox.SandboxClient.EVENTS;
import static kembali.sandbox.SandboxClient.NOW;
import static kembali.sandbox.SandboxClient.PIXEL;
import static kembali.sandbox.SandboxClient.TOKEN;
import static kembali.sandbox.SandboxClient.crmStage;
import static kembali.sandbox.SandboxClient.envelope;
import static kembali.sandbox.SandboxClient.message;
import static kembali.sandbox.SandboxClient.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Arrival;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.Tokens;
import kembali.sandbox.Warning;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetaAcceptanceTest {
    private SandboxClient client;

    @BeforeAll
    void start() {
        client = new SandboxClient();
    }

    @AfterAll
    void stop() {
        client.close();
    }

    @BeforeEach
    void forget() {
        client.sandbox.ledger().clear();
        client.sandbox.tokens().reset();
        client.delete("/_sandbox/known");
    }

    @Test
    void acceptsTheGoldenExamples() {
        for (ObjectNode golden : List.of(purchase(), message(), crmStage())) {
            Answer answer = client.send(golden);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.body().path("events_received").asInt()).isEqualTo(1);
            assertThat(answer.body().path("messages").isArray()).isTrue();
            assertThat(answer.body().path("messages").isEmpty()).isTrue();
            assertThat(answer.body().path("fbtrace_id").asText()).isNotEmpty();
            assertThat(client.last().warnings()).isEmpty();
        }
        assertThat(client.stored()).isEqualTo(3);
    }

    @Test
    void keepsWhatAnEventSaid() {
        client.send(purchase());
        Arrival arrival = client.last();
        assertThat(arrival.pixelId()).isEqualTo(PIXEL);
        assertThat(arrival.event()).isEqualTo("Purchase");
        assertThat(arrival.eventId()).isEqualTo("kmb_7f3a_Purchase");
        assertThat(arrival.eventTime()).isEqualTo(NOW.minusSeconds(60));
        assertThat(arrival.value()).isEqualByComparingTo(new BigDecimal("25000001"));
        assertThat(arrival.currency()).isEqualTo("IDR");
        assertThat(arrival.origin()).isEqualTo("website");
        assertThat(arrival.matchKeys())
                .containsExactly("ph", "em", "country", "client_ip_address", "client_user_agent", "fbc", "fbp");
    }

    @Test
    void keepsTheBytesOfEachEventOfABatch() {
        String first = purchase().put("event_id", "é-1").toPrettyString();
        String second = "{ \"event_id\":\"2\", "
                + purchase().without(List.of("event_id")).toString().substring(1);
        Answer answer = client.post(EVENTS, "{\"data\": [ " + first + " ,\n" + second + " ]}");
        assertThat(answer.body().path("events_received").asInt()).isEqualTo(2);
        assertThat(client.sandbox.ledger().received())
                .extracting(each -> new String(each.arrival().raw(), StandardCharsets.UTF_8))
                .containsExactly(first, second);
    }

    @Test
    void acceptsABatchOf1000() {
        ObjectNode[] events = new ObjectNode[1000];
        for (int i = 0; i < events.length; i++) {
            events[i] = purchase().put("event_id", "e" + i);
        }
        Answer answer = client.send(events);
        assertThat(answer.body().path("events_received").asInt()).isEqualTo(1000);
        assertThat(client.stored()).isEqualTo(1000);
        assertThat(client.sandbox.ledger().summary().repetitions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v21.0", "v22.0", "v23.0", "v24.0", "v25.0", "v26.0"})
    void acceptsEveryLivingVersion(String version) {
        Answer answer = client.post(
                "/" + version + "/" + PIXEL + "/events", envelope(purchase()).toString());
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void acceptsAFormBodyAsMetaDoes() {
        String data = URLEncoder.encode("[" + purchase() + "]", StandardCharsets.UTF_8);
        Answer answer = client.call(
                "POST",
                EVENTS,
                "data=" + data + "&partner_agent=kembali&access_token=" + TOKEN,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(client.last().warnings()).extracting(Warning::code).containsExactly("token_in_body");
    }

    private static Arguments event(String what, Consumer<ObjectNode> change) {
        return Arguments.of(what, change);
    }

    private static Arguments user(String what, Consumer<ObjectNode> change) {
        return event(what, e -> change.accept((ObjectNode) e.get("user_data")));
    }

    private static Arguments only(String... keys) {
        return user("only " + String.join(", ", keys), user -> {
            user.removeAll();
            for (String key : keys) {
                switch (key) {
                    case "client_user_agent" -> user.put(key, "Mozilla/5.0");
                    case "client_ip_address" -> user.put(key, "2400:cb00::1");
                    case "fbp" -> user.put(key, "fb.1.1794970000124.1116446470");
                    case "fbc" -> user.put(key, "fb.1.1794970000123.IwAR2F4");
                    default -> user.put(key, MetaKnown.sha256("x"));
                }
            }
        });
    }

    static Stream<Arguments> acceptable() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                event("exactly 7 days old", e -> e.put("event_time", now - 7 * 86_400)),
                event("exactly a minute ahead", e -> e.put("event_time", now + 60)),
                event("61 days old in a store", e -> {
                    e.put("action_source", "physical_store");
                    e.put("event_time", now - Duration.ofDays(61).toSeconds());
                }),
                event("custom event", e -> e.put("event_name", "Archive")),
                event("value of zero", e -> ((ObjectNode) e.get("custom_data")).put("value", 0)),
                event("currency in lower case", e -> ((ObjectNode) e.get("custom_data")).put("currency", "idr")),
                event(
                        "contents",
                        e -> ((ObjectNode) e.get("custom_data"))
                                .putArray("contents")
                                .addObject()
                                .put("id", "a")
                                .put("quantity", 2)
                                .put("item_price", 12.5)),
                event(
                        "address with odd characters",
                        e -> e.put("event_source_url", "https://toko.example/a|b?x={y}&z=[1]")),
                event("no limited use", e -> e.putArray("data_processing_options")),
                event("limited use, located", e -> {
                    e.putArray("data_processing_options").add("LDU");
                    e.put("data_processing_options_country", 0);
                    e.put("data_processing_options_state", 0);
                }),
                event("limited use in California", e -> {
                    e.putArray("data_processing_options").add("LDU");
                    e.put("data_processing_options_country", 1);
                    e.put("data_processing_options_state", 1000);
                }),
                user("hash with a library's mark", u -> u.put("em", MetaKnown.sha256("a@b.id") + ".AQMCAQEB")),
                user("single text instead of a list", u -> u.put("ph", MetaKnown.sha256("6281"))),
                user("fbc with appendix", u -> u.put("fbc", "fb.2.1794970000123.IwAR2F4-x_aem.AQMCAQEB")),
                user("fbp with legacy appendix", u -> u.put("fbp", "fb.1.1794970000124.1116446470.Bg")),
                user("IPv6", u -> u.put("client_ip_address", "2001:4860:4860::8888")),
                only("client_ip_address", "client_user_agent"),
                only("fbp"),
                only("fbc"),
                only("external_id"),
                only("em"),
                only("ph"),
                only("fn", "ln"),
                only("db", "fn"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptable")
    void acceptsWhatMetaAccepts(String what, Consumer<ObjectNode> change) {
        Answer answer = client.purchase(change);
        assertThat(answer.status()).as(what + ": " + answer.text()).isEqualTo(200);
    }

    @Test
    void acceptsAllFourteenMessagingNames() {
        for (String name : MetaMessagingRules.ALLOWED_NAMES) {
            Answer answer = client.message(event -> {
                event.put("event_name", name);
                ((ObjectNode) event.get("custom_data")).put("value", 1).put("currency", "IDR");
            });
            assertThat(answer.status()).as(name + ": " + answer.text()).isEqualTo(200);
        }
        assertThat(client.stored()).isEqualTo(14);
    }

    @Test
    void takesAPageInPlaceOfTheWhatsAppAccount() {
        Answer answer = client.message(event -> {
            ObjectNode user = (ObjectNode) event.get("user_data");
            user.remove("whatsapp_business_account_id");
            user.put("page_id", "1234567890");
        });
        assertThat(answer.status()).isEqualTo(200);
    }

    private static Arguments flaw(String code, Consumer<ObjectNode> change) {
        return Arguments.of(code, change);
    }

    static Stream<Arguments> flaws() {
        return Stream.of(
                flaw("missing_user_agent", e -> ((ObjectNode) e.get("user_data")).remove("client_user_agent")),
                flaw("missing_event_id", e -> e.remove("event_id")),
                flaw("wrong_case", e -> e.put("event_name", "purchase")),
                flaw("external_id_not_hashed", e -> ((ObjectNode) e.get("user_data")).put("external_id", "USER-1")),
                flaw("placeholder_hashed", e -> ((ObjectNode) e.get("user_data")).put("fn", MetaKnown.sha256("null"))),
                flaw(
                        "wrong_normalisation",
                        e -> ((ObjectNode) e.get("user_data")).put("country", MetaKnown.sha256("ID"))),
                flaw(
                        "wrong_normalisation",
                        e -> ((ObjectNode) e.get("user_data")).put("ge", MetaKnown.sha256("female"))),
                flaw(
                        "repeated_value",
                        e -> ((ObjectNode) e.get("user_data"))
                                .putArray("em")
                                .add(MetaKnown.sha256("a@b.id"))
                                .add(MetaKnown.sha256("a@b.id"))),
                flaw("old_click", e -> ((ObjectNode) e.get("user_data")).put("fbc", "fb.1.1764970000123.IwAR2F4")),
                flaw("discouraged_key", e -> ((ObjectNode) e.get("user_data")).put("partner_id", "p")),
                flaw("negative_value", e -> ((ObjectNode) e.get("custom_data")).put("value", -1)),
                flaw("value_without_currency", e -> {
                    e.put("event_name", "Lead");
                    ((ObjectNode) e.get("custom_data")).remove("currency");
                }),
                flaw("personal_data_in_custom_data", e -> ((ObjectNode) e.get("custom_data")).put("phone", "0812")),
                flaw("personal_data_in_custom_data", e -> ((ObjectNode) e.get("custom_data")).put("who", "a@b.id")),
                flaw("ldu_cannot_locate", e -> {
                    e.putArray("data_processing_options").add("LDU");
                    ((ObjectNode) e.get("user_data")).remove("client_ip_address");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flaws")
    void flagsWhatMetaSwallows(String code, Consumer<ObjectNode> change) {
        Answer answer = client.purchase(change);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(client.last().warnings()).extracting(Warning::code).containsExactly(code);
        assertThat(client.sandbox.ledger().summary().warnings()).containsEntry(code, 1L);
    }

    @Test
    void flagsWhatStandsInTheWrongPlaceOfTheRequest() {
        client.call(
                "POST",
                EVENTS + "?access_token=" + TOKEN + "&debug=all",
                envelope(purchase())
                        .put("source", "x")
                        .put("test_event_code", "TEST1")
                        .toString(),
                Map.of("Content-Type", "application/json"));
        assertThat(client.last().warnings())
                .extracting(Warning::code)
                .containsExactlyInAnyOrder(
                        "token_in_query", "removed_parameter", "unknown_envelope_key", "test_purchase");
        assertThat(client.last().testCode()).isEqualTo("TEST1");
    }

    /** Vectors of the project's Meta sheet: plain value, and the hash it must give. */
    static Stream<Arguments> vectors() {
        return Stream.of(
                vector(
                        "em",
                        " John_Smith@gmail.com ",
                        "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f"),
                vector(
                        "em",
                        "BUDI.Santoso@Example.co.id",
                        "1d72f51cdcfddf2641add5f71acab8d8a21ce388121edc587743c42e1e40bad9"),
                vector("ph", "+62 812-3456-7890", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"),
                vector("ph", "0812-3456-7890", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"),
                vector("ph", "6281234567890", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"),
                vector("ph", "+62 0812 3456 7890", "dd752605096029a73495a91862983963e1947a834a4300808074185af10bb725"),
                vector(
                        "ph",
                        "+001 (616) 954-78 88",
                        "bb2fa2e6d2cea4746530c99686d0c7886ab2019875dca2d7e9e171c0e6ada00d"),
                vector("ph", "+44 20 7946 0958", "35e206e5dec4c89b9e8b71b8c32724a5bb518483ac5a20c6617d738375b3b823"),
                vector("fn", "Mary", "6915771be1c5aa0c886870b6951b03d7eafc121fea0e80a5ea83beb7c449f4ec"),
                vector("fn", "Valéry", "08e1996b5dd49e62a4b4c010d44e4345592a863bb9f8e3976219bac29417149c"),
                vector("fn", "정", "8fa8cd9c440be61d0151429310034083132b35975c4bea67fdd74158eb51db14"),
                vector("fn", "Mary-Jane", "f08f448a5e7a9dc3619bb7c129f6a7d5fc6af002cea17ad71dfdc1c68f4d4e0e"),
                vector("ln", "O'Connor", "7a0fbfdf40cbeb97429bdb88f512cecd27f0d44b7e57986ab578423bb61936ac"),
                vector("ln", "  Smith ", "6627835f988e2c5e50533d491163072d3f4f41f5c8b04630150debb3722ca2dd"),
                vector("ge", "Female", "252f10c83610ebca1a059c0bae8255eba2f95be4d1d7bcfa89d7248a82d9f111"),
                vector("db", "1990-12-31", "e34847671d257b92802553ecff8091c5e218044431fd84ce1ce573e530710c83"),
                vector("ct", "Jakarta Selatan", "cbbdd67afe7769ef5c217e5ffb72ce10ae8b9765010f41ac1adcb647c93a9df2"),
                vector("st", "California", "6959097001d10501ac7d54c0bdb8db61420f658f2922cc26e46d536119a31126"),
                vector("st", "North Carolina", "0be477336d3e1a8d45d820aa54755092e2ec5e0751ccdf93a8fa8fa1e10bd753"),
                vector("st", "Jawa Barat", "fcaac6f40a81c78e143ea76d9cbe960adbe1485d9b315562084c27684188eab5"),
                vector("zp", "94035-1234", "1794327a4d443904421f5ca1f3d72d0a62ba2f0770d80755ec2220fc0efb052e"),
                vector("zp", "M1 1AE", "1dc694c2070e697769fb959b50671d76cafd430d8ca191fbdd0affcaea344ac5"),
                vector("country", "Indonesia", "a56145270ce6b3bebd1dd012b73948677dd618d496488bc608a3cb43ce3547dd"),
                vector(
                        "external_id",
                        "USER-ID-456",
                        "34fe283a7ecaee9a0b550c3a744984243f55c9150f1831da5e19089cdf84bf7c"));
    }

    private static Arguments vector(String key, String plain, String hash) {
        return Arguments.of(key, plain, hash);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("vectors")
    void recognisesTheRightHashOfAKnownPerson(String key, String plain, String hash) {
        assertThat(known(key, plain).body().path("learned").asInt()).isEqualTo(1);
        client.user(user -> user.put(key, hash));
        assertThat(client.last().recognised()).contains(key);
        assertThat(client.last().warnings()).isEmpty();
    }

    static Stream<Arguments> slips() {
        return Stream.of(
                Arguments.of("ph", "0812-3456-7890", "+6281234567890", "with plus"),
                Arguments.of("ph", "0812-3456-7890", "081234567890", "local form, no country code"),
                Arguments.of("ph", "0812-3456-7890", "6281234567890 ", "not trimmed (after)"),
                Arguments.of("ph", "+62 812-3456-7890", "06281234567890", "with leading zero"),
                Arguments.of("ph", "+62 812-3456-7890", "+62 812-3456-7890", "as typed, not normalised"),
                Arguments.of("ph", "0812-3456-7890", "62081234567890", "country code and zero"),
                Arguments.of("em", "Budi@Example.id", "BUDI@EXAMPLE.ID", "upper case"),
                Arguments.of("em", "Budi@Example.id", "Budi@Example.id", "as typed, not normalised"),
                Arguments.of("em", "budi@example.id", " budi@example.id", "not trimmed (before)"),
                Arguments.of("em", "b.udi+x@gmail.com", "budi@gmail.com", "dots and plus tag removed"),
                Arguments.of("em", "budi@example.id", MetaKnown.sha256("budi@example.id"), "hashed twice"),
                Arguments.of("fn", "Mary-Jane", "mary-jane", "spaces or punctuation kept"),
                Arguments.of("ct", "Jakarta Selatan", "jakarta selatan", "spaces or punctuation kept"),
                Arguments.of("ct", "San José", "sanjose", "accents removed"),
                Arguments.of("zp", "94035-1234", "94035-1234", "space kept"),
                Arguments.of("db", "1990-12-31", "31121990", "day first"));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("slips")
    void namesTheSlipInTheHashOfAKnownPerson(String key, String plain, String hashed, String slip) {
        known(key, plain);
        Answer answer = client.user(user -> user.put(key, MetaKnown.sha256(hashed)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(client.last().warnings()).containsExactly(new Warning("wrong_normalisation", key + ": " + slip));
        assertThat(client.last().recognised()).doesNotContain(key);
    }

    @Test
    void seesAClickIdWhoseLetterCaseChanged() {
        client.control("known", "{\"fbclid\":[\"IwAR2F4-dbP0_aem_x1\"],\"ctwa_clid\":[\"click-of-a-test\"]}");
        client.send(purchase());
        assertThat(client.last().recognised()).contains("fbc");
        client.user(user -> user.put("fbc", "fb.1.1794970000123.iwar2f4-dbp0_aem_x1"));
        assertThat(client.last().warnings())
                .containsExactly(new Warning("wrong_normalisation", "fbc: letter case changed"));
        Consumer<String> click =
                id -> client.message(event -> ((ObjectNode) event.get("user_data")).put("ctwa_clid", id));
        click.accept("click-of-a-test");
        assertThat(client.last().recognised()).containsExactly("ctwa_clid");
        long before = client.stored();
        click.accept("CLICK-OF-A-TEST");
        assertThat(client.stored()).isEqualTo(before);
    }

    @Test
    void takesTheCallersWordForARightForm() {
        client.control("known", "{\"st\":[{\"plain\":\"Daerah Khusus Jakarta\",\"normalised\":\"jakarta\"}]}");
        client.user(user -> user.put("st", MetaKnown.sha256("jakarta")));
        assertThat(client.last().recognised()).contains("st");
    }

    private Answer known(String key, String plain) {
        return client.control(
                "known",
                SandboxClient.read("{}")
                        .set(key, SandboxClient.read("{}").arrayNode().add(plain))
                        .toString());
    }

    @Test
    void readsAPixel() {
        assertThat(client.get("/v26.0/" + PIXEL + "?fields=id,name,last_fired_time")
                        .body()
                        .has("last_fired_time"))
                .isFalse();
        client.send(purchase());
        Answer answer = client.get(
                "/v26.0/" + PIXEL + "?fields=id,name,last_fired_time,is_unavailable,is_consolidated_container");
        assertThat(answer.status()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        answer.body().fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "id", "name", "last_fired_time", "is_unavailable", "is_consolidated_container");
        assertThat(answer.body().path("id").asText()).isEqualTo(PIXEL);
    }

    @Test
    void obeysAProgrammedToken() {
        client.sandbox.tokens().program("short", Tokens.Standing.GOOD, Set.of(PIXEL));
        assertThat(client.postAs("short").status()).isEqualTo(200);
        client.sandbox.tokens().program("short", Tokens.Standing.GOOD, Set.of("999"));
        assertThat(client.postAs("short").codes()).isEqualTo("100/33");
        client.sandbox.tokens().program(TOKEN, Tokens.Standing.EXPIRED, Set.of());
        assertThat(client.postAs(TOKEN).codes()).isEqualTo("190/463");
    }
}
