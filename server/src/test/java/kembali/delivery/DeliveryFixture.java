package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kembali.intake.LeadResult;
import kembali.pixel.Pixel;
import kembali.testing.FakeMeta;
import kembali.testing.LeadForm;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub that delivers to a fake of Meta; what a test opens is closed after it. */
abstract class DeliveryFixture {
    @TempDir
    Path folder;

    final FakeMeta meta = new FakeMeta();
    final TestClock clock = new TestClock();
    /** Opened at the end of every test, so that calls a script holds back can end. */
    final CountDownLatch endOfTest = new CountDownLatch(1);

    private final List<TestHub> open = new ArrayList<>();

    @AfterEach
    void closeEverything() {
        endOfTest.countDown();
        open.forEach(TestHub::close);
        meta.close();
    }

    /** A hub on the embedded database, sending. */
    TestHub startedHub(Map<String, String> environment) {
        TestHub h = hub(environment);
        h.hub.start();
        return h;
    }

    /** A hub on the embedded database that does not send yet. */
    TestHub hub(Map<String, String> environment) {
        return hub(TestDatabase.sqlite(folder), environment);
    }

    TestHub hub(TestDatabase database, Map<String, String> environment) {
        var env = new HashMap<>(environment);
        env.putIfAbsent("KEMBALI_ENDPOINT_META", meta.url());
        TestHub h = TestHub.open(database, clock, env);
        open.add(h);
        return h;
    }

    void close(TestHub h) {
        open.remove(h);
        h.close();
    }

    /** That many new leads, each with one row; returns when all are stored. */
    static List<Delivery> submit(TestHub h, String name, int count) {
        var answers = new ArrayList<CompletableFuture<LeadResult>>(count);
        for (int i = 0; i < count; i++) {
            answers.add(h.intake().append(LeadForm.clicked(name + i).submitted()));
        }
        return answers.stream().flatMap(a -> a.join().deliveries().stream()).toList();
    }

    /** The same while the pixel is paused; then all of it is due at one moment. */
    static List<Delivery> backlog(TestHub h, Pixel pixel, String name, int count) {
        Pixel paused = h.hub.pixels().pause(pixel, true);
        List<Delivery> rows = submit(h, name, count);
        h.hub.pixels().pause(paused, false);
        return rows;
    }

    static void eventuallyAll(TestHub h, List<Delivery> rows, String status) {
        eventually(() -> assertThat(statuses(h)).containsExactly(Map.entry(status, rows.size())));
    }

    static void eventuallyIs(TestHub h, Delivery row, String status) {
        eventually(() -> assertThat(h.row(row).status()).isEqualTo(status));
    }

    /** How many rows of the sync log have each status. */
    static Map<String, Integer> statuses(TestHub h) {
        return h.store()
                .read(sql -> sql.select(DELIVERY.STATUS, org.jooq.impl.DSL.count())
                        .from(DELIVERY)
                        .groupBy(DELIVERY.STATUS)
                        .fetchMap(r -> r.value1(), r -> r.value2()));
    }

    /** How many rows are marked as taken by somebody. */
    static int leased(TestHub h) {
        return h.store()
                .read(sql -> sql.fetchCount(
                        DELIVERY, DELIVERY.STATUS.eq(DeliveryStatus.PENDING).and(DELIVERY.LEASE_OWNER.isNotNull())));
    }

    /** Marks rows as taken by a node that is gone, its lease ending then. */
    static void takenByANodeThatDied(TestHub h, Duration leaseLeft) {
        h.store()
                .write(tx -> tx.sql()
                        .update(DELIVERY)
                        .set(DELIVERY.LEASE_OWNER, "gone")
                        .set(DELIVERY.DUE_AT, tx.now().plus(leaseLeft).toEpochMilli())
                        .where(DELIVERY.STATUS.eq(DeliveryStatus.PENDING))
                        .execute());
    }

    static @Nullable String reason(Delivery d) {
        return d.reason() == null ? null : d.reason().code();
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
