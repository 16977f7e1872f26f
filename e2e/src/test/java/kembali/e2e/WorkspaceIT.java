package kembali.e2e;

import static kembali.e2e.Pixels.deliveryAt;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kembali.e2e.Http.Answer;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workspace made one's own: statuses, presets, and settings that are wrong. */
@ExtendWith(LogsOnFailure.class)
class WorkspaceIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static Pixels pixels;
    private static String settingsAtFirst;
    private static JsonNode statusesAtFirst;

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        pixels = new Pixels(api);
        settingsAtFirst = api.get("/conversion-settings").expect(200).toString();
        statusesAtFirst = api.get("/statuses").expect(200);
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void restore() {
        pixels.forget();
        api.put("/conversion-settings", settingsAtFirst).expect(200);
    }

    @Test
    void theStatusesAtFirstAreTheSalesPipeline() {
        assertThat(Json.each(Json.items(statusesAtFirst), "status"))
                .containsExactly(
                        "pageview",
                        "new",
                        "contacted",
                        "responded",
                        "qualified",
                        "hot",
                        "proposal",
                        "negotiation",
                        "invoice",
                        "won",
                        "lost");
        assertThat(Json.items(statusesAtFirst)).allSatisfy(s -> {
            assertThat(s.path("builtIn").asBoolean()).isTrue();
            assertThat(s.path("color").asText()).matches("#[0-9a-f]{6}");
            assertThat(s.path("name").asText()).isNotBlank();
        });
    }

    @Test
    void anOwnStatusIsOrderedColouredUsedAndRemovedWhenNobodyHasIt() {
        JsonNode saved = api.put("/statuses", statuses(items -> {
                    items.insertObject(3)
                            .put("status", "follow_up2")
                            .put("name", "Ditindaklanjuti ✓")
                            .put("color", "#AB12cd");
                    ((ObjectNode) items.get(1)).put("name", "Prospek baru");
                    items.add(items.remove(0));
                }))
                .expect(200);
        assertThat(saved).isEqualTo(api.get("/statuses").expect(200));
        assertThat(Json.each(Json.items(saved), "status"))
                .startsWith("new", "contacted", "follow_up2")
                .endsWith("lost", "pageview")
                .hasSize(12);
        JsonNode own = Json.items(saved).get(2);
        assertThat(own.path("builtIn").asBoolean()).isFalse();
        assertThat(own.path("name").asText()).isEqualTo("Ditindaklanjuti ✓");
        assertThat(own.path("color").asText()).isEqualToIgnoringCase("#ab12cd");
        assertThat(Json.items(saved).getFirst().path("name").asText()).isEqualTo("Prospek baru");

        Pixel pixel = pixels.add(new MetaTransport(), "{\"mapping\":{\"follow_up2\":{\"meta\":\"Contact\"}}}");
        String lead = pixels.lead("Sendiri");
        JsonNode answer = api.put("/leads/" + lead + "/status", "{\"status\":\"follow_up2\"}")
                .expect(200);
        assertThat(api.rowOnce(deliveryAt(pixel, answer), "accepted")
                        .path("event")
                        .asText())
                .isEqualTo("Contact");
        assertThat(Json.each(api.all("/leads?status=follow_up2"), "id")).containsExactly(lead);

        JsonNode mapped = refused(api.put("/statuses", statusesAtFirst.toString()), 409);
        assertThat(mapped.path("detail").asText()).contains("follow_up2", "mapping of the pixel");
        pixels.forget();
        JsonNode used = refused(api.put("/statuses", statusesAtFirst.toString()), 409);
        assertThat(used.path("detail").asText()).contains("follow_up2", "leads have");
        api.put("/leads/" + lead + "/status", "{\"status\":\"won\"}").expect(200);
        assertThat(api.put("/statuses", writable(statusesAtFirst)).expect(200)).isEqualTo(statusesAtFirst);
        assertThat(refused(api.put("/leads/" + lead + "/status", "{\"status\":\"follow_up2\"}"), 422)
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("status");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"status":"Follow Up","name":"x","color":"#000000"} | items[11].status | lower case
            {"status":"won","name":"x","color":"#000000"}       | items[11].status | twice
            {"status":"baru","name":"x","color":"red"}          | items[11].color  | #2f80ed
            {"status":"baru","name":"x"}                        | items[11].color  | missing
            {"status":"baru","color":"#000000"}                 | items[11].name   | missing
            {"name":"x","color":"#000000"}                      | items[11].status | missing
            """)
    void aWrongStatusIsRefusedByField(String status, String field, String says) {
        JsonNode refused = refused(api.put("/statuses", statuses(items -> items.add(Json.read(status)))), 422);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(refused.at("/errors/0/message").asText()).contains(says);
        assertThat(api.get("/statuses").expect(200)).isEqualTo(statusesAtFirst);
    }

    @Test
    void aStatusOfEveryWorkspaceCannotBeLeftOut() {
        JsonNode refused = refused(api.put("/statuses", statuses(items -> items.remove(4))), 422);
        assertThat(refused.at("/errors/0/field").asText()).isEqualTo("items");
        assertThat(refused.at("/errors/0/message").asText()).contains("qualified");
    }

    @Test
    void theAffiliatePresetBringsItsStatusesAndReportsPayouts() {
        JsonNode presets = api.get("/conversion-settings/presets").expect(200);
        List<String> missing = Json.list(presets.at("/statuses/affiliate")).stream()
                .map(JsonNode::asText)
                .toList();
        assertThat(missing).contains("registration", "deposit", "sale");
        JsonNode applied =
                api.post("/conversion-settings/presets/affiliate/apply").expect(200);
        assertThat(applied.path("mapping")).isEqualTo(presets.at("/presets/affiliate"));
        assertThat(applied.path("strategy").asText()).isEqualTo("strict");
        JsonNode statuses = api.get("/statuses").expect(200);
        assertThat(Json.each(Json.items(statuses), "status"))
                .startsWith("pageview")
                .endsWith(missing.toArray(String[]::new));
        assertThat(api.post("/conversion-settings/presets/affiliate/apply").expect(200))
                .isEqualTo(applied);
        assertThat(api.get("/statuses").expect(200)).isEqualTo(statuses);
        assertThat(api.put("/conversion-settings", applied.toString()).expect(200))
                .as("what was read can be written back")
                .isEqualTo(applied);

        var all = Transports.ALL.stream().map(t -> pixels.add(t, "{}")).toList();
        String lead = pixels.lead("Afiliasi");
        JsonNode deposit = api.put("/leads/" + lead + "/status", """
                        {"status":"deposit","actualValue":"12.50","currency":"USD","orderId":"tx-1"}""").expect(200);
        for (Pixel pixel : all) {
            JsonNode row = api.rowOnce(deliveryAt(pixel, deposit), "accepted");
            assertThat(row.path("value").asText()).as(row.toString()).isEqualTo("12.50");
        }
        // Statuses the settings still name cannot go; with other settings, and no lead that has them, they can.
        JsonNode mapped = refused(api.put("/statuses", writable(statusesAtFirst)), 409);
        assertThat(mapped.path("detail").asText()).contains("which the conversion settings name");
        api.post("/conversion-settings/presets/sales/apply").expect(200);
        api.put("/conversion-settings", settingsAtFirst).expect(200);
        api.put("/leads/" + lead + "/status", "{\"status\":\"lost\"}").expect(200);
        api.put("/statuses", writable(statusesAtFirst)).expect(200);
    }

    @Test
    void anUnknownPresetNamesTheOnesThereAre() {
        Answer unknown = api.post("/conversion-settings/presets/rocket/apply");
        assertThat(refused(unknown, 404).path("detail").asText())
                .contains("\"rocket\"", "sales, subscription, affiliate");
    }

    @Test
    void anUnknownUrlTemplateAndAStrangePixelAreNotFound() {
        assertThat(refused(api.get("/url-templates/myspace"), 404)
                        .path("detail")
                        .asText())
                .startsWith("There is no URL template for \"myspace\"; there are:");
        Pixel ga4 = pixels.add(new Ga4Transport());
        assertThat(refused(api.get("/url-templates/meta?pixelId=" + ga4.id()), 404)
                        .path("detail")
                        .asText())
                .isEqualTo("There is no Meta pixel \"" + ga4.id() + "\".");
    }

    @Test
    void theSyncLogNamesTheMatchKeysOfEveryPlatformAndScoresThem() {
        var all = Transports.ALL.stream().map(pixels::add).toList();
        JsonNode answer = api.won(pixels.lead("Cocok"), "1000");
        for (Pixel pixel : all) {
            JsonNode match = api.rowOnce(deliveryAt(pixel, answer), "accepted").path("match");
            assertThat(match.path("keys")).as(pixel.toString()).isNotEmpty();
            // A platform that does not weigh its keys has no score; one that does says what would raise it.
            if (match.path("score").isNull()) {
                assertThat(match.path("raise")).isEmpty();
            } else {
                assertThat(match.path("score").asInt()).isBetween(1, 10);
                assertThat(match.path("raise").size()).isLessThanOrEqualTo(3);
            }
        }
        JsonNode skipped = api.won(api.lead("{\"name\":\"Tanpa\"}"), "1000");
        assertThat(api.row(deliveryAt(all.getFirst(), skipped)).path("match").path("keys"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ga4        | settings    | measurementId      | "AW-123456789"       | G-
            ga4        | settings    | measurementId      | "UA-123456-1"        | switched off
            ga4        | settings    | measurementId      | "g-abc1234"          | G-ABC1234
            ga4        | settings    | measurementId      | ""                   | missing
            ga4        | settings    | region             | "asia"               | global, eu
            ga4        | settings    | propertyId         | "123"                | measurementId
            ga4        | credentials | apiSecret          | "G-ABC1234"          | Measurement Protocol API secrets
            ga4        | credentials | apiSecret          | null                 | missing
            google_ads | settings    | customerId         | "12345"              | 123-456-7890
            google_ads | settings    | loginCustomerId    | "abc"                | 999-888-7777
            google_ads | settings    | actionId           | "AW-11223344/AbC-D"  | Conversion ID
            google_ads | settings    | actionId           | "AbC-D_efG-h12_34-5" | 987654321
            google_ads | settings    | actionId           | "https://ads.google.com/aw/conversions" | ctId=
            google_ads | settings    | actionStatuses     | ["lost"]             | won
            google_ads | settings    | transport          | "ads_api"            | adsApiAllowlisted
            google_ads | settings    | apiVersion         | "v20"                | v26
            google_ads | credentials | refreshToken       | "ya29.a0"            | access token
            google_ads | credentials | clientSecret       | null                 | belong together
            google_ads | credentials | serviceAccountJson | "{}"                 | service_account
            google_ads | credentials | serviceAccountJson | "nonsense"           | JSON
            """)
    void aWrongSettingIsRefusedByFieldWithWhatIsRight(
            String platform, String part, String field, String value, String says) {
        Transport transport = Transports.all()
                .filter(t -> t.platform().equals(platform))
                .findFirst()
                .orElseThrow();
        String id = transport.id(999);
        ObjectNode pixel = (ObjectNode) Json.read("{\"name\":\"Salah\"}");
        pixel.put("platform", platform);
        pixel.set("settings", Json.read(transport.settings(id)));
        pixel.set("credentials", Json.read(transport.credentials(id)));
        ((ObjectNode) pixel.path(part)).set(field, Json.read(value));
        // The field's own complaint; which one it is depends on the value.
        String wanted = field.equals("transport") ? "adsApiAllowlisted" : field;
        JsonNode refused = refused(api.post("/pixels", pixel.toString()), 422);
        assertThat(Json.list(refused.path("errors")))
                .filteredOn(e -> e.path("field").asText().equals(part + "." + wanted))
                .singleElement()
                .satisfies(e -> assertThat(e.path("message").asText()).contains(says));
        assertThat(Json.each(api.all("/pixels"), "name")).doesNotContain("Salah");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ftp://proxy.example:3128   | http:// or socks5://
            http://proxy.example       | port
            proxy.example:3128         | http:// or socks5://
            http://127.0.0.1:3128      | KEMBALI_ALLOW_PRIVATE_ADDRESSES
            http://10.0.0.7:3128       | KEMBALI_ALLOW_PRIVATE_ADDRESSES
            socks5://:word@h.example:1 | no user name
            """)
    void aWrongProxyIsRefusedForEveryPlatform(String proxy, String says) {
        for (Transport transport : Transports.ALL) {
            Pixel pixel = pixels.add(transport);
            JsonNode refused = refused(api.patch("/pixels/" + pixel.id(), "{\"proxy\":\"" + proxy + "\"}"), 422);
            assertThat(refused.at("/errors/0/field").asText()).isEqualTo("proxy");
            assertThat(refused.at("/errors/0/message").asText()).contains(says);
        }
    }

    @Test
    void anActionsAddressIsTakenForItsId() {
        Pixel pixel = pixels.add(GoogleAdsTransport.DATA_MANAGER);
        pixels.patch(pixel, """
                {"settings":{"customerId":"123-456-7890",
                 "actionId":"https://ads.google.com/aw/conversions/detail?ocid=1&ctId=555000999&euid=2"}}""");
        JsonNode row = api.rowOnce(pixels.won(pixel, "Alamat"), "accepted");
        assertThat(row.path("event").asText()).isEqualTo("555000999");
        assertThat(sandbox.received("555000999")).hasSize(1);
    }

    /** The statuses at first, changed. */
    private static String statuses(Consumer<ArrayNode> change) {
        var items = (ArrayNode) Json.read(writable(statusesAtFirst)).path("items");
        change.accept(items);
        return "{\"items\":" + items + "}";
    }

    /** Statuses as they are written: that one is built in, the server says. */
    private static String writable(JsonNode statuses) {
        var items = new ArrayList<String>();
        for (JsonNode each : Json.items(statuses)) {
            items.add(((ObjectNode) each.deepCopy()).without("builtIn").toString());
        }
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    private static JsonNode refused(Answer answer, int status) {
        JsonNode problem = answer.expect(status);
        assertThat(answer.headers("Content-Type")).containsExactly("application/problem+json");
        return problem;
    }
}
