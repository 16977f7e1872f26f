package kembali.capture.rotator;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.account.Workspaces;
import kembali.figures.LinkCount;
import kembali.figures.LinkDay;
import kembali.figures.LinkDays;
import kembali.figures.LinkKind;
import kembali.store.Store;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The daily caps of agents in rotators. Counted here, and in the store with each click, from where they
 * are taken after a start; where several nodes share the store, each looks every few seconds what the
 * others have given, so together they may exceed a cap by what a few seconds bring.
 */
public final class DailyCaps implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DailyCaps.class.getName());
    private static final int LOOK_SECONDS = 3;

    private record Key(int workspaceId, String rotatorId, String agentId) {}

    private final Store store;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private final Map<Key, DailyCap> caps = new ConcurrentHashMap<>();
    private final @Nullable ScheduledExecutorService looking;

    public DailyCaps(Store store, Workspaces workspaces, InstantSource clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.clock = clock;
        if (store.shared()) {
            looking = Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("daily-caps").daemon().factory());
            looking.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        } else {
            looking = null;
        }
    }

    /** The cap of a share with what is counted of today; null when it has none. */
    @Nullable DailyCap of(DSLContext sql, Rotator rotator, Rotator.Share share, @Nullable OpeningHours hours) {
        var key = new Key(rotator.workspaceId(), rotator.id(), share.agentId());
        if (share.dailyCap() == null) {
            caps.remove(key);
            return null;
        }
        ZoneId workspaceZone = ZoneId.of(workspaces.get(rotator.workspaceId()).timezone());
        ZoneId zone = hours == null ? workspaceZone : hours.zone();
        DailyCap known = caps.get(key);
        if (known != null && known.zone().equals(zone)) {
            known.allow(share.dailyCap());
            return known;
        }
        var cap = new DailyCap(share.dailyCap(), zone);
        LocalDate today = cap.today(clock.millis());
        cap.know(today, stored(sql, key, today));
        if (zone.equals(workspaceZone)) {
            // A cap that is new today: what the agent was given before it counts.
            cap.know(today, figure(sql, key, today));
        }
        caps.put(key, cap);
        return cap;
    }

    /** Forgets the caps of rotators that are gone. */
    void keepOnly(Set<String> rotatorIds) {
        caps.keySet().removeIf(key -> !rotatorIds.contains(key.rotatorId));
    }

    private static long stored(DSLContext sql, Key key, LocalDate day) {
        Long chats = LinkDays.chats(sql, key.workspaceId, key.rotatorId, key.agentId, day);
        return chats == null ? 0 : chats;
    }

    private static long figure(DSLContext sql, Key key, LocalDate today) {
        return LinkDays.read(sql, LinkKind.ROTATOR, key.workspaceId, key.rotatorId, today, today).stream()
                .filter(d -> key.agentId.equals(d.partId()))
                .mapToLong((LinkDay d) -> d.counts().getOrDefault(LinkCount.CHATS, 0L))
                .sum();
    }

    private void look() {
        try {
            store.read(sql -> {
                caps.forEach((key, cap) -> {
                    LocalDate today = cap.today(clock.millis());
                    cap.know(today, stored(sql, key, today));
                });
                return true;
            });
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "what other nodes gave could not be read: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.shutdownNow();
        }
    }
}
