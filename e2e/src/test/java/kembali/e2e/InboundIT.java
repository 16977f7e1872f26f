package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages and forms on their way in: from the provider's request to the lead and what is reported of it. */
@ExtendWith(LogsOnFailure.class)
class InboundIT {
    private static final String PIXEL = "300000000000091";
    private static final String SALES = "+628111000111";
    private static final String WABA = "102290129340398";
    private static final Pattern CODE = Pattern.compile("\\[([A-Z]{3}\\d{4})]");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static int number;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        api.metaPixel(PIXEL, "sandbox-token-of-inbound");
        String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"%s\"}".formatted(SALES))
                .expect(201)
                .path("id")
                .asText();
        api.post("/rotators", """
                {"slug":"promo","name":"Promo","agents":[{"agentId":"%s"}]}""".formatted(agent)).expect(201);
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @Test
    void anAdClickAndItsWhatsAppMessageAreOneLeadWithItsChat() {
        JsonNode source = source("{\"kind\":\"whatsapp\",\"name\":\"WA\",\"firstMessageStatus\":\"responded\"}");
        String code = click("IwAR-inbound-1");
        String phone = phone();
        assertThat(tell(source, message(phone, "Budi", "Halo, saya tertarik [" + code + "]", ""))
                        .status())
                .isEqualTo(200);
        JsonNode lead = leadOf(phone);
        assertThat(lead.path("code").asText()).isEqualTo(code);
        assertThat(lead.path("name").asText()).isEqualTo("Budi");
        assertThat(lead.path("status").asText()).isEqualTo("responded");
        assertThat(lead.at("/click/fbclid").asText()).isEqualTo("IwAR-inbound-1");
        String id = lead.path("id").asText();
        JsonNode message = api.get("/leads/" + id + "/messages").expect(200).at("/items/0");
        assertThat(message.path("text").asText()).contains(code);
        assertThat(message.path("direction").asText()).isEqualTo("in");
        assertThat(Json.each(Json.items(api.get("/leads/" + id + "/timeline").expect(200)), "kind"))
                .contains("touch", "message", "status", "delivery");
        assertThat(Json.each(agents(), "whatsappBusinessAccountId"))
                .as("the number's account is learned")
                .contains(WABA);
    }

    @Test
    void aClickToWhatsAppAdIsReportedAsOne() {
        JsonNode source = source("{\"kind\":\"whatsapp\",\"name\":\"WA\"}");
        String phone = phone();
        tell(source, message(phone, "Citra", "Halo", """
                ,"referral":{"source_url":"https://fb.me/x","source_id":"120226305854810726","source_type":"ad",
                 "headline":"Promo","ctwa_clid":"Aff-inbound-2"}"""));
        JsonNode lead = leadOf(phone);
        assertThat(lead.path("source").asText()).isEqualTo("ads");
        assertThat(lead.at("/click/ctwaClid").asText()).isEqualTo("Aff-inbound-2");
        JsonNode row = api.rows("leadId=" + lead.path("id").asText()).getFirst();
        JsonNode accepted = api.rowOnce(row.path("id").asText(), "accepted");
        assertThat(accepted.toString()).contains("business_messaging").contains("Aff-inbound-2");
    }

    @Test
    void twoNumbersOfTwoAccountsReportEachUnderItsOwn() {
        JsonNode source = source("{\"kind\":\"whatsapp\",\"name\":\"Two numbers\"}");
        var numbers = Map.of("628111000771", "701290129340001", "628111000772", "701290129340002");
        numbers.forEach((number, account) -> {
            api.post("/agents", "{\"name\":\"CS %s\",\"phone\":\"+%s\"}".formatted(number, number))
                    .expect(201);
            String phone = phone();
            String told = message(phone, "Eka", "Halo", """
                    ,"referral":{"source_id":"120226305854810726","source_type":"ad","ctwa_clid":"Aff-two-%s"}""".formatted(number));
            tell(source, told.replace(WABA, account).replace("628111000111", number));
            JsonNode lead = leadOf(phone);
            assertThat(lead.path("agentNumber").asText()).isEqualTo("+" + number);
            JsonNode won = api.won(lead.path("id").asText(), "750000");
            JsonNode row = api.rowOnce(won.at("/deliveries/0/id").asText(), "accepted");
            JsonNode purchase = sandbox.copies(row.path("eventId").asText()).getFirst();
            assertThat(purchase.path("rawBody").asText())
                    .contains("business_messaging", "Aff-two-" + number)
                    .contains("\"whatsapp_business_account_id\":\"" + account + "\"");
        });
    }

    @Test
    void aWrongSignatureIsRefusedAndCanBeReadOnceTheSecretIsRight() {
        JsonNode source = source("{\"kind\":\"whatsapp\",\"name\":\"WA\",\"secret\":\"wrong-secret\"}");
        String phone = phone();
        String body = message(phone, "Dewi", "Halo", "");
        assertThat(signed(source, body, "app-secret-1").status()).isEqualTo(401);
        String id = source.path("id").asText();
        JsonNode refused = api.get("/sources/" + id + "/requests?status=refused")
                .expect(200)
                .at("/items/0");
        assertThat(refused.at("/reason/code").asText()).isEqualTo("forged");
        api.patch("/sources/" + id, "{\"secret\":\"app-secret-1\"}").expect(200);
        api.post("/sources/" + id + "/requests/" + refused.path("id").asText() + "/replay", "{}")
                .expect(200);
        assertThat(leadOf(phone).path("name").asText()).isEqualTo("Dewi");
        assertThat(signed(source, message(phone, "Dewi", "lagi", ""), "app-secret-1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theHandshakeRepeatsTheChallengeToWhoKnowsTheToken() {
        JsonNode source = source("{\"kind\":\"whatsapp\",\"name\":\"WA\",\"verifyToken\":\"verify-me\"}");
        String ask = address(source) + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        assertThat(Http.send("GET", ask + "verify-me", null, Map.of()).body()).isEqualTo("1158201444");
        assertThat(Http.send("GET", ask + "other", null, Map.of()).status()).isEqualTo(403);
    }

    @Test
    void aFormJoinsTheClickAndSendsTheBrowserOn() {
        JsonNode source = source("""
                {"kind":"form","name":"Form","redirectUrl":"https://toko.example/terima-kasih",
                 "origins":["https://toko.example"]}""");
        String code = click("IwAR-inbound-3");
        Map<String, String> browser = Map.of(
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Sec-Fetch-Mode",
                "navigate",
                "User-Agent",
                Browser.CHROME);
        Answer answer = Http.send(
                "POST",
                address(source),
                "nama=Eka+Putri&no_wa=0812-9000-0001&visitor=" + code + "&pesan=Kapan+buka%3F&ukuran=XL&country=Mars",
                browser);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("https://toko.example/terima-kasih");
        JsonNode lead = leadOf("+6281290000001");
        assertThat(lead.path("code").asText()).isEqualTo(code);
        JsonNode form = api.get("/leads/" + code + "/messages").expect(200).at("/items/0");
        assertThat(form.path("type").asText()).isEqualTo("form");
        assertThat(form.path("text").asText()).isEqualTo("Kapan buka?");
        assertThat(form.path("fields").toString()).contains("XL");
        Answer trap = Http.send("POST", address(source), "nama=Bot&email=bot@example.com&kmb_trap=x", browser);
        assertThat(trap.status()).as("a machine is told nothing").isEqualTo(303);
        String id = source.path("id").asText();
        eventually(() -> assertThat(api.get("/sources/" + id + "/requests?status=ignored")
                        .expect(200)
                        .path("items"))
                .hasSize(1));
        JsonNode view = api.get("/sources/" + id).expect(200);
        assertThat(view.at("/lastDay/done").asInt()
                        + view.at("/lastDay/ignored").asInt())
                .isEqualTo(2);
    }

    @Test
    void whatWasSentIsShownAndMaskedOnDemand() {
        JsonNode source = source("{\"kind\":\"form\",\"name\":\"Form\"}");
        Http.send(
                "POST",
                address(source),
                "{\"nama\":\"Fajar\",\"email\":\"fajar@example.co.id\",\"hp\":\"081290000077\"}",
                JSON);
        String id = source.path("id").asText();
        eventually(() -> assertThat(api.get("/sources/" + id + "/requests?status=done")
                        .expect(200)
                        .path("items"))
                .hasSize(1));
        String request = api.get("/sources/" + id + "/requests")
                .expect(200)
                .at("/items/0/id")
                .asText();
        String path = "/sources/" + id + "/requests/" + request;
        assertThat(api.get(path).expect(200).at("/body/hp").asText()).isEqualTo("081290000077");
        String masked = api.get(path + "?masked=true").body();
        assertThat(masked).doesNotContain("0812").doesNotContain("fajar@").contains("Fajar");
        String token = address(source).substring(address(source).lastIndexOf('/') + 1);
        assertThat(masked).doesNotContain(token);
    }

    @Test
    void mergedLeadsAreOneUnderBothNamesAndReportedOnce() {
        String stays = api.clickedLead("Gita");
        String goes = api.lead("{\"phone\":\"0812-9000-0088\",\"externalRef\":\"shop-88\"}");
        api.won(stays, "150000");
        JsonNode merged = api.post("/leads/ref:shop-88/merge", "{\"into\":\"" + stays + "\"}")
                .expect(200);
        assertThat(merged.path("id").asText()).isEqualTo(stays);
        assertThat(merged.path("phone").asText()).contains("9000");
        assertThat(api.get("/leads/" + goes).expect(200).path("id").asText()).isEqualTo(stays);
        int before = api.rows("leadId=" + stays).size();
        assertThat(api.won(goes, "150000").at("/lead/id").asText()).isEqualTo(stays);
        assertThat(api.rows("leadId=" + stays)).hasSize(before);
        api.post("/leads/" + stays + "/merge", "{}").expect(422);
        api.post("/leads/ld_nobody/merge", "{\"into\":\"" + stays + "\"}").expect(404);
    }

    @Test
    void anAddressWithAWrongTokenIsAsUnknownAsAnyOther() {
        JsonNode source = source("{\"kind\":\"form\",\"name\":\"Form\"}");
        String wrong = server.url() + "/in/form/00000000000000000000000000000000";
        Answer unknown = Http.send("POST", server.url() + "/in/nothing/00000000000000000000000000000000", "{}", JSON);
        Answer answer = Http.send("POST", wrong, "{}", JSON);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(unknown.body());
        assertThat(Http.send("POST", server.url() + "/no/such/address", "{}", JSON)
                        .body())
                .isEqualTo(answer.body());
        String id = source.path("id").asText();
        String before = address(source);
        JsonNode rotated =
                api.post("/sources/" + id + "/rotate", "{\"keepOldMinutes\":0}").expect(200);
        assertThat(Http.send("POST", before, "{}", JSON).status()).isEqualTo(404);
        assertThat(Http.send("POST", address(rotated), "{\"email\":\"x@example.com\"}", JSON)
                        .status())
                .isEqualTo(200);
        api.delete("/sources/" + id).expect(204);
        assertThat(Http.send("POST", address(rotated), "{}", JSON).status()).isEqualTo(404);
        assertThat(server.process().tail()).doesNotContain(before.substring(before.lastIndexOf('/') + 1));
    }

    @Test
    void aSourceIsRefusedNamingEveryWrongField() {
        JsonNode problem = api.post("/sources", """
                {"kind":"form","name":"","businessNumber":"x","fieldMap":{"shoe":"size"},"statusMap":{"Deal":"sold"},
                 "redirectUrl":"ftp://x","origins":["shop"],"firstMessageStatus":"huh","accessToken":"t"}""").expect(422);
        assertThat(Json.each(Json.list(problem.path("errors")), "field"))
                .containsExactlyInAnyOrder(
                        "name",
                        "businessNumber",
                        "fieldMap.shoe",
                        "statusMap.Deal",
                        "redirectUrl",
                        "origins[0]",
                        "firstMessageStatus",
                        "accessToken");
        assertThat(api.post("/sources", "{\"kind\":\"fax\",\"name\":\"Fax\"}").status())
                .isEqualTo(422);
        List<String> kinds = Json.each(Json.items(api.get("/sources/kinds").expect(200)), "key");
        assertThat(kinds)
                .contains(
                        "whatsapp",
                        "qiscus",
                        "qontak",
                        "twilio",
                        "360dialog",
                        "wati",
                        "fonnte",
                        "wablas",
                        "chatwoot",
                        "kommo",
                        "meta-leads",
                        "google-leads",
                        "typeform",
                        "tally",
                        "form");
    }

    private static JsonNode source(String json) {
        return api.post("/sources", json).expect(201);
    }

    /** The source's address at this server, whatever its public one is. */
    private static String address(JsonNode source) {
        String url = source.path("url").asText();
        return server.url() + url.substring(url.indexOf("/in/"));
    }

    private static Answer tell(JsonNode source, String body) {
        return Http.send("POST", address(source), body, JSON);
    }

    private static Answer signed(JsonNode source, String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
            return Http.send(
                    "POST",
                    address(source),
                    body,
                    Map.of("Content-Type", "application/json", "X-Hub-Signature-256", "sha256=" + signature));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String message(String phone, String name, String text, String more) {
        number++;
        return """
                {"object":"whatsapp_business_account","entry":[{"id":"%s","changes":[{"field":"messages","value":{
                 "messaging_product":"whatsapp","metadata":{"display_phone_number":"628111000111","phone_number_id":"1065"},
                 "contacts":[{"profile":{"name":"%s"},"wa_id":"%s"}],
                 "messages":[{"from":"%s","id":"wamid.IT%d","timestamp":"%d","type":"text","text":{"body":"%s"}%s}]}}]}]}""".formatted(
                        WABA,
                        name,
                        phone.substring(1),
                        phone.substring(1),
                        number,
                        System.currentTimeMillis() / 1000,
                        text,
                        more);
    }

    private static synchronized String phone() {
        number++;
        return "+62817" + (10_000_000 + number);
    }

    /** A click on the rotator; the code in the message box. */
    private static String click(String fbclid) {
        Answer answer = new Browser().open(server.url() + "/wa/promo?fbclid=" + fbclid);
        Matcher code = CODE.matcher(URLDecoder.decode(answer.header("Location"), StandardCharsets.UTF_8));
        assertThat(code.find()).as("answer %s", answer).isTrue();
        return code.group(1);
    }

    private static List<JsonNode> agents() {
        return Json.items(api.get("/agents").expect(200));
    }

    /** The lead with that number, once there is one. */
    private static JsonNode leadOf(String phone) {
        eventually(() -> assertThat(
                        api.get("/leads/" + phone.replace("+", "%2B")).status())
                .as("lead of %s", phone)
                .isEqualTo(200));
        return api.get("/leads/" + phone.replace("+", "%2B")).expect(200);
    }
}
