package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Campaign links, asked as browsers, machines, landings and the management API ask. */
@ExtendWith(LogsOnFailure.class)
class CampaignIT {
    private static final String PUBLIC_URL = "http://link.brand.example";
    private static final String FBCLID = "IwAR0campaignItFbclid";
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
    void aClickIsStoredAndThePersonSentOnWithItsId() {
        String id =
                campaign("pertama", "https://shop.example/p?s={subid}&v={visitor_code}&ad={ad_id}&q={nonsense}", """
                "source":"meta\"""");
        int leadsBefore = api.all("/leads").size();
        Browser browser = person();
        Answer answer = browser.with("Referer", "https://l.facebook.com/")
                .open(server.url() + "/c/Pertama?fbclid=" + FBCLID + "1&ad_id=77&utm_campaign=Eid&sub_id_9=x%20y");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer-when-downgrade");
        assertThat(answer.header("X-Robots-Tag")).isEqualTo("noindex");
        String subid = parameter(answer, "s");
        assertThat(subid).matches("[0-9a-z]{20}");
        assertThat(answer.header("Location"))
                .isEqualTo("https://shop.example/p?s=" + subid + "&v=" + browserCode(browser) + "&ad=77&q=");
        assertThat(browser.cookie("_fbc")).endsWith("." + FBCLID + "1");

        JsonNode click = api.get("/clicks/" + subid.toUpperCase(java.util.Locale.ROOT) + ",")
                .expect(200);
        assertThat(click.path("campaignId").asText()).isEqualTo(id);
        assertThat(click.path("campaignName").asText()).isEqualTo("pertama");
        assertThat(click.path("visitorCode").asText()).isEqualTo(browserCode(browser));
        assertThat(click.path("leadId").isNull()).isTrue();
        assertThat(click.at("/clickIds/fbclid/value").asText()).isEqualTo(FBCLID + "1");
        assertThat(click.at("/clickIds/fbclid/firstSeenAt").asText()).isNotBlank();
        assertThat(click.at("/slots/creative_id").asText()).isEqualTo("77");
        assertThat(click.at("/slots/sub_id_9").asText()).isEqualTo("x y");
        assertThat(click.at("/utm/campaign").asText()).isEqualTo("Eid");
        assertThat(click.path("referrer").asText()).isEqualTo("https://l.facebook.com/");
        assertThat(click.path("url").asText()).startsWith(PUBLIC_URL + "/c/Pertama?fbclid=");
        assertThat(api.all("/leads")).hasSize(leadsBefore);

        String lead = api.lead("{\"name\":\"Budi\",\"code\":\"%s\"}"
                .formatted(browserCode(browser))
                .replace("code", "visitor"));
        assertThat(api.get("/clicks/" + subid).expect(200).path("leadId").asText())
                .isEqualTo(lead);
        assertThat(api.get("/leads/" + lead).expect(200).at("/click/fbclid").asText())
                .isEqualTo(FBCLID + "1");
        api.delete("/leads/" + lead).expect(204);
        assertThat(api.get("/clicks/" + subid).status()).isEqualTo(404);
    }

    @Test
    void aLinkAnswersAtTheRootOfTheServersOwnHostToo() {
        campaign("di-akar", "https://shop.example/?s={subid}", "");
        assertThat(person().open(server.url() + "/di-akar?utm_source=x").status())
                .isEqualTo(302);
        assertThat(person().open(server.url() + "/DI-AKAR/").status()).isEqualTo(302);
        assertThat(person().open(server.url() + "/c/di-akar/").status()).isEqualTo(302);
        assertThat(person().open(server.url() + "/di-akar/lagi").status()).isEqualTo(404);
        assertThat(person().open(server.url() + "/health/live").status()).isEqualTo(200);
        assertThat(person().open(server.url() + "/api/openapi.json").status()).isEqualTo(200);
    }

    /** Vector 26. */
    @Test
    void aSecondQuestionMarkLosesNothing() {
        String id = campaign("tanda", "https://shop.example/?s={subid}&c={c}", "\"parameters\":[{\"key\":\"c\"}]");
        Answer answer = person().open(server.url() + "/tanda?c=1?fbclid=" + FBCLID + "26&utm_source=fb");
        JsonNode click = click(answer);
        assertThat(parameter(answer, "c")).isEqualTo("1");
        assertThat(click.at("/clickIds/fbclid/value").asText()).isEqualTo(FBCLID + "26");
        assertThat(click.at("/utm/source").asText()).isEqualTo("fb");
        assertThat(click.at("/repairs/0").asText()).isEqualTo("second_question_mark");

        for (String broken : List.of(
                "/tanda&c=1&fbclid=" + FBCLID + "27",
                "/c/tanda&c=1&fbclid=" + FBCLID + "28",
                "/tanda&c=1&r=https://a.example/b/c&fbclid=" + FBCLID + "29",
                "/tanda%3Fc=1&fbclid=" + FBCLID + "30",
                "/c/tanda?c%3D1%26fbclid%3D" + FBCLID + "31",
                "/c/tanda?&&c=1&amp;fbclid=" + FBCLID + "32")) {
            Answer mended = person().open(server.url() + broken);
            assertThat(mended.status()).as(broken).isEqualTo(302);
            assertThat(parameter(mended, "c")).as(broken).isEqualTo("1");
            assertThat(click(mended).at("/clickIds/fbclid/value").asText())
                    .as(broken)
                    .startsWith(FBCLID);
        }
        assertThat(totals(id).path("repaired").asInt()).isEqualTo(7);
        assertThat(diagnosis(id)).contains("second_question_mark", "lost_question_mark");
    }

    /** Vector 27. */
    @Test
    void theRealFbclidIsUsedBesideTheOneNobodyFilledIn() {
        String id = campaign("ganda", "https://shop.example/?s={subid}&f={fbclid}", "\"source\":\"meta\"");
        Answer answer = person().open(server.url() + "/ganda?fbclid=%7Bfbclid%7D&fbclid=" + FBCLID + "g");
        assertThat(parameter(answer, "f")).isEqualTo(FBCLID + "g");
        JsonNode click = click(answer);
        assertThat(click.at("/clickIds/fbclid/value").asText()).isEqualTo(FBCLID + "g");
        assertThat(click.at("/unfilled/fbclid").asText()).isEqualTo("{fbclid}");
        assertThat(diagnosis(id)).contains("fbclid_twice").doesNotContain("fbclid_unfilled");
        assertThat(totals(id).path("unfilled").asInt()).isEqualTo(1);

        JsonNode lost = click(person().open(server.url()
                + "/ganda?fbclid={fbclid}".replace("{", "%7B").replace("}", "%7D")));
        assertThat(lost.path("clickIds").size()).isZero();
        assertThat(diagnosis(id)).contains("fbclid_unfilled");
        JsonNode checked = api.post(
                        "/url-checker",
                        "{\"url\":\"%s/ganda?fbclid={fbclid}\",\"source\":\"meta\"}".formatted(PUBLIC_URL))
                .expect(200);
        assertThat(Json.each(Json.list(checked.path("findings")), "code")).contains("fbclid_unfilled");
        assertThat(checked.at("/findings/0/fix").asText()).contains("Remove fbclid={fbclid}");
    }

    /** Vector 31. */
    @Test
    void machinesAreLedOnAndMakeNoClick() {
        String id = campaign("mesin", "https://shop.example/?s={subid}&u={utm_source}&b={is_bot}", "");
        String link = server.url() + "/c/mesin?utm_source=x";
        List<Answer> answers = List.of(
                person().with("X-Purpose", "prefetch").open(link),
                person().with("Sec-Purpose", "prefetch;prerender").open(link),
                new Browser().with("User-Agent", "WhatsApp/2.23.18.78 i").open(link),
                new Browser().with("User-Agent", "facebookexternalhit/1.1").open(link),
                new Browser()
                        .with("User-Agent", "AdsBot-Google (+http://www.google.com/adsbot.html)")
                        .open(link),
                new Browser()
                        .with("User-Agent", "Mozilla/5.0 (compatible; Bytespider)")
                        .open(link),
                person().send("HEAD", link));
        assertThat(answers).allSatisfy(a -> {
            assertThat(a.status()).isEqualTo(302);
            assertThat(a.header("Location")).isEqualTo("https://shop.example/?s=&u=x&b=1");
            assertThat(a.headers("Set-Cookie")).isEmpty();
        });
        Eventually.eventually(() -> {
            JsonNode t = totals(id);
            assertThat(t.path("prefetches").asInt()).isEqualTo(2);
            assertThat(t.path("previews").asInt()).isEqualTo(2);
            assertThat(t.path("crawlers").asInt()).isEqualTo(2);
        });
        assertThat(totals(id).path("clicks").asInt()).isZero();
        assertThat(Json.items(api.get("/campaigns/" + id + "/clicks").expect(200)))
                .isEmpty();
    }

    /** Vector 32. */
    @Test
    void aValueThatHoldsAMacroIsNotExpanded() {
        campaign("lapis", "https://shop.example/?a={sub_id_1}&s={subid}", "");
        Answer answer = person().open(server.url() + "/lapis?sub_id_1=x%7Bsubid%7Dy%0D%0ASet-Cookie:%20a=b");
        assertThat(answer.header("Location"))
                .startsWith("https://shop.example/?a=x%7Bsubid%7DySet-Cookie%3A%20a%3Db&s=");
        assertThat(answer.headers("Set-Cookie")).hasSize(1);
        assertThat(parameter(answer, "s")).matches("[0-9a-z]{20}");
    }

    @Test
    void visitorsAreSpreadByWeightAndKeepTheirDestination() {
        String id = campaign("bagi", "", """
                "destinations":[{"name":"A","url":"https://a.example/","weight":3},{"name":"B","url":"https://b.example/","weight":1},
                 {"name":"Off","url":"https://off.example/","weight":0}]""");
        int first = 0;
        for (int i = 0; i < 80; i++) {
            String host = URI.create(
                            person().open(server.url() + "/bagi?n=" + i).header("Location"))
                    .getHost();
            first += host.equals("a.example") ? 1 : 0;
            assertThat(host).isIn("a.example", "b.example");
        }
        assertThat(first).isBetween(45, 75);
        Browser returning = person();
        String there = returning.open(server.url() + "/bagi").header("Location");
        assertThat(returning.open(server.url() + "/bagi").header("Location")).isEqualTo(there);

        JsonNode day = api.get("/campaigns/" + id + "/figures").expect(200).at("/days/0");
        assertThat(Json.each(Json.list(day.path("destinations")), "name")).containsExactlyInAnyOrder("A", "B");
        assertThat(day.at("/totals/clicks").asInt()).isEqualTo(81);
        assertThat(day.at("/totals/doubleTaps").asInt()).isEqualTo(1);
        assertThat(day.at("/totals/visitors").asInt()).isEqualTo(81);
    }

    @Test
    void twoTapsAreOneClickWithOneId() throws Exception {
        String id = campaign("dua", "https://shop.example/?s={subid}", "");
        Browser one = person();
        String subid = parameter(one.open(server.url() + "/dua"), "s");
        assertThat(parameter(one.open(server.url() + "/dua"), "s")).isEqualTo(subid);
        String address = "203.0.113." + ADDRESS.incrementAndGet();
        List<Callable<Answer>> taps = IntStream.range(0, 8)
                .<Callable<Answer>>mapToObj(i -> () -> new Browser()
                        .with("X-Forwarded-For", address)
                        .with("Accept-Language", "id-ID")
                        .open(server.url() + "/dua?fbclid=" + FBCLID + "tap"))
                .toList();
        Set<String> ids = new HashSet<>();
        Crowd.atOnce(taps).forEach(a -> ids.add(parameter(a, "s")));
        assertThat(ids).hasSize(1);
        assertThat(Json.items(api.get("/campaigns/" + id + "/clicks").expect(200)))
                .hasSize(2);
    }

    @Test
    void aFormThatIsSentToALinkIsSentOn() {
        campaign("kirim", "https://shop.example/?s={subid}", "");
        Answer answer = person().submit(server.url() + "/c/kirim", "a=" + "x".repeat(50_000));
        assertThat(answer.status()).isEqualTo(307);
        assertThat(click(answer).path("subid").asText()).isNotEmpty();
        Answer put = person().send("PUT", server.url() + "/c/kirim");
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).isEqualTo("GET, HEAD, POST");
    }

    @Test
    void aliasesAnswerOnTheirHostsOnly() {
        api.patch("/workspace", "{\"linkDomains\":[\"go.brand.example\"]}").expect(200);
        try {
            campaign("semua", "https://shop.example/?at=all&h={current_domain}", "");
            String own = campaign("semua", "https://shop.example/?at=own", "\"domain\":\"Promo.Brand.example.\"");
            JsonNode view = api.get("/campaigns/" + own).expect(200);
            assertThat(view.path("domain").asText()).isEqualTo("promo.brand.example");
            assertThat(view.path("url").asText()).isEqualTo("http://promo.brand.example/semua");

            assertThat(on("go.brand.example", "/semua").header("Location"))
                    .isEqualTo("https://shop.example/?at=all&h=go.brand.example");
            assertThat(on("GO.brand.example.:8080", "/c/semua").header("Location"))
                    .contains("at=all");
            assertThat(on("link.brand.example", "/semua").header("Location")).contains("at=all");
            assertThat(on("proxy.internal", "/semua").header("Location")).contains("at=all");
            assertThat(on("promo.brand.example", "/semua").header("Location")).contains("at=own");
            Answer none = on("promo.brand.example", "/lain");
            assertThat(none.status()).isEqualTo(404);
            assertThat(none.body()).isEqualTo("Not found\n");
            assertThat(on("go.brand.example", "/health/live").status()).isEqualTo(200);

            api.delete("/campaigns/" + own).expect(204);
            assertThat(on("promo.brand.example", "/semua").header("Location"))
                    .as("the host is nobody's any more")
                    .contains("at=all");
            String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000999\"}")
                    .expect(201)
                    .path("id")
                    .asText();
            api.post(
                            "/rotators",
                            "{\"slug\":\"semua\",\"name\":\"R\",\"agents\":[{\"agentId\":\"%s\"}]}".formatted(agent))
                    .expect(201);
            assertThat(on("go.brand.example", "/semua").header("Location"))
                    .as("rotators were there first")
                    .startsWith("https://wa.me/");
            assertThat(on("go.brand.example", "/c/semua").header("Location")).contains("at=all");
        } finally {
            api.patch("/workspace", "{\"linkDomains\":[]}").expect(200);
        }
    }

    @Test
    void whatIsNoLinkIsNotFoundAndCounted() {
        String id = campaign("tutup", "https://shop.example/", "\"active\":false");
        double before = metric("not_found");
        for (String path :
                List.of("/c/tidak-ada", "/c/", "/c/a%00b", "/c/%2e%2e%2fetc", "/c/" + "a".repeat(5_000), "/c/tutup")) {
            Answer none = person().open(server.url() + path);
            assertThat(none.status()).as(path).isIn(400, 404);
            assertThat(none.body().length()).as(path).isLessThan(200);
        }
        assertThat(person().open(server.url() + "/tidak-ada").status()).isEqualTo(404);
        assertThat(metric("not_found") - before).isBetween(5.0, 7.0);
        Eventually.eventually(
                () -> assertThat(totals(id).path("notFound").asInt()).isEqualTo(1));
        api.patch("/campaigns/" + id, "{\"active\":true}").expect(200);
        assertThat(person().open(server.url() + "/c/tutup").status()).isEqualTo(302);
    }

    @Test
    void aCampaignIsReadChangedAndListed() {
        JsonNode made = api.post(
                        "/campaigns",
                        "{\"alias\":\"Baca\",\"name\":\"Baca\",\"source\":\"tiktok\",\"destinationUrl\":\"https://shop.example/?x={what}\"}")
                .expect(201);
        String id = made.path("id").asText();
        assertThat(made.path("alias").asText()).isEqualTo("baca");
        assertThat(made.path("url").asText()).isEqualTo(PUBLIC_URL + "/c/baca");
        assertThat(made.at("/links/0/whole").asText())
                .startsWith(PUBLIC_URL + "/c/baca?ttclid=__CLICKID__&utm_source=tiktok");
        assertThat(made.at("/links/0/source").asText()).isEqualTo("tiktok");
        assertThat(Json.each(Json.list(made.path("links")), "source"))
                .containsExactlyInAnyOrder("tiktok", "meta", "google", "linkedin", "generic", "app");
        assertThat(made.path("snippet").asText())
                .contains("/click.min.js", made.path("token").asText());
        assertThat(made.at("/warnings/0/field").asText()).isEqualTo("destinations[0].url");
        assertThat(made.at("/warnings/0/finding/about").asText()).contains("{what}");
        assertThat(api.post(
                                "/campaigns",
                                "{\"alias\":\"BACA\",\"name\":\"x\",\"destinationUrl\":\"https://a.example/\"}")
                        .status())
                .isEqualTo(409);

        JsonNode two = api.patch("/campaigns/" + id, """
                        {"destinations":[{"id":"%s","url":"https://a.example/?what={what}"},{"url":"https://b.example/"}],
                         "parameters":[{"key":"what","slot":"sub_id_1"},{"key":"sub1","token":"{fbclid}","clickId":"fbclid"}]}""".formatted(
                                made.at("/destinations/0/id").asText()))
                .expect(200);
        assertThat(two.path("destinations").size()).isEqualTo(2);
        assertThat(two.path("destinationUrl").isNull()).isTrue();
        assertThat(two.path("warnings")).isEmpty();
        assertThat(two.at("/parameters/1/clickId").asText()).isEqualTo("fbclid");
        assertThat(click(person().open(server.url() + "/c/baca?what=w&sub1=" + FBCLID + "sub"), two)
                        .at("/clickIds/fbclid/value")
                        .asText())
                .isEqualTo(FBCLID + "sub");
        JsonNode one = api.patch("/campaigns/" + id, "{\"destinationUrl\":\"https://c.example/\"}")
                .expect(200);
        assertThat(one.path("destinations").size()).isEqualTo(1);
        assertThat(Json.each(api.all("/campaigns"), "id")).contains(id);
        assertThat(api.get("/campaigns/templates").expect(200).path("items").size())
                .isEqualTo(6);
        JsonNode openApi = Http.send("GET", server.url() + "/api/openapi.json?format=json", null, Map.of())
                .json();
        assertThat(Json.names(openApi.path("paths")))
                .contains(
                        "/api/v1/campaigns",
                        "/api/v1/campaigns/{id}",
                        "/api/v1/campaigns/templates",
                        "/api/v1/campaigns/{id}/figures",
                        "/api/v1/campaigns/{id}/diagnosis",
                        "/api/v1/campaigns/{id}/clicks",
                        "/api/v1/clicks/{subid}",
                        "/api/v1/url-checker");
        api.delete("/campaigns/" + id).expect(204);
        assertThat(api.get("/campaigns/" + id).status()).isEqualTo(404);
        assertThat(person().open(server.url() + "/c/baca").status()).isEqualTo(404);
    }

    @Test
    void clicksAreListedPageByPage() {
        String id = campaign("daftar", "https://shop.example/?s={subid}", "");
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            made.add(parameter(person().open(server.url() + "/daftar?n=" + i), "s"));
        }
        Set<String> listed = new HashSet<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode part =
                    api.get("/campaigns/" + id + "/clicks?limit=2" + cursor).expect(200);
            Json.items(part).forEach(c -> listed.add(c.path("subid").asText()));
            cursor = "&cursor=" + part.path("nextCursor").asText();
        }
        assertThat(cursor).isEqualTo("&cursor=null");
        assertThat(listed).isEqualTo(made);
        assertThat(api.get("/clicks/" + "x".repeat(65)).status()).isEqualTo(404);
        assertThat(api.get("/clicks/tidak-ada").status()).isEqualTo(404);
    }

    @Test
    void aLandingElsewhereRegistersItsClick() {
        String id = campaign("luar", "https://shop.example/?s={subid}", "\"source\":\"meta\"");
        String token = api.get("/campaigns/" + id).expect(200).path("token").asText();
        Answer answer = person().with("Origin", "https://landing.example")
                .open(
                        server.url() + "/click_api/v3?token=" + token
                                + "&info=1&log=1&fbclid=" + FBCLID
                                + "api&ad_id={{ad.id}}".replace("{", "%7B").replace("}", "%7D")
                                + "&page=https%3A%2F%2Flanding.example%2Fp%3Ffbclid%3Dx&referrer=https%3A%2F%2Fl.facebook.com%2F");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://landing.example");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        JsonNode said = answer.json();
        String subid = said.at("/info/sub_id").asText();
        assertThat(said.at("/info/campaign_id").asText()).isEqualTo(id);
        assertThat(said.at("/info/type").asText()).isEqualTo("location");
        assertThat(said.at("/info/url").asText()).isEqualTo("https://shop.example/?s=" + subid);
        assertThat(said.at("/headers/0").asText()).isEqualTo("Location: https://shop.example/?s=" + subid);
        assertThat(said.path("contentType").asText()).isEqualTo("text/html");
        assertThat(said.path("visitorCode").asText()).matches("[A-Z]{3}\\d{4}");
        assertThat(Json.list(said.path("log")).toString()).contains("Campaign luar", "Not filled in: ad_id", subid);
        JsonNode click = api.get("/clicks/" + subid).expect(200);
        assertThat(click.path("url").asText()).isEqualTo("https://landing.example/p?fbclid=x");
        assertThat(click.path("referrer").asText()).isEqualTo("https://l.facebook.com/");
        assertThat(click.at("/clickIds/fbclid/value").asText()).isEqualTo(FBCLID + "api");
        assertThat(click.path("parameters").has("token")).isFalse();
        assertThat(click.path("parameters").has("page")).isFalse();

        Answer byServer = Http.send(
                "POST",
                server.url() + "/click_api/v3?token=" + token,
                "info=1&ip=198.51.100.9&user_agent=" + "Mozilla%2F5.0%20(iPhone)" + "&language=en&sub_id_4=four",
                Map.of("Content-Type", "application/x-www-form-urlencoded", "User-Agent", "curl/8"));
        JsonNode told = api.get("/clicks/" + byServer.json().at("/info/sub_id").asText())
                .expect(200);
        assertThat(told.path("ip").asText()).isEqualTo("198.51.100.9");
        assertThat(told.path("userAgent").asText()).isEqualTo("Mozilla/5.0 (iPhone)");
        assertThat(told.path("language").asText()).isEqualTo("en");
        assertThat(told.at("/slots/sub_id_4").asText()).isEqualTo("four");

        JsonNode machine = new Browser()
                .with("User-Agent", "Googlebot/2.1")
                .open(server.url() + "/click_api/v3?log=1&info=1&token=" + token)
                .json();
        assertThat(machine.at("/info/sub_id").isMissingNode()).isTrue();
        assertThat(machine.path("log").toString()).contains("crawler Googlebot");
        assertThat(person().open(server.url() + "/click_api/v3?token=nobodys").status())
                .isEqualTo(404);
        assertThat(person().open(server.url() + "/click_api/v3").status()).isEqualTo(404);
        assertThat(person().send("OPTIONS", server.url() + "/click_api/v3").status())
                .isEqualTo(204);
        assertThat(person().submit(server.url() + "/click_api/v3?token=" + token, "a=" + "x".repeat(20_000))
                        .status())
                .isEqualTo(413);
        Answer script = person().open(server.url() + "/click.min.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.body()).contains("click_api/v3");
    }

    @Test
    void thePageBehindTheLinkIsTheSameVisitorWithoutAnyCookie() {
        campaign("gabung", "https://shop.example/?subid={subid}", "");
        Browser clicking = person();
        String address = "203.0.113." + ADDRESS.get();
        String landing = clicking.open(server.url() + "/gabung?fbclid=" + FBCLID + "join")
                .header("Location");
        String key = api.get("/workspace").expect(200).path("trackerKey").asText();
        Browser page = new Browser().with("X-Forwarded-For", address).with("Accept-Language", "id-ID");
        JsonNode hit = page.post(
                        server.url() + "/t",
                        "{\"key\":\"%s\",\"type\":\"pageview\",\"eventId\":\"join-1\",\"url\":\"%s\"}"
                                .formatted(key, landing))
                .json();
        assertThat(hit.path("visitorCode").asText()).isEqualTo(browserCode(clicking));
    }

    @Test
    void anAnsweredClickSurvivesARestart() {
        String id = campaign("awet", "https://shop.example/?s={subid}", "");
        String subid = parameter(person().open(server.url() + "/awet"), "s");
        server.startAgain();
        assertThat(api.get("/clicks/" + subid).expect(200).path("campaignId").asText())
                .isEqualTo(id);
        assertThat(person().open(server.url() + "/awet").status()).isEqualTo(302);
    }

    private static Answer on(String host, String path) {
        return person().with("Host", host).open(server.url() + path);
    }

    /** Somebody with an address of their own. */
    private static Browser person() {
        return new Browser()
                .with("X-Forwarded-For", "203.0.113." + ADDRESS.incrementAndGet() % 250)
                .with("Accept-Language", "id-ID");
    }

    private static String browserCode(Browser browser) {
        return browser.cookie("kmb_v").substring(0, 7);
    }

    private static String campaign(String alias, String url, String more) {
        String destination = url.isEmpty() ? "" : ",\"destinationUrl\":\"" + url + "\"";
        String further = more.isEmpty() ? "" : "," + more;
        return api.post(
                        "/campaigns",
                        "{\"alias\":\"%s\",\"name\":\"%s\"%s%s}".formatted(alias, alias, destination, further))
                .expect(201)
                .path("id")
                .asText();
    }

    private static JsonNode click(Answer answer) {
        return api.get("/clicks/" + parameter(answer, "s")).expect(200);
    }

    /** The only click of a campaign, wherever its person was led. */
    private static JsonNode click(Answer answer, JsonNode campaign) {
        assertThat(answer.status()).isEqualTo(302);
        return api.get("/campaigns/" + campaign.path("id").asText() + "/clicks")
                .expect(200)
                .at("/items/0");
    }

    private static JsonNode totals(String id) {
        return api.get("/campaigns/" + id + "/figures").expect(200).path("totals");
    }

    private static List<String> diagnosis(String id) {
        return Json.each(
                Json.list(api.get("/campaigns/" + id + "/diagnosis").expect(200).at("/clicks/findings")), "code");
    }

    private static double metric(String outcome) {
        String metrics = Http.send(
                        "GET",
                        server.url() + "/metrics",
                        null,
                        Map.of("Authorization", "Bearer " + RunningServer.ADMIN_KEY))
                .body();
        return metrics.lines()
                .filter(l -> l.startsWith("kembali_campaign_requests_total") && l.contains("\"" + outcome + "\""))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String parameter(Answer answer, String name) {
        assertThat(answer.status()).as(answer.body()).isIn(302, 307);
        for (String pair : URI.create(answer.header("Location")).getRawQuery().split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        throw new AssertionError("no " + name + " in " + answer.header("Location"));
    }
}
