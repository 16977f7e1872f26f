package kembali.e2e;

import static kembali.e2e.Pixels.deliveryAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One person and all platforms at once. */
@ExtendWith(LogsOnFailure.class)
class AllPlatformsIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    private Pixels pixels;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @BeforeEach
    void begin() {
        pixels = new Pixels(api);
    }

    @AfterEach
    void forgetThePixels() {
        pixels.forget();
    }

    @Test
    void aPersonWhoFitsAllReachesEachWithTheIdentityItKnows() {
        var all = new LinkedHashMap<Transport, Pixel>();
        for (Transport t : Transports.ALL) {
            all.put(t, pixels.add(t));
        }
        String lead = api.lead("""
                {"name":"Siti Aminah","email":" Siti.Aminah+wa@Example.co.id ","phone":"0812-3456-7890","country":"ID",
                 "click":{"fbclid":"IwAR-all","gclid":"Cj0K-all","gaClientId":"1234567890.1763520000",
                          "gaSessionId":"1763521111","ttclid":"E.C.P.all","liFatId":"df5gf5-gh6t7-ph4j7h-fgf6n1"},
                 "web":{"pageUrl":"https://toko.example/promo","userAgent":"%s"}}""".formatted(Browser.CHROME));
        JsonNode answer = api.won(lead, "2500000");

        var bodies = new HashMap<String, String>();
        all.forEach((t, pixel) -> {
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            assertThat(row.at("/match/score").isInt())
                    .as("%s: %s", t, row.path("match"))
                    .isTrue();
            List<JsonNode> arrived = sandbox.received(pixel.platformId());
            assertThat(arrived).as(t.word()).hasSize(1);
            assertThat(arrived.getFirst().path("warnings")).as(t.word()).isEmpty();
            bodies.put(
                    t.word(),
                    arrived.getFirst().path("rawBody").asText()
                            + sandbox.requests(pixel.platformId()).getFirst());
        });
        String email = sha256("siti.aminah+wa@example.co.id");
        String phone = sha256("+6281234567890");
        assertThat(bodies.get("meta")).contains(email, sha256("6281234567890"), ".IwAR-all\"");
        assertThat(bodies.get("ga4")).contains(email, phone, "1234567890.1763520000");
        assertThat(bodies.get("google_data_manager")).contains(email, phone, "\"gclid\":\"Cj0K-all\"");
        assertThat(bodies.get("google_ads")).contains("\"gclid\":\"Cj0K-all\"", phone);
        assertThat(bodies.get("tiktok")).contains(email, phone, "\"ttclid\":\"E.C.P.all\"");
        assertThat(bodies.get("linkedin")).contains(email, "df5gf5-gh6t7-ph4j7h-fgf6n1");
        assertThat(bodies.values()).allSatisfy(b -> assertThat(b).doesNotContain("81234567890", "Aminah+wa"));
    }

    @Test
    void anAuthorisationThatEndsWithinAMonthIsSaidBefore() {
        Transport linkedIn = Transports.ALL.stream()
                .filter(t -> t.word().equals("linkedin"))
                .findFirst()
                .orElseThrow();
        Pixel pixel = pixels.add(linkedIn, """
                {"mapping":{"new":null},
                 "credentials":{"refreshToken":"AQYending-0123456789","clientId":"86app","clientSecret":"s3cret-of-the-app"}}""");
        String lead = api.lead("{\"email\":\"ends@example.co.id\"," + "\"click\":{" + linkedIn.click(7) + "}}");
        api.rowOnce(deliveryAt(pixel, api.won(lead, "1000")), "accepted");
        assertThat(Json.items(api.get("/diagnostics").expect(200)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("code").asText()).isEqualTo("authorization_ends");
                    assertThat(finding.path("pixelId").asText()).isEqualTo(pixel.id());
                    assertThat(finding.path("message").asText()).contains("in 20 days");
                    assertThat(finding.path("fix").asText()).contains("refresh token");
                    assertThat(LocalDate.parse(finding.path("endsOn").asText())).isAfter(LocalDate.now(ZoneOffset.UTC));
                });
    }

    @Test
    void aPersonWhoFitsNoneEndsWithAReasonForEach() {
        var all = new LinkedHashMap<Transport, Pixel>();
        for (Transport t : Transports.ALL) {
            all.put(t, pixels.add(t));
        }
        String lead = api.lead("{\"name\":\"Tanpa Jejak\"}");
        JsonNode answer = api.won(lead, "1000");
        all.forEach((t, pixel) -> {
            JsonNode row = api.row(deliveryAt(pixel, answer));
            assertThat(row.path("status").asText()).as(t.word()).isEqualTo("skipped");
            assertThat(row.at("/reason/code").asText()).isEqualTo(t.whenNobodyIsRecognised());
            assertThat(row.at("/reason/message").asText()).endsWith(".");
            assertThat(row.at("/reason/fix").asText()).endsWith(".");
            assertThat(sandbox.requests(pixel.platformId())).isEmpty();
        });
    }

    /** Two numbers under two accounts: each chat is reported under the account of the number it is had with. */
    @Test
    void aChatIsReportedUnderTheAccountOfItsNumber() {
        agent("Rina", "+628111000111", "102290129340398");
        agent("Dewi", "+628111000222", "102290129340399");
        Pixel pixel = pixels.add(new MetaTransport());
        Map<String, String> accounts = Map.of("+628111000111", "102290129340398", "+628111000222", "102290129340399");
        accounts.forEach((number, account) -> {
            JsonNode answer = api.won(chat("ARAkctwa" + account, number), "750000");
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            assertThat(row.path("event").asText()).isEqualTo("Purchase");
            String body = sandbox.received(pixel.platformId())
                    .getLast()
                    .path("rawBody")
                    .asText();
            assertThat(body)
                    .contains("\"action_source\":\"business_messaging\"", "\"messaging_channel\":\"whatsapp\"")
                    .contains("\"ctwa_clid\":\"ARAkctwa" + account + "\"", account);
        });
        JsonNode unknown = api.won(chat("ARAkctwa-unknown", "+628111000333"), "750000");
        JsonNode row = api.row(deliveryAt(pixel, unknown));
        assertThat(row.path("status").asText()).isEqualTo("skipped");
        assertThat(row.at("/reason/code").asText()).isEqualTo("missing_waba_id");
        assertThat(row.at("/reason/fix").asText()).isNotBlank();
    }

    @Test
    void everyPlatformWithAdsSaysWhatToEnterInThem() {
        for (String platform : List.of("meta", "google", "google_ads", "tiktok", "linkedin")) {
            JsonNode template =
                    api.get("/url-templates/" + platform).expect(200).path("template");
            assertThat(template.path("parameters").asText())
                    .startsWith("utm_source=")
                    .doesNotContain("?", " ", "fbclid");
            assertThat(template.path("macros")).isNotEmpty();
            assertThat(template.path("notes")).isNotEmpty();
        }
        assertThat(api.get("/url-templates/ga4").expect(404).path("detail").asText())
                .contains("meta", "google_ads", "tiktok", "linkedin");
    }

    private static void agent(String name, String phone, String account) {
        api.post("/agents", """
                {"name":"%s","phone":"%s","whatsappBusinessAccountId":"%s"}""".formatted(name, phone, account)).expect(201);
    }

    private static String chat(String clickId, String number) {
        return api.lead("""
                {"name":"Lewat Chat","source":"whatsapp","agentNumber":"%s","click":{"ctwaClid":"%s"}}""".formatted(number, clickId));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
