package kembali.sandbox;

import static kembali.sandbox.SandboxClient.EVENTS;
import static kembali.sandbox.SandboxClient.PIXEL;
import static kembali.sandbox.SandboxClient.TOKEN;
import static kembali.sandbox.SandboxClient.envelope;
import static kembali.sandbox.SandboxClient.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlTest {
    private SandboxClient client;

    @BeforeEach
    void start() {
        client = new SandboxClient();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void showsEventsNewestFirstWithTheirBody() {
        client.send(purchase().put("event_id", "a"));
        client.send(purchase().put("event_id", "b"));
        JsonNode items = client.get("/_sandbox/received?platform=meta&pixelId=" + PIXEL)
                .body()
                .path("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("eventId").asText()).isEqualTo("b");
        assertThat(items.get(0).path("rawBody").asText())
                .isEqualTo(purchase().put("event_id", "b").toString());
        assertThat(items.get(0).at("/body/custom_data/value").asInt()).isEqualTo(25000001);
        assertThat(items.get(0).path("receivedAt").asText()).isEqualTo(SandboxClient.NOW.toString());
        assertThat(items.get(0).at("/headers/Content-type").asText()).isEqualTo("application/json");
    }

    @Test
    void findsAnEventById() {
        client.send(purchase().put("event_id", "a"), purchase().put("event_id", "b"));
        assertThat(client.get("/_sandbox/received?eventId=a").body().path("items"))
                .hasSize(1);
        assertThat(client.get("/_sandbox/received?eventId=c").body().path("items"))
                .isEmpty();
        assertThat(client.get("/_sandbox/received?pixelId=9").body().path("items"))
                .isEmpty();
        assertThat(client.get("/_sandbox/received?limit=1").body().path("items"))
                .hasSize(1);
        JsonNode later = client.get("/_sandbox/received?after=1&order=asc&raw=false")
                .body()
                .path("items");
        assertThat(later).hasSize(1);
        assertThat(later.get(0).path("eventId").asText()).isEqualTo("b");
        assertThat(later.get(0).has("rawBody")).isFalse();
    }

    @Test
    void neverShowsAToken() {
        String token = "sandbox-very-secret-token-1234";
        client.call(
                "POST",
                EVENTS + "?access_token=" + token,
                envelope(purchase()).put("access_token", token).toString(),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token));
        for (String list : new String[] {"received", "requests", "summary"}) {
            String text = client.get("/_sandbox/" + list).text();
            assertThat(text).doesNotContain("very-secret");
        }
        JsonNode request = client.get("/_sandbox/requests").body().at("/items/0");
        assertThat(request.at("/headers/Authorization").asText()).isEqualTo("Bearer …1234");
        assertThat(request.path("target").asText()).isEqualTo(EVENTS + "?access_token=…1234");
        assertThat(request.path("body").asText()).contains("\"access_token\":\"…1234\"");
    }

    @Test
    void showsRequestsWithTheirAnswer() {
        client.send(purchase());
        client.purchase(event -> event.remove("event_time"));
        JsonNode items = client.get("/_sandbox/requests").body().path("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("verdict").asText()).isEqualTo("refused");
        assertThat(items.get(0).path("code").asText()).isEqualTo("100");
        assertThat(items.get(0).path("reason").asText()).contains("event_time");
        assertThat(items.get(0).path("event").asText()).isEqualTo("Purchase");
        assertThat(items.get(0).path("status").asInt()).isEqualTo(400);
        assertThat(items.get(0).path("answer").asText()).contains("OAuthException");
        assertThat(items.get(1).path("verdict").asText()).isEqualTo("accepted");
        assertThat(client.get("/_sandbox/requests?verdict=refused").body().path("items"))
                .hasSize(1);
        assertThat(client.get("/_sandbox/requests?verdict=accepted").body().path("items"))
                .hasSize(1);
        assertThat(client.get("/_sandbox/requests?verdict=odd").status()).isEqualTo(400);
    }

    @Test
    void findsARequestByItsNumber() {
        client.send(purchase().put("event_id", "a"));
        client.send(purchase().put("event_id", "b"));
        int number = client.get("/_sandbox/received?eventId=a")
                .body()
                .at("/items/0/request")
                .asInt();
        JsonNode items = client.get("/_sandbox/requests?id=" + number).body().path("items");
        assertThat(items).hasSize(1);
        assertThat(items.at("/0/body").asText()).contains("\"event_id\":\"a\"");
    }

    @Test
    void readsOnFromTheLastRequestKnown() {
        client.send(purchase().put("event_id", "a"));
        client.send(purchase().put("event_id", "b"));
        int first = client.get("/_sandbox/received?eventId=a")
                .body()
                .at("/items/0/request")
                .asInt();
        JsonNode later = client.get("/_sandbox/requests?after=" + first).body().path("items");
        assertThat(later).hasSize(1);
        assertThat(later.at("/0/body").asText()).contains("\"event_id\":\"b\"");
    }

    @Test
    void sumsUpByPixelEventAndVerdict() {
        client.send(purchase().put("event_id", "a"), purchase().put("event_id", "b"));
        client.send(purchase().put("event_id", "a"));
        client.purchase(event -> event.put("event_time", 1_700_000_000));
        client.postAs("sandbox-expired");
        JsonNode summary = client.get("/_sandbox/summary").body();
        assertThat(summary.path("requests").asInt()).isEqualTo(4);
        assertThat(summary.path("events").asInt()).isEqualTo(3);
        assertThat(summary.at("/verdicts/accepted").asInt()).isEqualTo(2);
        assertThat(summary.at("/verdicts/refused").asInt()).isEqualTo(2);
        assertThat(count(summary, "Purchase", "accepted")).isEqualTo(3);
        assertThat(count(summary, "Purchase", "refused 100/2804003")).isEqualTo(1);
        assertThat(count(summary, "", "refused 190/463")).isEqualTo(1);
        assertThat(summary.at("/duplicates/count").asInt()).isEqualTo(1);
        assertThat(summary.at("/duplicates/unexplained").asInt()).isEqualTo(1);
        assertThat(summary.at("/duplicates/items/0/eventId").asText()).isEqualTo("a");
        assertThat(summary.at("/duplicates/items/0/times").asInt()).isEqualTo(2);
    }

    private static int count(JsonNode summary, String event, String verdict) {
        for (JsonNode row : summary.path("rows")) {
            if (row.path("event").asText().equals(event)
                    && row.path("verdict").asText().equals(verdict)) {
                return row.path("count").asInt();
            }
        }
        return 0;
    }

    @Test
    void explainsARepetitionAfterALostAnswer() {
        client.sandbox.faults().arm(Fault.of("meta", Fault.Mode.LOSE_ANSWER).times(1));
        assertThat(catchThrowable(() -> client.send(purchase()))).isNotNull();
        client.send(purchase());
        JsonNode duplicates = client.get("/_sandbox/summary").body().path("duplicates");
        assertThat(duplicates.path("count").asInt()).isEqualTo(1);
        assertThat(duplicates.path("unexplained").asInt()).isZero();
        assertThat(duplicates.at("/items/0/explainedBy").asText()).isEqualTo("lose_answer");
    }

    @Test
    void clearsWhatWasReceived() {
        client.send(purchase());
        assertThat(client.delete("/_sandbox/received").status()).isEqualTo(204);
        assertThat(client.get("/_sandbox/received").body().path("items")).isEmpty();
        assertThat(client.get("/_sandbox/summary").body().path("requests").asInt())
                .isZero();
    }

    @Test
    void switchesFaultsOnAndOff() {
        Answer on = client.control("faults", "{\"platform\":\"meta\",\"pixelId\":\"7\",\"mode\":\"slow\",\"count\":3}");
        assertThat(on.status()).isEqualTo(201);
        client.control("faults", "{\"mode\":\"down\"}");
        assertThat(client.get("/_sandbox/faults").body().path("items")).hasSize(2);
        int id = on.body().path("id").asInt();
        assertThat(client.delete("/_sandbox/faults?id=" + id).status()).isEqualTo(204);
        assertThat(client.delete("/_sandbox/faults?id=" + id).status()).isEqualTo(404);
        JsonNode left = client.get("/_sandbox/faults").body().path("items");
        assertThat(left).hasSize(1);
        assertThat(left.get(0).path("mode").asText()).isEqualTo("down");
        client.delete("/_sandbox/faults");
        assertThat(client.sandbox.faults().armed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"mode\":\"explode\"}",
                "{\"mode\":\"fail\",\"typo\":1}",
                "{\"mode\":\"fail\",\"platform\":\"myspace\"}",
                "{\"mode\":\"fail\",\"probability\":0}",
                "{\"mode\":\"fail\",\"probability\":1.5}",
                "{\"mode\":\"fail\",\"count\":-1}",
                "{\"mode\":\"fail\",\"status\":99}",
                "{\"mode\":\"slow\",\"delayMs\":-1}",
                "{\"mode\":",
                "null",
            })
    void refusesAFaultItCannotDo(String wish) {
        Answer answer = client.control("faults", wish);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error").asText()).isNotEmpty();
        assertThat(client.sandbox.faults().armed()).isEmpty();
    }

    @Test
    void refusesWritesThatAnotherPageCouldSend() {
        Answer answer =
                client.call("POST", "/_sandbox/faults", "{\"mode\":\"down\"}", Map.of("Content-Type", "text/plain"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(client.sandbox.faults().armed()).isEmpty();
    }

    @Test
    void programsTokens() {
        assertThat(client.control("tokens", "{\"token\":\"t\",\"standing\":\"good\"}")
                        .status())
                .isEqualTo(201);
        assertThat(client.postAs("t").status()).isEqualTo(200);
        assertThat(client.control("tokens", "{\"token\":\"" + TOKEN + "\",\"standing\":\"no_permission\"}")
                        .status())
                .isEqualTo(201);
        assertThat(client.send(purchase()).code()).isEqualTo(10);
        assertThat(client.get("/_sandbox/tokens").body().path("programmed").asInt())
                .isEqualTo(2);
        client.delete("/_sandbox/tokens");
        assertThat(client.send(purchase()).status()).isEqualTo(200);
        assertThat(client.control("tokens", "{\"token\":\"t\"}").status()).isEqualTo(400);
    }

    @Test
    void refusesKnownValuesOfTheWrongShape() {
        assertThat(client.control("known", "{\"em\":\"a@b.id\"}").status()).isEqualTo(400);
        assertThat(client.control("known", "{\"country\":[\"Atlantis\"]}").status())
                .isEqualTo(400);
        assertThat(client.control("known", "[]").status()).isEqualTo(400);
        assertThat(client.control("known", "{\"platform\":\"other\",\"em\":[\"a@b.id\"]}")
                        .body()
                        .path("learned")
                        .asInt())
                .isZero();
    }

    @Test
    void namesWhatItDoesNotHave() {
        assertThat(client.get("/_sandbox/nothing").status()).isEqualTo(404);
        assertThat(client.delete("/_sandbox/summary").status()).isEqualTo(405);
        assertThat(client.get("/_sandbox/received?limit=many").status()).isEqualTo(400);
        assertThat(client.get("/open_api/v1.3/event/track/").status()).isEqualTo(404);
        assertThat(client.get("/_sandbox/platforms").text())
                .isEqualTo(
                        "[\"meta\",\"ga4\",\"google_data_manager\",\"google_ads\",\"google_oauth\",\"tiktok\",\"linkedin\",\"s2s\"]");
    }

    @Test
    void aLeanSandboxCountsOnly() {
        try (SandboxClient lean = new SandboxClient(true)) {
            lean.send(purchase());
            lean.send(purchase());
            lean.purchase(event -> event.remove("event_name"));
            assertThat(lean.get("/_sandbox/received").body().path("items")).isEmpty();
            assertThat(lean.get("/_sandbox/requests").body().path("items")).isEmpty();
            JsonNode summary = lean.get("/_sandbox/summary").body();
            assertThat(summary.path("lean").asBoolean()).isTrue();
            assertThat(summary.path("events").asInt()).isEqualTo(2);
            assertThat(summary.at("/duplicates/count").asInt()).isEqualTo(1);
            assertThat(lean.get("/_sandbox/requests?verdict=refused").body().path("items"))
                    .hasSize(1);
        }
    }

    @Test
    void servesThePageUnderAStrictPolicy() {
        for (String file : new String[] {"/", "/_sandbox/page.js", "/_sandbox/page.css", "/_sandbox/icon.svg"}) {
            Answer answer = client.get(file);
            assertThat(answer.status()).isEqualTo(200);
            String policy =
                    answer.raw().headers().firstValue("Content-Security-Policy").orElse("");
            assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'")
                    .doesNotContain("unsafe");
        }
        // The policy would silently disable what is written into the page itself.
        assertThat(client.get("/").text())
                .doesNotContain("style=")
                .doesNotContain("<style")
                .doesNotContain("onclick");
        assertThat(client.get("/").text()).doesNotContain("//");
    }
}
