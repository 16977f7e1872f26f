package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.e2e.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was answered survives a killed process, and is reported. */
@ExtendWith(LogsOnFailure.class)
class CrashIT {
    private static final String PIXEL = "300000000000001";
    private static final int CRASHES = 3;
    private static final int ANSWERS_BEFORE_A_CRASH = 120;
    private static final Pattern CODE = Pattern.compile("\\[([A-Z]{3}\\d{4})]");

    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;
    private static String form;

    /** What the server has answered, and must not forget. */
    private final Queue<String> codes = new ConcurrentLinkedQueue<>();

    private final Queue<String> leads = new ConcurrentLinkedQueue<>();
    private final Queue<String> filledIn = new ConcurrentLinkedQueue<>();
    private final Map<String, String> wonDeliveryByLead = new ConcurrentHashMap<>();
    private final Queue<AssertionError> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox);
        api = server.api();
        api.metaPixel(PIXEL, "sandbox-token-of-the-crash");
        String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000111\"}")
                .expect(201)
                .path("id")
                .asText();
        api.post("/rotators", """
                {"slug":"promo","name":"Promo","agents":[{"agentId":"%s"}]}""".formatted(agent)).expect(201);
        form = api.post("/sources", "{\"kind\":\"form\",\"name\":\"Form\"}")
                .expect(201)
                .path("url")
                .asText();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @Test
    void nothingAnsweredIsLostByThreeCrashes() throws InterruptedException {
        // So that there are always events between send and answer when the plug is pulled.
        sandbox.fault(PIXEL, "\"mode\":\"slow\",\"delayMs\":40");
        for (int crash = 1; crash <= CRASHES; crash++) {
            int before = answers();
            List<Thread> users = List.of(
                    user(this::click), user(this::click), user(this::sell), user(this::sell), user(this::fillIn));
            eventually(
                    Duration.ofSeconds(40), () -> assertThat(answers()).isGreaterThan(before + ANSWERS_BEFORE_A_CRASH));
            server.process().kill();
            for (Thread user : users) {
                user.join();
            }
            assertThat(complaints).isEmpty();
            server.startAgain();
        }
        sandbox.clearFaults();
        eventually(
                Duration.ofSeconds(60),
                () -> assertThat(api.get("/sync-logs?status=pending&limit=1")
                                .expect(200)
                                .path("items"))
                        .isEmpty());

        String source = api.all("/sources").getFirst().path("id").asText();
        eventually(
                Duration.ofSeconds(60),
                () -> assertThat(api.all("/sources/" + source + "/requests?status=pending"))
                        .isEmpty());
        eventually(
                Duration.ofSeconds(60),
                () -> assertThat(api.get("/sync-logs?status=pending&limit=1")
                                .expect(200)
                                .path("items"))
                        .isEmpty());
        Map<String, JsonNode> stored = byMember(api.all("/leads"), "id");
        assertThat(Json.each(List.copyOf(stored.values()), "code")).containsAll(codes);
        assertThat(stored.keySet()).containsAll(leads);
        assertThat(Json.each(List.copyOf(stored.values()), "name")).containsAll(filledIn);
        wonDeliveryByLead.forEach((lead, delivery) -> assertThat(
                        stored.getOrDefault(lead, Json.NOTHING).path("status").asText())
                .as("status of %s", lead)
                .isEqualTo("won"));

        Map<String, JsonNode> rows = byMember(api.rows("pixelId=" + pixelId()), "id");
        assertThat(rows.keySet()).containsAll(wonDeliveryByLead.values());
        // Every lead clicked an ad, so every one of them is reported.
        assertThat(rows.values()).extracting(r -> r.path("status").asText()).containsOnly("accepted");
        assertThat(rows.values())
                .filteredOn(r -> r.path("trigger").asText().equals("new"))
                .extracting(r -> r.path("leadId").asText())
                .containsExactlyInAnyOrderElementsOf(stored.keySet());

        Map<String, Long> copies = sandbox.received(PIXEL).stream()
                .collect(Collectors.groupingBy(e -> e.path("eventId").asText(), Collectors.counting()));
        Map<String, JsonNode> rowsByEvent = byMember(rows.values(), "eventId");
        assertThat(copies.keySet()).isEqualTo(rowsByEvent.keySet());
        copies.forEach((event, times) -> {
            JsonNode row = rowsByEvent.getOrDefault(event, Json.NOTHING);
            if (times > 1) {
                assertThat(row.path("answerLost").asBoolean())
                        .as("%s arrived %s times: %s", event, times, row)
                        .isTrue();
                assertThat(Json.list(api.row(row.path("id").asText()).path("attempts")))
                        .anyMatch(a -> a.path("answerLost").asBoolean());
            }
        });
    }

    /** Repeats what a person does until the server is gone. */
    private Thread user(Runnable act) {
        return Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    act.run();
                }
            } catch (UncheckedIOException serverGone) {
                // expected: the plug was pulled
            } catch (AssertionError refused) {
                complaints.add(refused);
            }
        });
    }

    private void click() {
        Answer answer = new Browser().open(server.url() + "/wa/promo?fbclid=IwAR-crash-" + number.incrementAndGet());
        var code = CODE.matcher(URLDecoder.decode(answer.header("Location"), StandardCharsets.UTF_8));
        assertThat(code.find()).as("answer %s", answer).isTrue();
        codes.add(code.group(1));
    }

    private void sell() {
        String lead = api.clickedLead("Pembeli " + number.incrementAndGet());
        leads.add(lead);
        JsonNode answer = api.won(lead, "150000");
        wonDeliveryByLead.put(lead, answer.at("/deliveries/0/id").asText());
    }

    private void fillIn() {
        int n = number.incrementAndGet();
        String name = "Pengisi " + n;
        String path = form.substring(form.indexOf("/in/"));
        Answer answer = Http.send(
                "POST",
                server.url() + path,
                """
                {"nama":"%s","email":"pengisi%d@example.co.id","fbclid":"IwAR-form-%d","page_url":"https://toko.example/form",
                 "user_agent":"%s"}""".formatted(name, n, n, Browser.CHROME),
                Map.of("Content-Type", "application/json"));
        if (answer.status() != 429) {
            assertThat(answer.status()).as("answer %s", answer).isEqualTo(200);
            filledIn.add(name);
        }
    }

    private int answers() {
        return codes.size() + leads.size() + wonDeliveryByLead.size();
    }

    private static String pixelId() {
        return api.all("/pixels").getFirst().path("id").asText();
    }

    private static Map<String, JsonNode> byMember(Iterable<JsonNode> items, String member) {
        var map = new HashMap<String, JsonNode>();
        for (JsonNode item : items) {
            assertThat(map.put(item.path(member).asText(), item))
                    .as("two of %s", item)
                    .isNull();
        }
        return map;
    }
}
