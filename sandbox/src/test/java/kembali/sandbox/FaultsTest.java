package kembali.sandbox;

import static kembali.sandbox.SandboxClient.PIXEL;
import static kembali.sandbox.SandboxClient.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.Handled.Verdict;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private SandboxClient client;

    @BeforeEach
    void start() {
        client = new SandboxClient();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @CsvSource({"4", "17", "80004"})
    void throttleSaysWhenToComeBack(int code) {
        client.control(
                "faults",
                "{\"platform\":\"meta\",\"mode\":\"throttle\",\"code\":" + code
                        + ",\"retryAfterSeconds\":121,\"count\":1}");
        Answer answer = client.send(purchase());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().at("/error/is_transient").asBoolean()).isTrue();
        String usage =
                answer.raw().headers().firstValue("X-Business-Use-Case-Usage").orElseThrow();
        assertThat(SandboxClient.read(usage)
                        .at("/" + PIXEL + "/0/estimated_time_to_regain_access")
                        .asInt())
                .isEqualTo(3);
        assertThat(client.stored()).isZero();
        assertThat(client.send(purchase()).status()).isEqualTo(200);
    }

    @Test
    void throttleIsABusinessLimitUnlessToldOtherwise() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.THROTTLE));
        assertThat(client.send(purchase()).code()).isEqualTo(80004);
    }

    @Test
    void failAnswers503UnlessToldOtherwise() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.FAIL).times(1));
        Answer usual = client.send(purchase());
        assertThat(usual.status()).isEqualTo(503);
        assertThat(usual.code()).isEqualTo(2);
        client.control("faults", "{\"mode\":\"fail\",\"status\":500,\"code\":368,\"subcode\":7}");
        Answer told = client.send(purchase());
        assertThat(told.status()).isEqualTo(500);
        assertThat(told.codes()).isEqualTo("368/7");
        assertThat(client.stored()).isZero();
    }

    @Test
    void slowAnswersTrulyButLate() {
        client.control("faults", "{\"mode\":\"slow\",\"delayMs\":300}");
        long began = System.nanoTime();
        Answer answer = client.send(purchase());
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(300_000_000L);
        assertThat(answer.body().path("events_received").asInt()).isEqualTo(1);
        assertThat(client.stored()).isEqualTo(1);
    }

    @Test
    void loseAnswerStoresAndThenClosesTheConnection() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.LOSE_ANSWER).times(1));
        assertThatThrownBy(() -> client.send(purchase())).isInstanceOf(UncheckedIOException.class);
        assertThat(client.stored()).isEqualTo(1);
        assertThat(client.sandbox.ledger().summary().verdicts()).containsEntry(Verdict.LOST, 1L);
        assertThat(client.sandbox.ledger().received().getFirst().fault()).isEqualTo("lose_answer");
    }

    @Test
    void loseAnswerDoesNotStoreWhatIsRefused() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.LOSE_ANSWER).times(1));
        assertThatThrownBy(() -> client.purchase(event -> event.remove("event_name")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(client.stored()).isZero();
    }

    @Test
    void resetClosesTheConnectionAndStoresNothing() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.RESET).times(1));
        assertThatThrownBy(() -> client.send(purchase())).isInstanceOf(UncheckedIOException.class);
        assertThat(client.stored()).isZero();
        assertThat(client.get("/v26.0/" + PIXEL).status()).isEqualTo(200);
    }

    @Test
    void downCutsOffReadsAsWell() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.DOWN));
        assertThatThrownBy(() -> client.get("/v26.0/" + PIXEL)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> client.send(purchase())).isInstanceOf(UncheckedIOException.class);
        client.sandbox.faults().clear();
        assertThat(client.send(purchase()).status()).isEqualTo(200);
        assertThat(client.stored()).isEqualTo(1);
    }

    @Test
    void htmlIsAProxysPage() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.HTML));
        Answer answer = client.send(purchase());
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(answer.text()).contains("<html>");
        assertThat(client.stored()).isZero();
    }

    @Test
    void garbageIs200WithHalfAnAnswer() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.GARBAGE));
        Answer answer = client.send(purchase());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().isMissingNode()).isTrue();
        assertThat(client.stored()).isZero();
    }

    @Test
    void partialComplainsInWordsAndStoresAll() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.PARTIAL));
        Answer answer = client.send(purchase(), purchase().put("event_id", "b"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("events_received").asInt()).isEqualTo(2);
        assertThat(answer.body().path("messages").size()).isEqualTo(1);
        assertThat(client.stored()).isEqualTo(2);
    }

    @Test
    void partialTakesOnlySomeWhenTold() {
        client.control("faults", "{\"mode\":\"partial\",\"eventsReceived\":0,\"count\":1}");
        Answer none = client.send(purchase());
        assertThat(none.body().path("events_received").asInt()).isZero();
        assertThat(none.body().path("messages").isEmpty()).isTrue();
        assertThat(client.stored()).isZero();
        client.control("faults", "{\"mode\":\"partial\",\"eventsReceived\":1}");
        Answer one = client.send(purchase(), purchase().put("event_id", "b"));
        assertThat(one.body().path("events_received").asInt()).isEqualTo(1);
        assertThat(client.stored()).isEqualTo(1);
    }

    @Test
    void revokeIsAWithdrawnToken() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.REVOKE).times(1));
        Answer answer = client.send(purchase());
        assertThat(answer.codes()).isEqualTo("190/460");
        assertThat(client.stored()).isZero();
    }

    @Test
    void whatMetaDoesNotKnowLeavesItsAnswersAlone() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.SLOW_PROCESSING));
        assertThat(client.send(purchase()).body().path("events_received").asInt())
                .isEqualTo(1);
        client.sandbox.faults().clear();
        client.sandbox.faults().arm(Fault.of("meta", Mode.EXPIRE_TOKEN));
        assertThat(client.send(purchase()).status()).isEqualTo(200);
    }

    @Test
    void aFaultHitsReadsWhenItSaysSo() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.FAIL));
        assertThat(client.get("/v26.0/" + PIXEL).status()).isEqualTo(200);
        client.sandbox.faults().clear();
        client.sandbox.faults().arm(Fault.of("meta", Mode.FAIL).readsToo().times(1));
        assertThat(client.get("/v26.0/" + PIXEL).status()).isEqualTo(503);
        assertThat(client.get("/v26.0/" + PIXEL).status()).isEqualTo(200);
    }

    @Test
    void aFaultKeepsAllItWasToldThroughEachChange() {
        Fault fault = Fault.of("google_ads", Mode.PARTIAL)
                .because("EXPIRED_EVENT")
                .polled(3)
                .readsToo()
                .at("987")
                .times(2);
        assertThat(fault)
                .isEqualTo(new Fault(
                        "google_ads",
                        "987",
                        Mode.PARTIAL,
                        null,
                        null,
                        null,
                        null,
                        2,
                        1,
                        null,
                        null,
                        "EXPIRED_EVENT",
                        null,
                        3,
                        true));
        client.control(
                "faults",
                "{\"platform\":\"google_ads\",\"mode\":\"partial\",\"reason\":\"X\",\"index\":1,\"polls\":2,\"reads\":true}");
        assertThat(client.get("/_sandbox/faults").text())
                .contains("\"reason\":\"X\"", "\"index\":1", "\"polls\":2", "\"reads\":true");
        for (String wrong : List.of("\"index\":-1", "\"polls\":-1", "\"eventsReceived\":-1")) {
            assertThat(client.control("faults", "{\"mode\":\"partial\"," + wrong + "}")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aFaultHitsItsPixelOnly() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.FAIL).at("999"));
        assertThat(client.send(purchase()).status()).isEqualTo(200);
        assertThat(client.post(
                                "/v26.0/999/events",
                                SandboxClient.envelope(purchase()).toString())
                        .status())
                .isEqualTo(503);
    }

    @Test
    void aFaultIsUsedUpAfterItsCount() {
        client.sandbox.faults().arm(Fault.of("meta", Mode.FAIL).times(2));
        assertThat(statuses(4)).containsExactly(503, 503, 200, 200);
        assertThat(client.sandbox.faults().armed()).isEmpty();
    }

    @Test
    void aShareHitsEveryKthCall() {
        client.control("faults", "{\"mode\":\"fail\",\"probability\":0.25}");
        assertThat(statuses(8)).containsExactly(200, 200, 200, 503, 200, 200, 200, 503);
        client.delete("/_sandbox/faults");
        client.control("faults", "{\"mode\":\"fail\",\"probability\":0.3}");
        assertThat(statuses(100)).filteredOn(status -> status == 503).hasSize(30);
    }

    private List<Integer> statuses(int calls) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            statuses.add(client.purchase(event -> event.put("event_id", "s" + statuses.size()))
                    .status());
        }
        return statuses;
    }
}
