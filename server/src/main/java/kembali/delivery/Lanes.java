package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.delivery.courier.Courier;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.Platforms;
import kembali.platform.Reason;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.support.Ids;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** All lanes, one per pixel, each on a virtual thread of its own. */
public final class Lanes implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Lanes.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** Says whether a row that waits for another try is still wanted; a reason ends it as skipped. */
    public interface StillWanted {
        @Nullable Reason objection(Tx tx, Delivery row);
    }

    /** How long a node may keep rows in hand before another takes them for abandoned. */
    private static final Duration LEASE = Duration.ofSeconds(90);

    private final Store store;
    private final Pixels pixels;
    private final Sender.Means means;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean running;

    public Lanes(
            Store store,
            Pixels pixels,
            Platforms platforms,
            Deliveries deliveries,
            Ids ids,
            Courier courier,
            AccessTokens tokens,
            DeliverySettings settings,
            StillWanted stillWanted,
            InstantSource clock) {
        this.store = store;
        this.pixels = pixels;
        this.means = new Sender.Means(
                store,
                pixels,
                courier,
                tokens,
                new Budgets(settings),
                settings,
                new DeliveryRecorder(platforms, stillWanted::objection),
                new Receipts(ids),
                clock,
                UUID.randomUUID().toString(),
                LEASE);
        deliveries.onRowsDue(this::wake);
        pixels.onChange(this::pixelsChanged);
    }

    /** Begins to send. */
    public void start() {
        if (!store.shared()) {
            takeBackFromLastRun();
        }
        running = true;
        pixelsChanged();
    }

    /** Something of that pixel may be due. */
    public void wake(String pixelId) {
        Lane lane = lanes.get(pixelId);
        if (lane != null) {
            lane.wake();
        }
    }

    /** The only process of this database just started: whatever is marked as taken was taken by the last one. */
    private void takeBackFromLastRun() {
        int rows = store.write(tx -> tx.sql()
                .update(DELIVERY)
                .set(DELIVERY.DUE_AT, 0L)
                .where(DELIVERY.STATUS.eq(DSL.inline(DeliveryStatus.PENDING)), DELIVERY.LEASE_OWNER.isNotNull())
                .execute());
        if (rows > 0) {
            LOG.log(Level.INFO, "{0} events were under way when the last run ended; they are looked at again", rows);
        }
    }

    private void pixelsChanged() {
        if (!running) {
            return;
        }
        for (Pixel p : pixels.all()) {
            lanes.computeIfAbsent(p.id(), id -> startLane(p)).wake();
        }
        lanes.entrySet().removeIf(e -> {
            boolean gone = pixels.find(e.getKey()) == null;
            if (gone) {
                e.getValue().stop();
            }
            return gone;
        });
    }

    private Lane startLane(Pixel p) {
        var lane = new Lane(p, means);
        lane.start();
        return lane;
    }

    /** Stops taking rows, lets what is under way end, and gives the rest back. */
    @Override
    public void close() {
        running = false;
        lanes.values().forEach(Lane::stop);
        try {
            for (Lane lane : lanes.values()) {
                if (!lane.awaitQuiet(PATIENCE)) {
                    LOG.warning("a request is still under way; its answer will count as lost");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
