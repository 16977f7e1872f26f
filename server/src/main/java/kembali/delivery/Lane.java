package kembali.delivery;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.pixel.Pixel;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.Prepared;
import org.jspecify.annotations.Nullable;

/**
 * Empties one pixel's queue: takes due rows, sends them with bounded concurrency, and stores what
 * became of each. A slow or dead platform holds up this lane and no other, and the lane holds a
 * bounded number of rows whatever the backlog.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Nodes that share a database cannot wake each other. */
    private static final Duration POLL_WHEN_SHARED = Duration.ofMillis(500);

    private static final Duration EXPIRY_EVERY = Duration.ofMinutes(10);
    /** So few due rows travel one by one: nobody waits for a batch to fill. */
    private static final int SEND_ALONE = 4;

    private final String pixelId;
    private final Sender.Means means;
    private final DeliverySettings settings;
    private final Semaphore signal = new Semaphore(0);
    private final Semaphore slots;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final Gate gate;
    private final Sender sender;
    private final LateVerdicts lateVerdicts;
    private volatile boolean stopping;
    private volatile Instant pixelSeen;
    private Instant nextExpiry = Instant.MIN;

    Lane(Pixel pixel, Sender.Means means) {
        this.pixelId = pixel.id();
        this.means = means;
        this.settings = means.settings();
        this.slots = new Semaphore(settings.concurrency());
        this.gate = new Gate(settings.firstRetryDelay(), pixel.health());
        this.sender = new Sender(pixelId, means, gate, inHand, this::wake, this::receiptKept);
        this.lateVerdicts = new LateVerdicts(pixelId, means, sender);
        this.pixelSeen = pixel.updatedAt();
    }

    /** Something new may be due, or the pixel changed. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void receiptKept() {
        lateVerdicts.wake();
    }

    /** Begins to send, on threads of its own. */
    void start() {
        Thread.ofVirtual().name("lane-" + pixelId).start(this);
        Thread.ofVirtual().name("late-" + pixelId).start(lateVerdicts);
    }

    /** Takes no more rows; what is under way ends. */
    void stop() {
        stopping = true;
        wake();
        lateVerdicts.stop();
    }

    /** True once the lane takes no more rows, has given back what it did not send, and nothing is under way. */
    boolean awaitQuiet(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)
                && slots.tryAcquire(settings.concurrency(), patience.toMillis(), TimeUnit.MILLISECONDS)
                && lateVerdicts.awaitQuiet(patience);
    }

    @Override
    public void run() {
        try {
            empty();
        } finally {
            ended.countDown();
        }
    }

    private void empty() {
        while (!stopping) {
            try {
                Pixel pixel = means.pixels().find(pixelId);
                if (pixel == null) {
                    return;
                }
                reopenAfterChange(pixel);
                Duration wait = turn(pixel);
                if (wait != null && !stopping) {
                    signal.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
                    signal.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "lane of " + pixelId + " stumbles: " + e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            if (signal.tryAcquire(1, TimeUnit.SECONDS)) {
                signal.drainPermits();
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    private void reopenAfterChange(Pixel pixel) {
        if (!pixel.updatedAt().equals(pixelSeen)) {
            pixelSeen = pixel.updatedAt();
            gate.reopen();
            lateVerdicts.wake();
        }
    }

    /** Sends what is due. Returns how long to wait before looking again; null when more may be due at once. */
    private @Nullable Duration turn(Pixel pixel) throws InterruptedException {
        Destination destination = pixel.destination();
        if (!pixel.enabled() || pixel.paused() || destination == null) {
            expire();
            return LONGEST_WAIT;
        }
        Gate.Pass pass = gate.pass(means.clock().instant(), wanted(destination));
        if (pass.rows() == 0) {
            expire();
            return until(pass.waitUntil());
        }
        var claim = new Claim(
                pixelId,
                pixel.platform(),
                pass.rows(),
                means.node(),
                means.lease(),
                inHand,
                means.recorder().stillWanted());
        Claim.Taken taken = means.store().write(claim);
        if (taken.rows().isEmpty()) {
            gate.canaryReturned();
            return until(taken.nextDue());
        }
        for (Delivery d : taken.rows()) {
            inHand.add(d.id());
        }
        send(pixel, destination, taken.rows());
        return null;
    }

    /** No more rows than can be sent while the lease lasts, and never many. */
    private int wanted(Destination destination) {
        int batch = Math.min(settings.batchSize(), destination.rules().maxBatch());
        int most = batch == 1 ? 4 * settings.concurrency() : Math.min(4 * settings.concurrency() * batch, 1_000);
        int perSecond = means.budgets().perSecond(destination);
        long sendable =
                perSecond < 0 ? most : Math.max(1, perSecond * means.lease().toSeconds() / 3) * batch;
        return (int) Math.min(most, sendable);
    }

    /** What waits behind a closed gate or a paused pixel grows too old all the same. */
    private void expire() {
        Instant now = means.clock().instant();
        if (now.isBefore(nextExpiry)) {
            return;
        }
        nextExpiry = now.plus(EXPIRY_EVERY);
        int rows = means.store().write(new ExpireWaiting(pixelId));
        if (rows > 0) {
            LOG.log(Level.INFO, "{0} events of {1} grew too old while they waited", new Object[] {rows, pixelId});
        }
    }

    private Duration until(@Nullable Instant instant) {
        Duration longest = means.store().shared() ? POLL_WHEN_SHARED : LONGEST_WAIT;
        if (instant == null) {
            return longest;
        }
        Duration wait = Duration.between(means.clock().instant(), instant);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait;
    }

    private void send(Pixel pixel, Destination destination, List<Delivery> rows) throws InterruptedException {
        List<List<Delivery>> groups = group(rows, destination.rules());
        Bucket budget = means.budgets().of(pixelId, destination);
        Instant renewAt = means.clock().instant().plus(means.lease().dividedBy(3));
        for (int i = 0; i < groups.size(); i++) {
            if (stopping) {
                groups.subList(i, groups.size()).forEach(sender::release);
                return;
            }
            slots.acquire();
            if (budget != null) {
                budget.asBlocking().consume(1);
            }
            if (means.clock().instant().isAfter(renewAt)) {
                // A slow platform: what was taken with the first requests must not look abandoned meanwhile.
                List<Delivery> rest = groups.subList(i, groups.size()).stream()
                        .flatMap(List::stream)
                        .toList();
                means.store().write(new RenewLease(rest, means.node(), means.lease()));
                renewAt = means.clock().instant().plus(means.lease().dividedBy(3));
            }
            sender.send(pixel, destination, groups.get(i), slots::release);
        }
    }

    private List<List<Delivery>> group(List<Delivery> rows, DeliveryRules rules) {
        int size = rows.size() <= SEND_ALONE ? 1 : Math.min(settings.batchSize(), rules.maxBatch());
        var groups = new ArrayList<List<Delivery>>();
        var open = new HashMap<String, List<Delivery>>();
        for (Delivery d : rows) {
            Prepared.Ready ready = Objects.requireNonNull(d.prepared());
            if (ready.alone() || size == 1) {
                groups.add(List.of(d));
                continue;
            }
            List<Delivery> group = open.computeIfAbsent(ready.route(), r -> new ArrayList<>());
            group.add(d);
            if (group.size() == size) {
                groups.add(group);
                open.remove(ready.route());
            }
        }
        groups.addAll(open.values());
        return groups;
    }
}
