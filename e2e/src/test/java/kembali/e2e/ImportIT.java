package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files in and out, with the server's real memory. */
@ExtendWith(LogsOnFailure.class)
class ImportIT {
    private static final Duration LONG = Duration.ofMinutes(8);
    private static final int MANY = 50_000;
    private static final double MOST_MEGABYTES = 256;
    private static final Map<String, String> CSV = Map.of("Content-Type", "text/csv");
    private static final String HEADER = "externalRef,name,phone,email,status,value,createdAt,gclid,note\n";

    private static String lead(int i) {
        return "crm-" + i + ",Pelanggan " + i + ",+62812" + (10_000_000 + i) + ",p" + i + "@example.co.id,"
                + (i % 7 == 0 ? "won" : "contacted") + "," + i + "000,2026-10-0" + (1 + i % 9) + " 10:00:00,Cj0KCQ-" + i
                + "-abcdef,\"told, with a comma\"\n";
    }

    private static String file(String header, int rows, IntFunction<String> row) {
        var text = new StringBuilder(header);
        for (int i = 1; i <= rows; i++) {
            text.append(row.apply(i));
        }
        return text.toString();
    }

    private static String say(String json) {
        return URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private static JsonNode over(Api api, String id) {
        Eventually.eventually(
                LONG,
                () -> assertThat(api.get("/imports/" + id)
                                .expect(200)
                                .path("state")
                                .asText())
                        .isIn("done", "failed", "cancelled"));
        return api.get("/imports/" + id).expect(200);
    }

    private static List<Long> rows(JsonNode view) {
        return List.of("read", "created", "updated", "unchanged", "refused").stream()
                .map(n -> view.path("rows").path(n).asLong())
                .toList();
    }

    @Test
    void takesFarMoreThanItsMemoryWhileClicksStayFast() {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox)) {
            Api api = server.api();
            String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000111\"}")
                    .expect(201)
                    .path("id")
                    .asText();
            api.post(
                            "/rotators",
                            "{\"slug\":\"promo\",\"name\":\"Promo\",\"agents\":[{\"agentId\":\"" + agent + "\"}]}")
                    .expect(201);

            String text = file(HEADER, MANY, ImportIT::lead);
            assertThat(text.length()).isGreaterThan(4 << 20);
            Answer taken = api.send("POST", "/imports?kind=leads&fileName=crm.csv", text, CSV);
            JsonNode job = taken.expect(202);
            assertThat(taken.header("Location"))
                    .isEqualTo("/api/v1/imports/" + job.path("id").asText());
            assertThat(job.path("notes").toString()).contains("note").contains("without telling any platform");
            String id = job.path("id").asText();

            var times = new ArrayList<Long>();
            int clicks = 0;
            while (api.get("/imports/" + id).expect(200).path("endedAt").isNull() && clicks < 20_000) {
                long begin = System.nanoTime();
                Answer click = new Browser().open(server.url() + "/wa/promo?fbclid=IwAR-import-" + clicks);
                times.add((System.nanoTime() - begin) / 1_000_000);
                assertThat(click.status()).isEqualTo(302);
                clicks++;
            }
            JsonNode done = over(api, id);

            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
            assertThat(rows(done)).containsExactly((long) MANY, (long) MANY, 0L, 0L, 0L);
            assertThat(done.at("/bytes/done").asLong())
                    .isEqualTo(done.at("/bytes/total").asLong());
            assertThat(done.path("rowsPerSecond").asLong()).isPositive();
            assertThat(server.process().peakMegabytes()).isLessThan(MOST_MEGABYTES);
            Collections.sort(times);
            assertThat(times).hasSizeGreaterThan(20);
            assertThat(times.get(times.size() / 2)).as("median of %s ms", times).isLessThan(250);

            // Nothing was reported, and nothing is found wanting.
            assertThat(api.rows("limit=1")).isEmpty();
            JsonNode lead = api.get("/leads/ref:crm-7").expect(200);
            assertThat(lead.path("status").asText()).isEqualTo("won");
            assertThat(lead.path("createdAt").asText()).isEqualTo("2026-10-08T03:00:00Z");
        }
    }

    @ParameterizedTest
    @EnumSource(Database.class)
    void takesEveryRowOnceAlthoughTheProcessIsKilled(Database database) {
        int many = 6_000;
        // Nobody could find these again: taken twice, they would be there twice.
        String text =
                file("name,city\n", many, i -> "Tamu " + i + "," + (i % 100 == 0 ? "x".repeat(101) : "Bandung") + "\n");
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(database, sandbox)) {
            Api api = server.api();
            String id = api.send("POST", "/imports?kind=leads", text, CSV)
                    .expect(202)
                    .path("id")
                    .asText();
            for (int kills = 1; kills <= 2; kills++) {
                int wanted = kills * 800;
                Eventually.eventually(
                        LONG,
                        () -> assertThat(api.get("/imports/" + id)
                                        .expect(200)
                                        .at("/rows/read")
                                        .asLong())
                                .isGreaterThan(wanted));
                server.process().kill();
                server.startAgain();
            }
            JsonNode done = over(api, id);

            assertThat(done.path("state").asText()).as(done.toString()).isEqualTo("done");
            assertThat(rows(done)).containsExactly((long) many, (long) many, 0L, 0L, 0L);
            assertThat(done.at("/rows/warnings").asLong()).isEqualTo(many / 100);
            assertThat(lines(api.get("/imports/" + id + "/report.csv").body())).hasSize(1 + many / 100);
            assertThat(lines(api.get("/leads/export.csv").body())).hasSize(1 + many);
        }
    }

    private static List<String> lines(String csv) {
        return csv.lines().toList();
    }

    @Test
    void givesLeadsOutSoThatTakingThemInAgainChangesNothing() {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox)) {
            Api api = server.api();
            api.metaPixel("700000000000001", "sandbox-token-of-the-export");
            api.lead("""
                    {"name":"=HYPERLINK(\\"http://evil\\")","phone":"0812-3456-7890","email":"budi@example.co.id","status":"won",
                     "externalRef":"-crm-1","estimatedValue":"1500000.50","city":"Jakarta \\"Pusat\\"","country":"ID",
                     "gender":"m","birthDate":"1990-12-31","company":"PT; Maju, Jaya","occurredAt":"2026-11-19T03:00:00.250Z",
                     "click":{"fbclid":"IwAR-export","fbp":"fb.1.1.2","gclid":"Cj0-export","clickedAt":"2026-11-18T03:00:00Z"},
                     "utm":{"source":"meta","campaign":"Lebaran"},
                     "web":{"pageUrl":"https://toko.example/promo?a=1&b=2","ip":"203.0.113.7","userAgent":"Mozilla/5.0"},
                     "consent":{"adUserData":"granted","adPersonalization":"denied"}}""");
            api.lead("{\"phone\":\"12\"}");
            api.lead("{}");
            for (int i = 0; i < 600; i++) {
                api.lead("{\"email\":\"p" + i + "@example.co.id\"}");
            }
            List<JsonNode> before = api.all("/leads");

            for (String form : List.of("", "?delimiter=%3B")) {
                Answer export = api.get("/leads/export.csv" + form);
                assertThat(export.status()).isEqualTo(200);
                assertThat(export.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
                assertThat(export.header("Content-Disposition")).startsWith("attachment; filename=\"leads-");
                assertThat(export.body())
                        .startsWith("\ufeffid" + (form.isEmpty() ? "," : ";") + "code")
                        .contains("'=HYPERLINK", "'-crm-1", "+6281234567890", "2026-11-19T10:00:00.25+07:00");
                JsonNode answer =
                        api.send("POST", "/leads/import", export.body(), CSV).expect(200);
                assertThat(answer.at("/summary/looksLike").asText()).isEqualTo("an export of leads from Kembali");
                assertThat(rows(answer.path("summary"))).as(answer.toString()).containsExactly(603L, 0L, 0L, 603L, 0L);
            }

            assertThat(api.all("/leads")).isEqualTo(before);
            assertThat(lines(api.get("/leads/export.csv?q=budi").body())).hasSize(2);
            String log = api.get("/sync-logs/export.csv?status=skipped").body();
            assertThat(lines(log).getFirst()).startsWith("\ufeffid,leadId,visitor,pixelId,pixel,platform,status");
            assertThat(lines(log)).hasSize(1 + api.rows("status=skipped").size());
            assertThat(api.get("/leads/export.csv?status=foo").status()).isEqualTo(422);
            assertThat(api.get("/leads/export.csv?delimiter=x").status()).isEqualTo(422);
        }
    }

    @Test
    void answersSmallFilesAtOnceAndSaysWhatIsWrongWithOthers() throws IOException, InterruptedException {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox)) {
            Api api = server.api();
            String text = "Nama;HP;Tahap;Catatan\nBudi;0812-3456-7890;Closing;x\nAni;0812-3456-7891;Entah;y\n";
            String query = "statuses=" + say("{\"closing\":\"won\"}") + "&mapping=" + say("{\"Catatan\":null}");

            JsonNode dry = api.send("POST", "/leads/import?dryRun=true&" + query, text, CSV)
                    .expect(200);
            assertThat(rows(dry.path("summary"))).containsExactly(2L, 1L, 0L, 0L, 1L);
            assertThat(dry.at("/lines/0/line").asLong()).isEqualTo(3);
            assertThat(dry.at("/lines/0/column").asText()).isEqualTo("Tahap");
            assertThat(api.all("/leads")).isEmpty();
            String id = dry.at("/summary/id").asText();
            assertThat(dry.at("/summary/canStart").asBoolean()).isTrue();
            api.post("/imports/" + id + "/start").expect(202);
            assertThat(rows(over(api, id))).containsExactly(2L, 1L, 0L, 0L, 1L);
            assertThat(api.get("/imports/" + id + "/report.csv").body())
                    .startsWith("\ufeffline,verdict,column,message\r\n3,refused,Tahap,");
            assertThat(api.all("/leads"))
                    .singleElement()
                    .satisfies(l -> assertThat(l.path("status").asText()).isEqualTo("won"));
            assertThat(api.post("/imports/" + id + "/start").status()).isEqualTo(409);
            assertThat(api.post("/imports/" + id + "/cancel").status()).isEqualTo(409);

            JsonNode faults = api.send(
                            "POST", "/imports?kind=leads&dates=never&mapping=%7Bx&encoding=klingon", text, CSV)
                    .expect(422);
            assertThat(Json.each(Json.list(faults.path("errors")), "field"))
                    .containsExactlyInAnyOrder("dates", "mapping", "encoding");
            assertThat(api.send("POST", "/imports?kind=people", text, CSV).status())
                    .isEqualTo(422);
            assertThat(api.send("POST", "/imports?kind=leads", "", CSV).status())
                    .isEqualTo(422);
            assertThat(api.send("POST", "/imports?kind=leads", "{}", Map.of()).status())
                    .isEqualTo(415);
            assertThat(Http.send("POST", server.url() + "/api/v1/imports?kind=leads", text, CSV)
                            .status())
                    .isEqualTo(401);
            assertThat(api.get("/imports/im_nobody").status()).isEqualTo(404);
            assertThat(api.send("POST", "/leads/import", "x".repeat((4 << 20) + 1), CSV)
                            .status())
                    .isEqualTo(413);

            Map<String, String> once = Map.of("Content-Type", "text/csv", "Idempotency-Key", "file-1");
            JsonNode first =
                    api.send("POST", "/imports?kind=leads&" + query, text, once).expect(202);
            JsonNode second =
                    api.send("POST", "/imports?kind=leads&" + query, text, once).expect(202);
            assertThat(second.path("id")).isEqualTo(first.path("id"));
            over(api, first.path("id").asText());
            api.delete("/imports/" + first.path("id").asText()).expect(204);

            // A body that does not say its length, as a program sends that makes it on the way.
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/imports?kind=leads&" + query))
                    .header("Authorization", "Bearer " + RunningServer.ADMIN_KEY)
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(
                            (text + "#;;;\n".repeat(1_200_000)).getBytes(StandardCharsets.UTF_8))))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
                String chunked = Json.read(answer.body()).path("id").asText();
                api.post("/imports/" + chunked + "/cancel").expect(200);
                assertThat(api.get("/imports?limit=1")
                                .expect(200)
                                .at("/items/0/state")
                                .asText())
                        .isEqualTo("cancelled");
            }
        }
    }

    @Test
    void takesClicksAndGivesThemOutAgain() {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox)) {
            Api api = server.api();
            String text = """
                    subid,time,params,sub_id_3,user_agent
                    3SH8so4er3,2026-11-20 10:00:00,"fbclid=IwAR0abcdefghij&utm_source=meta&campaign_id=77&foo=a b",x,=cmd
                    1dad2cg1br22spja1,2026-11-19 10:00:00,,,
                    """;
            String id = api.send("POST", "/imports?kind=clicks", text, CSV)
                    .expect(202)
                    .path("id")
                    .asText();
            assertThat(rows(over(api, id))).containsExactly(2L, 2L, 0L, 0L, 0L);

            String export =
                    api.get("/clicks/export.csv?from=2026-11-19&to=2026-11-21").body();
            assertThat(lines(export)).hasSize(3);
            assertThat(export).contains("3sh8so4er3,2026-11-20T10:00:00+07:00", "'=cmd", "campaign_id=77&foo=a+b");
            assertThat(lines(api.get("/clicks/export.csv?from=2026-11-20").body()))
                    .hasSize(2);
            JsonNode again = api.send("POST", "/imports?kind=clicks&dryRun=true", export, CSV)
                    .expect(202);
            assertThat(again.path("looksLike").asText()).isEqualTo("an export of clicks from Kembali");
            assertThat(rows(over(api, again.path("id").asText()))).containsExactly(2L, 0L, 0L, 2L, 0L);

            JsonNode wrong = api.send(
                            "POST",
                            "/imports?kind=leads",
                            "sub_id,status,revenue,click_datetime,postback_datetime,sale_datetime\nabc,sale,1,,,\n",
                            CSV)
                    .expect(422);
            assertThat(wrong.at("/errors/0/message").asText()).contains("looks like a Keitaro conversions log");
        }
    }
}
