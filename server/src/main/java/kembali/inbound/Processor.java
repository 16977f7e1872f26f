package kembali.inbound;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.store.Store;

/** Reads what came in: a lane per source, so that a slow one holds up no other, and the broom behind them. */
final class Processor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Processor.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private static final int FORGOTTEN_AT_ONCE = 200;
    private static final int BROOM_MINUTES = 10;

    /** What lanes work with. */
    record Means(
            Store store,
            Sources sources,
            Kinds kinds,
            Readings reading,
            Applier applier,
            Outcomes outcomes,
            InstantSource clock,
            String node) {}

    private final Means means;
    private final Requests requests;
    private final Map<String, SourceLane> lanes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService broom = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("inbound-broom").factory());
    private volatile boolean running;

    Processor(
            Store store,
            Sources sources,
            Kinds kinds,
            Requests requests,
            Readings reading,
            Applier applier,
            Outcomes outcomes,
            InstantSource clock) {
        this.requests = requests;
        this.means = new Means(
                store,
                sources,
                kinds,
                reading,
                applier,
                outcomes,
                clock,
                UUID.randomUUID().toString());
        sources.onChange(this::sourcesChanged);
    }

    /** Begins to read. */
    void start() {
        running = true;
        sourcesChanged();
        broom.scheduleWithFixedDelay(this::sweep, 1, BROOM_MINUTES, TimeUnit.MINUTES);
    }

    /** Something of that source may be due. */
    void wake(String sourceId) {
        SourceLane lane = lanes.get(sourceId);
        if (lane != null) {
            lane.wake();
        }
    }

    private void sourcesChanged() {
        if (!running) {
            return;
        }
        for (Source s : means.sources().all()) {
            if (means.kinds().find(s.kind()) != null) {
                lanes.computeIfAbsent(s.id(), this::startLane).wake();
            }
        }
        lanes.entrySet().removeIf(e -> {
            boolean gone = means.sources().find(e.getKey()) == null;
            if (gone) {
                e.getValue().stop();
            }
            return gone;
        });
    }

    private SourceLane startLane(String sourceId) {
        var lane = new SourceLane(sourceId, means);
        Thread.ofVirtual().name("source-" + sourceId).start(lane);
        return lane;
    }

    /** Forgets what was kept long enough, a little at a time so that nobody waits for it. */
    void sweep() {
        Store store = means.store();
        try {
            repeat(() -> store.write(tx -> means.sources().forgetRemoved(tx, FORGOTTEN_AT_ONCE)));
            for (Source s : means.sources().all()) {
                repeat(() -> store.write(tx -> requests.forgetOld(tx, s, FORGOTTEN_AT_ONCE)));
            }
            repeat(() -> store.write(tx -> Requests.forgetFacts(tx, FORGOTTEN_AT_ONCE)));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "old requests stay for now: " + e.getMessage());
        }
    }

    private interface Step {
        int forgotten();
    }

    private static void repeat(Step step) {
        while (step.forgotten() == FORGOTTEN_AT_ONCE) {
            LOG.fine("more to forget");
        }
    }

    /** Lets what is being read end; the rest waits in the database. */
    @Override
    public void close() {
        running = false;
        broom.shutdownNow();
        lanes.values().forEach(SourceLane::stop);
        try {
            for (SourceLane lane : lanes.values()) {
                if (!lane.awaitEnd(PATIENCE)) {
                    LOG.warning("a request is still being read; it is read again after the next start");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
