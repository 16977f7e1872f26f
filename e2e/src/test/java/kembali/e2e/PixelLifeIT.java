package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of an integration as its buyer knows it: tied, stopped, copied, mended, deleted, and through a proxy. */
@ExtendWith(LogsOnFailure.class)
class PixelLifeIT {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server =
                RunningServer.start(Database.SQLITE, sandbox, Map.of("KEMBALI_ALLOW_PRIVATE_ADDRESSES", "127.0.0.0/8"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void forget() {
        sandbox.clearFaults();
        api.all("/pixels").forEach(p -> api.delete("/pixels/" + p.path("id").asText()));
    }

    /** A Meta pixel that is told of nothing but won. @param more further members */
    private static String pixel(String name, String more) {
        return api.post("/pixels", """
                        {"platform":"meta","name":"%s","settings":{"pixelId":"8000000000%05d"},
                         "credentials":{"accessToken":"sandbox-token-life"},"mapping":{"new":null}%s}""".formatted(name, COUNT.incrementAndGet(), more))
                .expect(201)
                .path("id")
                .asText();
    }

    /** A campaign link. */
    private static String link() {
        return api.post("/campaigns", """
                        {"alias":"link-%d","name":"Link","destinationUrl":"https://toko.example/"}""".formatted(COUNT.incrementAndGet()))
                .expect(201)
                .path("id")
                .asText();
    }

    private static String won(String pixel, String value) {
        JsonNode answer = api.won(api.clickedLead("Hidup" + COUNT.incrementAndGet()), value);
        return Json.list(answer.path("deliveries")).stream()
                .filter(d -> d.path("pixelId").asText().equals(pixel))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static JsonNode get(String pixel) {
        return api.get("/pixels/" + pixel).expect(200);
    }

    private static List<String> names(String query) {
        return Json.each(Json.items(api.get("/pixels?" + query).expect(200)), "name");
    }

    @Test
    void aPixelThatMustBeTiedAndIsNotShowsAnError() {
        String pixel = pixel("Belum terikat", ",\"campaignsRequired\":true");
        JsonNode health = get(pixel).path("health");
        assertThat(health.path("state").asText()).isEqualTo("error");
        assertThat(health.at("/reason/code").asText()).isEqualTo("campaign_not_bound");
        assertThat(health.at("/reason/message").asText()).isEqualTo("Integration is not tied to a campaign.");
        assertThat(health.at("/reason/fix").asText()).isNotBlank();
        assertThat(names("state=error")).containsExactly("Belum terikat");
        assertThat(Json.items(api.get("/diagnostics").expect(200))).anySatisfy(f -> {
            assertThat(f.path("pixelId").asText()).isEqualTo(pixel);
            assertThat(f.path("severity").asText()).isEqualTo("error");
        });
        String id = won(pixel, "5");
        assertThat(api.row(id).at("/reason/message").asText()).isEqualTo("Integration is not tied to a campaign.");
        api.patch("/pixels/" + pixel, "{\"campaigns\":[\"%s\"]}".formatted(link()))
                .expect(200);
        assertThat(get(pixel).at("/health/state").asText()).isEqualTo("ok");

        // Bindings say nothing about what was decided; asked for, the row is decided as things are now.
        assertThat(api.row(id).path("status").asText()).isEqualTo("skipped");
        api.patch("/pixels/" + pixel, "{\"campaigns\":[],\"campaignsRequired\":false}")
                .expect(200);
        assertThat(api.row(id).path("status").asText()).isEqualTo("skipped");
        api.post("/sync-logs/" + id + "/retry").expect(200);
        api.rowOnce(id, "accepted");
    }

    @Test
    void theListIsSearchedByNamePlatformAndState() {
        String one = pixel("Eid Sale Jakarta", "");
        pixel("Eid Sale Bandung", "");
        pixel("Ramadan", ",\"enabled\":false");
        api.post("/pixels/" + one + "/pause").expect(200);
        assertThat(names("q=eid%20sale")).containsExactlyInAnyOrder("Eid Sale Jakarta", "Eid Sale Bandung");
        assertThat(names("q=eid&state=paused")).containsExactly("Eid Sale Jakarta");
        assertThat(names("q=nothing")).isEmpty();
        assertThat(names("platform=s2s")).isEmpty();
        assertThat(names("platform=meta&limit=2")).hasSize(2);
        JsonNode page = api.get("/pixels?platform=meta&limit=2").expect(200);
        assertThat(names("platform=meta&limit=2&cursor="
                        + page.path("nextCursor").asText()))
                .hasSize(1);
    }

    @Test
    void aPixelShowsWhatBecameOfItsLatestEvents() {
        String pixel = pixel("Angka", "");
        JsonNode fresh = get(pixel);
        assertThat(fresh.path("lastSuccessAt").isNull()).isTrue();
        assertThat(fresh.path("lastError").isNull()).isTrue();
        String platformId = fresh.at("/settings/pixelId").asText();
        api.rowOnce(won(pixel, "5"), "accepted");
        sandbox.fault(platformId, "\"mode\":\"fail\",\"status\":400,\"code\":100,\"subcode\":2804003,\"count\":1");
        JsonNode failed = api.rowOnce(won(pixel, "6"), "failed");
        JsonNode view = get(pixel);
        assertThat(view.at("/last24h/accepted").asInt()).isEqualTo(1);
        assertThat(view.at("/last24h/failed").asInt()).isEqualTo(1);
        assertThat(view.at("/last24h/skipped").asInt())
                .as("new is mapped to nothing")
                .isEqualTo(2);
        assertThat(view.at("/last24h/more").asBoolean()).isFalse();
        assertThat(view.path("lastSuccessAt").asText()).isNotBlank();
        assertThat(view.at("/lastError/reason/code")).isEqualTo(failed.at("/reason/code"));
        assertThat(view.at("/lastError/at").asText()).isNotBlank();
    }

    @Test
    void anEmptyMappingIsWarnedOf() {
        StringBuilder nothing = new StringBuilder(",\"mapping\":{");
        for (JsonNode status : Json.items(api.get("/statuses").expect(200))) {
            nothing.append(nothing.charAt(nothing.length() - 1) == '{' ? "" : ",")
                    .append('"')
                    .append(status.path("status").asText(status.path("key").asText()))
                    .append("\":null");
        }
        String pixel = api.post("/pixels", """
                        {"platform":"meta","name":"Kosong","settings":{"pixelId":"800000000099999"},
                         "credentials":{"accessToken":"sandbox-token-life"}%s}}""".formatted(nothing))
                .expect(201)
                .path("id")
                .asText();
        assertThat(Json.each(Json.list(get(pixel).path("warnings")), "code")).contains("mapping_empty");
    }

    @Test
    void whatWaitedBehindAPauseIsShownAndSentOnResume() {
        String pixel = pixel("Jeda", "");
        api.post("/pixels/" + pixel + "/pause").expect(200);
        String first = won(pixel, "1000000.50");
        won(pixel, "2500000");
        assertThat(api.row(first).at("/reason/code").asText()).isEqualTo("pixel_paused");
        JsonNode waiting = api.get("/pixels/" + pixel + "/waiting").expect(200);
        assertThat(waiting.path("count").asInt()).isEqualTo(2);
        assertThat(waiting.path("values")).hasSize(1);
        assertThat(waiting.at("/values/0/currency").asText()).isEqualTo("IDR");
        assertThat(waiting.at("/values/0/amount").asText()).startsWith("3500000.5");
        assertThat(waiting.path("oldestAt").asText()).isNotBlank();
        assertThat(get(pixel).at("/last24h/pending").asInt()).isEqualTo(2);
        api.post("/pixels/" + pixel + "/resume").expect(200);
        api.rowOnce(first, "accepted");
        eventually(() -> assertThat(api.get("/pixels/" + pixel + "/waiting")
                        .expect(200)
                        .path("count")
                        .asInt())
                .isZero());
    }

    @Test
    void whatWaitedCanBeThrownAwayAndComesBackOnlyByHand() {
        String pixel = pixel("Buang", "");
        api.post("/pixels/" + pixel + "/pause").expect(200);
        String id = won(pixel, "7");
        JsonNode resumed = api.post("/pixels/" + pixel + "/resume", "{\"waiting\":\"discard\"}")
                .expect(200);
        assertThat(resumed.at("/health/state").asText()).isEqualTo("ok");
        assertThat(resumed.path("queued").asInt()).isZero();
        JsonNode row = api.row(id);
        assertThat(row.path("status").asText()).isEqualTo("skipped");
        assertThat(row.at("/reason/code").asText()).isEqualTo("discarded");
        assertThat(api.won(row.path("leadId").asText(), "7")
                        .at("/deliveries/0/status")
                        .asText())
                .isEqualTo("skipped");
        api.post("/sync-logs/" + id + "/retry").expect(200);
        api.rowOnce(id, "accepted");
    }

    @Test
    void aMutedPixelDropsWhatHappensAndAPausedOneKeepsIt() {
        String pixel = pixel("Bisu", "");
        JsonNode muted = api.post("/pixels/" + pixel + "/mute").expect(200);
        assertThat(muted.at("/health/state").asText()).isEqualTo("muted");
        String dropped = won(pixel, "8");
        assertThat(api.row(dropped).at("/reason/code").asText()).isEqualTo("pixel_muted");
        assertThat(api.post("/pixels/" + pixel + "/unmute")
                        .expect(200)
                        .at("/health/state")
                        .asText())
                .isEqualTo("ok");
        api.rowOnce(won(pixel, "9"), "accepted");
        assertThat(api.row(dropped).path("status").asText()).isEqualTo("skipped");
    }

    @Test
    void aCopyHasNoSecretsAndNoLinksAndBeginsPaused() {
        String pixel = pixel(
                "Asli",
                ",\"campaigns\":[\"%s\"],\"strategy\":\"send_all\",\"proxy\":\"http://ana:s3cret@proxy.example:3128\""
                        .formatted(link()));
        JsonNode original = get(pixel);
        JsonNode copy = api.post("/pixels/" + pixel + "/clone", "{\"name\":\"Salinan\"}")
                .expect(201);
        String id = copy.path("id").asText();
        assertThat(copy.path("name").asText()).isEqualTo("Salinan");
        assertThat(copy.path("settings")).isEqualTo(original.path("settings"));
        assertThat(copy.path("mapping")).isEqualTo(original.path("mapping"));
        assertThat(copy.path("strategy").asText()).isEqualTo("send_all");
        assertThat(copy.at("/credentials/accessToken/set").asBoolean()).isFalse();
        assertThat(copy.path("campaigns")).isEmpty();
        assertThat(copy.path("campaignsRequired").asBoolean())
                .as("not everybody's traffic")
                .isTrue();
        assertThat(copy.path("proxy").asText()).as("without the login").isEqualTo("http://proxy.example:3128");
        assertThat(copy.at("/health/state").asText()).isEqualTo("error");
        assertThat(Json.each(Json.list(copy.path("warnings")), "code")).contains("missing_configuration");

        // Completed step by step.
        assertThat(api.patch("/pixels/" + id, "{\"campaigns\":[\"%s\"]}".formatted(link()))
                        .expect(200)
                        .at("/health/state")
                        .asText())
                .isEqualTo("paused");
        assertThat(api.patch("/pixels/" + id, "{\"credentials\":{\"accessToken\":\"Bearer x\"}}")
                        .status())
                .isEqualTo(422);
        JsonNode complete = api.patch(
                        "/pixels/" + id, "{\"credentials\":{\"accessToken\":\"sandbox-token-copy\"},\"proxy\":null}")
                .expect(200);
        assertThat(Json.each(Json.list(complete.path("warnings")), "code")).doesNotContain("missing_configuration");
        assertThat(api.post("/pixels/" + id + "/resume")
                        .expect(200)
                        .at("/health/state")
                        .asText())
                .isEqualTo("ok");
        assertThat(get(pixel).at("/credentials/accessToken/set").asBoolean()).isTrue();
    }

    @Test
    void aDeletedPixelsLogStaysReadableUnderItsName() {
        String pixel = pixel("Lama", "");
        String id = won(pixel, "11");
        api.rowOnce(id, "accepted");
        api.post("/pixels/" + pixel + "/pause").expect(200);
        String waits = won(pixel, "12");
        assertThat(api.delete("/pixels/" + pixel).status()).isEqualTo(204);
        assertThat(api.get("/pixels/" + pixel).status()).isEqualTo(404);
        assertThat(names("")).doesNotContain("Lama");
        JsonNode row = api.row(id);
        assertThat(row.path("pixelName").asText()).isEqualTo("Lama");
        assertThat(row.path("status").asText()).isEqualTo("accepted");
        assertThat(row.at("/attempts/0/request/url").asText()).endsWith("/events");
        assertThat(api.rows("pixelId=" + pixel + "&event=Purchase"))
                .hasSize(2)
                .allSatisfy(r -> assertThat(r.path("pixelName").asText()).isEqualTo("Lama"));
        assertThat(api.row(waits).path("status").asText()).isEqualTo("skipped");
        JsonNode archived =
                Json.items(api.get("/pixels?state=archived&q=Lama").expect(200)).getFirst();
        assertThat(archived.path("archivedAt").asText()).isNotBlank();
        assertThat(archived.at("/credentials/accessToken/set").asBoolean()).isFalse();
        assertThat(get(pixel("Lama", "")).path("name").asText()).isEqualTo("Lama");
    }

    @Test
    void theTestSaysWhetherProxyOrPlatformFails() throws IOException {
        int gone;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gone = closed.getLocalPort();
        }
        try (var proxy = new SmallProxy()) {
            String pixel = pixel("Lewat", "");
            for (String kind : List.of("http", "socks5")) {
                assertThat(tested(pixel, kind + "://ana:s3cret@127.0.0.1:" + proxy.port()))
                        .isEqualTo("connected");
                assertThat(tested(pixel, kind + "://ana:wrong@127.0.0.1:" + proxy.port()))
                        .isEqualTo("proxy_login_refused");
                assertThat(tested(pixel, kind + "://ana:s3cret@127.0.0.1:" + gone))
                        .isEqualTo("proxy_unreachable");
            }
            assertThat(proxy.forwarded.get()).isGreaterThanOrEqualTo(2);
            JsonNode refused = api.patch("/pixels/" + pixel, "{\"proxy\":\"https://ana:s3cret@127.0.0.1:443\"}")
                    .json();
            assertThat(refused.at("/errors/0/field").asText()).isEqualTo("proxy");
            assertThat(refused.at("/errors/0/message").asText())
                    .contains("http://")
                    .doesNotContain("s3cret");

            String s2s = api.post("/pixels", """
                            {"platform":"s2s","name":"Jauh","settings":{"url":"http://127.0.0.1:%d/x"},
                             "proxy":"socks5://ana:s3cret@127.0.0.1:%d"}""".formatted(gone, proxy.port()))
                    .expect(201)
                    .path("id")
                    .asText();
            assertThat(api.post("/pixels/" + s2s + "/test")
                            .expect(200)
                            .path("verdict")
                            .asText())
                    .isEqualTo("proxy_refused");
        }
    }

    private static String tested(String pixel, String proxy) {
        api.patch("/pixels/" + pixel, "{\"proxy\":\"" + proxy + "\"}").expect(200);
        JsonNode result = api.post("/pixels/" + pixel + "/test").expect(200);
        assertThat(result.toString()).doesNotContain("s3cret");
        return result.path("verdict").asText();
    }

    @Test
    void whatAProxyFailsToCarryWaitsAndIsSentOnceItDoes() {
        try (var proxy = new SmallProxy()) {
            String pixel = pixel("Perantara", ",\"proxy\":\"http://ana:wrong@127.0.0.1:" + proxy.port() + "\"");
            String id = won(pixel, "13");
            eventually(() -> assertThat(api.row(id).at("/reason/code").asText()).isEqualTo("proxy_failed"));
            assertThat(api.row(id).path("status").asText()).isEqualTo("pending");
            assertThat(get(pixel).at("/lastError/reason/code").asText()).isEqualTo("proxy_failed");
            api.patch("/pixels/" + pixel, "{\"proxy\":\"http://ana:s3cret@127.0.0.1:" + proxy.port() + "\"}")
                    .expect(200);
            JsonNode row = api.rowOnce(id, "accepted");
            assertThat(row.toString()).doesNotContain("s3cret");
        }
    }
}
