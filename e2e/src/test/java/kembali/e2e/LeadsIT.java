package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Leads by the management API: kept as given, found in every way, changed, listed, erased. */
@ParameterizedClass(name = "{0}")
@MethodSource("shops")
@ExtendWith(LogsOnFailure.class)
class LeadsIT {
    private static final String PIXEL = "600000000000001";
    private static final String BUDI = """
            {"name":"Budi Santoso","email":"budi@example.co.id","phone":"+6281234567890","city":"Jakarta","country":"ID",
             "externalRef":"%s","status":"contacted","priority":"high","source":"website","assignedTo":"ani",
             "agentNumber":"+628111000111","estimatedValue":"1500000","actualValue":"12.50","currency":"IDR",
             "state":"DKI Jakarta","postalCode":"12190","gender":"m","birthDate":"1990-12-31","company":"PT Maju",
             "title":"Direktur",
             "click":{"gclid":"Cj0-1","gbraid":"gb-1","wbraid":"wb-1","fbclid":"IwAR-budi","fbc":null,
              "fbp":"fb.1.1794970000124.1116446470","ttclid":"tt-1","ttp":"ttp-1","liFatId":"li-1","ctwaClid":null,
              "metaLeadId":null,"tiktokLeadId":"7000","linkedinLeadId":"urn:li:1","gaClientId":"111.222",
              "gaSessionId":"1712345678"},
             "utm":{"source":"meta","medium":"paid","campaign":"Eid","term":"promo","content":"video"},
             "web":{"pageUrl":"https://shop.example/promo","referrer":"https://www.google.com/","ip":"203.0.113.7",
              "userAgent":"Mozilla/5.0 (Linux; Android 14)"},
             "consent":{"adUserData":"granted","adPersonalization":"denied"}}""";

    /** JUnit closes it after the last test. */
    record Shop(Database database, RunningSandbox sandbox, RunningServer server, String pixel)
            implements AutoCloseable {
        static Shop open(Database database) {
            var sandbox = RunningSandbox.start();
            var server = RunningServer.start(database, sandbox);
            return new Shop(database, sandbox, server, server.api().metaPixel(PIXEL, "sandbox-token-of-the-leads"));
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
    private final Api api;
    private final String pixel;

    LeadsIT(Shop shop) {
        sandbox = shop.sandbox;
        api = shop.server.api();
        pixel = shop.pixel;
    }

    @Test
    void aLeadIsKeptAsGivenAndFoundByEveryNameItHas() {
        JsonNode stored = api.post("/leads", BUDI.formatted("crm-77")).expect(201);
        JsonNode given = Json.read(BUDI.formatted("crm-77"));
        for (String member : Json.names(given)) {
            JsonNode wanted = given.get(member);
            JsonNode kept = stored.get(member);
            if (wanted instanceof ObjectNode object) {
                // What the sender left out of an object is shown as null there.
                assertThat(((ObjectNode) kept.deepCopy()).retain(Json.names(object)))
                        .as(member)
                        .isEqualTo(wanted);
            } else {
                assertThat(kept).as(member).isEqualTo(wanted);
            }
        }
        assertThat(stored.path("unusable")).isEmpty();
        for (String name : List.of(
                stored.path("id").asText(),
                stored.path("code").asText(),
                stored.path("code").asText().toLowerCase(java.util.Locale.ROOT),
                "ref:crm-77",
                "%2B6281234567890",
                "081234567890",
                "0812-3456-7890")) {
            JsonNode found = api.get("/leads/" + name).expect(200);
            assertThat(found.path("id")).as(name).isEqualTo(stored.path("id"));
        }
        ObjectNode read = api.get("/leads/ref:crm-77").expect(200).deepCopy();
        ObjectNode answered = stored.deepCopy();
        // Deliveries go on meanwhile.
        assertThat(read.without("syncState").equals(answered.without("syncState")))
                .as("%s%n%s", read, answered)
                .isTrue();
    }

    @Test
    void aChangeTouchesWhatItNamesAndNullRemoves() {
        String id = api.lead("""
                {"name":"Citra","email":"citra@example.co.id","city":"Bandung","estimatedValue":"100","assignedTo":"ani",
                 "click":{"gclid":"Cj0-citra"}}""");
        JsonNode changed = api.patch("/leads/" + id, """
                        {"city":null,"assignedTo":null,"email":"citra@example.com","click":{"ttclid":"tt-citra"}}""").expect(200);
        assertThat(changed.path("city").isNull()).isTrue();
        assertThat(changed.path("assignedTo").isNull()).isTrue();
        assertThat(changed.path("email").asText()).isEqualTo("citra@example.com");
        assertThat(changed.path("name").asText()).isEqualTo("Citra");
        assertThat(changed.path("estimatedValue").asText()).isEqualTo("100");
        assertThat(changed.at("/click/gclid").asText()).isEqualTo("Cj0-citra");
        assertThat(changed.at("/click/ttclid").asText()).isEqualTo("tt-citra");
        assertThat(Json.each(api.all("/leads?q=citra@example.com"), "id")).containsExactly(id);
        assertThat(api.all("/leads?q=citra@example.co.id")).isEmpty();
    }

    @Test
    void upsertFindsByReferenceThenPhoneThenEmail() {
        Answer first = api.post("/leads/upsert", """
                {"name":"Dian","externalRef":"up-1","phone":"081299900001","email":"dian@example.co.id"}""");
        String id = first.expect(201).path("id").asText();
        for (String other : List.of(
                "{\"externalRef\":\"up-1\",\"city\":\"Depok\"}",
                "{\"phone\":\"+62 812-9990-0001\",\"company\":\"PT Dian\"}",
                "{\"email\":\"DIAN@example.co.id\",\"title\":\"CEO\"}")) {
            assertThat(api.post("/leads/upsert", other).expect(200).path("id").asText())
                    .as(other)
                    .isEqualTo(id);
        }
        JsonNode lead = api.get("/leads/" + id).expect(200);
        assertThat(List.of(
                        lead.path("name").asText(),
                        lead.path("city").asText(),
                        lead.path("company").asText(),
                        lead.path("title").asText()))
                .containsExactly("Dian", "Depok", "PT Dian", "CEO");
        List<JsonNode> answers = Crowd.atOnce(Collections.nCopies(8, (Callable<JsonNode>)
                () -> api.post("/leads/upsert", "{\"externalRef\":\"up-2\"}").json()));
        assertThat(new HashSet<>(Json.each(answers, "id"))).hasSize(1);
    }

    @Test
    void aThousandRowsAreTakenAndTheBadOnesNamed() {
        var rows = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(
                    i % 100 == 7
                            ? "{\"externalRef\":\"bulk-" + i + "\",\"status\":\"sold\",\"country\":\"XZ\"}"
                            : "{\"externalRef\":\"bulk-" + i + "\",\"assignedTo\":\"bulk\",\"name\":\"Baris " + i
                                    + "\"}");
        }
        rows.set(500, "[]");
        List<JsonNode> answers = Json.items(api.post("/leads/bulk", "{\"items\":[" + String.join(",", rows) + "]}")
                .expect(200));
        assertThat(answers).hasSize(1_000);
        for (int i = 0; i < 1_000; i++) {
            JsonNode answer = answers.get(i);
            assertThat(answer.path("index").asInt()).isEqualTo(i);
            if (i % 100 == 7) {
                assertThat(Json.each(Json.list(answer.path("errors")), "field"))
                        .containsExactlyInAnyOrder("status", "country");
                assertThat(answer.has("id")).isFalse();
            } else {
                assertThat(answer.has("errors")).as("row %s", i).isEqualTo(i == 500);
            }
        }
        assertThat(api.all("/leads?assignedTo=bulk")).hasSize(989);
        List<JsonNode> again = Json.items(
                api.post("/leads/bulk", "{\"items\":[" + rows.getFirst() + "]}").expect(200));
        assertThat(again.getFirst().path("id")).isEqualTo(answers.getFirst().path("id"));
    }

    @Test
    void pagesShowEveryLeadOnce() {
        var made = new ArrayList<String>();
        for (int i = 0; i < 23; i++) {
            made.add(api.lead("{\"name\":\"Halaman " + i + "\",\"assignedTo\":\"pages\"}"));
        }
        var seen = new ArrayList<String>();
        String cursor = "";
        int pages = 0;
        do {
            JsonNode page = api.get("/leads?assignedTo=pages&limit=5" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .expect(200);
            seen.addAll(Json.each(Json.items(page), "id"));
            cursor = page.path("nextCursor").asText("");
            if (pages++ == 1) {
                // A newcomer does not move the pages behind.
                api.lead("{\"name\":\"Baru\",\"assignedTo\":\"pages\"}");
            }
        } while (!cursor.isEmpty() && !cursor.equals("null"));
        assertThat(pages).isEqualTo(5);
        assertThat(seen).containsExactlyElementsOf(made.reversed());
    }

    @Test
    void filtersFindWhatTheySay() {
        String hot = api.lead("""
                {"name":"Eka Putri","email":"eka@example.co.id","phone":"081277700001","status":"hot","source":"referral",
                 "assignedTo":"filters"}""");
        String cold = api.lead("{\"name\":\"Fajar\",\"source\":\"event\",\"assignedTo\":\"filters\"}");
        JsonNode stored = api.get("/leads/" + hot).expect(200);
        for (String filter : List.of(
                "status=hot",
                "source=referral",
                "q=eka",
                "q=Putri%20Eka",
                "q=eka@example.co.id",
                "q=081277700001",
                "q=" + stored.path("code").asText(),
                "from=" + stored.path("createdAt").asText() + "&to=2099-01-01&q=eka")) {
            assertThat(Json.each(api.all("/leads?assignedTo=filters&" + filter), "id"))
                    .as(filter)
                    .containsExactly(hot);
        }
        assertThat(Json.each(api.all("/leads?assignedTo=filters&syncState=none"), "id"))
                .containsExactlyInAnyOrder(hot, cold);
        assertThat(api.all("/leads?assignedTo=filters&syncState=synced")).isEmpty();
        assertThat(api.all("/leads?assignedTo=filters&to=2020-01-01")).isEmpty();
        assertThat(api.all("/leads?assignedTo=filters&q=nobody")).isEmpty();
        String clicked = api.clickedLead("Gita");
        Eventually.eventually(() -> assertThat(Json.each(api.all("/leads?q=Gita&syncState=synced"), "id"))
                .containsExactly(clicked));
    }

    @Test
    void theTimelineTellsTheStoryInOrder() {
        String id = api.clickedLead("Hadi");
        api.put("/leads/" + id + "/status", "{\"status\":\"qualified\"}").expect(200);
        api.rowOnce(api.won(id, "1000").at("/deliveries/0/id").asText(), "accepted");
        List<JsonNode> story = Json.items(api.get("/leads/" + id + "/timeline").expect(200));
        assertThat(story.getFirst().path("kind").asText()).isEqualTo("created");
        assertThat(story.stream()
                        .filter(e -> e.path("kind").asText().equals("status"))
                        .map(e -> e.path("status").asText()))
                .containsExactly("new", "qualified", "won");
        assertThat(story.stream()
                        .filter(e -> e.path("kind").asText().equals("delivery"))
                        .map(e -> e.path("detail").asText()))
                .containsExactly("meta AddToCart", "meta Lead", "meta Purchase");
        assertThat(Json.each(story, "at")).isSorted();
    }

    @Test
    void anErasedPersonIsGoneEverywhereAndNothingIsSentAnyMore() {
        JsonNode lead = api.post("/leads", """
                        {"name":"Indah Erase","email":"indah@example.co.id","phone":"081255500001","externalRef":"erase-1",
                         "click":{"fbclid":"IwAR-indah"},
                         "web":{"pageUrl":"https://toko.example/","userAgent":"Mozilla/5.0"}}""").expect(201);
        String id = lead.path("id").asText();
        String accepted = api.rows("leadId=" + id).getFirst().path("id").asText();
        api.rowOnce(accepted, "accepted");
        api.post("/pixels/" + pixel + "/pause").expect(200);
        String pending = api.won(id, "1000").at("/deliveries/0/id").asText();
        String eventId = api.row(pending).path("eventId").asText();
        int rows = api.rows("pixelId=" + pixel).size();
        List<String> hashes = Json.list(api.row(accepted).at("/attempts/0/request/body/data/0/user_data/em")).stream()
                .map(JsonNode::asText)
                .toList();
        assertThat(hashes).hasSize(1);

        assertThat(api.delete("/leads/" + id).status()).isEqualTo(204);

        for (String name : List.of(id, lead.path("code").asText(), "ref:erase-1", "081255500001", id + "/timeline")) {
            assertThat(api.get("/leads/" + name).status()).as(name).isEqualTo(404);
        }
        assertThat(api.put("/leads/" + id + "/status", "{\"status\":\"won\"}").status())
                .isEqualTo(404);
        assertThat(api.all("/leads?q=indah")).isEmpty();
        assertThat(api.rows("leadId=" + id)).isEmpty();
        assertThat(api.rows("pixelId=" + pixel)).hasSize(rows);
        for (String row : List.of(accepted, pending)) {
            JsonNode left = api.row(row);
            assertThat(left.path("leadId").isNull()).isTrue();
            assertThat(left.path("match").path("keys")).isEmpty();
            assertThat(left.toString()).doesNotContain(hashes.getFirst()).doesNotContain("user_data");
        }
        assertThat(api.row(accepted).path("status").asText()).isEqualTo("accepted");
        assertThat(api.row(pending).path("status").asText()).isEqualTo("skipped");
        assertThat(api.row(pending).at("/reason/code").asText()).isEqualTo("lead_erased");
        assertThat(api.post("/sync-logs/" + pending + "/retry").status()).isEqualTo(409);
        api.post("/pixels/" + pixel + "/resume").expect(200);
        api.rowOnce(
                api.won(api.clickedLead("Sesudah Indah"), "1")
                        .at("/deliveries/0/id")
                        .asText(),
                "accepted");
        assertThat(sandbox.copies(eventId)).isEmpty();
    }

    @Test
    void whoWithdrawsConsentIsNotReported() {
        String id = api.clickedLead("Joko");
        api.post("/pixels/" + pixel + "/pause").expect(200);
        String pending = api.won(id, "1000").at("/deliveries/0/id").asText();
        api.patch("/leads/" + id, "{\"consent\":{\"adUserData\":\"denied\"}}").expect(200);
        api.post("/pixels/" + pixel + "/resume").expect(200);
        JsonNode row = api.rowOnce(pending, "skipped");
        assertThat(row.at("/reason/code").asText()).isEqualTo("consent_denied");
        JsonNode later =
                api.put("/leads/" + id + "/status", "{\"status\":\"hot\"}").expect(200);
        assertThat(later.at("/deliveries/0/reason/code").asText()).isEqualTo("consent_denied");
        assertThat(sandbox.copies(row.path("eventId").asText())).isEmpty();
    }

    @Test
    void anAnswerIsRepeatedForTheSameIdempotencyKey() {
        Map<String, String> key = Map.of("Idempotency-Key", "leads-it-1");
        String body = "{\"name\":\"Kiki\",\"assignedTo\":\"idempotent\"}";
        Answer first = api.send("POST", "/leads", body, key);
        Answer second = api.send("POST", "/leads", body, key);
        assertThat(second.expect(201)).isEqualTo(first.expect(201));
        assertThat(first.headers("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        List<Answer> crowd = Crowd.atOnce(Collections.nCopies(
                8, (Callable<Answer>) () -> api.send("POST", "/leads", body, Map.of("Idempotency-Key", "leads-it-2"))));
        assertThat(crowd).extracting(Answer::status).containsOnly(201, 409);
        assertThat(api.all("/leads?assignedTo=idempotent")).hasSize(2);
    }
}
