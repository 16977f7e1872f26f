package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A rotator with all it can do, asked as browsers, machines and the management API ask. */
@ExtendWith(LogsOnFailure.class)
class RotatorIT {
    private static final String PUBLIC_URL = "http://link.brand.example";
    private static final Pattern CODE = Pattern.compile("\\[([A-Z]{3}[0-9]{4})]");
    private static final String ALWAYS = """
            {"timezone":"UTC","week":{"mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],
             "thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]}}""";
    private static final AtomicInteger ADDRESS = new AtomicInteger();

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(
                Database.SQLITE,
                sandbox,
                Map.of("KEMBALI_PUBLIC_URL", PUBLIC_URL, "KEMBALI_TRUSTED_PROXIES", "127.0.0.1/32"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @Test
    void aFormIsShownCheckedAndBecomesALeadInAChat() {
        String agent = agent("Sari", "null");
        String id = rotator("formulir", agent, """
                "message":"Halo, saya {name} ({campaign}), ukuran {ukuran}. {code}",
                "form":{"title":"Sebelum <mulai>","fields":[{"key":"nama","required":true},{"key":"no_wa","required":true},
                 {"key":"email"},{"key":"ukuran","label":"Ukuran","type":"select","options":["S","M & L"]}],
                 "consentText":"Saya setuju dihubungi","consentRequired":true}""");
        Browser browser = person();
        String link = server.url() + "/wa/formulir?fbclid=IwAR-form-1&utm_campaign=Eid";

        Answer page = browser.open(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .contains("form-action 'self'");
        assertThat(page.body())
                .contains("<html lang=\"id\">", "Sebelum &lt;mulai&gt;", "<form method=\"post\" novalidate>")
                .doesNotContain("<script", "src=", "IwAR-form-1", "http");
        assertThat(browser.cookie("kmb_v")).isNotEmpty();
        assertThat(api.all("/leads?limit=200"))
                .extracting(l -> l.path("name").asText())
                .doesNotContain("Budi Santoso");

        Answer wrong = browser.submit(link, "f-nama=Budi+%3Cb%3E&f-no_wa=12&f-ukuran=XXL");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("role=\"alert\"", "href=\"#f-no_wa\"", "href=\"#f-ukuran\"", "href=\"#consent\"")
                .contains("value=\"Budi &lt;b&gt;\"", "aria-invalid=\"true\"");

        Answer sent = browser.submit(
                link, "f-nama=Budi+Santoso&f-no_wa=0812-3456-7001&f-ukuran=M+%26+L&consent=yes&website=");
        assertThat(sent.status()).isEqualTo(303);
        String text = draft(sent);
        assertThat(text).startsWith("Halo, saya Budi Santoso (Eid), ukuran M & L. [");
        JsonNode lead = api.get("/leads/" + code(text)).expect(200);
        assertThat(lead.path("name").asText()).isEqualTo("Budi Santoso");
        assertThat(lead.path("phone").asText()).isEqualTo("+6281234567001");
        assertThat(lead.at("/click/fbclid").asText()).isEqualTo("IwAR-form-1");
        assertThat(lead.at("/consent/adUserData").asText()).isEqualTo("granted");
        assertThat(Json.each(
                        Json.items(api.get("/leads/" + code(text) + "/timeline").expect(200)), "detail"))
                .contains("Ukuran: M & L");

        JsonNode totals = totals(id);
        assertThat(totals.path("formShown").asInt()).isEqualTo(1);
        assertThat(totals.path("formSent").asInt()).isEqualTo(1);
        assertThat(totals.path("newLeads").asInt()).isEqualTo(1);
    }

    @Test
    void aFormKnowsItsVisitWithoutCookiesAndALeadOnClickIsMadeAtOnce() {
        String agent = agent("Ayu", "null");
        rotator(
                "tanpa-kue",
                agent,
                "\"form\":{\"fields\":[{\"key\":\"name\"}],\"language\":\"en\",\"leadOn\":\"click\"}");
        String link = server.url() + "/wa/tanpa-kue?fbclid=IwAR-form-2";
        Answer page = person().open(link);
        Matcher visit = Pattern.compile("name=\"visit\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(visit.find()).isTrue();
        String code = visit.group(1).substring(0, 7);
        assertThat(api.get("/leads/" + code).expect(200).path("name").asText()).isEqualTo("Visitor [" + code + "]");

        Answer sent = person().submit(link, "f-name=Ani&visit=" + visit.group(1));
        assertThat(code(draft(sent))).isEqualTo(code);
        assertThat(api.get("/leads/" + code).expect(200).path("name").asText()).isEqualTo("Ani");
        Answer forged = person().submit(link, "f-name=Eve&visit=" + code + "..20000.AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(code(draft(forged))).isNotEqualTo(code);
    }

    @Test
    void machinesAndFloodsOfFormsMakeNoLeads() {
        String agent = agent("Rina", "null");
        rotator("jebakan", agent, "\"form\":{\"fields\":[{\"key\":\"name\"}]}");
        String link = server.url() + "/wa/jebakan";
        int before = api.all("/leads").size();

        Answer trapped = person().submit(link, "f-name=Bot&website=http%3A%2F%2Fspam.example");
        assertThat(trapped.header("Location")).startsWith("https://wa.me/").doesNotContain("text=");
        assertThat(person().with("User-Agent", "python-requests/2.31")
                        .submit(link, "f-name=Bot")
                        .header("Location"))
                .doesNotContain("text=");
        assertThat(person().send("POST", link, "{\"f-name\":\"x\"}", Map.of("Content-Type", "application/json"))
                        .status())
                .isEqualTo(415);
        assertThat(person().submit(link, "f-name=" + "x".repeat(20_000)).status())
                .isEqualTo(413);
        assertThat(api.all("/leads")).hasSize(before);

        String flood = "203.0.113." + ADDRESS.incrementAndGet();
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            answers.add(new Browser()
                    .with("X-Forwarded-For", flood)
                    .submit(link, "f-name=N" + i)
                    .status());
        }
        assertThat(answers.subList(0, 20)).containsOnly(303);
        assertThat(answers.subList(20, 23)).containsOnly(429);
        assertThat(api.all("/leads")).hasSize(before + 20);
    }

    @Test
    void nothingOfAnAddressBecomesMarkupAHeaderOrAnotherPlaceToGo() {
        String agent = agent("Dewi", "null");
        rotator("aman", agent, "\"message\":\"{campaign} {utm_source} {code}\"");
        rotator("aman-form", agent, "\"form\":{\"fields\":[{\"key\":\"name\"}]},\"preview\":{\"title\":\"<b>T</b>\"}");
        rotator("aman-page", agent, "\"message\":\"{campaign} {code}\",\"linkHost\":\"page\"");
        String hostile = "?utm_campaign=%3Cscript%3Ealert(1)%3C%2Fscript%3E%0D%0ASet-Cookie%3A%20a%3Db"
                + "&utm_source=%22%3E&url=https%3A%2F%2Fevil.example&next=%2F%2Fevil.example&redirect=evil.example";

        Answer chat = person().open(server.url() + "/wa/aman" + hostile);
        assertThat(chat.header("Location")).startsWith("https://wa.me/628");
        assertThat(chat.headers("Set-Cookie")).hasSize(1).first().asString().startsWith("kmb_v=");
        assertThat(draft(chat)).contains("<script>alert(1)</script>Set-Cookie: a=b");
        Answer form = person().open(server.url() + "/wa/aman-form" + hostile);
        assertThat(form.body()).doesNotContain("script", "evil", "alert");
        assertThat(person().submit(server.url() + "/wa/aman-form" + hostile, "f-name=%0D%0AX-Evil%3A+1")
                        .header("Location"))
                .startsWith("https://wa.me/628");
        Answer page = person().open(server.url() + "/wa/aman-page" + hostile);
        assertThat(page.body()).contains("&lt;script&gt;").doesNotContain("<script");
        Answer preview = new Browser()
                .with("User-Agent", "WhatsApp/2.23.18.78 i")
                .open(server.url() + "/wa/aman-form" + hostile);
        assertThat(preview.body()).contains("&lt;b&gt;T&lt;/b&gt;").doesNotContain("<script", "alert", "evil", "<b>");
        for (String slug :
                List.of("%2e%2e", "..%2Faman", "aman%00", "aman%0d%0aX:y", "%3Cscript%3E", "a".repeat(5_000))) {
            Answer none = person().open(server.url() + "/wa/" + slug);
            assertThat(none.status()).as(slug).isIn(400, 404);
            assertThat(none.body()).doesNotContain("<script");
        }
    }

    @Test
    void aPageWithAButtonLeadsIntoTheChatAlsoAfterTheForm() {
        String agent = agent("Nina", "null");
        rotator("tombol", agent, "\"linkHost\":\"page\",\"message\":\"Halo {code}\"");
        rotator(
                "tombol-form",
                agent,
                "\"linkHost\":\"page\",\"form\":{\"fields\":[{\"key\":\"name\"}],\"language\":\"en\"}");
        rotator("api-host", agent, "\"linkHost\":\"api.whatsapp.com\"");

        Answer page = person().open(server.url() + "/wa/tombol");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("Buka WhatsApp", "href=\"https://wa.me/", "href=\"https://api.whatsapp.com/send?phone=");
        Answer after = person().submit(server.url() + "/wa/tombol-form", "f-name=Ani");
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.body()).contains("Open WhatsApp", "href=\"https://wa.me/");
        assertThat(person().open(server.url() + "/wa/api-host").header("Location"))
                .startsWith("https://api.whatsapp.com/send?phone=628")
                .contains("&text=");
    }

    @Test
    void messengersAreShownWhatTheAdvertiserWrote() {
        rotator("kartu", agent("Mira", "null"), """
                "preview":{"title":"Promo & Lebaran","description":"Diskon 50%","imageUrl":"https://brand.example/a.jpg?x=1&y=2"}""");
        Answer card = new Browser()
                .with("User-Agent", "facebookexternalhit/1.1")
                .open(server.url() + "/wa/kartu?utm_source=x");

        assertThat(card.status()).isEqualTo(200);
        assertThat(card.headers("Set-Cookie")).isEmpty();
        assertThat(card.body())
                .contains("property=\"og:title\" content=\"Promo &amp; Lebaran\"")
                .contains("property=\"og:description\" content=\"Diskon 50%\"")
                .contains("property=\"og:image\" content=\"https://brand.example/a.jpg?x=1&amp;y=2\"")
                .contains("property=\"og:url\" content=\"" + PUBLIC_URL + "/wa/kartu\"");
    }

    @Test
    void theQrCodeSaysTheLink() throws Exception {
        String id = rotator("cetak", agent("Tari", "null"), "\"sticky\":true");
        String query = "?utm_source=poster&utm_campaign=Eid%20%26%20Lebaran&size=300&margin=2&correction=H";

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(bytes("/rotators/" + id + "/qr.png" + query)));
        assertThat(picture.getWidth()).isEqualTo(300);
        assertThat(decoded(picture))
                .isEqualTo(PUBLIC_URL + "/wa/cetak?utm_source=poster&utm_campaign=Eid%20%26%20Lebaran");
        Answer svg = api.get("/rotators/" + id + "/qr.svg" + query);
        assertThat(svg.header("Content-Type")).startsWith("image/svg+xml");
        assertThat(decoded(drawn(svg.body()))).isEqualTo(decoded(picture));
        assertThat(decoded(ImageIO.read(new ByteArrayInputStream(bytes("/rotators/" + id + "/qr.png")))))
                .isEqualTo(PUBLIC_URL + "/wa/cetak");
        // A picture smaller than its modules need grows rather than lie.
        assertThat(decoded(
                        ImageIO.read(new ByteArrayInputStream(bytes("/rotators/" + id + "/qr.png?size=64&margin=20")))))
                .isEqualTo(PUBLIC_URL + "/wa/cetak");
    }

    @Test
    void aLinkAnswersOnTheHostsItWasGiven() {
        String agent = agent("Putri", "null");
        rotator("di-mana", agent, "\"sticky\":true");
        String own = rotator("milik", agent, "\"domains\":[\"Promo.Brand.example.\"]");
        assertThat(api.get("/rotators/" + own).expect(200).path("url").asText())
                .isEqualTo("http://promo.brand.example/wa/milik");
        api.patch("/workspace", "{\"linkDomains\":[\"chat.brand.example\"]}").expect(200);
        try {
            assertThat(on("chat.brand.example", "/wa/di-mana").status()).isEqualTo(302);
            assertThat(on("chat.brand.example:8080", "/di-mana").status()).isEqualTo(302);
            assertThat(on("CHAT.brand.example.", "/wa/milik").status()).isEqualTo(302);
            assertThat(on("promo.brand.example", "/milik?utm_source=x").status())
                    .isEqualTo(302);
            assertThat(on("promo.brand.example", "/wa/di-mana").status())
                    .as("another link of the workspace")
                    .isEqualTo(404);
            assertThat(on("promo.brand.example", "/di-mana").status()).isEqualTo(404);
            assertThat(on("link.brand.example", "/di-mana").status())
                    .as("our own host has no links at its root")
                    .isEqualTo(404);
            assertThat(on("proxy.internal", "/wa/di-mana").status())
                    .as("nobody's host")
                    .isEqualTo(302);
            assertThat(on("chat.brand.example", "/health/live").status()).isEqualTo(200);

            Answer answer = on("chat.brand.example", "/wa/di-mana?utm_source=host");
            assertThat(answer.header("Set-Cookie")).doesNotContain("Domain=");
            JsonNode lead = api.get("/leads/" + code(draft(answer))).expect(200);
            assertThat(lead.at("/web/pageUrl").asText())
                    .isEqualTo("http://chat.brand.example/wa/di-mana?utm_source=host");
            assertThat(Json.each(api.all("/rotators"), "url")).contains("http://chat.brand.example/wa/di-mana");
            assertThat(totals(idOf("di-mana")).path("clicks").asInt()).isEqualTo(4);
            Eventually.eventually(() ->
                    assertThat(totals(idOf("di-mana")).path("notFound").asInt()).isEqualTo(1));
        } finally {
            api.patch("/workspace", "{\"linkDomains\":[]}").expect(200);
        }
        api.patch("/rotators/" + own, "{\"domains\":null}").expect(200);
        assertThat(api.get("/rotators/" + own).expect(200).path("url").asText()).isEqualTo(PUBLIC_URL + "/wa/milik");
    }

    @Test
    void closedAgentsArePassedOverAndTheirPeopleComeBackToThem() {
        String own = agent("Wati", ALWAYS);
        String other = agent("Yuni", "null");
        rotator(
                "jam",
                own,
                "\"agents\":[{\"agentId\":\"%s\"},{\"agentId\":\"%s\",\"weight\":0}]".formatted(own, other));
        Browser regular = person();
        String number = number(regular.open(server.url() + "/wa/jam?a=1"));

        api.patch("/agents/" + own, "{\"hours\":" + closedNow() + "}").expect(200);
        Answer nobody = person().open(server.url() + "/wa/jam");
        assertThat(nobody.status()).isEqualTo(200);
        String day = LocalDate.now(ZoneOffset.UTC)
                .plusDays(3)
                .format(DateTimeFormatter.ofPattern("EEEE, d MMMM", Locale.of("id", "ID")));
        assertThat(nobody.body())
                .contains("Belum ada yang bertugas", "Kami kembali " + day + ", pukul 09.00 UTC.", "09:00–17:00");
        api.patch("/rotators/" + idOf("jam"), "{\"fallbackPhone\":\"+628119999001\"}")
                .expect(200);
        assertThat(number(person().open(server.url() + "/wa/jam"))).isEqualTo("628119999001");
        rotator("jam-lain", own, "\"agents\":[{\"agentId\":\"%s\"},{\"agentId\":\"%s\"}]".formatted(own, other));
        assertThat(number(regular.open(server.url() + "/wa/jam-lain"))).isEqualTo(phoneOf(other));
        api.patch("/agents/" + own, "{\"hours\":null}").expect(200);
        rotator("jam-dua", own, "\"agents\":[{\"agentId\":\"%s\"},{\"agentId\":\"%s\"}]".formatted(other, own));
        assertThat(number(regular.open(server.url() + "/wa/jam-dua"))).isEqualTo(number);
    }

    @Test
    void aDailyCapHoldsUnderLoadAndOverARestart() {
        String capped = agent("Lina", "null");
        String other = agent("Nana", "null");
        String id = rotator(
                "batas",
                capped,
                "\"agents\":[{\"agentId\":\"%s\",\"dailyCap\":5},{\"agentId\":\"%s\"}]".formatted(capped, other));
        var numbers = new ArrayList<String>();
        List<Callable<Answer>> taps = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String link = server.url() + "/wa/batas?n=" + i;
            taps.add(() -> person().open(link));
        }
        Crowd.atOnce(taps).forEach(a -> numbers.add(number(a)));
        assertThat(chats(id, capped)).isEqualTo(4);
        server.startAgain();
        for (int i = 0; i < 6; i++) {
            numbers.add(number(person().open(server.url() + "/wa/batas?m=" + i)));
        }
        assertThat(chats(id, capped)).isEqualTo(5);
        assertThat(chats(id, other)).isEqualTo(9);
        assertThat(numbers.stream().filter(n -> n.equals(phoneOf(capped))).count())
                .isEqualTo(5);
    }

    @Test
    void tapsAndMachinesAreCountedForWhatTheyAre() {
        String agent = agent("Sinta", "null");
        String id = rotator("angka", agent, "\"clicksPerMinute\":3");
        Browser one = person();
        String link = server.url() + "/wa/angka?fbclid=IwAR-figures";
        one.open(link);
        one.open(link);
        Browser twin = person();
        Browser same = new Browser()
                .with("X-Forwarded-For", "203.0.113." + ADDRESS.get())
                .with("Accept-Language", "id-ID");
        assertThat(code(draft(twin.open(link + "-2")))).isEqualTo(code(draft(same.open(link + "-2"))));
        // They are counted by the clock's minute.
        Eventually.eventually(() -> assertThat(LocalTime.now().getSecond()).isLessThan(50));
        for (int i = 0; i < 5; i++) {
            new Browser().with("X-Forwarded-For", "198.51.100.77").open(server.url() + "/wa/angka?n=" + i);
        }
        new Browser().with("User-Agent", "Googlebot/2.1").open(link);
        new Browser().with("User-Agent", "WhatsApp/2.23").open(link);
        new Browser().with("User-Agent", "WhatsApp/2.23").open(link);
        person().with("Sec-Purpose", "prefetch").open(link);

        Eventually.eventually(() -> {
            JsonNode t = totals(id);
            assertThat(t.path("previews").asInt()).isEqualTo(2);
            assertThat(t.path("crawlers").asInt()).isEqualTo(1);
            assertThat(t.path("prefetches").asInt()).isEqualTo(1);
        });
        JsonNode t = totals(id);
        assertThat(t.path("clicks").asInt()).isEqualTo(7);
        assertThat(t.path("visitors").asInt()).isEqualTo(7);
        assertThat(t.path("doubleTaps").asInt()).isEqualTo(2);
        assertThat(t.path("newLeads").asInt()).isEqualTo(7);
        assertThat(t.path("flagged").asInt()).isEqualTo(2);
        JsonNode figures = api.get("/rotators/" + id + "/figures").expect(200);
        assertThat(figures.path("timezone").asText()).isEqualTo("Asia/Jakarta");
        assertThat(figures.at("/days/0/agents").findValuesAsText("name")).contains("Sinta");
        String metrics = Http.send(
                        "GET",
                        server.url() + "/metrics",
                        null,
                        Map.of("Authorization", "Bearer " + RunningServer.ADMIN_KEY))
                .body();
        assertThat(metrics).contains("kembali_rotator_flagged_total 2.0");
    }

    @Test
    void aCodeFromOurTrackerInTheLinkIsTheSamePerson() {
        String agent = agent("Gita", "null");
        rotator("toko", agent, "\"sticky\":true");
        Browser browser = person();
        String code = code(draft(browser.open(server.url() + "/wa/toko?utm_source=a")));
        String address = "203.0.113." + ADDRESS.get();

        Browser noCookies = new Browser().with("X-Forwarded-For", address).with("Accept-Language", "id-ID");
        assertThat(code(draft(noCookies.open(server.url() + "/wa/toko?visitor=" + code))))
                .isEqualTo(code);
        assertThat(code(draft(person().open(server.url() + "/wa/toko?visitor=" + code))))
                .isNotEqualTo(code);
        assertThat(code(draft(person().open(server.url() + "/wa/toko?visitor=ZZZ9999"))))
                .isNotEqualTo("ZZZ9999");
    }

    @Test
    void theMessageIsSeenBeforeItIsStored() {
        String agent = agent("Ratih", "null");
        int before = api.all("/rotators").size();
        JsonNode seen = api.post("/rotators/preview", """
                {"message":"Halo {name} 🙏, {kota} {campaign} {nope}","agents":[{"agentId":"%s"}],
                 "form":{"fields":[{"key":"kota"}]},"sample":{"name":"Ani","kota":"Bandung"}}""".formatted(agent)).expect(200);

        assertThat(seen.path("text").asText()).isEqualTo("Halo Ani 🙏, Bandung Promo Lebaran {nope} [ABC2345]");
        assertThat(seen.path("length").asInt()).isEqualTo(50);
        assertThat(seen.path("textWithoutValues").asText()).isEqualTo("Halo 🙏, {nope} [ABC2345]");
        assertThat(seen.path("url").asText()).startsWith("https://wa.me/628").contains("%F0%9F%99%8F");
        assertThat(Json.each(Json.list(seen.path("warnings")), "code"))
                .containsExactly("no_code", "unknown_placeholder");
        JsonNode empty = api.post("/rotators/preview", "{}").expect(200);
        assertThat(empty.path("text").asText()).isEqualTo("Halo, saya tertarik. [ABC2345]");
        assertThat(empty.path("url").isNull()).isTrue();
        JsonNode tooLong = api.post("/rotators/preview", "{\"message\":\"" + "x".repeat(400) + "{code}\"}")
                .expect(200);
        assertThat(tooLong.path("length").asInt()).isEqualTo(300);
        assertThat(Json.each(Json.list(tooLong.path("warnings")), "code")).contains("too_long");
        assertThat(api.all("/rotators")).hasSize(before);
    }

    private static Answer on(String host, String path) {
        return person().with("Host", host).open(server.url() + path);
    }

    /** Somebody with an address of their own. */
    private static Browser person() {
        return new Browser()
                .with("X-Forwarded-For", "203.0.113." + ADDRESS.incrementAndGet())
                .with("Accept-Language", "id-ID");
    }

    private static String agent(String name, String hours) {
        String phone = "+6281110" + (10_000 + ADDRESS.incrementAndGet());
        return api.post("/agents", "{\"name\":\"%s\",\"phone\":\"%s\",\"hours\":%s}".formatted(name, phone, hours))
                .expect(201)
                .path("id")
                .asText();
    }

    private static String phoneOf(String agentId) {
        return api.get("/agents/" + agentId).expect(200).path("phone").asText().substring(1);
    }

    private static String rotator(String slug, String agent, String more) {
        String agents = more.contains("\"agents\"") ? "" : "\"agents\":[{\"agentId\":\"" + agent + "\"}],";
        return api.post("/rotators", "{\"slug\":\"%s\",\"name\":\"%s\",%s%s}".formatted(slug, slug, agents, more))
                .expect(201)
                .path("id")
                .asText();
    }

    private static String idOf(String slug) {
        return api.all("/rotators").stream()
                .filter(r -> r.path("slug").asText().equals(slug))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static JsonNode totals(String rotatorId) {
        return api.get("/rotators/" + rotatorId + "/figures").expect(200).path("totals");
    }

    private static int chats(String rotatorId, String agentId) {
        int chats = 0;
        for (JsonNode a :
                api.get("/rotators/" + rotatorId + "/figures").expect(200).at("/days/0/agents")) {
            chats += a.path("agentId").asText().equals(agentId)
                    ? a.at("/counts/chats").asInt()
                    : 0;
        }
        return chats;
    }

    /** Hours of a day that is neither today nor beside it, over hours of every day. */
    private static String closedNow() {
        List<String> days = new ArrayList<>();
        for (DayOfWeek d : DayOfWeek.values()) {
            boolean open = d == LocalDate.now(ZoneOffset.UTC).plusDays(3).getDayOfWeek();
            days.add("\"" + d.name().substring(0, 3).toLowerCase(Locale.ROOT) + "\":"
                    + (open ? "[[\"09:00\",\"17:00\"]]" : "null"));
        }
        return "{\"timezone\":\"UTC\",\"week\":{" + String.join(",", days) + "}}";
    }

    private static String number(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(302, 303);
        return URI.create(answer.header("Location")).getPath().substring(1);
    }

    private static String draft(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(302, 303);
        String query = URI.create(answer.header("Location")).getRawQuery();
        return URLDecoder.decode(query.substring(query.indexOf("text=") + 5), StandardCharsets.UTF_8);
    }

    private static String code(String draft) {
        Matcher m = CODE.matcher(draft);
        assertThat(m.find()).as(draft).isTrue();
        return m.group(1);
    }

    private static byte[] bytes(String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1" + path))
                    .header("Authorization", "Bearer " + RunningServer.ADMIN_KEY)
                    .build();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
            return answer.body();
        }
    }

    private static String decoded(BufferedImage picture) throws Exception {
        // Readers want some pixels a module, as every screen and print has.
        int side = picture.getWidth() * 4;
        int[] pixels = new int[side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = picture.getRGB(i % side / 4, i / side / 4);
        }
        var source = new RGBLuminanceSource(side, side, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    /** Draws the picture as a browser would, from the only path it has. */
    private static BufferedImage drawn(String svg) {
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(box.find()).isTrue();
        int side = Integer.parseInt(box.group(1));
        int scale = 2;
        var picture = new BufferedImage(side * scale, side * scale, BufferedImage.TYPE_INT_RGB);
        var g = picture.createGraphics();
        g.setColor(java.awt.Color.WHITE);
        g.fillRect(0, 0, side * scale, side * scale);
        g.setColor(java.awt.Color.BLACK);
        Matcher run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\d+z").matcher(Objects.requireNonNull(svg));
        while (run.find()) {
            g.fillRect(
                    Integer.parseInt(run.group(1)) * scale,
                    Integer.parseInt(run.group(2)) * scale,
                    Integer.parseInt(run.group(3)) * scale,
                    scale);
        }
        g.dispose();
        return picture;
    }
}
