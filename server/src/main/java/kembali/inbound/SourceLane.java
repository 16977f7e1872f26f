package kembali.inbound;

import static kembali.store.schema.Tables.INBOUND;
import static kembali.store.schema.Tables.SOURCE_LEASE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.intake.FactResult;
import kembali.store.GroupCommit;
import kembali.store.Tx;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Reads one source's requests in the order they came, on a thread of its own. */
final class SourceLane implements Runnable {
    private static final Logger LOG = Logger.getLogger(SourceLane.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration POLL_WHEN_SHARED = Duration.ofSeconds(1);

    /** Longer than a batch takes when every fetch of it runs into the courier's time limit. */
    private static final Duration LEASE = Duration.ofSeconds(90);

    private static final int BATCH = 48;

    /** Bytes of bodies that are in memory at once, unless a single one has more. */
    private static final long BATCH_BYTES = 1 << 20;

    /** Requests that are read, or fetched for, at once. */
    private static final int AT_ONCE = 8;

    private final String sourceId;
    private final Processor.Means means;
    private final Semaphore signal = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService readers = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofVirtual().name("inbound-reader-", 0).factory());
    private volatile boolean stopping;

    /** By whose words requests of late had none; null when none had to be left. */
    private @Nullable Source unmappedBy;

    SourceLane(String sourceId, Processor.Means means) {
        this.sourceId = sourceId;
        this.means = means;
    }

    /** Something may have come in. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    void stop() {
        stopping = true;
        wake();
    }

    boolean awaitEnd(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                Source source = means.sources().find(sourceId);
                if (source == null || means.kinds().find(source.kind()) == null) {
                    return;
                }
                Duration wait = turn(source);
                if (wait != null && !stopping) {
                    signal.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            stopping = true;
        } finally {
            readers.shutdownNow();
            ended.countDown();
        }
    }

    /**
     * What the source's words mean may be stored while its requests are read by the words of before; those are read again,
     * once the new words are here.
     */
    private void readAgainBy(Source source) {
        Source before = unmappedBy;
        if (before == null || before.equals(source)) {
            return;
        }
        unmappedBy = null;
        means.store().write(tx -> {
            Requests.readAgain(tx, sourceId, Applier.UNMAPPED);
            return true;
        });
    }

    /** Reads what is due. Returns how long to wait before looking again; null when more may be due at once. */
    private @Nullable Duration turn(Source source) throws InterruptedException {
        try {
            readAgainBy(source);
            List<StoredRequest> due = means.store().read(this::due);
            if (due.isEmpty()) {
                return untilNext();
            }
            if (means.store().shared()) {
                if (!means.store().write(this::lease)) {
                    return POLL_WHEN_SHARED;
                }
                // Whoever had the source before may have read them.
                due = means.store().read(this::due);
            }
            work(source, due);
            return due.size() < BATCH ? Duration.ZERO : null;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "requests of " + sourceId + " wait: " + e);
            return Duration.ofSeconds(1);
        }
    }

    private List<StoredRequest> due(DSLContext sql) {
        List<StoredRequest> due = sql.selectFrom(INBOUND)
                .where(
                        INBOUND.SOURCE_ID.eq(sourceId),
                        INBOUND.STATUS.eq(DSL.inline(StoredRequest.PENDING)),
                        INBOUND.DUE_AT.le(means.clock().instant().toEpochMilli()))
                .orderBy(INBOUND.ID)
                .limit(BATCH)
                .fetch(Requests::read);
        long bytes = 0;
        for (int i = 0; i < due.size(); i++) {
            bytes += due.get(i).size();
            if (i > 0 && bytes > BATCH_BYTES) {
                return due.subList(0, i);
            }
        }
        return due;
    }

    private Duration untilNext() {
        Duration longest = means.store().shared() ? POLL_WHEN_SHARED : LONGEST_WAIT;
        Long next = means.store()
                .read(sql -> sql.select(DSL.min(INBOUND.DUE_AT))
                        .from(INBOUND)
                        .where(INBOUND.SOURCE_ID.eq(sourceId), INBOUND.STATUS.eq(DSL.inline(StoredRequest.PENDING)))
                        .fetchOne(0, Long.class));
        if (next == null) {
            return longest;
        }
        Duration wait = Duration.between(means.clock().instant(), Instant.ofEpochMilli(next));
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait;
    }

    /** Takes the source for this node, unless another one has it. */
    private boolean lease(Tx tx) {
        var lease = SOURCE_LEASE;
        long now = tx.now().toEpochMilli();
        long until = tx.now().plus(LEASE).toEpochMilli();
        return tx.sqlUnflushed()
                        .insertInto(lease)
                        .set(lease.SOURCE_ID, sourceId)
                        .set(lease.OWNER, means.node())
                        .set(lease.UNTIL_AT, until)
                        .onConflict(lease.SOURCE_ID)
                        .doUpdate()
                        .set(lease.OWNER, means.node())
                        .set(lease.UNTIL_AT, until)
                        .where(lease.OWNER.eq(means.node()).or(lease.UNTIL_AT.lt(now)))
                        .execute()
                > 0;
    }

    private void work(Source source, List<StoredRequest> due) throws InterruptedException {
        var reading = new ArrayList<Future<RequestReading>>(due.size());
        for (StoredRequest r : due) {
            reading.add(readers.submit(() -> means.reading().of(source, r)));
        }
        var applying = new ArrayList<Applying>(due.size());
        for (int i = 0; i < due.size(); i++) {
            applying.add(apply(source, due.get(i), reading.get(i)));
        }
        List<Outcome> outcomes = applying.stream().map(Applying::outcome).toList();
        if (outcomes.stream().anyMatch(o -> Applier.UNMAPPED.equals(o.code()))) {
            unmappedBy = source;
        }
        means.store().write(tx -> {
            means.outcomes().store(tx, source, outcomes);
            return true;
        });
    }

    /** A request whose facts have been handed in. */
    private record Applying(
            RequestReading read,
            List<CompletableFuture<FactResult>> facts,
            @Nullable String trouble) {
        Outcome outcome() {
            Set<FactResult> results = new LinkedHashSet<>();
            String fault = trouble;
            for (CompletableFuture<FactResult> f : facts) {
                try {
                    results.add(f.join());
                } catch (CompletionException e) {
                    LOG.log(Level.WARNING, "request " + read.request().id() + " could not be applied: " + e.getCause());
                    fault = "It could not be stored; the server's log says why.";
                }
            }
            return read.judged(List.copyOf(results), fault);
        }
    }

    private Applying apply(Source source, StoredRequest request, Future<RequestReading> reading)
            throws InterruptedException {
        RequestReading read;
        try {
            read = reading.get();
        } catch (ExecutionException e) {
            LOG.log(Level.WARNING, "request " + request.id() + " could not be read: " + e.getCause());
            return new Applying(RequestReading.none(request), List.of(), "It could not be read.");
        }
        var facts = new ArrayList<CompletableFuture<FactResult>>(read.facts().size());
        RawRequest raw = read.raw();
        if (raw == null) {
            return new Applying(read, facts, null);
        }
        try {
            for (Fact f : read.facts()) {
                facts.add(means.applier().apply(source, request, raw, f, facts.size()));
            }
            return new Applying(read, facts, null);
        } catch (GroupCommit.OverloadedException e) {
            return new Applying(read, facts, "Too much was waiting to be stored.");
        }
    }
}
