package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kembali.e2e.Http.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong requests are refused by name, with the same kind of document, and leave nothing behind. */
@ExtendWith(LogsOnFailure.class)
class BadInputIT {
    private static final String PIXEL = """
            {"platform":"meta","name":"Pixel","settings":{"pixelId":"500000000000001"},
             "credentials":{"accessToken":"sandbox-token-bad-input"}%s}""";

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    /** What every request of the table meets: one of each kind. */
    private static String lead;

    private static String pixel;

    /**
     * A request and its refusal.
     *
     * @param path {@code {lead}} and {@code {pixel}} stand for stored ones
     * @param fields {@code errors[].field}, in any order
     */
    private record Bad(
            String what,
            String method,
            String path,
            @Nullable String body,
            Map<String, String> headers,
            int status,
            List<String> fields) {
        Bad with(String header, String value) {
            return new Bad(what, method, path, body, Map.of(header, value), status, fields);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        pixel = api.post("/pixels", PIXEL.formatted("")).expect(201).path("id").asText();
        lead = api.lead("{\"name\":\"Contoh\",\"externalRef\":\"crm-1\"}");
        String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000111\"}")
                .expect(201)
                .path("id")
                .asText();
        api.post("/rotators", """
                {"slug":"taken","name":"Taken","agents":[{"agentId":"%s"}]}""".formatted(agent)).expect(201);
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"unreadable", "badLeads", "badStatuses", "badPixels", "badSettings", "badLists", "badOthers"})
    void aWrongRequestIsRefusedAndLeavesNothingBehind(Bad bad) {
        List<JsonNode> before = everythingStored();
        String path = bad.path.replace("{lead}", lead).replace("{pixel}", pixel);

        Answer answer = api.send(bad.method, path, bad.body, bad.headers);

        assertThat(answer.status()).as(answer.body()).isEqualTo(bad.status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).startsWith("urn:kembali:problem:");
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(bad.status);
        // A sentence for the sender: no class of ours, no name of a library.
        assertThat(problem.path("detail").asText())
                .isNotBlank()
                .doesNotContain("kembali.")
                .doesNotContain("java.")
                .doesNotContain("Feature")
                .doesNotContain("JsonToken");
        assertThat(Json.each(Json.list(problem.path("errors")), "field"))
                .containsExactlyInAnyOrderElementsOf(bad.fields);
        assertThat(Json.each(Json.list(problem.path("errors")), "message")).noneMatch(String::isBlank);
        assertThat(everythingStored()).isEqualTo(before);
    }

    static Stream<Bad> unreadable() {
        return Stream.of(
                post("half a document", "/leads", "{\"name\":\"Budi\"", 400),
                post("no JSON", "/leads", "name=Budi", 400),
                post("something behind the document", "/leads", "{\"name\":\"Budi\"} {}", 400),
                post("a key twice", "/leads", "{\"name\":\"Budi\",\"name\":\"Ani\"}", 400),
                post("a list for an object", "/leads", "[{\"name\":\"Budi\"}]", 400),
                post("a text for an object", "/leads", "\"Budi\"", 400),
                post("a number for an object", "/leads/upsert", "7", 400),
                post("nested deeper than anything real", "/leads", "[".repeat(2_000) + "]".repeat(2_000), 400),
                post("another media type", "/leads", "name=Budi", 415)
                        .with("Content-Type", "application/x-www-form-urlencoded"),
                post("over 4 MB", "/leads", "{\"name\":\"" + "x".repeat(4 << 20) + "\"}", 413),
                new Bad("a method this address lacks", "PUT", "/leads", "{}", Map.of(), 405, List.of()),
                new Bad("an unknown address", "GET", "/nothing", null, Map.of(), 404, List.of()),
                new Bad("a wrong key", "GET", "/leads", null, Map.of("Authorization", "Bearer wrong"), 401, List.of()),
                new Bad("no key", "POST", "/leads", "{}", Map.of("Authorization", ""), 401, List.of()),
                new Bad(
                        "another scheme",
                        "GET",
                        "/leads",
                        null,
                        Map.of("Authorization", "Basic " + RunningServer.ADMIN_KEY),
                        401,
                        List.of()));
    }

    static Stream<Bad> badLeads() {
        String long10k = "x".repeat(10_000);
        return Stream.of(
                lead("an unknown field", "{\"nmae\":\"Budi\"}", "nmae"),
                lead("an unknown field inside", "{\"click\":{\"glcid\":\"x\"}}", "click.glcid"),
                lead("a number for a text", "{\"name\":5}", "name"),
                lead("a truth for a text", "{\"name\":true}", "name"),
                lead("an object for a text", "{\"name\":{}}", "name"),
                lead("a text for an object", "{\"click\":\"IwAR\"}", "click"),
                lead("a negative value", "{\"estimatedValue\":\"-1\"}", "estimatedValue"),
                lead("a value with an exponent", "{\"actualValue\":\"1e9\"}", "actualValue"),
                lead("a value in words", "{\"actualValue\":\"Rp 1.500.000\"}", "actualValue"),
                lead("a value beyond all money", "{\"actualValue\":\"9999999999999999\"}", "actualValue"),
                lead("a value finer than any currency", "{\"actualValue\":\"1.0000001\"}", "actualValue"),
                lead("an unknown status", "{\"status\":\"sold\"}", "status"),
                lead("a status in capitals", "{\"status\":\"Won\"}", "status"),
                lead("an unknown priority", "{\"priority\":\"asap\"}", "priority"),
                lead("an unknown source", "{\"source\":\"billboard\"}", "source"),
                lead("an unknown currency", "{\"currency\":\"RP\"}", "currency"),
                lead("an unknown country", "{\"country\":\"XZ\"}", "country"),
                lead("a country by name", "{\"country\":\"Indonesia\"}", "country"),
                lead("an impossible instant", "{\"occurredAt\":\"2026-02-30T00:00:00Z\"}", "occurredAt"),
                lead("an instant as a number", "{\"occurredAt\":1795230000}", "occurredAt"),
                lead("an instant without a zone", "{\"occurredAt\":\"2026-11-20T03:00:00\"}", "occurredAt"),
                lead("an instant long ago", "{\"occurredAt\":\"1970-01-01T00:00:00Z\"}", "occurredAt"),
                lead("an instant far ahead", "{\"occurredAt\":\"2099-01-01T00:00:00Z\"}", "occurredAt"),
                lead("an impossible birth date", "{\"birthDate\":\"1990-02-30\"}", "birthDate"),
                lead("a birth date to come", "{\"birthDate\":\"2099-01-01\"}", "birthDate"),
                lead("a NUL in a name", "{\"name\":\"Bu\\u0000di\"}", "name"),
                lead("a turned direction in a name", "{\"name\":\"Bu\\u202Edi\"}", "name"),
                lead("a control character in a click id", "{\"click\":{\"gclid\":\"a\\u0007b\"}}", "click.gclid"),
                lead("a name of 10,000 characters", "{\"name\":\"" + long10k + "\"}", "name"),
                lead("an e-mail of 10,000 characters", "{\"email\":\"" + long10k + "\"}", "email"),
                lead("a phone of 10,000 characters", "{\"phone\":\"" + long10k + "\"}", "phone"),
                lead("a click id of 10,000 characters", "{\"click\":{\"fbclid\":\"" + long10k + "\"}}", "click.fbclid"),
                lead("no web address", "{\"web\":{\"pageUrl\":\"toko dot example\"}}", "web.pageUrl"),
                lead("a script for an address", "{\"web\":{\"pageUrl\":\"javascript:alert(1)\"}}", "web.pageUrl"),
                lead("a name for an IP address", "{\"web\":{\"ip\":\"toko.example\"}}", "web.ip"),
                lead("an IP address out of range", "{\"web\":{\"ip\":\"203.0.113.700\"}}", "web.ip"),
                lead("an unknown consent", "{\"consent\":{\"adUserData\":\"yes\"}}", "consent.adUserData"),
                lead("a lead id of a form that is none", "{\"click\":{\"metaLeadId\":\"abc\"}}", "click.metaLeadId"),
                lead("an agent number that is none", "{\"agentNumber\":\"call me\"}", "agentNumber"),
                lead("a visitor code that is none", "{\"visitor\":\"hello\"}", "visitor"),
                lead(
                        "everything wrong at once",
                        "{\"status\":\"sold\",\"country\":\"XZ\",\"estimatedValue\":\"-1\",\"web\":{\"ip\":\"x\"}}",
                        "status",
                        "country",
                        "estimatedValue",
                        "web.ip"),
                post("a reference that is taken", "/leads", "{\"externalRef\":\"crm-1\"}", 409, "externalRef"),
                new Bad("a wrong change", "PATCH", "/leads/{lead}", "{\"nmae\":1}", Map.of(), 422, List.of("nmae")),
                new Bad("a change to nobody", "PATCH", "/leads/ld_nobody", "{}", Map.of(), 404, List.of()),
                new Bad("a change that is a list", "PATCH", "/leads/{lead}", "[]", Map.of(), 400, List.of()),
                new Bad("nobody", "GET", "/leads/ref:nobody", null, Map.of(), 404, List.of()),
                new Bad("nobody's end", "DELETE", "/leads/ld_nobody", null, Map.of(), 404, List.of()),
                post("no rows", "/leads/bulk", "{\"items\":[]}", 422, "items"),
                post("1,001 rows", "/leads/bulk", "{\"items\":[" + "{},".repeat(1_000) + "{}]}", 422, "items"),
                post("rows that are no list", "/leads/bulk", "{\"items\":{}}", 422, "items"));
    }

    static Stream<Bad> badStatuses() {
        return Stream.of(
                status("no status", "{}", 422, "status"),
                status("an unknown status", "{\"status\":\"sold\"}", 422, "status"),
                status("an unknown field", "{\"status\":\"won\",\"amount\":\"1\"}", 422, "amount"),
                status("a negative value", "{\"status\":\"won\",\"actualValue\":\"-5\"}", 422, "actualValue"),
                status("an unknown currency", "{\"status\":\"won\",\"currency\":\"XYZ\"}", 422, "currency"),
                status("a repetition without an order", "{\"status\":\"won\",\"repeat\":true}", 422, "orderId"),
                status("a repetition in words", "{\"status\":\"won\",\"repeat\":\"yes\"}", 422, "repeat"),
                status(
                        "an order id over 150",
                        "{\"status\":\"won\",\"orderId\":\"" + "9".repeat(151) + "\"}",
                        422,
                        "orderId"),
                status(
                        "a day in the future",
                        "{\"status\":\"won\",\"occurredAt\":\"2099-01-01T00:00:00Z\"}",
                        422,
                        "occurredAt"),
                new Bad(
                        "of nobody",
                        "PUT",
                        "/leads/ld_nobody/status",
                        "{\"status\":\"won\"}",
                        Map.of(),
                        404,
                        List.of()));
    }

    static Stream<Bad> badPixels() {
        return Stream.of(
                post("an unknown platform", "/pixels", "{\"platform\":\"myspace\",\"name\":\"x\"}", 422, "platform"),
                post("nothing at all", "/pixels", "{}", 422, "platform", "name"),
                post(
                        "no settings and no token",
                        "/pixels",
                        "{\"platform\":\"meta\",\"name\":\"x\"}",
                        422,
                        "settings.pixelId",
                        "credentials.accessToken"),
                post(
                        "an unknown setting",
                        "/pixels",
                        PIXEL.formatted("").replace("\"pixelId\"", "\"pixel\":\"1\",\"pixelId\""),
                        422,
                        "settings.pixel"),
                post(
                        "letters in the pixel id",
                        "/pixels",
                        PIXEL.formatted("").replace("500000000000001", "GTM-123"),
                        422,
                        "settings.pixelId"),
                post(
                        "a token with its scheme",
                        "/pixels",
                        PIXEL.formatted("").replace("sandbox-token", "Bearer sandbox-token"),
                        422,
                        "credentials.accessToken"),
                post(
                        "a version that has ended",
                        "/pixels",
                        PIXEL.formatted("").replace("\"pixelId\"", "\"apiVersion\":\"v19.0\",\"pixelId\""),
                        422,
                        "settings.apiVersion"),
                pixel("a proxy without a scheme", ",\"proxy\":\"proxy.example:3128\"", "proxy"),
                pixel("a proxy without a port", ",\"proxy\":\"http://proxy.example\"", "proxy"),
                pixel("a proxy with a path", ",\"proxy\":\"http://proxy.example:3128/x\"", "proxy"),
                pixel("an unknown strategy", ",\"strategy\":\"loose\"", "strategy"),
                pixel("a mapping of no status", ",\"mapping\":{\"sold\":{\"meta\":\"Purchase\"}}", "mapping.sold"),
                pixel(
                        "a mapping of another platform",
                        ",\"mapping\":{\"won\":{\"tiktok\":\"Purchase\"}}",
                        "mapping.won.tiktok"),
                pixel(
                        "a mapping in wrong capitals",
                        ",\"mapping\":{\"won\":{\"meta\":\"purchase\"}}",
                        "mapping.won.meta"),
                pixel("an unknown field", ",\"colour\":\"red\"", "colour"),
                new Bad(
                        "another platform for a pixel",
                        "PATCH",
                        "/pixels/{pixel}",
                        "{\"platform\":\"ga4\"}",
                        Map.of(),
                        422,
                        List.of("platform")),
                new Bad(
                        "taking away what is required",
                        "PATCH",
                        "/pixels/{pixel}",
                        "{\"credentials\":{\"accessToken\":null}}",
                        Map.of(),
                        422,
                        List.of("credentials.accessToken")),
                post(
                        "a test that lasts for days",
                        "/pixels/{pixel}/test-mode",
                        "{\"code\":\"T\",\"minutes\":9999}",
                        422,
                        "minutes"),
                s2s("a target without a URL", "", "settings.url"),
                s2s("a target that is no address", "\"url\":\"t.example/p\"", "settings.url"),
                s2s("a target at a metadata service", "\"url\":\"http://169.254.169.254/\"", "settings.url"),
                s2s("a target on this very machine", "\"url\":\"http://localhost:8080/\"", "settings.url"),
                s2s("a target in a private network", "\"url\":\"http://[fd00::1]/x\"", "settings.url"),
                s2s("a target a visitor could choose", "\"url\":\"https://{sub_id_1}/\"", "settings.url"),
                s2s("a target that reads files", "\"url\":\"https://t.example/?x={from_file:keys}\"", "settings.url"),
                s2s("a secret nobody entered", "\"url\":\"https://t.example/?k={secret}\"", "settings.url"),
                s2s("an unknown method", "\"url\":\"https://t.example/\",\"method\":\"put\"", "settings.method"),
                s2s(
                        "a POST without a body",
                        "\"url\":\"https://t.example/\",\"method\":\"post_json\"",
                        "settings.body"),
                s2s(
                        "a body that is no JSON",
                        "\"url\":\"https://t.example/\",\"method\":\"post_json\",\"body\":\"{\\\"a\\\":\"",
                        "settings.body"),
                s2s("no statuses", "\"url\":\"https://t.example/\",\"statuses\":[]", "settings.statuses"),
                s2s(
                        "a negative minimum",
                        "\"url\":\"https://t.example/\",\"minimumPayout\":\"-1\"",
                        "settings.minimumPayout"),
                post(
                        "headers that are none",
                        "/pixels",
                        "{\"platform\":\"s2s\",\"name\":\"x\",\"settings\":{\"url\":\"https://t.example/\"},"
                                + "\"credentials\":{\"headers\":\"hush\"}}",
                        422,
                        "credentials.headers"),
                post(
                        "a resume that does something else",
                        "/pixels/{pixel}/resume",
                        "{\"waiting\":\"keep\"}",
                        422,
                        "waiting"),
                post(
                        "discarding what does not wait",
                        "/pixels/{pixel}/resume",
                        "{\"waiting\":\"discard\"}",
                        409,
                        "waiting"),
                post("a drill of an ad platform", "/pixels/{pixel}/drill", "{\"leadId\":\"ld_x\"}", 409, "id"),
                post("a drill of nobody", "/pixels/{pixel}/drill", "{}", 422, "subid"),
                new Bad("an unknown state", "GET", "/pixels?state=asleep", null, Map.of(), 422, List.of("state")),
                new Bad("an unknown platform", "GET", "/pixels?platform=x", null, Map.of(), 422, List.of("platform")),
                new Bad("nobody's pixel", "POST", "/pixels/px_nobody/test", null, Map.of(), 404, List.of()));
    }

    private static Bad s2s(String what, String settings, String field) {
        return post(
                what, "/pixels", "{\"platform\":\"s2s\",\"name\":\"x\",\"settings\":{" + settings + "}}", 422, field);
    }

    static Stream<Bad> badSettings() {
        return Stream.of(
                settings("an unknown strategy", "{\"strategy\":\"maybe\"}", "strategy"),
                settings("an unknown status", "{\"mapping\":{\"sold\":{\"meta\":\"Purchase\"}}}", "mapping.sold"),
                settings(
                        "an unknown column",
                        "{\"mapping\":{\"won\":{\"myspace\":\"Purchase\"}}}",
                        "mapping.won.myspace"),
                settings("wrong capitals", "{\"mapping\":{\"won\":{\"meta\":\"purchase\"}}}", "mapping.won.meta"),
                settings(
                        "a name a chat may not have",
                        "{\"mapping\":{\"won\":{\"metaMessaging\":\"Lead\"}}}",
                        "mapping.won.metaMessaging"),
                settings("an unknown value kind", "{\"values\":{\"won\":{\"kind\":\"guess\"}}}", "values.won.kind"),
                settings(
                        "a fixed value without one",
                        "{\"values\":{\"won\":{\"kind\":\"fixed\"}}}",
                        "values.won.amount"),
                settings(
                        "a negative value",
                        "{\"values\":{\"won\":{\"kind\":\"fixed\",\"amount\":\"-1\"}}}",
                        "values.won.amount"),
                settings(
                        "an unknown currency",
                        "{\"values\":{\"won\":{\"kind\":\"fixed\",\"amount\":\"1\",\"currency\":\"Rp\"}}}",
                        "values.won.currency"),
                settings("a modal for no status", "{\"modalTriggerStatuses\":[\"sold\"]}", "modalTriggerStatuses[0]"),
                settings("an unknown consent rule", "{\"consentWhenUnknown\":\"perhaps\"}", "consentWhenUnknown"),
                post(
                        "a preview of nobody",
                        "/conversion-settings/preview",
                        "{\"leadId\":\"ld_x\",\"status\":\"won\"}",
                        404),
                post("a preview of nothing", "/conversion-settings/preview", "{}", 422, "leadId", "status"));
    }

    static Stream<Bad> badLists() {
        return Stream.of(
                get("a limit of nothing", "/leads?limit=0", "limit"),
                get("a limit of too much", "/leads?limit=201", "limit"),
                get("a limit in words", "/sync-logs?limit=many", "limit"),
                get("a cursor nobody gave out", "/leads?cursor=here", "cursor"),
                get("a cursor of another list", "/sync-logs?cursor=ld_01m7ye2jtxe00bz78vh0p0ms95", "cursor"),
                get("a cursor nobody gave out for pixels", "/pixels?cursor=here", "cursor"),
                get("an unknown status", "/leads?status=sold", "status"),
                get("an unknown source", "/leads?source=billboard", "source"),
                get("an unknown state", "/leads?syncState=lost", "syncState"),
                get("an impossible day", "/leads?from=2026-02-30", "from"),
                get("no day", "/sync-logs?to=yesterday", "to"),
                get("an unknown row status", "/sync-logs?status=lost", "status"));
    }

    static Stream<Bad> badOthers() {
        return Stream.of(
                post("an agent without a phone", "/agents", "{\"name\":\"Sari\"}", 422, "phone"),
                post("an agent with no phone number", "/agents", "{\"name\":\"Sari\",\"phone\":\"123\"}", 422, "phone"),
                post("an agent with a bad account", "/agents", """
                        {"name":"Sari","phone":"+628111000111","whatsappBusinessAccountId":"abc"}""", 422, "whatsappBusinessAccountId"),
                post("a slug with a slash", "/rotators", """
                        {"slug":"a/b","name":"x","fallbackPhone":"+628111000111"}""", 422, "slug"),
                post("a slug that is taken", "/rotators", """
                        {"slug":"taken","name":"x","fallbackPhone":"+628111000111"}""", 409, "slug"),
                post("a rotator to nobody", "/rotators", "{\"slug\":\"free\",\"name\":\"x\"}", 422, "agents"),
                post("a rotator to a stranger", "/rotators", """
                        {"slug":"free","name":"x","agents":[{"agentId":"ag_x"}],"fallbackPhone":"+628111000111"}""", 422, "agents[0].agentId"),
                post("a negative weight", "/rotators", """
                        {"slug":"free","name":"x","agents":[{"agentId":"ag_x","weight":-1}],"fallbackPhone":"+628111000111"}""", 422, "agents[0].agentId", "agents[0].weight"),
                new Bad(
                        "another tracker key",
                        "PATCH",
                        "/workspace",
                        "{\"trackerKey\":\"WS-mine\"}",
                        Map.of(),
                        422,
                        List.of("trackerKey")),
                new Bad(
                        "an unknown time zone",
                        "PATCH",
                        "/workspace",
                        "{\"timezone\":\"Mars/Base\"}",
                        Map.of(),
                        422,
                        List.of("timezone")),
                new Bad(
                        "an unknown language",
                        "PATCH",
                        "/workspace",
                        "{\"language\":\"xx\"}",
                        Map.of(),
                        422,
                        List.of("language")),
                new Bad(
                        "no currency",
                        "PATCH",
                        "/workspace",
                        "{\"currency\":null}",
                        Map.of(),
                        422,
                        List.of("currency")),
                post("an idempotency key of 256", "/leads", "{}", 422, "Idempotency-Key")
                        .with("Idempotency-Key", "k".repeat(256)),
                new Bad("a retry of nothing", "POST", "/sync-logs/dl_nobody/retry", null, Map.of(), 404, List.of()),
                new Bad("no such row", "GET", "/sync-logs/dl_nobody", null, Map.of(), 404, List.of()));
    }

    @Test
    void anIdempotencyKeyIsForOneRequest() {
        Map<String, String> key = Map.of("Idempotency-Key", "order-1");
        api.send("POST", "/leads", "{\"name\":\"Pertama\"}", key).expect(201);
        List<JsonNode> before = everythingStored();
        Answer other = api.send("POST", "/leads", "{\"name\":\"Kedua\"}", key);
        JsonNode problem = other.expect(422);
        assertThat(other.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo("Idempotency-Key");
        assertThat(everythingStored()).isEqualTo(before);
    }

    @Test
    void whatCannotBeMatchedIsKeptAndShownAsUnusable() {
        JsonNode stored = api.post("/leads", """
                        {"name":"12345","email":"budi at example","phone":"0812"}""").expect(201);
        assertThat(stored.path("email").asText()).isEqualTo("budi at example");
        assertThat(stored.path("phone").asText()).isEqualTo("0812");
        assertThat(Json.each(Json.list(stored.path("unusable")), "field"))
                .containsExactlyInAnyOrder("email", "phone", "name");
        JsonNode read = api.get("/leads/" + stored.path("id").asText()).expect(200);
        assertThat(read).isEqualTo(stored);
    }

    private static List<JsonNode> everythingStored() {
        return Stream.of(
                        "/leads", "/pixels", "/agents", "/rotators", "/sync-logs", "/conversion-settings", "/workspace")
                .map(path -> api.get(path).expect(200))
                .toList();
    }

    private static Bad post(String what, String path, String body, int status, String... fields) {
        return new Bad(what, "POST", path, body, Map.of(), status, List.of(fields));
    }

    private static Bad lead(String what, String body, String... fields) {
        return post("lead: " + what, "/leads", body, 422, fields);
    }

    private static Bad status(String what, String body, int status, String... fields) {
        return new Bad("status: " + what, "PUT", "/leads/{lead}/status", body, Map.of(), status, List.of(fields));
    }

    private static Bad pixel(String what, String more, String... fields) {
        return post("pixel: " + what, "/pixels", PIXEL.formatted(more), 422, fields);
    }

    private static Bad settings(String what, String body, String... fields) {
        return new Bad("settings: " + what, "PUT", "/conversion-settings", body, Map.of(), 422, List.of(fields));
    }

    private static Bad get(String what, String path, String... fields) {
        return new Bad("list: " + what, "GET", path, null, Map.of(), 422, List.of(fields));
    }
}
