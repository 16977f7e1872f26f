package kembali.intake;

import static kembali.store.schema.Tables.DELIVERY;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.store.GroupCommit;
import kembali.store.Store;
import kembali.support.Ids;
import kembali.support.Refusal;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tries many entries of the sync log again, in the background and in small steps, so that nobody else waits. An entry is
 * retried as {@link DeliveryRetried} does it: the same event id, and never what a platform took. A run that a restart
 * interrupts stops; started again it takes up what still did not succeed.
 */
public final class Replays implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Replays.class.getName());
    private static final int STEP = 200;

    /** Runs that are remembered, the last ones. */
    private static final int REMEMBERED = 50;

    /** What a run would send: how many entries, and the sums of their values by currency. */
    public record Sum(int count, Map<String, BigDecimal> values) {}

    /** How far a run is. */
    public static final class Run {
        private final int workspaceId;
        private final String id;
        private final Instant startedAt;
        private final Sum sum;
        private final AtomicInteger retried = new AtomicInteger();
        private final AtomicInteger left = new AtomicInteger();
        private volatile String state = "running";

        private Run(int workspaceId, String id, Instant startedAt, Sum sum) {
            this.workspaceId = workspaceId;
            this.id = id;
            this.startedAt = startedAt;
            this.sum = sum;
        }

        public String id() {
            return id;
        }

        public Instant startedAt() {
            return startedAt;
        }

        /** What there was to do when it began. */
        public Sum sum() {
            return sum;
        }

        /** {@code running}, {@code done} or {@code failed}. */
        public String state() {
            return state;
        }

        /** Entries that wait to be sent again, or were decided anew. */
        public int retried() {
            return retried.get();
        }

        /** Entries that could not be: somebody else retried them, or the person was erased. */
        public int left() {
            return left.get();
        }
    }

    private final Store store;
    private final Intake intake;
    private final Ids ids;
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private volatile boolean stopping;

    public Replays(Store store, Intake intake, Ids ids) {
        this.store = store;
        this.intake = intake;
        this.ids = ids;
    }

    /** What a run would do now. */
    public Sum sum(int workspaceId, Condition wanted) {
        return store.read(sql -> {
            int[] count = {0};
            var values = new TreeMap<String, BigDecimal>();
            try (var rows = sql.select(DELIVERY.VALUE_AMOUNT, DELIVERY.CURRENCY)
                    .from(DELIVERY)
                    .where(DELIVERY.WORKSPACE_ID.eq(workspaceId), wanted)
                    .fetchSize(1_000)
                    .fetchLazy()) {
                for (var r : rows) {
                    count[0]++;
                    if (r.value1() != null && r.value2() != null) {
                        values.merge(r.value2(), new BigDecimal(r.value1()), BigDecimal::add);
                    }
                }
            }
            return new Sum(count[0], values);
        });
    }

    /** Begins a run over what fulfils the condition now; what comes to fulfil it later is not touched. */
    public Run start(int workspaceId, Condition wanted, Instant now) {
        var run = new Run(workspaceId, ids.next("rp"), now, sum(workspaceId, wanted));
        synchronized (runs) {
            runs.put(run.id, run);
            if (runs.size() > REMEMBERED) {
                runs.remove(runs.keySet().iterator().next());
            }
        }
        Thread.ofVirtual().name("replay-" + run.id).start(() -> work(run, wanted));
        return run;
    }

    /** A run of the workspace that is remembered, or null. */
    public @Nullable Run find(int workspaceId, String id) {
        synchronized (runs) {
            Run run = runs.get(id);
            return run != null && run.workspaceId == workspaceId ? run : null;
        }
    }

    private void work(Run run, Condition wanted) {
        String last = ids.next("dl");
        String after = "";
        try {
            while (!stopping) {
                String from = after;
                List<String> step = store.read(sql -> step(sql, run.workspaceId, wanted, from, last));
                if (step.isEmpty()) {
                    run.state = "done";
                    return;
                }
                retry(run, step);
                after = step.getLast();
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "replay " + run.id + " stopped: " + e);
            run.state = "failed";
        }
    }

    private static List<String> step(DSLContext sql, int workspaceId, Condition wanted, String after, String last) {
        return sql.select(DELIVERY.ID)
                .from(DELIVERY)
                .where(DELIVERY.WORKSPACE_ID.eq(workspaceId), DELIVERY.ID.gt(after), DELIVERY.ID.lt(last), wanted)
                .orderBy(DELIVERY.ID)
                .limit(STEP)
                .fetch(DELIVERY.ID);
    }

    private void retry(Run run, List<String> step) {
        var under = new ArrayList<CompletableFuture<Delivery>>(step.size());
        for (String id : step) {
            try {
                under.add(intake.append(new DeliveryRetried(run.workspaceId, id)));
            } catch (GroupCommit.OverloadedException e) {
                // Captured clicks go first: let what is under way end, then this one waits its turn.
                under.forEach(f -> f.handle((d, fault) -> d).join());
                under.add(intake.append(new DeliveryRetried(run.workspaceId, id)));
            }
        }
        for (CompletableFuture<Delivery> f : under) {
            try {
                Delivery d = f.join();
                (d.status().equals(DeliveryStatus.PENDING) ? run.retried : run.left).incrementAndGet();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof Refusal)) {
                    throw e;
                }
                run.left.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
    }
}
