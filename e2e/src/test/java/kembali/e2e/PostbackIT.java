package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Postbacks from the network's request to the platform: the acceptance vectors by their numbers, and what surrounds them. */
@ParameterizedClass(name = "{0}")
@MethodSource("shops")
@ExtendWith(LogsOnFailure.class)
class PostbackIT {
    private static final String PIXEL = "610000000000001";
    private static final String PAGE = "https://www.toko.example/promo";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** JUnit closes it after the last test. */
    record Shop(Database database, RunningSandbox sandbox, RunningServer server, String key, JsonNode network)
            implements AutoCloseable {
        static Shop open(Database database) {
            var sandbox = RunningSandbox.start();
            var server = RunningServer.start(database, sandbox);
            Api api = server.api();
            api.metaPixel(PIXEL, "sandbox-token-of-postbacks");
            String key = api.get("/workspace").expect(200).path("trackerKey").asText();
            JsonNode network = api.post("/sources", """
                            {"kind":"postback","name":"AdNet","defaultCurrency":"USD"}""").expect(201);
            return new Shop(database, sandbox, server, key, network);
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

    PostbackIT(Shop shop) {
        this.shop = shop;
        this.sandbox = shop.sandbox;
        this.api = shop.server.api();
    }

    /** A browser that came by an ad; its code stands for a click's id. */
    private String visitor() {
        int n = NUMBER.incrementAndGet();
        return new Browser()
                .post(shop.server.url() + "/t", """
                        {"key":"%s","type":"pageview","eventId":"post-%d-%d","url":"%s?fbclid=IwAR-postback-%d"}""".formatted(shop.key, n, System.nanoTime(), PAGE, n))
                .expect(200)
                .path("visitorCode")
                .asText();
    }

    private String path(JsonNode source) {
        String url = source.path("url").asText();
        return shop.server.url() + url.substring(url.indexOf("/p/"));
    }

    private Answer send(JsonNode source, String query) {
        return Http.send("GET", path(source) + "?" + query, null, Map.of());
    }

    private Answer send(String query) {
        return send(shop.network, query);
    }

    private String text(String query) {
        Answer a = send(query);
        assertThat(a.status()).as(a.body()).isEqualTo(200);
        return a.body();
    }

    private JsonNode json(JsonNode source, String query) {
        return Http.send("GET", path(source) + "?" + query, null, Map.of("Accept", "application/json"))
                .json();
    }

    private JsonNode lead(String code) {
        return api.get("/leads/" + code).expect(200);
    }

    private List<JsonNode> conversions(String code) {
        return api.all("/conversions?leadId=" + lead(code).path("id").asText());
    }

    private JsonNode onlyConversion(String code) {
        List<JsonNode> all = conversions(code);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private List<JsonNode> purchases(String code) {
        return api.rows("event=Purchase&leadId=" + lead(code).path("id").asText());
    }

    private JsonNode source(String more) {
        return api.post(
                        "/sources",
                        "{\"kind\":\"postback\",\"name\":\"Network %d\"%s}".formatted(NUMBER.incrementAndGet(), more))
                .expect(201);
    }

    private JsonNode newest(JsonNode source) {
        return api.get("/sources/" + source.path("id").asText() + "/postbacks?limit=1")
                .expect(200)
                .at("/items/0");
    }

    @Test
    void vectors1To6AConversionFromLeadToRejection() {
        String a = visitor();
        assertThat(text("subid=" + a + "&status=lead")).isEqualTo("OK");
        assertThat(lead(a).path("status").asText()).isEqualTo("new");
        assertThat(onlyConversion(a).path("status").asText()).isEqualTo("lead");

        String sale = "subid=" + a + "&status=sale&payout=2.61&currency=usd";
        assertThat(text(sale)).isEqualTo("OK");
        JsonNode row = onlyConversion(a);
        assertThat(row.path("status").asText()).isEqualTo("sale");
        assertThat(row.path("amount").asText()).isEqualTo("2.61");
        assertThat(row.path("currency").asText()).isEqualTo("USD");
        assertThat(row.path("money").asText()).isEqualTo("confirmed");
        assertThat(Json.each(
                        Json.list(api.get("/conversions/" + row.path("id").asText())
                                .expect(200)
                                .path("history")),
                        "status"))
                .containsExactly("lead", "sale");
        JsonNode purchase = purchases(a).getFirst();
        assertThat(purchase.path("value").asText()).isEqualTo("2.61");
        api.rowOnce(purchase.path("id").asText(), "accepted");
        JsonNode event =
                sandbox.copies(purchase.path("eventId").asText()).getFirst().path("body");
        assertThat(event.path("action_source").asText()).isEqualTo("website");
        assertThat(event.path("event_source_url").asText()).startsWith(PAGE);
        assertThat(event.at("/custom_data/value").asText()).isEqualTo("2.61");
        assertThat(event.at("/custom_data/currency").asText()).isEqualTo("USD");
        assertThat(event.at("/user_data/fbc").asText()).contains("IwAR-postback-");

        assertThat(text(sale)).isEqualTo("OK duplicate");
        assertThat(purchases(a)).hasSize(1);

        assertThat(text("subid=" + a + "&status=sale&payout=5&tid=2")).isEqualTo("OK");
        assertThat(conversions(a)).hasSize(2);
        assertThat(purchases(a)).hasSize(2);
        assertThat(Json.each(purchases(a), "eventId")).doesNotHaveDuplicates();

        assertThat(text("subid=" + a + "&status=lead&payout=9")).isEqualTo("OK accepted");
        assertThat(newest(shop.network).path("result").asText()).isEqualTo("out_of_order");

        assertThat(text("subid=" + a + "&status=rejected&reason=no+funds")).isEqualTo("OK");
        assertThat(lead(a).path("status").asText()).isEqualTo("lost");
        assertThat(purchases(a)).hasSize(2);
        assertThat(api.rows("leadId=" + lead(a).path("id").asText() + "&event=Lost"))
                .isEmpty();
        assertThat(api.get("/leads/" + a + "/timeline").expect(200).toString()).contains("no funds");
    }

    @Test
    void vectors7To15WhatAStatusMeans() {
        assertThat(text("subid=%7Bsubacc4%7D&payout=%7Brevenue%7D&status=%7Bstatus%7D"))
                .isEqualTo("OK accepted");
        assertThat(newest(shop.network).path("result").asText()).isEqualTo("unmatched");
        assertThat(newest(shop.network).path("reason").asText()).isEqualTo("unfilled_macro:subid");

        assertThat(status("&status=confirmed&lead_status=hold&sale_status=lead,confirmed"))
                .isEqualTo("sale");
        assertThat(status("&status=lead&sale_status=lead&lead_status=hold")).isEqualTo("sale");
        assertThat(status("&status=trash&trash_status=trash&rejected_status=rejected,trash"))
                .isEqualTo("trash");
        assertThat(status("&status=5&lead_status=2%2c5")).isEqualTo("lead");

        JsonNode mapped = source(",\"statusMap\":{\"approved\":\"sale\",\"Free Trial\":\"negotiation\"}");
        String b = visitor();
        assertThat(json(mapped, "subid=" + b + "&status=APPROVED")
                        .path("status")
                        .asText())
                .isEqualTo("sale");
        String c = visitor();
        assertThat(json(mapped, "subid=" + c + "&status=free-trial")
                        .path("status")
                        .asText())
                .isEqualTo("negotiation");
        assertThat(lead(c).path("status").asText()).isEqualTo("negotiation");

        JsonNode frob = source("");
        String d = visitor();
        assertThat(send(frob, "subid=" + d + "&status=frobnicate&payout=3").body())
                .isEqualTo("OK accepted");
        assertThat(send(frob, "subid=" + d + "&status=frobnicate&payout=3&strict=1")
                        .status())
                .isEqualTo(422);
        String id = frob.path("id").asText();
        JsonNode word = api.get("/sources/" + id + "/words").expect(200).at("/items/0");
        assertThat(word.path("word").asText()).isEqualTo("frobnicate");
        assertThat(word.path("count").asInt()).isEqualTo(1);
        assertThat(word.path("suggestion").isNull()).isTrue();
        api.patch("/sources/" + id, "{\"statusMap\":{\"frobnicate\":\"sale\"}}").expect(200);
        eventually(() -> assertThat(lead(d).path("status").asText()).isEqualTo("won"));
        assertThat(Json.items(api.get("/sources/" + id + "/words").expect(200))).isEmpty();

        assertThat(text("subid=" + visitor() + "&status=ping&ignore_status=ping,test"))
                .isEqualTo("OK accepted");
        assertThat(newest(shop.network).path("result").asText()).isEqualTo("ignored");

        String e = visitor();
        assertThat(text("subid=" + e)).isEqualTo("OK accepted");
        assertThat(newest(shop.network).path("reason").asText()).isEqualTo("missing_status");
        JsonNode keitaro = source(",\"template\":\"keitaro\"");
        assertThat(keitaro.path("defaultStatus").asText()).isEqualTo("sale");
        assertThat(Json.each(Json.list(keitaro.path("warnings")), "code")).contains("default_status");
        assertThat(json(keitaro, "subid=" + e).path("status").asText()).isEqualTo("sale");
    }

    /** What the conversion of a fresh visitor came to. */
    private String status(String more) {
        return json(shop.network, "subid=" + visitor() + more).path("status").asText();
    }

    @Test
    void vectors16To21AmountsAndPeople() {
        assertThat(amount("&payout=12.5,")).isEqualTo("12.5 USD");
        assertThat(amount("&payout=150.000&currency=IDR")).isEqualTo("150000 IDR");
        assertThat(amount("&payout=1,234.56")).isEqualTo("1234.56 USD");
        assertThat(amount("&payout=1.234,56")).isEqualTo("1234.56 USD");
        assertThat(amount("&payout=10%C2%A4cy=EUR")).isEqualTo("10 EUR");

        String a = visitor();
        text("subid=" + a + "&status=sale&payout=1&ph=+71234567890&em=example@gmail.com&fn=John&ln=Snow");
        assertThat(lead(a).path("phone").asText()).isEqualTo("+71234567890");
        assertThat(lead(a).path("name").asText()).isEqualTo("John Snow");
        assertThat(newest(shop.network).path("query").asText()).endsWith("&ph=***&em=***&fn=***&ln=***");

        String b = visitor();
        String hash = "973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b";
        text("subid=" + b + "&status=sale&payout=1&em=" + hash);
        JsonNode row = purchases(b).getFirst();
        api.rowOnce(row.path("id").asText(), "accepted");
        assertThat(sandbox.copies(row.path("eventId").asText())
                        .getFirst()
                        .at("/body/user_data/em/0")
                        .asText())
                .isEqualTo(hash);
    }

    private String amount(String more) {
        String a = visitor();
        text("subid=" + a + "&status=lead" + more);
        JsonNode c = onlyConversion(a);
        return c.path("amount").asText() + " " + c.path("currency").asText();
    }

    @Test
    void vectors22To24OrphansReturnAndWrongKeys() {
        String ref = "zzz-" + NUMBER.incrementAndGet() + "-" + shop.database;
        assertThat(text("subid=" + ref + "&status=sale&payout=7")).isEqualTo("OK accepted");
        JsonNode orphan = newest(shop.network);
        assertThat(orphan.path("result").asText()).isEqualTo("orphan");
        assertThat(orphan.path("dueAt").isNull()).isFalse();
        String code = api.post(
                        "/leads", "{\"externalRef\":\"%s\",\"click\":{\"fbclid\":\"IwAR-%s\"}}".formatted(ref, ref))
                .expect(201)
                .path("code")
                .asText();
        eventually(() -> assertThat(lead(code).path("status").asText()).isEqualTo("won"));
        api.rowOnce(purchases(code).getFirst().path("id").asText(), "accepted");

        Answer returned = send("subid=" + visitor() + "&status=lead&return=%3Cscript%3Ealert(1)%3C/script%3E");
        assertThat(returned.body()).isEqualTo("scriptalert(1)/script");
        assertThat(returned.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(returned.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(returned.header("Cache-Control")).isEqualTo("no-store");

        assertThat(send("a=" + "x".repeat(8_200)).status()).isEqualTo(414);
        String key = shop.network.path("url").asText().replaceAll(".*/", "");
        String wrong = key.substring(1) + "0";
        Answer unknown = Http.send("GET", shop.server.url() + "/any/unknown/path?subid=A", null, Map.of());
        for (String path : List.of("/p/" + wrong, "/" + wrong + "/postback", "/p/" + wrong + "/batch")) {
            Answer answer = Http.send("GET", shop.server.url() + path + "?subid=A&status=sale", null, Map.of());
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(unknown.body());
            assertThat(answer.headers().keySet()).isEqualTo(unknown.headers().keySet());
        }
        Answer keitaro = Http.send(
                "GET", shop.server.url() + "/" + key + "/postback?subid=" + visitor() + "&status=lead", null, Map.of());
        assertThat(keitaro.body()).isEqualTo("OK");
    }

    @Test
    void vector25SixtyFourTwinsAreOneConversionOnWhateverNodes() {
        String a = visitor();
        boolean several = shop.database == Database.POSTGRES;
        RunningServer other = several ? shop.server.anotherNode() : shop.server;
        try {
            String path = path(shop.network) + "?subid=" + a + "&status=sale&payout=3";
            String there = path.replace(shop.server.url(), other.url());
            List<Callable<String>> all = IntStream.range(0, 64)
                    .<Callable<String>>mapToObj(i -> () -> Http.send("GET", i % 2 == 0 ? path : there, null, Map.of())
                            .body())
                    .toList();
            List<String> answers = Crowd.atOnce(all);
            assertThat(answers).filteredOn("OK"::equals).hasSize(1);
            assertThat(answers).filteredOn("OK duplicate"::equals).hasSize(63);
            assertThat(conversions(a)).hasSize(1);
            assertThat(purchases(a)).hasSize(1);
        } finally {
            if (several) {
                other.close();
            }
        }
    }

    @Test
    void aBatchAsLargeAsOneMayBeIsBookedAndALongerOneRefused() {
        JsonNode source = source("");
        String filler = "x".repeat(3_900);
        String rows = rows(2_000, "\",\"note\":\"" + filler);
        assertThat(rows.length()).isBetween(7_800_000, 8 * 1024 * 1024);
        Answer answer =
                Http.send("POST", path(source) + "/batch", rows, Map.of("Content-Type", "application/x-ndjson"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().size()).isEqualTo(2_000);
        assertThat(answer.json().path(1_999).path("result").asText()).isEqualTo("orphan");
        Answer more = Http.send("POST", path(source) + "/batch", rows(10_001, ""), Map.of());
        assertThat(more.status()).isEqualTo(413);
        assertThat(more.body()).isEqualTo("too many rows");
        assertThat(api.post("/sources/" + source.path("id").asText() + "/replay", "{\"dryRun\":true}")
                        .expect(200)
                        .path("count")
                        .asInt())
                .isEqualTo(2_000);
    }

    private static String rows(int count, String more) {
        return String.join(
                "\n",
                IntStream.range(0, count)
                        .mapToObj(i -> "{\"subid\":\"b" + i + "\",\"status\":\"sale" + more + "\"}")
                        .toList());
    }

    @Test
    void aSourceSaysWhatIsWrongWithItAndShowsItsAddresses() {
        JsonNode problem = api.post("/sources", """
                        {"kind":"postback","name":"","statusMap":{"a":"verkauft"},"fieldMap":{"colour":"x"},
                         "defaultCurrency":"EURO","decimalMark":";","defaultStatus":"yes","duplicatePolicy":"maybe",
                         "allowedIps":["300.1.1.1"],"secret":"short","timezone":"Mars","ratePerSecond":0,
                         "macros":{"sum":"{x}"}}""").expect(422);
        assertThat(Json.each(Json.list(problem.path("errors")), "field"))
                .containsExactlyInAnyOrder(
                        "name",
                        "secret",
                        "fieldMap.colour",
                        "statusMap.a",
                        "defaultCurrency",
                        "macros.sum",
                        "decimalMark",
                        "defaultStatus",
                        "duplicatePolicy",
                        "allowedIps[0]",
                        "timezone",
                        "ratePerSecond");
        assertThat(api.post("/sources", "{\"kind\":\"postback\",\"name\":\"N\",\"honeypot\":\"x\"}")
                        .expect(422)
                        .toString())
                .contains("honeypot");

        JsonNode s = source(",\"label\":\"AdNet X\",\"macros\":{\"subid\":\"[CLICK]\",\"payout\":\"##SUM##\"}");
        String key = s.path("url").asText().replaceAll(".*/", "");
        assertThat(key).matches("[0-9a-f]{32}");
        assertThat(s.at("/urls/get").asText())
                .endsWith("/p/" + key
                        + "?subid=[CLICK]&status={status}&payout=##SUM##&currency={currency}&tid={tid}&from=AdNet+X");
        assertThat(s.at("/urls/keitaro").asText()).contains("/" + key + "/postback?subid=[CLICK]&");
        assertThat(s.path("lastUsedAt").isNull()).isTrue();
        assertThat(s.path("defaultCurrency").asText()).as("the workspace's").isEqualTo("IDR");
        String id = s.path("id").asText();

        String a = visitor();
        send(s, "subid=" + a + "&status=lead&payout=5");
        JsonNode rotated = api.post("/sources/" + id + "/rotate", "{}").expect(200);
        assertThat(rotated.path("url").asText()).isNotEqualTo(s.path("url").asText());
        assertThat(send(s, "subid=" + a + "&status=sale&payout=5").body())
                .as("both keys live")
                .isEqualTo("OK");
        assertThat(send(rotated, "subid=" + a + "&status=sale&payout=5").body()).isEqualTo("OK duplicate");
        JsonNode now = api.patch("/sources/" + id, "{\"quarantine\":true,\"defaultCurrency\":null}")
                .expect(200);
        assertThat(now.path("lastUsedAt").isNull()).isFalse();
        assertThat(now.path("defaultCurrency").isNull()).isTrue();
        assertThat(Json.each(Json.list(now.path("warnings")), "code"))
                .containsExactly("no_default_currency", "quarantine");
        assertThat(api.get("/diagnostics").expect(200).toString()).contains("\"sourceId\":\"" + id + "\"");
        eventually(() -> assertThat(api.get("/sources/" + id)
                        .expect(200)
                        .at("/lastDay/booked")
                        .asInt())
                .isEqualTo(2));
        String found = api.get("/sources/" + id + "/postbacks?clickId=" + a.toLowerCase(java.util.Locale.ROOT)
                        + "&result=updated")
                .expect(200)
                .at("/items/0/id")
                .asText();
        assertThat(api.get("/sources/" + id + "/postbacks/" + found)
                        .expect(200)
                        .path("leadId")
                        .asText())
                .isEqualTo(lead(a).path("id").asText());
        assertThat(Json.each(Json.items(api.get("/sources/kinds").expect(200)), "key"))
                .contains("postback", "form");
        assertThat(api.get("/sources").expect(200).toString()).contains("\"duplicatePolicy\":\"update\"");
    }

    @Test
    void aTestSaysWhatWouldBecomeOfARequestAndChangesNothing() {
        JsonNode s = source(",\"defaultCurrency\":\"USD\"");
        String id = s.path("id").asText();
        String a = visitor();
        send(s, "subid=" + a + "&status=lead");
        JsonNode told = api.post(
                        "/sources/" + id + "/test", "{\"query\":\"subid=" + a + "&status=sale&payout=2,50&tid=7\"}")
                .expect(200);
        assertThat(told.path("result").asText()).isEqualTo("recorded");
        assertThat(told.path("answer").asText()).isEqualTo("OK");
        assertThat(told.path("amount").asText()).isEqualTo("2.50");
        assertThat(told.path("statusMeaning").asText()).isEqualTo("sale");
        assertThat(told.path("meaningBy").asText()).isEqualTo("name");
        assertThat(told.path("event").asText()).isEqualTo("once");
        assertThat(told.path("leadStatus").asText()).isEqualTo("won");
        assertThat(onlyConversion(a).path("status").asText()).isEqualTo("lead");
        assertThat(api.post("/sources/" + id + "/test", "{\"body\":{\"subid\":\"nobody\",\"status\":\"sale\"}}")
                        .expect(200)
                        .path("reason")
                        .asText())
                .isEqualTo("click_not_found");
        assertThat(api.post("/sources/" + id + "/test", "{}")
                        .expect(200)
                        .path("url")
                        .asText())
                .contains("status=sale");
        assertThat(api.get("/sources/" + id + "/postbacks").expect(200).path("items"))
                .hasSize(1);
    }

    @Test
    void whatWasAnsweredSurvivesAKilledProcess() throws InterruptedException {
        Queue<String> answered = new ConcurrentLinkedQueue<>();
        List<String> codes = Collections.synchronizedList(
                IntStream.range(0, 40).mapToObj(i -> visitor()).toList());
        JsonNode s = source(",\"ratePerSecond\":10000");
        List<Thread> networks = IntStream.range(0, 8)
                .mapToObj(n -> Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; ; i++) {
                            String q = "subid=" + codes.get((n * 5 + i) % codes.size()) + "&status=sale&payout=1&tid=k"
                                    + n + "-" + i;
                            if (send(s, q).body().equals("OK")) {
                                answered.add(q);
                            }
                        }
                    } catch (UncheckedIOException serverGone) {
                        assertThat(serverGone).isNotNull();
                    }
                }))
                .toList();
        eventually(() -> assertThat(answered.size()).isGreaterThan(200));
        shop.server.process().kill();
        for (Thread t : networks) {
            t.join();
        }
        shop.server.startAgain();
        assertThat(answered).allSatisfy(q -> assertThat(send(s, q).body()).isEqualTo("OK duplicate"));
    }
}
