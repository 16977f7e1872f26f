package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentChooserTest {
    private static final Instant NOON = Instant.parse("2026-11-23T05:00:00Z");
    private static final RotatorAgent A = new RotatorAgent("a", 5, true);
    private static final RotatorAgent B = new RotatorAgent("b", 1, true);
    private static final RotatorAgent C = new RotatorAgent("c", 1, true);
    private static final RotatorAgent NEVER = new RotatorAgent("never", 0, true);
    private static final RotatorAgent ABSENT = new RotatorAgent("absent", 9, false);

    private static @Nullable String next(AgentChooser chooser, @Nullable String sticky) {
        AgentChooser.Choice choice = chooser.choose(sticky, NOON);
        choice.settle(true);
        return choice.agentId();
    }

    private static String turns(AgentChooser chooser, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Objects.requireNonNull(next(chooser, null)))
                .collect(Collectors.joining(" "));
    }

    @Test
    void sharesVisitorsInTurnWhateverTheWeights() {
        var chooser = new AgentChooser(Distribution.ROUND_ROBIN, List.of(A, NEVER, B, ABSENT, C));

        assertThat(turns(chooser, 7)).isEqualTo("a b c a b c a");
    }

    @Test
    void spreadsWeightsEvenly() {
        var chooser = new AgentChooser(Distribution.WEIGHTED, List.of(A, ABSENT, B, NEVER, C));

        assertThat(turns(chooser, 14)).isEqualTo("a a b a c a a a a b a c a a");
    }

    @Test
    void sharesExactlyByWeightOverEveryFullTurn() {
        var chooser = new AgentChooser(
                Distribution.WEIGHTED,
                List.of(
                        new RotatorAgent("x", 500, true),
                        new RotatorAgent("y", 300, true),
                        new RotatorAgent("z", 200, true)));
        for (int turn = 0; turn < 3; turn++) {
            var counts = new HashMap<String, Integer>();
            for (int i = 0; i < 10; i++) {
                counts.merge(Objects.requireNonNull(next(chooser, null)), 1, Integer::sum);
            }
            assertThat(counts).isEqualTo(Map.of("x", 5, "y", 3, "z", 2));
        }
    }

    @Test
    void sharesExactlyAlsoAmongThreads() throws Exception {
        var chooser = new AgentChooser(Distribution.WEIGHTED, List.of(A, B, C));
        var counts = new ConcurrentHashMap<String, Integer>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<Future<?>>();
            for (int t = 0; t < 4; t++) {
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 7_000; i++) {
                        counts.merge(Objects.requireNonNull(next(chooser, null)), 1, Integer::sum);
                    }
                }));
            }
            for (var each : done) {
                each.get();
            }
        }

        assertThat(counts).isEqualTo(Map.of("a", 20_000, "b", 4_000, "c", 4_000));
        assertThat(chooser.position()).isEqualTo(28_000);
    }

    @Test
    void keepsAVisitorWithTheirAgentAndTheTurnWithTheNext() {
        var chooser = new AgentChooser(Distribution.ROUND_ROBIN, List.of(A, B, NEVER));

        assertThat(next(chooser, "b")).isEqualTo("b");
        assertThat(next(chooser, "never")).isEqualTo("never");
        assertThat(chooser.position()).isZero();
        assertThat(turns(chooser, 2)).isEqualTo("a b");
    }

    @Test
    void givesAVisitorAnotherAgentWhenTheirsIsGone() {
        var chooser = new AgentChooser(Distribution.ROUND_ROBIN, List.of(A, ABSENT));

        assertThat(next(chooser, "absent")).isEqualTo("a");
        assertThat(next(chooser, "left the company")).isEqualTo("a");
    }

    @Test
    void choosesNobodyWhenNobodyTakesVisitors() {
        assertThat(next(new AgentChooser(Distribution.WEIGHTED, List.of(NEVER, ABSENT)), null))
                .isNull();
        assertThat(next(new AgentChooser(Distribution.ROUND_ROBIN, List.of()), "a"))
                .isNull();
    }

    @Test
    void goesOnWhereItsPredecessorStopped() {
        var chooser = new AgentChooser(Distribution.ROUND_ROBIN, List.of(A, B, C), 4);

        assertThat(turns(chooser, 3)).isEqualTo("b c a");
        assertThat(turns(new AgentChooser(Distribution.ROUND_ROBIN, List.of(A, B), Long.MAX_VALUE), 2))
                .isEqualTo("b a");
    }

    @Test
    void refusesAWeightOutOfRange() {
        assertThatThrownBy(() -> new RotatorAgent("x", -1, true)).hasMessageContaining("not -1");
        assertThatThrownBy(() -> new RotatorAgent("x", 1_001, true)).hasMessageContaining("not 1001");
    }
}
