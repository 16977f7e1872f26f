package kembali.sandbox.tiktok;

import static kembali.sandbox.tiktok.TikTokCalls.PIXEL;
import static kembali.sandbox.tiktok.TikTokCalls.code;
import static kembali.sandbox.tiktok.TikTokCalls.message;
import static kembali.sandbox.tiktok.TikTokCalls.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.Handled.Verdict;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TikTokFaultsTest {
    private SandboxClient client;
    private TikTokCalls tiktok;

    @BeforeEach
    void start() {
        client = new SandboxClient();
        tiktok = new TikTokCalls(client);
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void throttlesWith401AndDoesNotSayForHowLong() {
        client.control("faults", "{\"platform\":\"tiktok\",\"mode\":\"throttle\",\"retryAfterSeconds\":9,\"count\":1}");
        Answer answer = tiktok.web(purchase());
        assertThat(answer.status()).isEqualTo(401);
        assertThat(code(answer)).isEqualTo(40100);
        assertThat(message(answer)).contains("Too many requests");
        assertThat(answer.raw().headers().firstValue("Retry-After")).isEmpty();
        assertThat(client.stored()).isZero();
        assertThat(code(tiktok.web(purchase()))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"throttle, 61000, 200", "throttle, 40132, 401", "fail, 50002, 200", "fail, 40100, 401"})
    void answersWithTheCodeItIsTold(String mode, int code, int status) {
        client.control("faults", "{\"platform\":\"tiktok\",\"mode\":\"" + mode + "\",\"code\":" + code + "}");
        Answer answer = tiktok.web(purchase());
        assertThat(code(answer)).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void failsInsideASuccessfulAnswerUnlessToldOtherwise() {
        client.sandbox.faults().arm(Fault.of("tiktok", Mode.FAIL).times(1));
        Answer usual = tiktok.web(purchase());
        assertThat(usual.status()).isEqualTo(200);
        assertThat(code(usual)).isEqualTo(50000);
        client.control("faults", "{\"mode\":\"fail\",\"status\":503}");
        assertThat(tiktok.web(purchase()).status()).isEqualTo(503);
        assertThat(client.stored()).isZero();
    }

    @Test
    void takesInPartWithCode20001() {
        client.sandbox.faults().arm(Fault.of("tiktok", Mode.PARTIAL).times(1));
        assertThat(code(tiktok.web(purchase(), purchase().put("event_id", "b"))))
                .isEqualTo(20001);
        assertThat(client.stored()).isEqualTo(2);
        client.control("faults", "{\"mode\":\"partial\",\"eventsReceived\":1}");
        assertThat(code(tiktok.web(purchase().put("event_id", "c"), purchase().put("event_id", "d"))))
                .isEqualTo(20001);
        assertThat(client.stored()).isEqualTo(3);
        assertThat(client.last().eventId()).isEqualTo("c");
    }

    @Test
    void storesBeforeItLosesTheAnswer() {
        client.sandbox.faults().arm(Fault.of("tiktok", Mode.LOSE_ANSWER).times(1));
        assertThatThrownBy(() -> tiktok.web(purchase())).isInstanceOf(UncheckedIOException.class);
        assertThat(client.stored()).isEqualTo(1);
        assertThat(client.sandbox.ledger().summary().verdicts()).containsEntry(Verdict.LOST, 1L);
        tiktok.web(purchase());
        assertThat(client.sandbox.ledger().summary().repetitions()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "DOWN"})
    void closesTheConnectionAndStoresNothing(Mode mode) {
        client.sandbox.faults().arm(Fault.of("tiktok", mode).times(1));
        assertThatThrownBy(() -> tiktok.web(purchase())).isInstanceOf(UncheckedIOException.class);
        assertThat(client.stored()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"HTML, 502", "GARBAGE, 200"})
    void answersWithWhatIsNotTikToks(Mode mode, int status) {
        client.sandbox.faults().arm(Fault.of("tiktok", mode).times(1));
        Answer answer = tiktok.web(purchase());
        assertThat(answer.status()).isEqualTo(status);
        assertThat(code(answer)).isEqualTo(-1);
        assertThat(client.stored()).isZero();
    }

    @Test
    void answersTrulyButLateWhenSlow() {
        client.control("faults", "{\"platform\":\"tiktok\",\"mode\":\"slow\",\"delayMs\":200}");
        long began = System.nanoTime();
        assertThat(code(tiktok.web(purchase()))).isZero();
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(200_000_000L);
    }

    @Test
    void hitsOnlyThePixelNamedInTheBodyAndNoOtherPlatform() {
        client.sandbox.faults().arm(Fault.of("tiktok", Mode.FAIL).at("B1T8T4UYGVIQA8ORZMX9"));
        assertThat(code(tiktok.web(purchase()))).isZero();
        client.sandbox.faults().arm(Fault.of("tiktok", Mode.FAIL).at(PIXEL));
        assertThat(code(tiktok.web(purchase()))).isEqualTo(50000);
        assertThat(client.send(SandboxClient.purchase()).status()).isEqualTo(200);
    }

    @Test
    void isOneOfThePlatforms() {
        assertThat(client.get("/_sandbox/platforms").text()).contains("\"tiktok\"");
    }
}
