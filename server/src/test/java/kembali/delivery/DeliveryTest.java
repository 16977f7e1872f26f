package kembali.delivery;

import static kembali.testing.Eventually.eventually;
import static kembali.testing.Eventually.throughout;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.testing.FakeMeta;
import kembali.testing.LeadForm;
import kembali.testing.TestHub;
import org.junit.jupiter.api.Test;

/** What becomes of rows, by what the platform answers. */
class DeliveryTest extends DeliveryFixture {
    @Test
    void whatThePlatformTookIsAcceptedAndNotSentAgain() {
        TestHub h = startedHub(Map.of());
        h.pixel("100");
        Delivery row = submit(h, "Ani", 1).getFirst();
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        Delivery accepted = h.row(row);
        assertThat(accepted.attempts()).isEqualTo(1);
        assertThat(accepted.answerLost()).isFalse();
        assertThat(accepted.reason()).isNull();
        assertThat(accepted.deliveredAt()).isNotNull();
        assertThat(h.attempts(row)).singleElement().satisfies(a -> {
            assertThat(a.httpStatus()).isEqualTo(200);
            assertThat(a.method()).isEqualTo("POST");
            assertThat(a.url()).endsWith("/100/events");
            assertThat(a.response()).contains("events_received");
            assertThat(a.error()).isNull();
        });
        h.reach(String.valueOf(row.leadId()), "new");
        h.save(h.hub.pixels().of(TestHub.WS).getFirst());
        submit(h, "Budi", 1);
        eventually(() -> assertThat(statuses(h)).containsExactly(Map.entry(DeliveryStatus.ACCEPTED, 2)));
        assertThat(meta.eventIds()).containsOnlyOnce(row.eventId());
        assertThat(leased(h)).isZero();
    }

    @Test
    void aRefusedBatchIsDividedUntilTheCulpritsAreAlone() {
        TestHub h = startedHub(Map.of());
        int n = 64;
        List<List<Integer>> cases = List.of(List.of(0), List.of(63), List.of(31, 32), List.of(5, 17, 40));
        for (int c = 0; c < cases.size(); c++) {
            Pixel pixel = h.pixel("20" + c);
            Pixel paused = h.hub.pixels().pause(pixel, true);
            List<Delivery> rows = submit(h, "Case" + c + "x", n);
            var bad = new HashSet<String>();
            cases.get(c).forEach(i -> bad.add(rows.get(i).eventId()));
            int callsBefore = meta.calls().size();
            List<String> taken = Collections.synchronizedList(new ArrayList<>());
            meta.answers(call -> {
                if (call.eventIds().stream().anyMatch(bad::contains)) {
                    return FakeMeta.refusedForOneEvent();
                }
                taken.addAll(call.eventIds());
                return FakeMeta.accepted(call);
            });
            h.hub.pixels().pause(paused, false);
            eventually(() -> assertThat(statuses(h)).doesNotContainKey(DeliveryStatus.PENDING));

            for (Delivery row : rows) {
                Delivery ended = h.row(row);
                boolean culprit = bad.contains(row.eventId());
                assertThat(ended.status()).isEqualTo(culprit ? DeliveryStatus.FAILED : DeliveryStatus.ACCEPTED);
                assertThat(reason(ended)).isEqualTo(culprit ? "event_too_old" : null);
            }
            assertThat(taken).hasSize(n - bad.size()).doesNotHaveDuplicates();
            int requests = meta.calls().size() - callsBefore;
            assertThat(requests)
                    .as("requests for culprits at " + cases.get(c))
                    .isLessThanOrEqualTo(bad.size() * (2 * log2(n) + 1));
            h.store().write(tx -> {
                h.hub.pixels().archive(tx, pixel);
                return true;
            });
        }
    }

    @Test
    void aThrottledLaneIsQuietAsLongAsAskedAndGoesOnWithOneRow() {
        TestHub h = startedHub(Map.of());
        Pixel pixel = h.pixel("300");
        meta.answers(call -> call.no() == 1
                ? FakeMeta.throttled().with("Retry-After", "600") // 1.2 s on a test's clock
                : FakeMeta.accepted(call));
        List<Delivery> rows = backlog(h, pixel, "Cici", 10);
        eventually(() -> {
            Health health = h.now(pixel).health();
            assertThat(health.state()).isEqualTo(Health.State.THROTTLED);
            assertThat(health.reason()).extracting(r -> r.code()).isEqualTo("rate_limited");
        });
        assertThat(statuses(h)).containsExactly(Map.entry(DeliveryStatus.PENDING, 10));
        eventually(() -> assertThat(reason(h.row(rows.getFirst()))).isEqualTo("rate_limited"));
        eventuallyAll(h, rows, DeliveryStatus.ACCEPTED);
        List<FakeMeta.Call> calls = meta.calls();
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(1_150));
        assertThat(calls.get(1).eventIds()).as("the canary").hasSize(1);
        assertThat(rows).noneMatch(d -> h.row(d).answerLost());
        eventually(() -> assertThat(h.now(pixel).health()).isEqualTo(healthy(h, pixel)));
    }

    @Test
    void aHintToSlowDownDelaysTheNextRequestAndNothingElse() {
        TestHub h = startedHub(Map.of());
        Pixel pixel = h.pixel("310");
        meta.answers(call -> call.no() == 1
                ? FakeMeta.accepted(call).with("Retry-After", "300") // 0.6 s on a test's clock
                : FakeMeta.accepted(call));
        Delivery first = submit(h, "Dewi", 1).getFirst();
        eventuallyIs(h, first, DeliveryStatus.ACCEPTED);
        Delivery second = submit(h, "Eko", 1).getFirst();
        eventuallyIs(h, second, DeliveryStatus.ACCEPTED);
        List<FakeMeta.Call> calls = meta.calls();
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(550));
        assertThat(h.now(pixel).health().state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aParkedPixelKeepsItsRowsAndResumesWhenItIsMended() {
        // With 5 s for the first delay the canary would come after 30 s: only the mending explains an earlier end.
        TestHub h = startedHub(Map.of("KEMBALI_RETRY_FIRST_DELAY", "5s"));
        Pixel pixel = h.pixel("400");
        String mended = "EAAmendedTokenMendedTokenMendedToken";
        meta.answers(
                call -> call.token().equals("Bearer " + mended) ? FakeMeta.accepted(call) : FakeMeta.tokenInvalid());
        List<Delivery> rows = backlog(h, pixel, "Fitri", 6);
        eventually(() -> {
            assertThat(h.now(pixel).health().state()).isEqualTo(Health.State.PARKED);
            assertThat(h.now(pixel).health().reason()).extracting(r -> r.code()).isEqualTo("token_invalid");
        });
        throughout(
                Duration.ofMillis(200),
                () -> assertThat(statuses(h)).containsExactly(Map.entry(DeliveryStatus.PENDING, 6)));
        assertThat(meta.calls())
                .as("nobody hammers a platform with a wrong token")
                .hasSize(1);
        assertThat(reason(h.row(rows.getFirst()))).isEqualTo("token_invalid");

        long start = System.nanoTime();
        h.save(h.now(pixel), true, Map.of("accessToken", mended));
        eventuallyAll(h, rows, DeliveryStatus.ACCEPTED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(h.now(pixel).health().state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aPausedPixelSendsNothingUntilItIsResumed() {
        TestHub h = startedHub(Map.of());
        Pixel paused = h.hub.pixels().pause(h.pixel("410"), true);
        List<Delivery> rows = submit(h, "Gita", 3);
        throughout(Duration.ofMillis(200), () -> assertThat(meta.calls()).isEmpty());
        assertThat(statuses(h)).containsExactly(Map.entry(DeliveryStatus.PENDING, 3));
        h.hub.pixels().pause(paused, false);
        eventuallyAll(h, rows, DeliveryStatus.ACCEPTED);
    }

    @Test
    void retriesWaitLongerEachTimeAndSendTheSameBytes() {
        TestHub h = startedHub(Map.of("KEMBALI_RETRY_FIRST_DELAY", "50ms"));
        h.pixel("500");
        meta.answers(call -> call.no() <= 3 ? FakeMeta.unavailable() : FakeMeta.accepted(call));
        Delivery row = submit(h, "Hadi", 1).getFirst();
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        assertThat(h.attempts(row)).extracting(Attempt::httpStatus).containsExactly(500, 500, 500, 200);
        assertThat(h.attempts(row)).extracting(Attempt::no).containsExactly(1, 2, 3, 4);
        assertThat(meta.calls().stream().map(FakeMeta.Call::body).distinct()).hasSize(1);
        // 10 s, 30 s, 2 min, scaled to 50 ms, with 15 % of jitter.
        long[] atLeast = {42, 127, 510};
        for (int i = 0; i < atLeast.length; i++) {
            Duration gap = Duration.between(
                    meta.calls().get(i).at(), meta.calls().get(i + 1).at());
            assertThat(gap).as("wait " + (i + 1)).isGreaterThanOrEqualTo(Duration.ofMillis(atLeast[i]));
        }
        assertThat(h.row(row).answerLost()).isFalse();
    }

    @Test
    void retriesEndWhenThePlatformWouldRefuseTheEventForItsAge() {
        TestHub h = startedHub(Map.of());
        h.pixel("510");
        meta.answers(call -> FakeMeta.unavailable());
        Instant almostTooOld = clock.instant()
                .minus(Duration.ofDays(7))
                .plus(Duration.ofMinutes(10))
                .plusMillis(1_500);
        Delivery row = h.submit(LeadForm.clicked("Indah").occurredAt(almostTooOld))
                .deliveries()
                .getFirst();
        eventuallyIs(h, row, DeliveryStatus.FAILED);
        assertThat(reason(h.row(row))).isEqualTo("expired");
        assertThat(String.valueOf(h.row(row).reason())).contains("What stood in the way");
        assertThat(h.row(row).attempts()).isPositive();
        int calls = meta.calls().size();
        throughout(Duration.ofMillis(150), () -> assertThat(meta.calls()).hasSize(calls));
    }

    @Test
    void aFaultThatMayNeverEndIsTriedAFewTimesOnly() {
        TestHub h = startedHub(Map.of("KEMBALI_RETRY_FIRST_DELAY", "1ms"));
        h.pixel("520");
        meta.answers(call -> FakeMeta.unknownFault());
        Delivery row = submit(h, "Joko", 1).getFirst();
        eventuallyIs(h, row, DeliveryStatus.FAILED);
        assertThat(reason(h.row(row))).isEqualTo("platform_unavailable");
        assertThat(h.attempts(row)).hasSize(8);
        assertThat(meta.calls()).hasSize(8);
    }

    @Test
    void anAnswerThatWasLostIsSaidAndTheSameBytesTravelAgain() {
        TestHub h = startedHub(Map.of());
        h.pixel("600");
        meta.answers(call -> call.no() == 1 ? FakeMeta.cut() : FakeMeta.accepted(call));
        Delivery row = submit(h, "Kiki", 1).getFirst();
        eventuallyIs(h, row, DeliveryStatus.ACCEPTED);
        assertThat(h.row(row).answerLost()).isTrue();
        assertThat(h.attempts(row)).hasSize(2);
        assertThat(h.attempts(row).getFirst()).satisfies(a -> {
            assertThat(a.answerLost()).isTrue();
            assertThat(a.httpStatus()).isNull();
            assertThat(a.error()).isNotBlank();
        });
        assertThat(h.attempts(row).getLast().answerLost())
                .as("this one was read")
                .isFalse();
        assertThat(meta.eventIds()).containsExactly(row.eventId(), row.eventId());
        assertThat(meta.calls().get(1).body()).isEqualTo(meta.calls().get(0).body());
    }

    @Test
    void whatNeverLeftTheHouseIsNoLostAnswer() {
        TestHub h = startedHub(Map.of("KEMBALI_ENDPOINT_META", "http://127.0.0.1:1"));
        Pixel pixel = h.pixel("610");
        Delivery row = submit(h, "Lina", 1).getFirst();
        eventually(() -> assertThat(h.row(row).attempts()).isGreaterThanOrEqualTo(2));
        assertThat(h.row(row).answerLost()).isFalse();
        assertThat(reason(h.row(row))).isEqualTo("no_answer");
        eventually(() -> assertThat(h.now(pixel).health().state()).isEqualTo(Health.State.THROTTLED));
    }

    @Test
    void aTokenThatIsEchoedReachesNoRowOfTheDatabase() throws Exception {
        String canary = "canary-9f8e7d6c5b4a3f2e1d0c";
        TestHub h = startedHub(Map.of());
        Pixel pixel = h.pixel("700", TestHub.doc("700", "inherit", Map.of()), canary);
        var wellAgain = new AtomicBoolean();
        meta.answers(call -> {
            String echo = call.token();
            return switch (call.no()) {
                case 1 -> new FakeMeta.Answer(502, Map.of(), "<html>Bad gateway. Authorization: " + echo + "</html>");
                case 2 ->
                    new FakeMeta.Answer(
                            400,
                            Map.of(),
                            "{\"error\":{\"message\":\"Malformed access token " + canary + "\",\"error_user_title\":\""
                                    + canary + "\",\"code\":190}}");
                default ->
                    wellAgain.get()
                            ? new FakeMeta.Answer(
                                    200, Map.of(), "{\"events_received\":1,\"messages\":[\"token " + canary + "\"]}")
                            : FakeMeta.tokenInvalid();
            };
        });
        Delivery row = submit(h, "Mira", 1).getFirst();
        eventually(() -> assertThat(h.now(pixel).health().state()).isEqualTo(Health.State.PARKED));
        wellAgain.set(true);
        eventuallyIs(h, row, DeliveryStatus.PARTIAL_FAILURE);
        assertThat(meta.calls().getFirst().token()).isEqualTo("Bearer " + canary);
        assertThat(h.attempts(row))
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(a -> assertThat(a.response()).doesNotContain(canary));
        assertThat(h.attempts(row).getFirst().response()).contains("***");
        close(h);
        try (Stream<java.nio.file.Path> files = Files.list(folder)) {
            for (java.nio.file.Path file : files.toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(canary);
            }
        }
    }

    private static Health healthy(TestHub h, Pixel pixel) {
        return new Health(Health.State.OK, null, h.now(pixel).health().since());
    }

    private static int log2(int n) {
        return 31 - Integer.numberOfLeadingZeros(n);
    }
}
