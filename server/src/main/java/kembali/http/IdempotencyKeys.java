package kembali.http;

import static kembali.store.schema.Tables.IDEMPOTENCY_KEY;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.store.Store;
import org.jooq.impl.DSL;

/** Forgets idempotency keys after a day, a few at a time so that nobody waits for it. */
public final class IdempotencyKeys implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(IdempotencyKeys.class.getName());
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int STEP = 500;
    private static final int MINUTES = 10;

    private final Store store;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("idempotency-keys").factory());

    public IdempotencyKeys(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        timer.scheduleWithFixedDelay(this::prune, MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    /** Removes every key older than a day. */
    void prune() {
        long before = clock.instant().minus(KEPT).toEpochMilli();
        try {
            while (pruneStep(before) == STEP) {
                LOG.fine("more old idempotency keys to forget");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "old idempotency keys stay for now: " + e.getMessage());
        }
    }

    private int pruneStep(long before) {
        var key = IDEMPOTENCY_KEY;
        return store.write(tx -> tx.sql()
                .deleteFrom(key)
                .where(DSL.row(key.WORKSPACE_ID, key.KEY_HASH)
                        .in(DSL.select(key.WORKSPACE_ID, key.KEY_HASH)
                                .from(key)
                                .where(key.CREATED_AT.lt(before))
                                .limit(STEP)))
                .execute());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
