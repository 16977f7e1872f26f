package kembali.delivery;

import static kembali.testing.Eventually.eventually;
import static kembali.testing.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import kembali.identity.Consent;
import kembali.intake.LeadErased;
import kembali.pixel.Pixel;
import kembali.testing.FakeMeta;
import kembali.testing.LeadForm;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;

/** Crashes, shutdowns, second thoughts, dead pixels and backlogs. */
class DeliveryResilienceTest extends DeliveryFixture {
    private static final int CONCURRENCY = 32;

    @Test
    void rowsUnderWayWhenTheLastRunEndedAreLostAnswersAndSentAgain() {
        TestHub before = hub(Map.of());
        before.pixel("100");
        List<Delivery> underWay = submit(before, "Ani", 5);
        takenByANodeThatDied(before, Duration.ofSeconds(90));
        List<Delivery> waiting = submit(before, "Budi", 3);
        close(before);

        TestHub after = startedHub(Map.of());
        eventually(() -> assertThat(statuses(after)).containsExactly(Map.entry(DeliveryStatus.ACCEPTED, 8)));
        assertThat(underWay).allSatisfy(d -> {
            assertThat(after.row(d).answerLost()).isTrue();
            assertThat(after.attempts(d))
                    .singleElement()
                    .extracting(Attempt::answerLost)
                    .isEqualTo(true);
        });
        assertThat(waiting).noneMatch(d -> after.row(d).answerLost());
        assertThat(meta.eventIds()).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void aRefusalThatCameWhileARowWasInADeadNodesHandIsRespected() {
        TestHub before = hub(Map.of());
        before.pixel("110");
        Delivery row = submit(before, "Cici", 1).getFirst();
        takenByANodeThatDied(before, Duration.ofSeconds(90));
        before.apply(LeadForm.blank().consent(Consent.Choice.DENIED).learned(String.valueOf(row.leadId())));
        close(before);

        TestHub after = startedHub(Map.of());
        eventuallyIs(after, row, DeliveryStatus.SKIPPED);
        assertThat(reason(after.row(row))).isEqualTo("consent_denied");
        assertThat(after.row(row).answerLost()).as("it may have arrived").isTrue();
        assertThat(meta.calls()).isEmpty();
    }

    @Test
    void aRefusalBetweenTwoTriesStopsTheRow() {
        TestHub h = startedHub(Map.of("KEMBALI_RETRY_FIRST_DELAY", "30s"));
        h.pixel("120");
        meta.answers(call -> FakeMeta.unavailable());
        Delivery row = submit(h, "Dewi", 1).getFirst();
        eventually(() -> assertThat(h.row(row).attempts()).isEqualTo(1));
        h.apply(LeadForm.blank().consent(Consent.Choice.DENIED).learned(String.valueOf(row.leadId())));
        assertThat(h.row(row).status()).isEqualTo(DeliveryStatus.SKIPPED);
        assertThat(reason(h.row(row))).isEqualTo("consent_denied");
    }

    @Test
    void aRefusalOrAnErasureWhileARequestIsUnderWayStopsTheNextTry() {
        TestHub h = startedHub(Map.of());
        h.pixel("130");
        var go = new CountDownLatch(1);
        meta.answers(call -> {
            await(go);
            return FakeMeta.unavailable();
        });
        Delivery refused = submit(h, "Eko", 1).getFirst();
        Delivery erased = submit(h, "Fitri", 1).getFirst();
        eventually(() -> assertThat(meta.calls()).hasSize(2));
        h.apply(LeadForm.blank().consent(Consent.Choice.DENIED).learned(String.valueOf(refused.leadId())));
        h.apply(new LeadErased(TestHub.WS, String.valueOf(erased.leadId())));
        go.countDown();
        eventuallyIs(h, refused, DeliveryStatus.SKIPPED);
        eventuallyIs(h, erased, DeliveryStatus.SKIPPED);
        assertThat(reason(h.row(refused))).isEqualTo("consent_denied");
        assertThat(reason(h.row(erased))).isEqualTo("lead_erased");
        assertThat(h.row(erased).prepared()).isNull();
        assertThat(meta.calls()).hasSize(2);
    }

    @Test
    void closingGivesBackWhatWasNotSentAndKeepsEveryOutcome() {
        TestHub h = startedHub(Map.of("KEMBALI_BATCH_SIZE", "1"));
        Pixel pixel = h.pixel("140");
        var go = new CountDownLatch(1);
        meta.answers(call -> {
            await(go);
            return FakeMeta.accepted(call);
        });
        backlog(h, pixel, "Gita", 120);
        eventually(() -> assertThat(meta.calls()).hasSize(CONCURRENCY));
        var closing = CompletableFuture.runAsync(() -> close(h));
        assertThat(within(Duration.ofMillis(300), closing::isDone))
                .as("it waits for answers")
                .isFalse();
        go.countDown();
        closing.join();

        TestHub after = hub(Map.of());
        assertThat(leased(after)).isZero();
        assertThat(after.rows()).noneMatch(Delivery::answerLost);
        assertThat(statuses(after).get(DeliveryStatus.ACCEPTED))
                .isEqualTo(meta.calls().size());
        assertThat(meta.calls().size()).isLessThan(120);
        after.hub.start();
        eventually(() -> assertThat(statuses(after)).containsExactly(Map.entry(DeliveryStatus.ACCEPTED, 120)));
        assertThat(meta.eventIds()).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void aDeadPixelDoesNotDelayAnother() {
        TestHub h = startedHub(Map.of());
        Pixel dead = h.pixel("901");
        Pixel alive = h.pixel("902");
        meta.answers(call -> {
            if (call.pixelId().equals("901")) {
                await(endOfTest);
            }
            return FakeMeta.accepted(call);
        });
        List<Delivery> rows = submit(h, "Hadi", 100);
        var ofTheLiving =
                rows.stream().filter(d -> d.pixelId().equals(alive.id())).toList();
        var ofTheDead = rows.stream().filter(d -> d.pixelId().equals(dead.id())).toList();
        assertThat(ofTheLiving).hasSize(100);
        eventually(() -> assertThat(ofTheLiving).allMatch(d -> h.row(d).status().equals(DeliveryStatus.ACCEPTED)));
        assertThat(ofTheDead).allMatch(d -> h.row(d).status().equals(DeliveryStatus.PENDING));
    }

    @Test
    void aLaneHoldsFewRowsWhateverTheBacklog() {
        int backlog = 5_000;
        int batch = 10;
        int atMost = CONCURRENCY * batch + 1_000;
        TestHub h = startedHub(Map.of("KEMBALI_BATCH_SIZE", Integer.toString(batch)));
        Pixel pixel = h.pixel("150");
        var go = new CountDownLatch(1);
        meta.answers(call -> {
            await(go);
            return FakeMeta.accepted(call);
        });
        List<Delivery> rows = backlog(h, pixel, "Indah", backlog);
        var seen = new ArrayList<Integer>();
        eventually(() -> {
            seen.add(leased(h));
            assertThat(meta.calls()).hasSize(CONCURRENCY);
        });
        go.countDown();
        eventually(() -> {
            seen.add(leased(h));
            assertThat(statuses(h)).containsExactly(Map.entry(DeliveryStatus.ACCEPTED, backlog));
        });
        assertThat(seen).allMatch(n -> n <= atMost).anyMatch(n -> n > 0);
        assertThat(meta.mostUnderWay()).isLessThanOrEqualTo(CONCURRENCY);
        assertThat(meta.eventIds()).hasSize(rows.size()).doesNotHaveDuplicates();
    }

    @Test
    void twoNodesOnOneDatabaseDeliverEveryRowExactlyOnce() {
        int count = 500;
        TestDatabase database = TestDatabase.postgres();
        try (var secondMeta = new FakeMeta()) {
            FakeMeta.Script slow = call -> {
                within(Duration.ofMillis(10), () -> false);
                return FakeMeta.accepted(call);
            };
            meta.answers(slow);
            secondMeta.answers(slow);
            var one = Map.of("KEMBALI_BATCH_SIZE", "1");
            TestHub first = hub(database, one);
            first.pixel("160");
            submit(first, "Joko", count);
            TestHub second =
                    hub(database, Map.of("KEMBALI_BATCH_SIZE", "1", "KEMBALI_ENDPOINT_META", secondMeta.url()));
            first.hub.start();
            second.hub.start();
            eventually(() -> assertThat(statuses(first)).containsExactly(Map.entry(DeliveryStatus.ACCEPTED, count)));
            var all = new ArrayList<>(meta.eventIds());
            all.addAll(secondMeta.eventIds());
            assertThat(all).hasSize(count).doesNotHaveDuplicates();
            assertThat(meta.calls()).as("the first node's share").isNotEmpty();
            assertThat(secondMeta.calls()).as("the second node's share").isNotEmpty();
            assertThat(first.rows()).noneMatch(Delivery::answerLost);
            close(second);
        }
    }

    @Test
    void theRowsOfADeadNodeMoveToALivingOneWhenTheirLeaseEnds() {
        TestHub h = hub(TestDatabase.postgres(), Map.of());
        h.pixel("170");
        List<Delivery> left = submit(h, "Kiki", 3);
        takenByANodeThatDied(h, Duration.ofMillis(800));
        List<Delivery> fresh = submit(h, "Lina", 2);
        h.hub.start();
        eventually(() -> assertThat(fresh).allMatch(d -> h.row(d).status().equals(DeliveryStatus.ACCEPTED)));
        eventually(() -> assertThat(statuses(h)).containsExactly(Map.entry(DeliveryStatus.ACCEPTED, 5)));
        assertThat(left).allMatch(d -> h.row(d).answerLost());
        assertThat(fresh).noneMatch(d -> h.row(d).answerLost());
        assertThat(new HashSet<>(meta.eventIds())).hasSize(5);
    }

    @Test
    void oneStatusReachedOnTwoNodesAtOnceIsOneRow() {
        TestDatabase database = TestDatabase.postgres();
        TestHub first = hub(database, Map.of());
        first.pixel("180");
        String lead = first.submit(LeadForm.clicked("Mira").actual("10")).lead().id();
        TestHub second = hub(database, Map.of());
        for (String status : List.of("contacted", "responded", "hot", "proposal", "won", "lost")) {
            var answers = new ArrayList<CompletableFuture<Void>>();
            for (TestHub node : List.of(first, second, first, second)) {
                answers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 5; i++) {
                        node.reach(lead, status);
                    }
                }));
            }
            answers.forEach(CompletableFuture::join);
            assertThat(first.row(lead, status).trigger()).isEqualTo(status);
        }
        assertThat(first.rows(lead)).hasSize(7);
    }
}
