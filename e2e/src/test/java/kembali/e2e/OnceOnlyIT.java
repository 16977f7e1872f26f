package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A conversion is reported once, however often and by whomever it is said. */
@ParameterizedClass(name = "{0}")
@MethodSource("shops")
@ExtendWith(LogsOnFailure.class)
class OnceOnlyIT {
    private static final String PIXEL = "200000000000001";

    /** JUnit closes it after the last test. */
    record Shop(Database database, RunningSandbox sandbox, RunningServer server) implements AutoCloseable {
        static Shop open(Database database) {
            var sandbox = RunningSandbox.start();
            var server = RunningServer.start(database, sandbox);
            server.api().metaPixel(PIXEL, "sandbox-token-once-only");
            return new Shop(database, sandbox, server);
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

    OnceOnlyIT(Shop shop) {
        this.shop = shop;
        this.sandbox = shop.sandbox;
        this.api = shop.server.api();
    }

    @Test
    void wonSaidTenTimesInARowSendsOnePurchase() {
        String lead = api.clickedLead("Ulang");
        var deliveries = new HashSet<String>();
        for (int i = 0; i < 10; i++) {
            deliveries.add(deliveryOf(won(api, lead, "")));
        }
        assertThat(deliveries).hasSize(1);
        assertThat(purchasesOnceQuiet(lead)).hasSize(1);
        api.onlyRow(lead, pixelId(), "Purchase");
    }

    @Test
    void wonSaidByTenThreadsAtOnceSendsOnePurchase() {
        String lead = api.clickedLead("Serentak");
        List<JsonNode> answers = Crowd.atOnce(Collections.nCopies(10, (Callable<JsonNode>) () -> won(api, lead, "")));
        assertThat(answers).extracting(OnceOnlyIT::deliveryOf).containsOnly(deliveryOf(answers.getFirst()));
        assertThat(purchasesOnceQuiet(lead)).hasSize(1);
        api.onlyRow(lead, pixelId(), "Purchase");
    }

    @Test
    void wonReachedByEveryPathAtOnceSendsOnePurchase() {
        String lead = api.lead("""
                {"name":"Banyak Jalan","externalRef":"jalan-1","actualValue":"5000","currency":"IDR",
                 "click":{"fbclid":"IwAR-jalan"},"web":{"pageUrl":"https://toko.example/","userAgent":"Mozilla/5.0"}}""");
        var ways = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 3; i++) {
            ways.add(() -> api.put("/leads/" + lead + "/status", "{\"status\":\"won\"}")
                    .status());
            ways.add(() -> api.patch("/leads/" + lead, "{\"status\":\"won\"}").status());
            ways.add(() -> api.post("/leads/upsert", "{\"externalRef\":\"jalan-1\",\"status\":\"won\"}")
                    .status());
            ways.add(() -> api.post("/leads/bulk", """
                    {"items":[{"externalRef":"jalan-1","status":"won"}]}""").status());
        }
        assertThat(Crowd.atOnce(ways)).containsOnly(200);
        assertThat(purchasesOnceQuiet(lead)).hasSize(1);
        api.onlyRow(lead, pixelId(), "Purchase");
    }

    @Test
    void aFurtherTransactionIsSentOnceMoreForEachNewOrder() {
        String lead = api.clickedLead("Langganan");
        String first = deliveryOf(won(api, lead, ",\"orderId\":\"INV-1\""));
        String second = deliveryOf(won(api, lead, ",\"orderId\":\"INV-2\",\"repeat\":true"));
        assertThat(second).isNotEqualTo(first);
        assertThat(deliveryOf(won(api, lead, ",\"orderId\":\"INV-2\",\"repeat\":true")))
                .isEqualTo(second);
        assertThat(deliveryOf(won(api, lead, ",\"orderId\":\"INV-1\",\"repeat\":true")))
                .isEqualTo(first);
        assertThat(deliveryOf(won(api, lead, ",\"orderId\":\"INV-3\""))).isEqualTo(first);
        List<JsonNode> answers = Crowd.atOnce(Collections.nCopies(
                6, (Callable<JsonNode>) () -> won(api, lead, ",\"orderId\":\"INV-4\",\"repeat\":true")));
        assertThat(answers).extracting(OnceOnlyIT::deliveryOf).containsOnly(deliveryOf(answers.getFirst()));

        assertThat(purchasesOnceQuiet(lead))
                .extracting(p -> p.at("/body/custom_data/order_id").asText())
                .containsExactlyInAnyOrder("INV-1", "INV-2", "INV-4");
        assertThat(api.rows("leadId=" + lead + "&event=Purchase"))
                .extracting(r -> r.path("orderId").asText())
                .containsExactlyInAnyOrder("INV-1", "INV-2", "INV-4");
    }

    @Test
    void twoStatusesOfOneEventAreReportedOnce() {
        String lead = api.clickedLead("Bertahap");
        String responded = deliveryOf(status(lead, "responded"));
        String qualified = deliveryOf(status(lead, "qualified"));
        assertThat(qualified).isEqualTo(responded);
        quiet();
        assertThat(sandbox.copies(api.row(responded).path("eventId").asText())).hasSize(1);
    }

    @Test
    void twoNodesOfOneDatabaseSendOnePurchase() {
        if (shop.database != Database.POSTGRES) {
            return; // SQLite belongs to one process; that a second one is refused is CommandLineIT's.
        }
        try (RunningServer other = shop.server.anotherNode()) {
            Api there = other.api();
            var leads = new ArrayList<String>();
            for (int i = 0; i < 12; i++) {
                leads.add(api.clickedLead("Dua Simpul " + i));
            }
            var all = new ArrayList<Callable<JsonNode>>();
            for (String lead : leads) {
                all.add(() -> won(api, lead, ""));
                all.add(() -> won(there, lead, ""));
                all.add(() -> won(there, lead, ""));
                all.add(() -> won(api, lead, ""));
            }
            Crowd.atOnce(all);
            for (String lead : leads) {
                JsonNode row = api.onlyRow(lead, pixelId(), "Purchase");
                assertThat(api.rowOnce(row.path("id").asText(), "accepted")
                                .path("answerLost")
                                .asBoolean())
                        .isFalse();
            }
            quiet();
            for (String lead : leads) {
                assertThat(purchases(lead)).as(lead).hasSize(1);
            }
        }
    }

    private static JsonNode won(Api through, String lead, String more) {
        return through.put("/leads/" + lead + "/status", "{\"status\":\"won\",\"actualValue\":\"2500000\"" + more + "}")
                .expect(200);
    }

    private JsonNode status(String lead, String status) {
        return api.put("/leads/" + lead + "/status", "{\"status\":\"" + status + "\"}")
                .expect(200);
    }

    private static String deliveryOf(JsonNode answer) {
        assertThat(answer.path("deliveries")).hasSize(1);
        return answer.at("/deliveries/0/id").asText();
    }

    private String pixelId() {
        return api.all("/pixels").getFirst().path("id").asText();
    }

    private List<JsonNode> purchasesOnceQuiet(String lead) {
        quiet();
        return purchases(lead);
    }

    private List<JsonNode> purchases(String lead) {
        String own = "kmb_" + lead.substring("ld_".length()) + "_";
        return sandbox.received(PIXEL, "Purchase").stream()
                .filter(e -> e.path("eventId").asText().startsWith(own))
                .toList();
    }

    /** Waits until nothing waits to be sent, and a later event has arrived as well. */
    private void quiet() {
        Eventually.eventually(
                () -> assertThat(api.rows("status=pending")).as("what waits").isEmpty());
        String later = deliveryOf(api.won(api.clickedLead("Kemudian"), "1"));
        api.rowOnce(later, "accepted");
        Set<String> pending = Set.copyOf(Json.each(api.rows("status=pending"), "id"));
        assertThat(pending).isEmpty();
    }
}
