package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the figures say of a handful of leads, on both databases. */
@ExtendWith(LogsOnFailure.class)
class ReportsIT {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

    @ParameterizedTest
    @EnumSource(Database.class)
    void leadsConversionsValuesAndOutcomesAreCounted(Database database) {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(database, sandbox)) {
            Api api = server.api();
            var pixels = new Pixels(api);
            Pixel pixel = pixels.add(new MetaTransport());
            api.won(pixels.lead("Satu"), "1500000");
            String usd = pixels.lead("Dua");
            api.put("/leads/" + usd + "/status", "{\"status\":\"won\",\"actualValue\":\"12.50\",\"currency\":\"USD\"}")
                    .expect(200);
            String hot = pixels.lead("Tiga");
            api.put("/leads/" + hot + "/status", "{\"status\":\"contacted\"}").expect(200);
            api.put("/leads/" + hot + "/status", "{\"status\":\"hot\"}").expect(200);
            Eventually.eventually(() -> assertThat(Json.each(api.rows("pixelId=" + pixel.id()), "status"))
                    .doesNotContain("pending"));

            JsonNode summary = api.get("/reports/summary").expect(200);

            LocalDate today = LocalDate.now(JAKARTA);
            assertThat(summary.path("timezone").asText()).isEqualTo("Asia/Jakarta");
            assertThat(summary.path("to").asText()).isEqualTo(today.toString());
            assertThat(summary.path("days")).hasSize(30);
            assertThat(summary.at("/totals/leads").asInt()).isEqualTo(3);
            assertThat(summary.at("/totals/won").asInt()).isEqualTo(2);
            assertThat(summary.at("/totals/values").toString())
                    .isEqualTo(
                            "[{\"currency\":\"IDR\",\"amount\":\"1500000\"},{\"currency\":\"USD\",\"amount\":\"12.5\"}]");
            assertThat(summary.at("/before/leads").asInt()).isZero();
            assertThat(summary.at("/days/0/leads").asInt()).isZero();

            JsonNode funnel = api.get("/reports/funnel").expect(200);
            assertThat(funnel.path("leads").asInt()).isEqualTo(3);
            assertThat(step(funnel, "new")).isEqualTo("0 of 3");
            assertThat(step(funnel, "contacted")).isEqualTo("0 of 1");
            assertThat(step(funnel, "hot")).isEqualTo("1 of 1");
            assertThat(step(funnel, "won")).isEqualTo("2 of 2");

            JsonNode platforms = api.get("/reports/platforms").expect(200);
            assertThat(platforms.at("/items/0/platform").asText()).isEqualTo("meta");
            long all = 0;
            for (String outcome : new String[] {"accepted", "partialFailure", "failed", "skipped", "pending"}) {
                all += platforms.at("/items/0/" + outcome).asLong();
            }
            assertThat(all).isEqualTo(api.rows("pixelId=" + pixel.id()).size());
            assertThat(platforms.at("/items/0/accepted").asLong()).isGreaterThanOrEqualTo(3);

            assertThat(api.get("/reports/summary?from=2020-01-01&to=2020-01-31")
                            .expect(200)
                            .at("/totals/leads")
                            .asInt())
                    .isZero();
        }
    }

    @Test
    void aWrongRangeIsRefusedByField() {
        try (RunningSandbox sandbox = RunningSandbox.start();
                RunningServer server = RunningServer.start(Database.SQLITE, sandbox)) {
            Api api = server.api();

            assertThat(api.get("/reports/funnel?from=yesterday")
                            .expect(422)
                            .at("/errors/0/field")
                            .asText())
                    .isEqualTo("from");
            assertThat(api.get("/reports/summary?from=2026-02-02&to=2026-02-01")
                            .expect(422)
                            .at("/errors/0/message")
                            .asText())
                    .isEqualTo("lies after to");
        }
    }

    private static String step(JsonNode funnel, String status) {
        for (JsonNode s : funnel.path("steps")) {
            if (s.path("status").asText().equals(status)) {
                return s.path("now").asInt() + " of " + s.path("reached").asInt();
            }
        }
        return "missing";
    }
}
