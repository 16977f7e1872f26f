package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** From the ad click to the purchase at the platform, as one lead lives it. */
@ParameterizedClass(name = "{0}")
@MethodSource("shops")
@ExtendWith(LogsOnFailure.class)
class JourneyIT {
    private static final String PIXEL = "123456789012345";
    private static final String TOKEN = "sandbox-token-of-the-journey";
    private static final String PUBLIC_URL = "https://link.toko.example";
    private static final Pattern CODE = Pattern.compile("\\[([A-Z]{3}\\d{4})]");

    /** A shop with one pixel and two agents; JUnit closes it after the last test. */
    record Shop(Database database, RunningSandbox sandbox, RunningServer server, String sari, String dewi)
            implements AutoCloseable {
        static Shop open(Database database) {
            var sandbox = RunningSandbox.start();
            var server = RunningServer.start(
                    database,
                    sandbox,
                    Map.of("KEMBALI_PUBLIC_URL", PUBLIC_URL, "KEMBALI_TRUSTED_PROXIES", "127.0.0.1/32"));
            Api api = server.api();
            api.metaPixel(PIXEL, TOKEN);
            return new Shop(
                    database,
                    sandbox,
                    server,
                    agent(api, "Sari", "0811-1000-111"),
                    agent(api, "Dewi", "+62 811 1000 222"));
        }

        private static String agent(Api api, String name, String phone) {
            return api.post("/agents", "{\"name\":\"%s\",\"phone\":\"%s\"}".formatted(name, phone))
                    .expect(201)
                    .path("id")
                    .asText();
        }

        @Override
        public void close() {
            server.close();
            sandbox.close();
        }

        @Override
        public String toString() {
            return "on " + database;
        }
    }

    static Stream<Shop> shops() {
        return Stream.of(Database.values()).map(Shop::open);
    }

    private final RunningSandbox sandbox;
    private final RunningServer server;
    private final Api api;
    private final String sari;
    private final String dewi;

    JourneyIT(Shop shop) {
        sandbox = shop.sandbox;
        server = shop.server;
        api = server.api();
        sari = shop.sari;
        dewi = shop.dewi;
    }

    @Test
    void anAdClickBecomesAPurchaseMetaCanMatch() {
        rotator("promo", "Halo, saya mau promo {campaign} {code}", sari);
        sandbox.know("""
                {"em":["BUDI.Santoso@Example.co.id"],"ph":["0812-3456-7890"],"fn":["Budi"],"ln":["Santoso"],
                 "ct":["Jakarta Selatan"],"fbclid":["IwAR2F4-dbP0_aem_x1"],"callingCode":"62"}""");
        var browser = new Browser()
                .with("X-Forwarded-For", "203.0.113.7")
                .with("Referer", "https://l.facebook.com/")
                .with("Accept-Language", "id-ID,id;q=0.9")
                .withCookie("_fbp", "fb.1.1794970000124.1116446470");
        String path = "/wa/promo?fbclid=IwAR2F4-dbP0_aem_x1&utm_source=meta&utm_medium=paid&utm_campaign=Eid";

        Instant before = Instant.now();
        Answer click = browser.open(server.url() + path);
        Instant after = Instant.now();

        String code = codeOf(click);
        assertThat(click.status()).isEqualTo(302);
        assertThat(click.header("Location"))
                .isEqualTo("https://wa.me/628111000111?text=Halo%2C%20saya%20mau%20promo%20Eid%20%5B" + code + "%5D");
        assertThat(click.header("Cache-Control")).isEqualTo("no-store");
        assertThat(click.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(click.header("X-Robots-Tag")).isEqualTo("noindex");
        String visitorCookie = browser.cookie("__Secure-kmb_v");
        String fbc = browser.cookie("_fbc");
        assertThat(click.headers("Set-Cookie"))
                .containsExactlyInAnyOrder(
                        "__Secure-kmb_v=" + visitorCookie
                                + "; Path=/; Secure; SameSite=Lax; HttpOnly; Max-Age=34560000",
                        "_fbc=" + fbc + "; Path=/; Secure; SameSite=Lax; Max-Age=7776000");
        assertThat(visitorCookie).matches(code + "\\.[A-Za-z0-9_-]+\\.\\d+\\.[A-Za-z0-9_-]{22}");
        assertThat(fbc).matches("fb\\.1\\.\\d{13}\\.IwAR2F4-dbP0_aem_x1");
        assertThat(Long.parseLong(fbc.substring(5, 18))).isBetween(before.toEpochMilli(), after.toEpochMilli());

        JsonNode lead = api.get("/leads/" + code).expect(200);
        assertThat(lead.path("name").asText()).isEqualTo("Visitor [" + code + "]");
        assertThat(lead.path("status").asText()).isEqualTo("new");
        assertThat(lead.path("source").asText()).isEqualTo("whatsapp");
        assertThat(lead.path("agentNumber").asText()).isEqualTo("+628111000111");
        assertThat(lead.at("/click/fbclid").asText()).isEqualTo("IwAR2F4-dbP0_aem_x1");
        assertThat(lead.at("/click/fbp").asText()).isEqualTo("fb.1.1794970000124.1116446470");
        assertThat(lead.at("/utm/campaign").asText()).isEqualTo("Eid");
        assertThat(lead.at("/web/ip").asText()).isEqualTo("203.0.113.7");
        assertThat(lead.at("/web/pageUrl").asText()).isEqualTo(PUBLIC_URL + path);
        assertThat(lead.at("/lastTouch/platform").asText()).isEqualTo("meta");

        String id = lead.path("id").asText();
        api.patch("/leads/" + id, """
                {"name":"Budi Santoso","phone":"0812-3456-7890","email":" BUDI.Santoso@Example.co.id ",
                 "city":"Jakarta Selatan","country":"ID"}""").expect(200);
        JsonNode answer = api.put("/leads/" + id + "/status", """
                {"status":"won","actualValue":"25000001","currency":"IDR","orderId":"INV-88"}""").expect(200);
        assertThat(answer.at("/lead/status").asText()).isEqualTo("won");

        JsonNode row = api.rowOnce(answer.at("/deliveries/0/id").asText(), "accepted");
        assertThat(row.path("event").asText()).isEqualTo("Purchase");
        assertThat(row.path("eventId").asText()).isEqualTo("kmb_" + id.substring("ld_".length()) + "_Purchase");
        assertThat(row.path("trigger").asText()).isEqualTo("won");
        assertThat(row.path("value").asText()).isEqualTo("25000001");
        assertThat(row.path("currency").asText()).isEqualTo("IDR");
        assertThat(row.path("answerLost").asBoolean()).isFalse();
        assertThat(row.path("attempts")).hasSize(1);
        assertThat(row.at("/attempts/0/httpStatus").asInt()).isEqualTo(200);
        assertThat(row.toString())
                .doesNotContain(TOKEN)
                .doesNotContain("6281234567890")
                .doesNotContain("santoso@");

        List<JsonNode> purchases = sandbox.copies(row.path("eventId").asText());
        assertThat(purchases).hasSize(1);
        JsonNode purchase = purchases.getFirst();
        String expected = """
                {"event_name":"Purchase","event_time":%d,"event_id":"%s","action_source":"website",
                 "event_source_url":"%s","referrer_url":"https://l.facebook.com/",
                 "user_data":{"em":["%s"],"ph":["%s"],"fn":["%s"],"ln":["%s"],"ct":["%s"],"country":["%s"],
                  "external_id":["%s"],"client_ip_address":"203.0.113.7","client_user_agent":"%s",
                  "fbc":"%s","fbp":"fb.1.1794970000124.1116446470"},
                 "custom_data":{"value":25000001,"currency":"IDR","order_id":"INV-88","lead_status":"won"}}""".formatted(
                        Instant.parse(row.path("occurredAt").asText()).getEpochSecond(),
                        row.path("eventId").asText(),
                        PUBLIC_URL + path,
                        sha256("budi.santoso@example.co.id"),
                        sha256("6281234567890"),
                        sha256("budi"),
                        sha256("santoso"),
                        sha256("jakartaselatan"),
                        sha256("id"),
                        sha256(code.toLowerCase(Locale.ROOT)),
                        Browser.CHROME,
                        fbc);
        assertThat(purchase.path("body")).isEqualTo(Json.read(expected));
        assertThat(purchase.path("rawBody").asText()).contains("\"value\":25000001,");
        assertThat(Instant.parse(row.path("occurredAt").asText())).isBetween(before, Instant.now());
        assertThat(purchase.path("warnings")).isEmpty();
        assertThat(purchase.path("recognised").toString()).contains("em", "ph", "fn", "ln", "ct", "country", "fbc");

        JsonNode request = sandbox.requests(PIXEL).stream()
                .filter(r -> r.path("body").asText().contains("INV-88"))
                .findFirst()
                .orElseThrow();
        JsonNode envelope = Json.read(request.path("body").asText());
        assertThat(Json.names(envelope)).containsExactlyInAnyOrder("data", "partner_agent");
        assertThat(envelope.path("partner_agent").asText()).isEqualTo("kembali");
        assertThat(request.path("target").asText()).isEqualTo("/v26.0/" + PIXEL + "/events");
    }

    @Test
    void theClickItselfIsReportedWithTheIdsOfTheBrowser() {
        rotator("baru", "Halo {code}", sari);
        var browser = new Browser().with("X-Forwarded-For", "198.51.100.9, 2001:db8::1:2");
        String code = codeOf(browser.open(server.url() + "/wa/baru?fbclid=IwAR-new-1"));
        String id = api.get("/leads/" + code).expect(200).path("id").asText();
        JsonNode row = api.rows("leadId=" + id).getFirst();
        JsonNode accepted = api.rowOnce(row.path("id").asText(), "accepted");
        assertThat(accepted.path("event").asText()).isEqualTo("AddToCart");
        JsonNode event =
                sandbox.copies(accepted.path("eventId").asText()).getFirst().path("body");
        // The hop nearest to us that is none of our own proxies.
        assertThat(event.at("/user_data/client_ip_address").asText()).isEqualTo("2001:db8::1:2");
        assertThat(event.at("/user_data/fbc").asText()).isEqualTo(browser.cookie("_fbc"));
        assertThat(event.at("/custom_data/lead_status").asText()).isEqualTo("new");
        assertThat(event.path("custom_data").has("value")).isFalse();
    }

    @Test
    void aReturningVisitorStaysTheSameLeadWithTheSameAgent() {
        rotator("pertama", "Halo {code}", sari, dewi);
        rotator("kedua", "Halo lagi {code}", dewi, sari);
        rotator("ketiga", "Halo lagi {code}", sari, dewi);
        var browser = new Browser();
        Answer first = browser.open(server.url() + "/wa/pertama?utm_source=one");
        String agent = numberOf(first);
        for (String slug : List.of("kedua", "ketiga")) {
            Answer again = browser.open(server.url() + "/wa/" + slug + "?utm_source=two");
            assertThat(codeOf(again)).isEqualTo(codeOf(first));
            assertThat(numberOf(again)).isEqualTo(agent);
        }
        JsonNode lead = api.get("/leads/" + codeOf(first)).expect(200);
        assertThat(lead.at("/firstTouch/utm/source").asText()).isEqualTo("one");
        assertThat(lead.at("/lastTouch/utm/source").asText()).isEqualTo("two");
        assertThat(touches(codeOf(first))).hasSize(3);
        assertThat(api.all("/leads?q=" + codeOf(first))).hasSize(1);
    }

    @Test
    void newVisitorsTakeTurnsBetweenTheAgents() {
        rotator("giliran", "Halo {code}", sari, dewi);
        List<String> numbers = List.of(
                numberOf(speaking("id-ID").open(server.url() + "/wa/giliran")),
                numberOf(speaking("en-GB").open(server.url() + "/wa/giliran")),
                numberOf(speaking("jv-ID").open(server.url() + "/wa/giliran")),
                numberOf(speaking("su-ID").open(server.url() + "/wa/giliran")));
        assertThat(numbers.subList(0, 2)).containsExactlyInAnyOrder("628111000111", "628111000222");
        assertThat(numbers.subList(2, 4)).isEqualTo(numbers.subList(0, 2));
    }

    /** A browser told from others by its language: without cookies, equal ones within seconds are one. */
    private static Browser speaking(String language) {
        return new Browser().with("Accept-Language", language);
    }

    @Test
    void aForgedVisitorCookieIsAStranger() {
        rotator("palsu", "Halo {code}", sari);
        var browser = new Browser();
        String own = codeOf(browser.open(server.url() + "/wa/palsu"));
        String cookie = browser.cookie("__Secure-kmb_v");
        char last = cookie.charAt(cookie.length() - 2);
        String forged = cookie.substring(0, cookie.length() - 2)
                + (last == 'A' ? 'B' : 'A')
                + cookie.charAt(cookie.length() - 1);
        var thief = new Browser().withCookie("__Secure-kmb_v", forged);
        assertThat(codeOf(thief.open(server.url() + "/wa/palsu"))).isNotEqualTo(own);
        assertThat(touches(own)).hasSize(1);
    }

    @Test
    void aDoubleTapIsOneTouch() {
        rotator("ketuk", "Halo {code}", sari);
        var browser = new Browser();
        Answer first = browser.open(server.url() + "/wa/ketuk?fbclid=IwAR-tap");
        Answer second = browser.open(server.url() + "/wa/ketuk?fbclid=IwAR-tap");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(touches(codeOf(first))).hasSize(1);
        String id = api.get("/leads/" + codeOf(first)).expect(200).path("id").asText();
        assertThat(api.rows("leadId=" + id)).hasSize(1);
    }

    @Test
    void machinesLeaveNoLead() {
        rotator("mesin", "Halo {code}", sari);
        int leads = api.all("/leads").size();
        String link = server.url() + "/wa/mesin?fbclid=IwAR-machine";

        Answer preview =
                new Browser().with("User-Agent", "WhatsApp/2.23.18.78 i").open(link);
        assertThat(preview.status()).isEqualTo(200);
        assertThat(preview.body()).contains("og:title");
        Answer facebook = new Browser()
                .with("User-Agent", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)")
                .open(link);
        assertThat(facebook.status()).isEqualTo(200);
        Answer crawler = new Browser()
                .with("User-Agent", "Mozilla/5.0 (compatible; AdsBot-Google; +http://www.google.com/adsbot.html)")
                .open(link);
        assertThat(crawler.status()).isEqualTo(302);
        assertThat(crawler.header("Location")).isEqualTo("https://wa.me/628111000111");
        Answer prefetch =
                new Browser().with("Sec-Purpose", "prefetch;prerender").open(link);
        assertThat(prefetch.status()).isEqualTo(503);
        assertThat(prefetch.header("Cache-Control")).isEqualTo("no-store");
        Answer head = new Browser().send("HEAD", link);
        assertThat(head.status()).isEqualTo(302);
        Answer post = new Browser().send("POST", link);
        assertThat(post.status()).isEqualTo(405);
        Answer unknown = new Browser().open(server.url() + "/wa/no-such-link");
        assertThat(unknown.status()).isEqualTo(404);

        for (Answer answer : List.of(preview, facebook, crawler, prefetch, head, post, unknown)) {
            assertThat(answer.headers("Set-Cookie")).isEmpty();
        }
        assertThat(api.all("/leads")).hasSize(leads);
    }

    @Test
    void peopleInAppBrowsersAreNoMachines() {
        rotator("aplikasi", "Halo {code}", sari);
        for (String app : List.of(
                " [FBAN/FBIOS;FBAV/500.0.0]",
                " Instagram 300.0.0.0 Android",
                " musical_ly_2023 BytedanceWebview/d8a21c6")) {
            Answer click =
                    new Browser().with("User-Agent", Browser.CHROME + app).open(server.url() + "/wa/aplikasi");
            assertThat(click.status()).as(app).isEqualTo(302);
            api.get("/leads/" + codeOf(click)).expect(200);
        }
    }

    @Test
    void nothingIsSentForALeadWithoutAClick() {
        String id = api.lead("""
                {"name":"Organik","email":"organik@example.co.id","phone":"081234500001"}""");
        JsonNode answer = api.won(id, "50000");
        assertThat(answer.at("/deliveries/0/status").asText()).isEqualTo("skipped");
        assertThat(answer.at("/deliveries/0/reason/code").asText()).isEqualTo("missing_click_id");
        assertThat(answer.at("/deliveries/0/reason/fix").asText()).isNotBlank();
        String marker = api.won(api.clickedLead("Sesudah Organik"), "1")
                .at("/deliveries/0/id")
                .asText();
        api.rowOnce(marker, "accepted");
        eventually(() -> assertThat(
                        api.get("/leads/" + id).expect(200).path("syncState").asText())
                .isEqualTo("none"));
        assertThat(sandbox.copies(answer.at("/deliveries/0/eventId").asText())).isEmpty();
    }

    private void rotator(String slug, String message, String... agents) {
        String shares = String.join(
                ",",
                List.of(agents).stream()
                        .map(a -> "{\"agentId\":\"" + a + "\",\"weight\":1}")
                        .toList());
        JsonNode made = api.post("/rotators", """
                        {"slug":"%s","name":"Rotator %s","message":"%s","agents":[%s]}""".formatted(slug, slug, message, shares))
                .expect(201);
        assertThat(made.path("url").asText()).isEqualTo(PUBLIC_URL + "/wa/" + slug);
    }

    private List<JsonNode> touches(String code) {
        return Json.items(api.get("/leads/" + code + "/timeline").expect(200)).stream()
                .filter(e -> e.path("kind").asText().equals("touch"))
                .toList();
    }

    /** The visitor code in the message of a redirect. */
    private static String codeOf(Answer click) {
        String location = URLDecoder.decode(click.header("Location"), StandardCharsets.UTF_8);
        Matcher m = CODE.matcher(location);
        assertThat(m.find()).as("a code in %s", location).isTrue();
        return m.group(1);
    }

    private static String numberOf(Answer click) {
        return click.header("Location").replaceAll("https://wa.me/(\\d+)\\?.*", "$1");
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
