package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The page tracker's hits, from the page to the platform, and consent all the way. */
@ParameterizedClass(name = "{0}")
@MethodSource("shops")
@ExtendWith(LogsOnFailure.class)
class TrackerIT {
    private static final String PIXEL = "510000000000001";
    private static final String PAGE = "https://www.toko.example/promo";
    private static final String WEB_DEFAULTS = """
            {"domains":null,"trackerOrigins":null,"trackerStatuses":null,"trackerIdentify":null,"gpcMeansDenied":null}""";
    private static final AtomicInteger HITS = new AtomicInteger();

    /** A shop whose pages carry the tracker; JUnit closes it after the last test. */
    record Shop(Database database, RunningSandbox sandbox, RunningServer server, String key, String pixel)
            implements AutoCloseable {
        static Shop open(Database database) {
            var sandbox = RunningSandbox.start();
            var server = RunningServer.start(
                    database,
                    sandbox,
                    Map.of(
                            "KEMBALI_PUBLIC_URL",
                            "https://link.toko.example",
                            "KEMBALI_TRUSTED_PROXIES",
                            "127.0.0.1/32"));
            Api api = server.api();
            String key = api.get("/workspace").expect(200).path("trackerKey").asText();
            return new Shop(database, sandbox, server, key, api.metaPixel(PIXEL, "sandbox-token-of-the-tracker"));
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

    private final Shop shop;
    private final RunningSandbox sandbox;
    private final Api api;

    TrackerIT(Shop shop) {
        this.shop = shop;
        sandbox = shop.sandbox;
        api = shop.server.api();
    }

    @AfterEach
    void asAtFirst() {
        sandbox.clearFaults();
        api.patch("/workspace", WEB_DEFAULTS).expect(200);
        api.put("/conversion-settings", "{\"consentWhenUnknown\":\"allow\"}").expect(200);
    }

    @Test
    void aPageViewAfterAnAdClickReachesMetaUnderTheTrackersOwnId() {
        var browser = new Browser().with("X-Forwarded-For", "203.0.113.7").with("Origin", "https://www.toko.example");
        String id = newId();
        Instant before = Instant.now();
        JsonNode answer = hit(browser, id, """
                "type":"pageview","url":"%s?fbclid=IwAR-page-1","referrer":"https://l.facebook.com/",
                "cookies":{"_fbp":"fb.1.1794970000124.1116446470"}""".formatted(PAGE));
        assertThat(answer.path("outcome").asText()).isEqualTo("accepted");
        assertThat(answer.path("eventId").asText()).isEqualTo(id);
        assertThat(answer.path("events")).isEqualTo(Json.read("{\"meta\":\"PageView\"}"));
        String code = answer.path("visitorCode").asText();
        assertThat(code).matches("[A-Z]{3}\\d{4}");

        JsonNode row = onlyRow(code);
        assertThat(row.path("leadId").isNull()).isTrue();
        assertThat(row.path("visitor").asText()).isEqualTo(code);
        assertThat(row.path("trigger").asText()).isEqualTo("pageview");
        assertThat(row.path("eventId").asText()).isEqualTo(id);
        api.rowOnce(row.path("id").asText(), "accepted");
        JsonNode event = sandbox.copies(id).getFirst().path("body");
        assertThat(event.path("event_name").asText()).isEqualTo("PageView");
        assertThat(event.path("event_id").asText()).isEqualTo(id);
        assertThat(event.path("action_source").asText()).isEqualTo("website");
        assertThat(event.path("event_source_url").asText()).isEqualTo(PAGE + "?fbclid=IwAR-page-1");
        assertThat(event.at("/user_data/fbc").asText()).isEqualTo(browser.cookie("_fbc"));
        assertThat(event.at("/user_data/fbp").asText()).isEqualTo("fb.1.1794970000124.1116446470");
        assertThat(event.at("/user_data/client_ip_address").asText()).isEqualTo("203.0.113.7");
        assertThat(event.at("/user_data/client_user_agent").asText()).isEqualTo(Browser.CHROME);
        assertThat(Instant.ofEpochSecond(event.path("event_time").asLong()))
                .isBetween(before.minusSeconds(1), Instant.now());

        JsonNode again = hit(browser, id, "\"type\":\"pageview\",\"url\":\"%s\"".formatted(PAGE));
        assertThat(again.path("outcome").asText()).isEqualTo("duplicate");
        assertThat(again.path("visitorCode").asText()).isEqualTo(code);
        assertThat(api.rows("visitor=" + code)).hasSize(1);
    }

    @Test
    void aHitIsKnownAgainAfterARestart() {
        String id = newId();
        String body = body(id, "\"type\":\"pageview\",\"url\":\"%s\"".formatted(PAGE));
        String code =
                new Browser().post(url(), body).expect(200).path("visitorCode").asText();
        shop.server.process().kill();
        shop.server.startAgain();
        JsonNode again = new Browser().post(url(), body).expect(200);
        assertThat(again.path("outcome").asText()).isEqualTo("duplicate");
        assertThat(again.path("visitorCode").asText()).isEqualTo(code);
    }

    @Test
    void aLaterLeadWithTheVisitorsCodeJoinsTheClick() {
        String code = view(new Browser(), "IwAR-joins-1");
        JsonNode lead = api.post("/leads", """
                {"name":"Budi","email":"budi@example.co.id","visitor":"%s"}""".formatted(code)).expect(201);
        assertThat(lead.at("/click/fbclid").asText()).isEqualTo("IwAR-joins-1");
        assertThat(lead.path("code").asText()).isEqualTo(code);
        assertThat(api.rows("visitor=" + code)).hasSize(2);
        JsonNode own = api.rows("leadId=" + lead.path("id").asText()).getFirst();
        assertThat(own.path("trigger").asText()).isEqualTo("new");
        api.rowOnce(own.path("id").asText(), "accepted");
        assertThat(kinds(lead.path("id").asText())).contains("pageview", "created", "status", "delivery");
    }

    @Test
    void aDenialStopsThePageViewThatWaitsAndEverythingAfterIt() {
        sandbox.fault(PIXEL, "\"mode\":\"fail\",\"status\":503");
        var browser = new Browser();
        String code = view(browser, "IwAR-denies-1");
        JsonNode row = onlyRow(code);
        JsonNode said = hit(browser, newId(), """
                "type":"consent","consent":{"ad_storage":"denied","ad_user_data":"denied","ad_personalization":"denied"}""");
        assertThat(said.path("visitorCode").asText()).isEqualTo(code);
        JsonNode skipped = api.rowOnce(row.path("id").asText(), "skipped");
        assertThat(skipped.at("/reason/code").asText()).isEqualTo("consent_denied");
        sandbox.clearFaults();

        String lead = api.lead("{\"name\":\"Citra\",\"visitor\":\"%s\"}".formatted(code));
        assertThat(api.onlyRow(lead, shop.pixel, "AddToCart").at("/reason/code").asText())
                .isEqualTo("consent_denied");
        assertThat(api.post("/sync-logs/" + row.path("id").asText() + "/retry")
                        .expect(200)
                        .at("/reason/code")
                        .asText())
                .isEqualTo("consent_denied");
        assertThat(sandbox.copies(row.path("eventId").asText())).isEmpty();
        JsonNode history = api.get("/leads/" + lead + "/consent").expect(200);
        assertThat(Json.each(Json.items(history), "adUserData")).containsExactly("denied");
        assertThat(Json.items(history).getFirst().path("source").asText()).isEqualTo("cmp");

        api.patch("/leads/" + lead, "{\"consent\":{\"adUserData\":\"granted\"}}")
                .expect(200);
        JsonNode newest = api.get("/leads/" + lead + "/consent?limit=1").expect(200);
        assertThat(Json.each(Json.items(newest), "source")).containsExactly("api");
        JsonNode older = api.get("/leads/" + lead + "/consent?limit=1&cursor="
                        + newest.path("nextCursor").asText())
                .expect(200);
        assertThat(Json.each(Json.items(older), "source")).containsExactly("cmp");
        assertThat(kinds(lead)).contains("consent");
        JsonNode retried =
                api.post("/sync-logs/" + row.path("id").asText() + "/retry").expect(200);
        assertThat(retried.path("status").asText()).isIn("pending", "accepted");
        api.rowOnce(row.path("id").asText(), "accepted");
    }

    @Test
    void cookiesAreRenewedAndLiveOnlyAsLongAsConsentLets() {
        var browser = new Browser();
        Answer first =
                post(browser, newId(), "\"type\":\"pageview\",\"url\":\"%s?fbclid=IwAR-cookie-1\"".formatted(PAGE));
        String code = first.expect(200).path("visitorCode").asText();
        String attributes = "; Path=/; Secure; SameSite=Lax";
        assertThat(first.headers("Set-Cookie"))
                .containsExactly(
                        "__Secure-kmb_v=" + browser.cookie("__Secure-kmb_v") + attributes
                                + "; HttpOnly; Max-Age=34560000",
                        "_fbc=" + browser.cookie("_fbc") + attributes + "; Max-Age=7776000");
        assertThat(browser.cookie("__Secure-kmb_v")).startsWith(code + ".");

        Answer second =
                post(browser, newId(), "\"type\":\"pageview\",\"url\":\"%s?fbclid=IwAR-cookie-1\"".formatted(PAGE));
        assertThat(second.expect(200).path("visitorCode").asText()).isEqualTo(code);
        assertThat(second.headers("Set-Cookie")).as("_fbc is there already").hasSize(1);

        Answer denied = post(browser, newId(), """
                "type":"pageview","url":"%s?fbclid=IwAR-cookie-2","consent":{"ad_storage":"denied"}""".formatted(PAGE));
        assertThat(denied.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith("__Secure-kmb_v=")
                .doesNotContain("Max-Age");
        assertThat(denied.expect(200).has("events")).isFalse();
        assertThat(denied.expect(200).path("visitorCode").asText()).isEqualTo(code);

        api.patch("/workspace", "{\"domains\":[\"toko.example\"]}").expect(200);
        Answer wide = post(new Browser(), newId(), "\"type\":\"pageview\",\"url\":\"%s\"".formatted(PAGE));
        assertThat(wide.header("Set-Cookie")).contains("; Domain=toko.example");
    }

    @Test
    void withoutACookieThePagesVisitorCodeCountsAndAForgedCookieDoesNot() {
        String code = view(new Browser(), "IwAR-said-1");
        assertThat(hit(new Browser(), newId(), "\"type\":\"pageview\",\"visitor\":\"%s\"".formatted(code))
                        .path("visitorCode")
                        .asText())
                .isEqualTo(code);
        var forger = new Browser().withCookie("__Secure-kmb_v", code + "..20000.AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(hit(forger, newId(), "\"type\":\"pageview\"")
                        .path("visitorCode")
                        .asText())
                .isNotEqualTo(code);
    }

    @Test
    void everyOriginMayReadTheAnswerUntilThereIsAList() {
        var page = new Browser().with("Origin", "https://www.toko.example");
        Answer any = post(page, newId(), "\"type\":\"pageview\"");
        assertThat(any.header("Access-Control-Allow-Origin")).isEqualTo("https://www.toko.example");
        assertThat(any.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(any.header("Vary")).isEqualTo("Origin");

        api.patch("/workspace", "{\"trackerOrigins\":[\"https://*.toko.example\"]}")
                .expect(200);
        assertThat(post(page, newId(), "\"type\":\"pageview\"").status()).isEqualTo(200);
        Answer foreign = post(new Browser().with("Origin", "https://evil.example"), newId(), "\"type\":\"pageview\"");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(foreign.header("Set-Cookie")).isEmpty();
        assertThat(foreign.header("Content-Type")).isEqualTo("application/problem+json");

        Answer asked = page.send("OPTIONS", url());
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("https://www.toko.example");
        assertThat(asked.header("Access-Control-Allow-Methods")).isEqualTo("POST");
        assertThat(asked.header("Access-Control-Allow-Headers")).isEqualTo("Content-Type");
        assertThat(new Browser()
                        .with("Origin", "https://evil.example")
                        .send("OPTIONS", url())
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void aBadBodyAnUnknownKeyAndAWrongMethodAreAnsweredInWords() {
        refused(new Browser().post(url(), "nothing"), 400, "body");
        refused(new Browser().post(url(), "{\"type\":\"pageview\",\"eventId\":\"e1\"}"), 400, "key");
        refused(
                new Browser().post(url(), "{\"key\":\"%s\",\"type\":\"pageview\"}".formatted(shop.key)),
                400,
                "eventId");
        Answer unknown = new Browser().post(url(), "{\"key\":\"WS-nobody\",\"type\":\"pageview\",\"eventId\":\"e1\"}");
        assertThat(unknown.expect(404).path("title").asText()).isEqualTo("Not found");
        assertThat(unknown.header("Set-Cookie")).isEmpty();
        Answer large =
                new Browser().post(url(), body(newId(), "\"type\":\"pageview\",\"x\":\"" + "x".repeat(40_000) + "\""));
        assertThat(large.expect(413).path("detail").asText()).contains("32768");
        Answer get = new Browser().open(url());
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(post(new Browser(), newId(), "\"type\":\"pageview\",\"url\":7,\"cookies\":[],\"new\":{\"a\":1}")
                        .expect(200)
                        .path("outcome")
                        .asText())
                .isEqualTo("accepted");
        String figures = Http.send(
                        "GET",
                        shop.server.url() + "/metrics",
                        null,
                        Map.of("Authorization", "Bearer " + RunningServer.ADMIN_KEY))
                .body();
        assertThat(figures)
                .contains(
                        "kembali_tracker_requests_total{outcome=\"unknown_key\"}",
                        "kembali_tracker_requests_total{outcome=\"bad_request\"}",
                        "kembali_tracker_requests_total{outcome=\"too_large\"}",
                        "kembali_tracker_members_left_out_total");
    }

    @Test
    void machinesAreAnsweredAndNotCounted() {
        JsonNode crawler = post(new Browser().with("User-Agent", "Googlebot/2.1"), newId(), "\"type\":\"pageview\"")
                .expect(200);
        assertThat(crawler.path("outcome").asText()).isEqualTo("ignored");
        assertThat(crawler.path("reason").asText()).isEqualTo("crawler");
        assertThat(crawler.has("visitorCode")).isFalse();
        Answer ahead = post(new Browser().with("Sec-Purpose", "prefetch;prerender"), newId(), "\"type\":\"pageview\"");
        assertThat(ahead.expect(200).path("reason").asText()).isEqualTo("prefetch");
        assertThat(ahead.header("Set-Cookie")).isEmpty();
    }

    @Test
    void aPageMovesLeadsOnlyToStatusesItMay() {
        var browser = new Browser();
        String code = view(browser, "IwAR-buys-1");
        String bought = "\"type\":\"event\",\"name\":\"won\",\"value\":150000,\"currency\":\"IDR\",\"orderId\":\"%s\"";
        hit(browser, newId(), bought.formatted("INV-1"));
        assertThat(api.get("/leads/" + code).status()).isEqualTo(404);

        api.patch("/workspace", "{\"trackerStatuses\":[\"won\"]}").expect(200);
        hit(browser, newId(), bought.formatted("INV-1"));
        JsonNode lead = api.get("/leads/" + code).expect(200);
        assertThat(lead.path("status").asText()).isEqualTo("won");
        assertThat(lead.path("source").asText()).isEqualTo("website");
        assertThat(lead.path("actualValue").asText()).isEqualTo("150000");
        String leadId = lead.path("id").asText();
        JsonNode row = api.rowOnce(
                api.onlyRow(leadId, shop.pixel, "Purchase").path("id").asText(), "accepted");
        JsonNode purchase =
                sandbox.copies(row.path("eventId").asText()).getFirst().path("body");
        assertThat(purchase.path("action_source").asText()).isEqualTo("website");
        assertThat(purchase.at("/custom_data/order_id").asText()).isEqualTo("INV-1");
        hit(browser, newId(), bought.formatted("INV-1"));
        assertThat(api.rows("leadId=" + leadId + "&event=Purchase")).hasSize(1);
        hit(browser, newId(), bought.formatted("INV-2"));
        assertThat(api.rows("leadId=" + leadId + "&event=Purchase")).hasSize(2);
        assertThat(kinds(leadId)).contains("event");
    }

    @Test
    void whoNamesThemselvesBecomesALeadAndNobodysDataIsOverwritten() {
        var browser = new Browser();
        JsonNode named = hit(browser, newId(), """
                "type":"identify","person":{"name":"Dewi","email":"dewi@example.co.id","phone":"0812-3456-7890"}""");
        String code = named.path("visitorCode").asText();
        JsonNode lead = api.get("/leads/" + code).expect(200);
        assertThat(lead.path("phone").asText()).isEqualTo("+6281234567890");
        hit(browser, newId(), "\"type\":\"identify\",\"person\":{\"email\":\"other@example.co.id\"}");
        assertThat(api.get("/leads/" + code).expect(200).path("email").asText()).isEqualTo("dewi@example.co.id");
        assertThat(hit(browser, newId(), "\"type\":\"identify\",\"person\":{}")
                        .path("reason")
                        .asText())
                .isEqualTo("nothing_said");

        api.patch("/workspace", "{\"trackerIdentify\":false}").expect(200);
        JsonNode nobody = hit(new Browser(), newId(), "\"type\":\"identify\",\"person\":{\"name\":\"Eka\"}");
        assertThat(api.get("/leads/" + nobody.path("visitorCode").asText()).status())
                .isEqualTo(404);
    }

    @Test
    void consentIsHeardOfConsentStringsAndOfGlobalPrivacyControl() {
        // Consent to the purposes 2 and 10 only.
        JsonNode tcf = history(hit(new Browser(), newId(), """
                "type":"pageview","gdpr":true,"tcString":"COtybn4PA_zT4KjACBENAPCIAEBAAECAAIAAAAAAAAAA\""""));
        assertThat(tcf.path("source").asText()).isEqualTo("tcf");
        assertThat(tcf.path("adStorage").asText()).isEqualTo("denied");
        assertThat(tcf.path("gdpr").asBoolean()).isTrue();
        assertThat(tcf.path("tcString").asText()).startsWith("COtybn4");

        JsonNode broken = post(new Browser(), newId(), "\"type\":\"pageview\",\"tcString\":\"rubbish\"")
                .expect(200);
        assertThat(broken.path("outcome").asText()).isEqualTo("accepted");

        JsonNode gpc = history(hit(new Browser().with("Sec-GPC", "1"), newId(), "\"type\":\"pageview\""));
        assertThat(gpc.path("source").asText()).isEqualTo("gpc");
        assertThat(gpc.path("adUserData").asText()).isEqualTo("denied");
        assertThat(gpc.path("gpc").asBoolean()).isTrue();
        api.patch("/workspace", "{\"gpcMeansDenied\":false}").expect(200);
        assertThat(history(hit(new Browser(), newId(), "\"type\":\"pageview\",\"gpc\":true"))
                        .path("adUserData")
                        .asText())
                .isEqualTo("unknown");
    }

    @Test
    void withoutAnAnswerNothingIsSentOfPeopleWhoHaveToBeAskedFirst() {
        api.put("/conversion-settings", "{\"consentWhenUnknown\":\"deny_in_eea\"}")
                .expect(200);
        JsonNode settings = api.get("/conversion-settings").expect(200);
        assertThat(settings.path("consentWhenUnknown").asText()).isEqualTo("deny_in_eea");
        String german = api.lead("{\"name\":\"Hans\",\"country\":\"DE\",\"click\":{\"fbclid\":\"IwAR-hans\"}}");
        assertThat(api.onlyRow(german, shop.pixel, "AddToCart")
                        .at("/reason/code")
                        .asText())
                .isEqualTo("consent_unknown");
        String indonesian = api.lead("{\"name\":\"Budi\",\"country\":\"ID\",\"click\":{\"fbclid\":\"IwAR-budi\"}}");
        assertThat(api.onlyRow(indonesian, shop.pixel, "AddToCart")
                        .path("status")
                        .asText())
                .isNotEqualTo("skipped");
    }

    @Test
    void aLinkThatIsClickedWithGlobalPrivacyControlIsNotReported() {
        String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000111\"}")
                .expect(201)
                .path("id")
                .asText();
        api.post("/rotators", """
                {"slug":"gpc","name":"Promo","agents":[{"agentId":"%s"}]}""".formatted(agent)).expect(201);
        Answer click = new Browser().with("Sec-GPC", "1").open(shop.server.url() + "/wa/gpc?fbclid=IwAR-gpc-link");
        assertThat(click.status()).isEqualTo(302);
        assertThat(click.headers("Set-Cookie")).singleElement().asString().doesNotContain("Max-Age");
        String code =
                click.header("Set-Cookie").substring("__Secure-kmb_v=".length()).substring(0, 7);
        String lead = api.get("/leads/" + code).expect(200).path("id").asText();
        assertThat(api.onlyRow(lead, shop.pixel, "AddToCart").at("/reason/code").asText())
                .isEqualTo("consent_denied");
    }

    @Test
    void wrongSettingsOfTheWebSitesAreRefusedByName() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"domains\":[\"brand\"]}", "domains[0]",
                        "{\"domains\":[\"https://brand.example\"]}", "domains[0]",
                        "{\"trackerOrigins\":[\"https://a.example\",\"b.example\"]}", "trackerOrigins[1]",
                        "{\"trackerStatuses\":[\"winning\"]}", "trackerStatuses[0]")
                .entrySet()) {
            JsonNode problem = api.patch("/workspace", wrong.getKey()).expect(422);
            assertThat(problem.at("/errors/0/field").asText())
                    .as(wrong.getKey())
                    .isEqualTo(wrong.getValue());
        }
        api.patch("/workspace", "{\"trackerStatuses\":[\"hot\",\"won\"]}").expect(200);
        assertThat(api.get("/workspace").expect(200).path("trackerStatuses").toString())
                .isEqualTo("[\"hot\",\"won\"]");
    }

    @Test
    void hitsThatWaitedInTheBrowserAreReportedWithTheirOwnTime() {
        String id = newId();
        Instant before = Instant.now();
        String code =
                hit(new Browser(), id, """
                        "type":"pageview","ageMs":3600000,"url":"%s?fbclid=IwAR-late-1\"""".formatted(PAGE)).path("visitorCode").asText();
        assertThat(Instant.parse(onlyRow(code).path("occurredAt").asText()))
                .isBetween(
                        before.minus(Duration.ofHours(1)).minusMillis(1),
                        Instant.now().minus(Duration.ofHours(1)));
        eventually(() -> assertThat(sandbox.copies(id)).hasSize(1));
    }

    /** The newest entry of the consent history of a hit's visitor, who becomes a lead for it. */
    private JsonNode history(JsonNode answer) {
        String code = answer.path("visitorCode").asText();
        api.lead("{\"visitor\":\"%s\"}".formatted(code));
        return Json.items(api.get("/leads/" + code + "/consent").expect(200)).getFirst();
    }

    /** Somebody opens a page by an ad of Meta's; their code. */
    private String view(Browser browser, String fbclid) {
        return hit(browser, newId(), "\"type\":\"pageview\",\"url\":\"%s?fbclid=%s\"".formatted(PAGE, fbclid))
                .path("visitorCode")
                .asText();
    }

    private JsonNode hit(Browser browser, String id, String members) {
        return post(browser, id, members).expect(200);
    }

    private Answer post(Browser browser, String id, String members) {
        return browser.post(url(), body(id, members));
    }

    private String body(String id, String members) {
        return "{\"key\":\"" + shop.key + "\",\"eventId\":\"" + id + "\"," + members + "}";
    }

    private String url() {
        return shop.server.url() + "/t";
    }

    private JsonNode onlyRow(String code) {
        List<JsonNode> rows = api.rows("visitor=" + code);
        assertThat(rows).as("rows of %s", code).hasSize(1);
        return rows.getFirst();
    }

    private List<String> kinds(String leadId) {
        return Json.each(Json.items(api.get("/leads/" + leadId + "/timeline").expect(200)), "kind");
    }

    private static void refused(Answer answer, int status, String field) {
        JsonNode problem = answer.expect(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    /** A UUID of version 7, as the tracker makes them. */
    private static String newId() {
        long ms = System.currentTimeMillis();
        return "%08x-%04x-7000-8000-%012x".formatted(ms >>> 16, ms & 0xffff, HITS.incrementAndGet());
    }
}
