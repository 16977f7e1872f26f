package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many long imports at the same moment, together far longer than the server's heap. */
@ExtendWith(LogsOnFailure.class)
class LargeImportsIT {
    private static final int AT_ONCE = 32;
    private static final int ROWS = 42;
    /** With its rows an import is just below the 4 MB that are taken. */
    private static final String LONG_PATH = "p".repeat(95_000);

    @Test
    void longImportsWaitForEachOtherAndAllAreAnswered() throws Exception {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox, Map.of());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Api api = server.api();
            List<Future<JsonNode>> answers = new ArrayList<>();
            for (int n = 0; n < AT_ONCE; n++) {
                String body = body(n);
                answers.add(threads.submit(() -> api.post("/leads/bulk", body).expect(200)));
            }
            for (Future<JsonNode> answer : answers) {
                List<JsonNode> rows = Json.items(answer.get());
                assertThat(rows).hasSize(ROWS);
                assertThat(rows.getFirst().path("id").asText()).startsWith("ld_");
                assertThat(rows.getLast().at("/errors/0/field").asText()).isEqualTo("web.pageUrl");
            }
            assertThat(api.all("/leads?assignedTo=import")).hasSize(AT_ONCE);
        }
    }

    /** One good row, and others that are long and wrong. */
    private static String body(int n) {
        var rows = new StringBuilder("{\"items\":[{\"externalRef\":\"import-" + n + "\",\"assignedTo\":\"import\"}");
        for (int i = 1; i < ROWS; i++) {
            rows.append(",{\"externalRef\":\"long-" + n + "-" + i + "\",\"web\":{\"pageUrl\":\"https://toko.example/")
                    .append(LONG_PATH)
                    .append("\"}}");
        }
        return rows.append("]}").toString();
    }
}
