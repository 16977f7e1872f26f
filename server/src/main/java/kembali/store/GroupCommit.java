package kembali.store;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.support.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The one writer: takes all work waiting at this moment, applies it in order in one transaction,
 * commits, and only then answers each caller. A durable answer costs a share of a disk sync.
 *
 * <p>Work that fails does not take its neighbours with it: the group is rolled back and every piece
 * of it runs again in a transaction of its own, so only the culprit's caller gets the error.
 */
public final class GroupCommit implements AutoCloseable {
    /** A piece of work; it may run more than once, so all it changes goes through the transaction. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        /**
         * Says which rows {@link #apply} will want, so that those of the whole group are read at
         * once. Optional; changes nothing.
         */
        default void announce(Tx tx) {}

        /**
         * Does the work.
         *
         * @throws Refusal to refuse it, only before its first change
         */
        T apply(Tx tx);
    }

    /** The queue is full, or the store is closing. Nothing was stored. */
    public static final class OverloadedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean closing;

        OverloadedException(boolean closing) {
            super("more requests are waiting than the database can take; try again in a moment", null, false, false);
            this.closing = closing;
        }

        /** True when trying again cannot help, because the store is closing. */
        public boolean closing() {
            return closing;
        }
    }

    private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());
    private static final int QUEUE = 20_000;
    private static final int LARGEST_GROUP = 1_000;
    private static final int TRIES_ALONE = 4;

    private record Waiting<T extends @Nullable Object>(Work<T> work, CompletableFuture<T> answer) {}

    /** What became of one piece of work within a group, told to its caller after the commit. */
    private record Applied(Runnable tell) {}

    private final ArrayBlockingQueue<Waiting<?>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Writer writer;
    private final InstantSource clock;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    public GroupCommit(Database database, InstantSource clock) {
        this.writer = new Writer(database);
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
    }

    /**
     * Hands work in; the future completes on the writer's thread after the commit, so dependents
     * must be short.
     *
     * @throws OverloadedException when {@value #QUEUE} pieces of work wait already
     */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Work<T> work) {
        var waiting = new Waiting<T>(work, new CompletableFuture<>());
        if (closing || !queue.offer(waiting)) {
            throw new OverloadedException(closing);
        }
        if (ended && queue.remove(waiting)) {
            // The writer left between the look and the offer: nobody would ever answer.
            throw new OverloadedException(true);
        }
        return waiting.answer;
    }

    /** Hands work in and waits for the commit. */
    public <T extends @Nullable Object> T call(Work<T> work) {
        try {
            return submit(work).join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw e;
        }
    }

    /** How much work waits at this moment. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        var group = new ArrayList<Waiting<?>>(LARGEST_GROUP);
        while (true) {
            try {
                Waiting<?> first = queue.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    if (closing) {
                        break;
                    }
                    continue;
                }
                group.add(first);
                queue.drainTo(group, LARGEST_GROUP - 1);
            } catch (InterruptedException e) {
                break;
            }
            runGroup(group);
            group.clear();
        }
        writer.close();
        ended = true;
        for (Waiting<?> late = queue.poll(); late != null; late = queue.poll()) {
            late.answer.completeExceptionally(new OverloadedException(true));
        }
    }

    private void runGroup(List<Waiting<?>> group) {
        try {
            tryGroup(group);
        } catch (Throwable e) {
            // An Error too: its caller must hear of it, and the one writer must live.
            writer.rollback();
            if (group.size() == 1) {
                retryAlone(group.getFirst(), e);
            } else {
                LOG.log(Level.FINE, "a group failed and is run one by one", e);
                for (Waiting<?> one : group) {
                    runGroup(List.of(one));
                }
            }
        }
    }

    private void tryGroup(List<Waiting<?>> group) throws SQLException {
        writer.begin();
        var tx = new Tx(writer, clock.instant());
        for (Waiting<?> w : group) {
            w.work.announce(tx);
        }
        var applied = new ArrayList<Applied>(group.size());
        for (Waiting<?> w : group) {
            applied.add(apply(w, tx));
        }
        tx.flush();
        writer.commit();
        // It is stored: whatever fails from here on must not bring the group back and apply it twice.
        for (Runnable action : tx.afterCommitActions()) {
            runAfterCommit(action);
        }
        for (Applied a : applied) {
            a.tell.run();
        }
        writer.upkeep();
    }

    private static void runAfterCommit(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.SEVERE, "work is stored, but what should follow it failed", e);
        }
    }

    private static <T extends @Nullable Object> Applied apply(Waiting<T> w, Tx tx) {
        try {
            T value = w.work.apply(tx);
            return new Applied(() -> w.answer.complete(value));
        } catch (Refusal refused) {
            return new Applied(() -> w.answer.completeExceptionally(refused));
        }
    }

    /** A lost race with another node or a broken connection may end well the next time. */
    private void retryAlone(Waiting<?> one, Throwable first) {
        Throwable last = first;
        for (int i = 1; i < TRIES_ALONE && SqlFaults.mayPass(last); i++) {
            try {
                tryGroup(List.of(one));
                return;
            } catch (Throwable e) {
                writer.rollback();
                last = e;
            }
        }
        LOG.log(Level.WARNING, "work could not be stored: " + last);
        one.answer.completeExceptionally(last);
    }

    /** Stops after everything handed in has been stored. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
