package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Everything around the leads: settings, pixels, links, the workspace, and the description of it all. */
@ExtendWith(LogsOnFailure.class)
class ManagementIT {
    private static final String PIXEL = "700000000000001";
    private static final List<String> ROUTES = List.of(
            "/api/v1/leads",
            "/api/v1/leads/{id}",
            "/api/v1/leads/{id}/status",
            "/api/v1/leads/{id}/timeline",
            "/api/v1/leads/{id}/consent",
            "/api/v1/leads/upsert",
            "/api/v1/leads/bulk",
            "/api/v1/pixels",
            "/api/v1/pixels/{id}",
            "/api/v1/pixels/{id}/test",
            "/api/v1/pixels/{id}/pause",
            "/api/v1/pixels/{id}/resume",
            "/api/v1/pixels/{id}/waiting",
            "/api/v1/pixels/{id}/mute",
            "/api/v1/pixels/{id}/unmute",
            "/api/v1/pixels/{id}/drill",
            "/api/v1/pixels/{id}/clone",
            "/api/v1/pixels/{id}/test-mode",
            "/api/v1/platforms",
            "/api/v1/conversion-settings",
            "/api/v1/conversion-settings/presets",
            "/api/v1/conversion-settings/presets/{name}/apply",
            "/api/v1/conversion-settings/preview",
            "/api/v1/statuses",
            "/api/v1/url-templates/{platform}",
            "/api/v1/diagnostics",
            "/api/v1/sync-logs",
            "/api/v1/sync-logs/{id}",
            "/api/v1/sync-logs/{id}/retry",
            "/api/v1/agents",
            "/api/v1/agents/{id}",
            "/api/v1/rotators",
            "/api/v1/rotators/{id}",
            "/api/v1/workspace");

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static String pixel;
    private static String settingsAtFirst;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        pixel = api.metaPixel(PIXEL, "sandbox-token-management");
        settingsAtFirst = api.get("/conversion-settings").expect(200).toString();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void restoreTheSettings() {
        api.put("/conversion-settings", settingsAtFirst).expect(200);
        api.patch("/pixels/" + pixel, "{\"mapping\":{},\"strategy\":\"inherit\",\"enabled\":true}")
                .expect(200);
    }

    @Test
    void theFirstSettingsAreTheSalesPresetAndStrict() {
        JsonNode settings = Json.read(settingsAtFirst);
        assertThat(settings.path("strategy").asText()).isEqualTo("strict");
        assertThat(settings.path("consentWhenUnknown").asText()).isEqualTo("allow");
        assertThat(settings.at("/values/won/kind").asText()).isEqualTo("actual");
        JsonNode presets = api.get("/conversion-settings/presets").expect(200).path("presets");
        assertThat(Json.names(presets)).containsExactly("sales", "subscription", "affiliate");
        assertThat(settings.path("mapping")).isEqualTo(presets.path("sales"));
        assertThat(settings.at("/mapping/won/meta").asText()).isEqualTo("Purchase");
    }

    @Test
    void aMappingDecidesTheEventAndAValueRuleItsValue() {
        JsonNode saved = api.put("/conversion-settings", """
                        {"mapping":{"new":{"meta":"Lead"},"won":{"meta":"Closing"},"lost":{"meta":null}},
                         "values":{"new":{"kind":"fixed","amount":"10000","currency":"IDR"},"won":{"kind":"estimated"}},
                         "customEvents":{"meta":["Closing"]}}""").expect(200);
        assertThat(saved.path("strategy").asText()).isEqualTo("strict");
        assertThat(saved).isEqualTo(api.get("/conversion-settings").expect(200));

        String lead = api.clickedLead("Pemetaan");
        JsonNode fresh = api.onlyRow(lead, pixel, "Lead");
        JsonNode event = received(api.rowOnce(fresh.path("id").asText(), "accepted"));
        assertThat(event.at("/custom_data/value").asInt()).isEqualTo(10_000);
        assertThat(event.at("/custom_data/currency").asText()).isEqualTo("IDR");

        JsonNode won = api.put("/leads/" + lead + "/status", """
                        {"status":"won","estimatedValue":"777","actualValue":"888","currency":"IDR"}""").expect(200);
        JsonNode closing = received(api.rowOnce(won.at("/deliveries/0/id").asText(), "accepted"));
        assertThat(closing.path("event_name").asText()).isEqualTo("Closing");
        assertThat(closing.at("/custom_data/value").asInt()).isEqualTo(777);

        for (String unmapped : List.of("lost", "hot")) {
            JsonNode none = api.put("/leads/" + lead + "/status", "{\"status\":\"" + unmapped + "\"}")
                    .expect(200);
            assertThat(none.at("/deliveries/0/status").asText()).isEqualTo("skipped");
            assertThat(none.at("/deliveries/0/reason/code").asText()).isEqualTo("no_mapping");
        }
    }

    @Test
    void aPixelsOwnMappingOverrulesTheWorkspaces() {
        api.patch("/pixels/" + pixel, "{\"mapping\":{\"new\":null,\"won\":{\"meta\":\"Subscribe\"}}}")
                .expect(200);
        String lead = api.clickedLead("Sendiri");
        assertThat(api.rows("leadId=" + lead).getFirst().at("/reason/code").asText())
                .isEqualTo("no_mapping");
        assertThat(api.won(lead, "5").at("/deliveries/0/event").asText()).isEqualTo("Subscribe");
    }

    @Test
    void strictLeavesOutLeadsWithoutAClickAndSendAllDoesNot() {
        String strict = api.lead("{\"name\":\"Lurus\",\"phone\":\"081233300001\"}");
        assertThat(api.won(strict, "5").at("/deliveries/0/reason/code").asText())
                .isEqualTo("missing_click_id");
        api.put("/conversion-settings", "{\"strategy\":\"send_all\"}").expect(200);
        // What was skipped is decided anew when the status is said again and nothing stands in the way any more.
        JsonNode now = api.won(strict, "5");
        JsonNode event = received(api.rowOnce(now.at("/deliveries/0/id").asText(), "accepted"));
        assertThat(event.path("action_source").asText()).isEqualTo("system_generated");
        assertThat(event.path("user_data").has("fbc")).isFalse();
        api.patch("/pixels/" + pixel, "{\"strategy\":\"strict\"}").expect(200);
        String own = api.lead("{\"name\":\"Sendiri Lurus\",\"phone\":\"081233300002\"}");
        assertThat(api.won(own, "5").at("/deliveries/0/reason/code").asText()).isEqualTo("missing_click_id");
        api.patch("/pixels/" + pixel, "{\"strategy\":\"inherit\"}").expect(200);
    }

    @Test
    void aPreviewShowsTheRequestThatIsSentLaterAndSendsNothing() {
        String lead = api.clickedLead("Pratinjau");
        api.patch("/leads/" + lead, "{\"actualValue\":\"4200\",\"currency\":\"IDR\"}")
                .expect(200);
        int rows = api.rows("leadId=" + lead).size();
        JsonNode preview = api.post("/conversion-settings/preview", "{\"leadId\":\"" + lead + "\",\"status\":\"won\"}")
                .expect(200);
        JsonNode shown = preview.at("/items/0");
        assertThat(shown.path("pixelId").asText()).isEqualTo(pixel);
        assertThat(shown.path("send").asBoolean()).isTrue();
        assertThat(shown.at("/request/method").asText()).isEqualTo("POST");
        assertThat(shown.at("/request/url").asText()).endsWith("/v26.0/" + PIXEL + "/events");
        assertThat(shown.toString()).doesNotContain("sandbox-token-management");
        assertThat(api.rows("leadId=" + lead)).hasSize(rows);
        assertThat(sandbox.copies(shown.path("eventId").asText())).isEmpty();
        assertThat(api.get("/leads/" + lead).expect(200).path("status").asText())
                .isEqualTo("new");

        JsonNode won =
                api.put("/leads/" + lead + "/status", "{\"status\":\"won\"}").expect(200);
        JsonNode sent = received(api.rowOnce(won.at("/deliveries/0/id").asText(), "accepted"));
        JsonNode promised = shown.at("/request/body/data/0");
        for (String member : List.of("event_name", "event_id", "action_source", "user_data", "custom_data")) {
            assertThat(sent.path(member)).as(member).isEqualTo(promised.path(member));
        }
        JsonNode none = api.post(
                        "/conversion-settings/preview", "{\"leadId\":\"" + lead + "\",\"status\":\"pageview\"}")
                .expect(200);
        assertThat(none.at("/items/0/event").asText()).isEqualTo("PageView");
    }

    @Test
    void aSwitchedOffPixelGetsNothing() {
        api.patch("/pixels/" + pixel, "{\"enabled\":false}").expect(200);
        JsonNode won = api.won(api.clickedLead("Mati"), "5");
        assertThat(won.at("/deliveries/0/status").asText()).isEqualTo("skipped");
        assertThat(won.at("/deliveries/0/reason/message").asText()).contains("switched off");
    }

    @Test
    void aProxysPasswordIsNeverReadBackAndSurvivesAChange() {
        JsonNode made = api.post("/pixels", """
                        {"platform":"meta","name":"Lewat","settings":{"pixelId":"700000000000002"},"enabled":false,
                         "credentials":{"accessToken":"sandbox-token-proxy"},"proxy":"http://user:s3cret@proxy.example:3128"}""").expect(201);
        assertThat(made.toString()).doesNotContain("s3cret").doesNotContain("sandbox-token-proxy");
        assertThat(made.path("proxy").asText()).isEqualTo("http://***@proxy.example:3128");
        String id = made.path("id").asText();
        JsonNode changed = api.patch(
                        "/pixels/" + id, "{\"name\":\"Lewat dua\",\"proxy\":\"http://***@proxy.example:3128\"}")
                .expect(200);
        assertThat(changed.path("proxy").asText()).isEqualTo("http://***@proxy.example:3128");
        assertThat(api.patch("/pixels/" + id, "{\"proxy\":null}")
                        .expect(200)
                        .path("proxy")
                        .isNull())
                .isTrue();
        api.delete("/pixels/" + id);
    }

    @Test
    void anAgentInUseCannotBeRemoved() {
        String agent = api.post("/agents", "{\"name\":\"Lia\",\"phone\":\"0811 2000 333\"}")
                .expect(201)
                .path("id")
                .asText();
        String rotator = api.post("/rotators", """
                        {"slug":"lia","name":"Lia saja","agents":[{"agentId":"%s"}]}""".formatted(agent))
                .expect(201)
                .path("id")
                .asText();
        assertThat(api.delete("/agents/" + agent).expect(409).path("detail").asText())
                .contains("Lia saja");
        assertThat(new Browser().open(server.url() + "/wa/lia").status()).isEqualTo(302);
        api.patch("/agents/" + agent, "{\"active\":false}").expect(200);
        Answer nobody = new Browser().open(server.url() + "/wa/lia");
        assertThat(nobody.status()).isEqualTo(200);
        assertThat(nobody.body()).contains("Belum ada yang bertugas");
        api.patch("/rotators/" + rotator, "{\"fallbackPhone\":\"+6281190009000\"}")
                .expect(200);
        assertThat(new Browser().open(server.url() + "/wa/lia").header("Location"))
                .startsWith("https://wa.me/6281190009000?text=");
        assertThat(api.delete("/rotators/" + rotator).status()).isEqualTo(204);
        assertThat(api.delete("/agents/" + agent).status()).isEqualTo(204);
        assertThat(new Browser().open(server.url() + "/wa/lia").status()).isEqualTo(404);
    }

    @Test
    void theWorkspacesCountryReadsLocalNumbers() {
        JsonNode before = api.get("/workspace").expect(200);
        assertThat(before.path("trackerKey").asText()).startsWith("WS-");
        api.patch("/workspace", "{\"defaultCountry\":\"SG\",\"currency\":\"SGD\"}")
                .expect(200);
        JsonNode lead =
                api.post("/leads", "{\"name\":\"Tan\",\"phone\":\"8123 4567\"}").expect(201);
        assertThat(lead.path("phone").asText()).isEqualTo("+6581234567");
        JsonNode own = api.post("/leads", "{\"name\":\"Budi\",\"phone\":\"0812-3456-7899\",\"country\":\"ID\"}")
                .expect(201);
        assertThat(own.path("phone").asText()).isEqualTo("+6281234567899");
        JsonNode after = api.patch(
                        "/workspace",
                        "{\"defaultCountry\":\"%s\",\"currency\":\"%s\"}"
                                .formatted(
                                        before.path("defaultCountry").asText(),
                                        before.path("currency").asText()))
                .expect(200);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void thePlatformsSayWhatTheyAskForAndTake() {
        JsonNode meta = api.get("/platforms").expect(200).at("/items/0");
        assertThat(meta.path("key").asText()).isEqualTo("meta");
        assertThat(Json.each(Json.list(meta.at("/form/settings")), "name")).contains("pixelId", "limitedDataUse");
        assertThat(Json.each(Json.list(meta.at("/form/credentials")), "name"))
                .containsExactly("accessToken", "messagingAccessToken");
        assertThat(Json.each(Json.list(meta.path("mapping")), "key")).containsExactly("meta", "metaMessaging");
        assertThat(Json.each(Json.list(meta.path("events")), "name")).contains("Purchase", "Lead", "QualifiedLead");
        assertThat(meta.at("/limits/maxAgeSeconds").asInt()).isEqualTo(604_800);
    }

    @Test
    void theDescriptionNamesEveryRouteAndCanBeBrowsed() {
        JsonNode openApi = Http.send("GET", server.url() + "/api/openapi.json", null, Map.of())
                .expect(200);
        assertThat(openApi.path("openapi").asText()).startsWith("3.");
        assertThat(Json.names(openApi.path("paths"))).containsAll(ROUTES);
        Answer docs = Http.send("GET", server.url() + "/api/docs", null, Map.of());
        String page = docs.status() == 302 ? docs.header("Location") : "/api/docs";
        assertThat(Http.send("GET", server.url() + page, null, Map.of()).status())
                .isEqualTo(200);
    }

    @Test
    void probesAreOpenAndFiguresAreNot() {
        for (String probe : List.of("/health/live", "/health/ready")) {
            assertThat(Http.send("GET", server.url() + probe, null, Map.of()).status())
                    .isEqualTo(200);
        }
        assertThat(Http.send("GET", server.url() + "/metrics", null, Map.of()).status())
                .isEqualTo(401);
        Answer figures = Http.send(
                "GET", server.url() + "/metrics", null, Map.of("Authorization", "Bearer " + RunningServer.ADMIN_KEY));
        assertThat(figures.status()).isEqualTo(200);
        assertThat(figures.body()).contains("kembali_");
    }

    /** What the platform got for a row. */
    private static JsonNode received(JsonNode row) {
        List<JsonNode> copies = sandbox.copies(row.path("eventId").asText());
        assertThat(copies).hasSize(1);
        return copies.getFirst().path("body");
    }
}
