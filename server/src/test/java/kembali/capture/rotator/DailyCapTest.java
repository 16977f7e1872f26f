package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DailyCapTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    /** 23:30 in Jakarta. */
    private static final Instant EVENING = Instant.parse("2026-11-23T16:30:00Z");

    private static RotatorAgent capped(String id, int weight, DailyCap cap) {
        return new RotatorAgent(id, weight, true, null, cap);
    }

    private static @Nullable String next(AgentChooser chooser, @Nullable String sticky, Instant at) {
        AgentChooser.Choice choice = chooser.choose(sticky, at);
        choice.settle(true);
        return choice.agentId();
    }

    @Test
    void anAgentWhoHadEnoughIsPassedOverUntilTheirMidnight() {
        var chooser = new AgentChooser(
                Distribution.ROUND_ROBIN,
                List.of(capped("a", 1, new DailyCap(2, JAKARTA)), new RotatorAgent("b", 1, true)));
        var given = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            given.add(Objects.requireNonNull(next(chooser, null, EVENING)));
        }

        assertThat(given).containsExactly("a", "b", "a", "b", "b", "b");
        Instant midnight = Instant.parse("2026-11-23T17:00:00Z");
        assertThat(List.of(
                        Objects.requireNonNull(next(chooser, null, midnight)),
                        Objects.requireNonNull(next(chooser, null, midnight))))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whoBelongsToAFullAgentIsReplacedForTheClickAndNotForgotten() {
        var chooser = new AgentChooser(
                Distribution.ROUND_ROBIN,
                List.of(capped("a", 1, new DailyCap(1, JAKARTA)), new RotatorAgent("b", 1, true)));
        assertThat(next(chooser, "a", EVENING)).isEqualTo("a");

        AgentChooser.Choice replaced = chooser.choose("a", EVENING);

        assertThat(replaced.agentId()).isEqualTo("b");
        assertThat(replaced.remembered()).isEqualTo("a");
    }

    @Test
    void whoBelongsToAClosedAgentIsReplacedForTheClickAndNotForgotten() {
        var closed = new OpeningHours(
                JAKARTA,
                java.util.Map.of(java.time.DayOfWeek.MONDAY, List.of(new OpeningHours.Span(480, 1020))),
                java.util.Set.of());
        var chooser = new AgentChooser(
                Distribution.ROUND_ROBIN,
                List.of(new RotatorAgent("a", 1, true, closed, null), new RotatorAgent("b", 1, true)));

        AgentChooser.Choice replaced = chooser.choose("a", EVENING);

        assertThat(replaced.agentId()).isEqualTo("b");
        assertThat(replaced.remembered()).isEqualTo("a");
        assertThat(next(chooser, "a", Instant.parse("2026-11-23T05:00:00Z"))).isEqualTo("a");
    }

    @Test
    void whenAllAreFullOrClosedNobodyIsChosenAndTheFirstToReturnIsKnown() {
        var morning = new OpeningHours(
                JAKARTA,
                java.util.Map.of(java.time.DayOfWeek.TUESDAY, List.of(new OpeningHours.Span(480, 1020))),
                java.util.Set.of());
        var full = new DailyCap(1, JAKARTA);
        var chooser = new AgentChooser(
                Distribution.WEIGHTED, List.of(new RotatorAgent("a", 3, true, morning, null), capped("b", 1, full)));
        assertThat(next(chooser, null, EVENING)).isEqualTo("b");

        assertThat(next(chooser, null, EVENING)).isNull();
        AgentChooser.Next next = Objects.requireNonNull(chooser.nextFree(EVENING));
        assertThat(next.agent().id()).isEqualTo("b");
        assertThat(next.from()).isEqualTo(Instant.parse("2026-11-23T17:00:00Z"));
    }

    @Test
    void aGivenBackPlaceAndTurnAreTheNextOnes() {
        var cap = new DailyCap(1, JAKARTA);
        var chooser = new AgentChooser(
                Distribution.ROUND_ROBIN, List.of(capped("a", 1, cap), new RotatorAgent("b", 1, true)));

        AgentChooser.Choice doubleTap = chooser.choose(null, EVENING);
        doubleTap.settle(false);

        assertThat(doubleTap.agentId()).isEqualTo("a");
        assertThat(next(chooser, null, EVENING)).isEqualTo("a");
        assertThat(next(chooser, null, EVENING)).isEqualTo("b");
        assertThat(next(chooser, null, EVENING)).isEqualTo("b");
    }

    @Test
    void aPlaceIsTakenByOneAndCanBeGivenBack() {
        var cap = new DailyCap(1, JAKARTA);
        long now = EVENING.toEpochMilli();

        assertThat(cap.take(now)).isTrue();
        assertThat(cap.take(now)).isFalse();
        cap.settle(cap.today(now), false);
        assertThat(cap.take(now)).isTrue();
        cap.settle(cap.today(now), true);
        assertThat(cap.take(now)).isFalse();
    }

    @Test
    void simultaneousClicksNeverExceedTheCap() throws Exception {
        var chooser = new AgentChooser(
                Distribution.ROUND_ROBIN,
                List.of(capped("a", 1, new DailyCap(50, JAKARTA)), capped("b", 1, new DailyCap(70, JAKARTA))));
        var nobody = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var done = new ArrayList<Future<?>>();
            for (int t = 0; t < 8; t++) {
                done.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        if (next(chooser, null, EVENING) == null) {
                            nobody.incrementAndGet();
                        }
                    }
                }));
            }
            for (var each : done) {
                each.get();
            }
        }

        assertThat(nobody).hasValue(800 - 120);
    }

    @Test
    void whatTheStoreHasCountedIsKnownForItsDayOnly() {
        var cap = new DailyCap(5, JAKARTA);
        long now = EVENING.toEpochMilli();
        LocalDate today = cap.today(now);
        cap.know(today.minusDays(1), 5);
        assertThat(cap.isFull(now)).isFalse();
        cap.know(today, 5);
        assertThat(cap.isFull(now)).isTrue();
        cap.allow(6);
        assertThat(cap.isFull(now)).isFalse();
    }

    @Test
    void aChatThatIsStoredAfterMidnightCountsForTheDayItWasTaken() {
        var cap = new DailyCap(1, JAKARTA);
        LocalDate before = cap.today(EVENING.toEpochMilli());
        assertThat(cap.take(EVENING.toEpochMilli())).isTrue();
        long after = EVENING.plusSeconds(3_600).toEpochMilli();
        cap.today(after);
        cap.settle(before, true);
        assertThat(cap.isFull(after)).isFalse();
    }

    @Test
    void weightsStayExactAmongThoseWhoAreFree() {
        var full = new DailyCap(1, JAKARTA);
        var chooser = new AgentChooser(
                Distribution.WEIGHTED,
                List.of(capped("a", 4, full), new RotatorAgent("b", 3, true), new RotatorAgent("c", 2, true)));
        while (!full.isFull(EVENING.toEpochMilli())) {
            next(chooser, null, EVENING);
        }
        int b = 0;
        int c = 0;
        for (int i = 0; i < 50; i++) {
            String agent = Objects.requireNonNull(next(chooser, null, EVENING));
            b += agent.equals("b") ? 1 : 0;
            c += agent.equals("c") ? 1 : 0;
        }
        assertThat(b).isEqualTo(30);
        assertThat(c).isEqualTo(20);
    }
}
