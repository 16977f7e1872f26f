package kembali.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import kembali.pixel.Health;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Duration UNIT = Duration.ofSeconds(10);
    private static final Instant T0 = Instant.parse("2026-11-20T03:00:00Z");
    private static final Reason TOKEN = new Reason("token_invalid", "The token is wrong.", "Mend it.");

    private final Gate gate = new Gate(UNIT, Health.OK);

    @Test
    void anOpenGateLetsEverybodyThrough() {
        assertThat(gate.pass(T0, 100)).isEqualTo(new Gate.Pass(100, null));
        assertThat(gate.succeeded(T0)).as("nothing to store").isNull();
    }

    @Test
    void aParkedGateLetsOneCanaryThroughAfterSixUnitsAndOpensWithIt() {
        Health parked = gate.park(TOKEN, T0);
        assertThat(parked).isEqualTo(new Health(Health.State.PARKED, TOKEN, T0));
        assertThat(gate.pass(at(59), 100)).isEqualTo(new Gate.Pass(0, at(60)));
        assertThat(gate.pass(at(60), 100)).isEqualTo(new Gate.Pass(1, null));
        assertThat(gate.pass(at(61), 100).rows()).as("while the canary is out").isZero();
        assertThat(gate.succeeded(at(60))).isEqualTo(Health.OK);
        assertThat(gate.pass(at(62), 100)).isEqualTo(new Gate.Pass(100, null));
    }

    @Test
    void pausesDoubleWithEveryCanaryThatFailsUpToOneHour() {
        long[] pauses = {60, 120, 240, 480, 960, 1_920, 3_600, 3_600};
        long now = 0;
        gate.park(TOKEN, at(now));
        for (long pause : pauses) {
            assertThat(gate.pass(at(now + pause - 1), 9)).isEqualTo(new Gate.Pass(0, at(now + pause)));
            now += pause;
            assertThat(gate.pass(at(now), 9).rows()).isEqualTo(1);
            assertThat(gate.park(TOKEN, at(now)))
                    .as("the same news is not stored again")
                    .isNull();
        }
    }

    @Test
    void requestsUnderWayThatTellTheSameStoryDoNotLengthenThePause() {
        gate.park(TOKEN, T0);
        for (int i = 1; i <= 30; i++) {
            assertThat(gate.park(TOKEN, at(i))).isNull();
        }
        assertThat(gate.pass(at(60), 9).rows()).isEqualTo(1);
        gate.park(TOKEN, at(60));
        assertThat(gate.pass(at(179), 9)).isEqualTo(new Gate.Pass(0, at(180)));
    }

    @Test
    void manyAnswersThatAskForQuietCountAsOnePause() {
        for (int i = 0; i < 32; i++) {
            gate.throttle(Reasons.RATE_LIMITED, Duration.ofSeconds(30), at(i));
        }
        assertThat(gate.pass(at(40), 9)).as("the latest answer's 30 s").isEqualTo(new Gate.Pass(0, at(61)));
        assertThat(gate.pass(at(61), 9).rows()).isEqualTo(1);
        gate.throttle(Reasons.RATE_LIMITED, null, at(61));
        assertThat(gate.pass(at(62), 9).waitUntil())
                .as("the second pause, and not the 33rd")
                .isEqualTo(at(61 + 120));
    }

    @Test
    void aPauseThePlatformAskedForIsKeptAndNotShortenedByAnother() {
        gate.throttle(Reasons.RATE_LIMITED, Duration.ofHours(6), T0);
        gate.throttle(Reasons.RATE_LIMITED, Duration.ofSeconds(10), at(1));
        assertThat(gate.pass(at(100), 9)).isEqualTo(new Gate.Pass(0, T0.plus(Duration.ofHours(6))));
    }

    @Test
    void aSuccessSentBeforeTheGateClosedDoesNotOpenIt() {
        gate.throttle(Reasons.RATE_LIMITED, Duration.ofMinutes(5), at(10));
        assertThat(gate.succeeded(at(9))).isNull();
        assertThat(gate.pass(at(11), 9)).isEqualTo(new Gate.Pass(0, at(310)));
        assertThat(gate.pass(at(310), 9).rows()).isEqualTo(1);
        assertThat(gate.succeeded(at(310))).isEqualTo(Health.OK);
    }

    @Test
    void fourFailuresInARowCloseItAndASuccessBetweenThemCountsAnew() {
        for (int i = 0; i < 3; i++) {
            assertThat(gate.failed(Reasons.NO_ANSWER, at(i))).isNull();
        }
        gate.succeeded(at(3));
        for (int i = 4; i < 7; i++) {
            assertThat(gate.failed(Reasons.NO_ANSWER, at(i))).isNull();
        }
        assertThat(gate.pass(at(7), 9).rows()).isEqualTo(9);
        assertThat(gate.failed(Reasons.NO_ANSWER, at(7)))
                .isEqualTo(new Health(Health.State.THROTTLED, Reasons.NO_ANSWER, at(7)));
        assertThat(gate.pass(at(8), 9)).as("one unit").isEqualTo(new Gate.Pass(0, at(17)));
    }

    @Test
    void aHintToSlowDownPausesWithoutIllHealthAndOutlivesOtherSuccesses() {
        gate.slowDown(T0, Duration.ofSeconds(60));
        assertThat(gate.succeeded(at(1))).isNull();
        assertThat(gate.pass(at(59), 9)).isEqualTo(new Gate.Pass(0, at(60)));
        assertThat(gate.pass(at(60), 9)).as("no canary is needed").isEqualTo(new Gate.Pass(9, null));
    }

    @Test
    void aShorterHintDoesNotShortenALongerOne() {
        gate.slowDown(T0, Duration.ofSeconds(60));
        gate.slowDown(at(1), Duration.ofSeconds(5));
        assertThat(gate.pass(at(30), 9)).isEqualTo(new Gate.Pass(0, at(60)));
    }

    @Test
    void aChangeOfThePixelOpensItAtOnce() {
        gate.park(TOKEN, T0);
        assertThat(gate.reopen()).isTrue();
        assertThat(gate.pass(at(1), 9)).isEqualTo(new Gate.Pass(9, null));
        assertThat(gate.reopen()).as("it was open").isFalse();
    }

    @Test
    void aCanaryThatFoundNothingMayBeSentAgain() {
        gate.park(TOKEN, T0);
        assertThat(gate.pass(at(60), 9).rows()).isEqualTo(1);
        gate.canaryReturned();
        assertThat(gate.pass(at(61), 9).rows()).isEqualTo(1);
    }

    @Test
    void anotherReasonIsNewsWorthStoring() {
        gate.park(TOKEN, T0);
        Reason permission = new Reason("permission_missing", "No.", "Grant it.");
        assertThat(gate.park(permission, at(60))).isEqualTo(new Health(Health.State.PARKED, permission, at(60)));
        assertThat(gate.throttle(Reasons.RATE_LIMITED, null, at(61)))
                .isEqualTo(new Health(Health.State.THROTTLED, Reasons.RATE_LIMITED, at(61)));
    }

    @Test
    void afterARestartAnUnwellPixelBeginsWithACanary() {
        var parked = new Gate(UNIT, new Health(Health.State.PARKED, TOKEN, T0));
        assertThat(parked.pass(at(1), 9)).isEqualTo(new Gate.Pass(1, null));
        var paused = new Gate(UNIT, new Health(Health.State.PAUSED, Reasons.PIXEL_PAUSED, T0));
        assertThat(paused.pass(at(1), 9)).isEqualTo(new Gate.Pass(9, null));
    }

    private static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }
}
