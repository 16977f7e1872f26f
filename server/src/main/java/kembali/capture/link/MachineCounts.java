package kembali.capture.link;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.account.Workspaces;
import kembali.figures.LinkCount;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.store.GroupCommit;
import kembali.store.Store;

/**
 * What machines ask of links. Counted here and stored every two seconds, so that a flood of them is a
 * few rows; a crash loses at most what came since.
 */
public final class MachineCounts implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(MachineCounts.class.getName());
    private static final int STORE_SECONDS = 2;

    private record Key(LinkKind kind, int workspaceId, String linkId, LocalDate day, LinkCount what) {}

    private record Counted(Key key, long n) {}

    private final Store store;
    private final Today today;
    private final InstantSource clock;
    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService storing = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("machine-counts").daemon().factory());

    public MachineCounts(Store store, Workspaces workspaces, InstantSource clock) {
        this.store = store;
        this.today = new Today(workspaces);
        this.clock = clock;
        storing.scheduleWithFixedDelay(this::storeNow, STORE_SECONDS, STORE_SECONDS, TimeUnit.SECONDS);
    }

    /** One more of today. */
    public void add(Link link, LinkCount what) {
        LocalDate day = today.of(link.workspaceId(), clock.instant()).date();
        var key = new Key(link.kind(), link.workspaceId(), link.id(), day, what);
        counts.computeIfAbsent(key, k -> new LongAdder()).increment();
    }

    /** Stores what was counted since the last time. */
    public synchronized void storeNow() {
        List<Counted> counted = new ArrayList<>();
        for (Key key : counts.keySet()) {
            LongAdder adder = counts.remove(key);
            if (adder != null) {
                counted.add(new Counted(key, adder.sum()));
            }
        }
        if (counted.isEmpty()) {
            return;
        }
        try {
            store.write(tx -> {
                counted.forEach(c -> LinkDays.in(tx)
                        .add(c.key.kind, c.key.workspaceId, c.key.linkId, c.key.day, null, c.key.what, c.n));
                return true;
            });
        } catch (GroupCommit.OverloadedException e) {
            counted.forEach(
                    c -> counts.computeIfAbsent(c.key, k -> new LongAdder()).add(c.n));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what machines asked could not be stored: " + e.getMessage());
            counted.forEach(
                    c -> counts.computeIfAbsent(c.key, k -> new LongAdder()).add(c.n));
        }
    }

    @Override
    public void close() {
        storing.shutdownNow();
        storeNow();
    }
}
