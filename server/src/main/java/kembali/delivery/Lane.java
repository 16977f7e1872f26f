package kembali.delivery;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.Dispatch;
import kembali.delivery.courier.ProxyAddress;
import kembali.pixel.Health;
import kembali.pixel.Pixel;
import kembali.pixel.Pixels;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.Outcome;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.Verdict;
import kembali.store.GroupCommit;
import kembali.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Empties one pixel's queue: takes due rows, sends them with bounded concurrency, and stores what
 * became of each. A slow or dead platform holds up this lane and no other, and the lane holds a
 * bounded number of rows whatever the backlog.
 */
final class Lane implements Runnable {
    private static final Logger LOG = Logger.getLogger(Lane.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(90);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Nodes that share a database cannot wake each other. */
    private static final Duration POLL_WHEN_SHARED = Duration.ofMillis(500);
    /** So few due rows travel one by one: nobody waits for a batch to fill. */
    private static final int SEND_ALONE = 4;

    private final String pixelId;
    private final Store store;
    private final Pixels pixels;
    private final Courier courier;
    private final DeliverySettings settings;
    private final DeliveryRecorder recorder;
    private final InstantSource clock;
    private final String node;
    private final Semaphore signal = new Semaphore(0);
    private final Semaphore slots;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();
    private final Gate gate;
    private final @Nullable Bucket rate;
    private volatile boolean stopping;
    private volatile Instant pixelSeen;

    Lane(
            Pixel pixel,
            Store store,
            Pixels pixels,
            Courier courier,
            DeliverySettings settings,
            DeliveryRecorder recorder,
            InstantSource clock,
            String node) {
        this.pixelId = pixel.id();
        this.store = store;
        this.pixels = pixels;
        this.courier = courier;
        this.settings = settings;
        this.recorder = recorder;
        this.clock = clock;
        this.node = node;
        this.slots = new Semaphore(settings.concurrency());
        this.gate = new Gate(settings.firstRetryDelay(), pixel.health());
        this.rate = bucket(pixel.platform().rules());
        this.pixelSeen = pixel.updatedAt();
    }

    private @Nullable Bucket bucket(DeliveryRules rules) {
        int perSecond = settings.requestsPerSecond() == 0 ? rules.requestsPerSecond() : settings.requestsPerSecond();
        return perSecond < 0
                ? null
                : Bucket.builder()
                        .addLimit(l -> l.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                        .build();
    }

    /** Something new may be due, or the pixel changed. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Takes no more rows; what is under way ends. */
    void stop() {
        stopping = true;
        wake();
    }

    /** True once the lane takes no more rows, has given back what it did not send, and nothing is under way. */
    boolean awaitQuiet(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)
                && slots.tryAcquire(settings.concurrency(), patience.toMillis(), TimeUnit.MILLISECONDS);
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
                Pixel pixel = pixels.find(pixelId);
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
        }
    }

    /** Sends what is due. Returns how long to wait before looking again; null when more may be due at once. */
    private @Nullable Duration turn(Pixel pixel) throws InterruptedException {
        Destination destination = pixel.destination();
        if (!pixel.enabled() || pixel.paused() || destination == null) {
            return LONGEST_WAIT;
        }
        int wanted = Math.min(4 * settings.concurrency() * settings.batchSize(), 1_000);
        Gate.Pass pass = gate.pass(clock.instant(), settings.batchSize() == 1 ? 4 * settings.concurrency() : wanted);
        if (pass.rows() == 0) {
            return until(pass.waitUntil());
        }
        var claim = new Claim(pixelId, pixel.platform(), pass.rows(), node, LEASE, inHand, recorder.stillWanted());
        Claim.Taken taken = store.write(claim);
        if (taken.rows().isEmpty()) {
            gate.canaryReturned();
            Instant next = taken.nextDue();
            return next == null ? until(null) : until(next);
        }
        for (Delivery d : taken.rows()) {
            inHand.add(d.id());
        }
        send(pixel, destination, taken.rows());
        return null;
    }

    private Duration until(@Nullable Instant instant) {
        Duration longest = store.shared() ? POLL_WHEN_SHARED : LONGEST_WAIT;
        if (instant == null) {
            return longest;
        }
        Duration wait = Duration.between(clock.instant(), instant);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(longest) > 0 ? longest : wait;
    }

    private void send(Pixel pixel, Destination destination, List<Delivery> rows) throws InterruptedException {
        List<List<Delivery>> groups = group(rows, pixel.platform().rules());
        for (int i = 0; i < groups.size(); i++) {
            if (stopping) {
                groups.subList(i, groups.size()).forEach(this::release);
                return;
            }
            slots.acquire();
            takeRate();
            dispatch(pixel, destination, groups.get(i), slots::release);
        }
    }

    private void takeRate() throws InterruptedException {
        if (rate != null) {
            rate.asBlocking().consume(1);
        }
    }

    private List<List<Delivery>> group(List<Delivery> rows, DeliveryRules rules) {
        int size = rows.size() <= SEND_ALONE ? 1 : Math.min(settings.batchSize(), rules.maxBatch());
        var groups = new ArrayList<List<Delivery>>();
        var open = new java.util.HashMap<String, List<Delivery>>();
        for (Delivery d : rows) {
            Prepared.Ready ready = java.util.Objects.requireNonNull(d.prepared());
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

    /** Sends one request and handles its answer; {@code done} runs when all its rows have an outcome. */
    private void dispatch(Pixel pixel, Destination destination, List<Delivery> rows, Runnable done) {
        Instant at = clock.instant();
        String testCode = pixel.activeTestCode(at);
        PlatformRequest request;
        try {
            request = destination.request(ready(rows), testCode);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "a request for " + pixelId + " could not be built", e);
            gate.canaryReturned();
            record(rows, r -> r.end(DeliveryStatus.FAILED, Reasons.BUILD_ERROR), done);
            return;
        }
        String proxy = pixel.proxy();
        courier.send(request, proxy == null ? null : ProxyAddress.parse(proxy)).whenComplete((dispatch, error) -> {
            try {
                var sent = new Sent(pixel, destination, rows, request, testCode, at);
                answered(
                        sent,
                        dispatch != null ? dispatch : new Dispatch.AnswerLost(String.valueOf(error), Duration.ZERO),
                        done);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "an answer for " + pixelId + " could not be handled", e);
                gate.canaryReturned();
                forget(rows);
                done.run();
            }
        });
    }

    private static List<Prepared.Ready> ready(List<Delivery> rows) {
        var events = new ArrayList<Prepared.Ready>(rows.size());
        for (Delivery d : rows) {
            events.add(java.util.Objects.requireNonNull(d.prepared()));
        }
        return events;
    }

    /** A request that travelled. */
    private record Sent(
            Pixel pixel,
            Destination destination,
            List<Delivery> rows,
            PlatformRequest request,
            @Nullable String testCode,
            Instant at) {}

    private void answered(Sent sent, Dispatch dispatch, Runnable done) {
        switch (dispatch) {
            case Dispatch.Answered a ->
                judged(sent, a, sent.destination.read(a.reply(), ready(sent.rows), clock.instant()), done);
            case Dispatch.NotSent n -> {
                Reason reason = Reasons.NO_ANSWER.saying("The platform could not be reached: " + n.error() + ".");
                note(sent.pixel, gate.failed(reason, clock.instant()));
                var tried = tried(sent, n.took(), null, n.error(), false);
                record(sent.rows, r -> r.retry(tried, reason, Retry.Later.UNTIL_EXPIRY, false, this::dueAgain), done);
            }
            case Dispatch.AnswerLost l -> {
                Reason reason = Reasons.NO_ANSWER.saying("The event was sent but no answer came: " + l.error() + ".");
                note(sent.pixel, gate.failed(reason, clock.instant()));
                var tried = tried(sent, l.took(), null, l.error(), true);
                record(
                        sent.rows,
                        r -> {
                            if (sent.pixel.platform().recognisesTwin(r.row().eventName())) {
                                r.retry(tried, reason, Retry.Later.UNTIL_EXPIRY, true, this::dueAgain);
                            } else {
                                r.end(tried, DeliveryStatus.FAILED, Reasons.ANSWER_LOST, true, false);
                            }
                        },
                        done);
            }
        }
    }

    private void judged(Sent sent, Dispatch.Answered answer, Verdict verdict, Runnable done) {
        var tried = tried(sent, answer.took(), answer.reply(), null, false);
        switch (verdict) {
            case Verdict.All all -> {
                watch(sent, all.outcome());
                Duration slowDown = scaled(all.slowDown());
                if (slowDown != null) {
                    gate.slowDown(clock.instant(), slowDown);
                }
                record(sent.rows, r -> apply(r, tried, all.outcome()), done);
            }
            case Verdict.Each each -> {
                for (Outcome o : each.outcomes()) {
                    watch(sent, o);
                }
                record(sent.rows, r -> apply(r, tried, each.outcomes().get(r.index())), done);
            }
            case Verdict.RefusedForOne refused -> {
                note(sent.pixel, gate.succeeded(sent.at));
                if (sent.rows.size() == 1) {
                    record(sent.rows, r -> r.end(tried, DeliveryStatus.FAILED, refused.reason(), false, false), done);
                } else {
                    divide(sent, done);
                }
            }
            case Verdict.TokenRefused refused -> {
                var failed = new Outcome.Failed(refused.reason(), Retry.AFTER_FIX);
                watch(sent, failed);
                record(sent.rows, r -> apply(r, tried, failed), done);
            }
        }
    }

    /** One row of this request is bad: each half travels again, until the culprit is alone. */
    private void divide(Sent sent, Runnable done) {
        int middle = sent.rows.size() / 2;
        List<Delivery> first = List.copyOf(sent.rows.subList(0, middle));
        List<Delivery> second = List.copyOf(sent.rows.subList(middle, sent.rows.size()));
        Thread.startVirtualThread(() -> {
            try {
                store.write(new RenewLease(sent.rows, node, LEASE));
                takeRate();
                dispatch(sent.pixel, sent.destination, first, () -> dispatchSecond(sent, second, done));
            } catch (InterruptedException | RuntimeException e) {
                LOG.log(Level.WARNING, "a divided request of " + pixelId + " waits for its lease to end: " + e);
                forget(sent.rows);
                done.run();
            }
        });
    }

    private void dispatchSecond(Sent sent, List<Delivery> rows, Runnable done) {
        Thread.startVirtualThread(() -> {
            try {
                // The first half may have taken long.
                store.write(new RenewLease(rows, node, LEASE));
                takeRate();
                dispatch(sent.pixel, sent.destination, rows, done);
            } catch (InterruptedException | RuntimeException e) {
                LOG.log(Level.WARNING, "a divided request of " + pixelId + " waits for its lease to end: " + e);
                forget(rows);
                done.run();
            }
        });
    }

    private void watch(Sent sent, Outcome outcome) {
        Instant now = clock.instant();
        switch (outcome) {
            case Outcome.Accepted a -> note(sent.pixel, gate.succeeded(sent.at));
            case Outcome.Processing p -> note(sent.pixel, gate.succeeded(sent.at));
            case Outcome.PartialFailure p -> note(sent.pixel, gate.succeeded(sent.at));
            case Outcome.Failed f -> {
                switch (f.retry()) {
                    case Retry.Never n -> note(sent.pixel, gate.succeeded(sent.at));
                    case Retry.Later l -> {
                        // An event held for itself says nothing about the others.
                        if (l.after() == null) {
                            note(sent.pixel, gate.failed(f.reason(), now));
                        } else {
                            note(sent.pixel, gate.succeeded(sent.at));
                        }
                    }
                    case Retry.AfterFix a -> note(sent.pixel, gate.park(f.reason(), now));
                    case Retry.Throttled t -> note(sent.pixel, gate.throttle(f.reason(), scaled(t.pause()), now));
                }
            }
        }
    }

    private @Nullable Duration scaled(@Nullable Duration asked) {
        // What a platform asks for is honoured as asked; with a shortened clock (tests) it shrinks with it.
        Duration unit = settings.firstRetryDelay();
        return asked == null || unit.compareTo(Duration.ofSeconds(10)) >= 0
                ? asked
                : Duration.ofMillis(asked.toMillis() * unit.toMillis() / 10_000);
    }

    private static void apply(DeliveryRecorder.Row r, Attempt tried, Outcome outcome) {
        switch (outcome) {
            case Outcome.Accepted a ->
                r.end(
                        tried,
                        DeliveryStatus.ACCEPTED,
                        a.detail(),
                        r.row().answerLost() || r.row().leased(),
                        true);
            case Outcome.Processing p ->
                r.end(
                        tried,
                        DeliveryStatus.ACCEPTED,
                        p.detail(),
                        r.row().answerLost() || r.row().leased(),
                        true);
            case Outcome.PartialFailure p ->
                r.end(
                        tried,
                        DeliveryStatus.PARTIAL_FAILURE,
                        DeliveryRecorder.joined(p.complaints()),
                        r.row().answerLost(),
                        true);
            case Outcome.Failed f -> {
                switch (f.retry()) {
                    case Retry.Never n ->
                        r.end(tried, DeliveryStatus.FAILED, f.reason(), r.row().answerLost(), false);
                    case Retry.Later l -> r.retry(tried, f.reason(), l, false, null);
                    case Retry.AfterFix a -> r.waitBehindGate(tried, f.reason());
                    case Retry.Throttled t -> r.waitBehindGate(tried, f.reason());
                }
            }
        }
    }

    private void record(List<Delivery> rows, DeliveryRecorder.Judge judge, Runnable done) {
        var judged = new DeliveryRecorder.Judged(rows, judge, this::dueAgain);
        submitRecord(judged, rows, done);
    }

    private void submitRecord(DeliveryRecorder.Judged judged, List<Delivery> rows, Runnable done) {
        try {
            store.submit(recorder.work(judged)).whenComplete((waits, error) -> {
                if (error != null) {
                    LOG.log(
                            Level.SEVERE,
                            "outcomes of " + rows.size() + " events of " + pixelId
                                    + " could not be stored; their answers count as lost: " + error);
                }
                forget(rows);
                if (error != null || waits) {
                    // The lane sleeps until what it knew to be due next; these may be due sooner.
                    wake();
                }
                done.run();
            });
        } catch (GroupCommit.OverloadedException e) {
            if (e.closing()) {
                LOG.warning("the store closed before the outcomes of " + rows.size() + " events of " + pixelId
                        + "; their answers count as lost");
                forget(rows);
                done.run();
                return;
            }
            // An outcome is never dropped because others are in a hurry.
            Thread.startVirtualThread(() -> {
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                submitRecord(judged, rows, done);
            });
        }
    }

    private void release(List<Delivery> rows) {
        record(rows, DeliveryRecorder.Row::release, () -> {});
    }

    private void forget(List<Delivery> rows) {
        for (Delivery d : rows) {
            inHand.remove(d.id());
        }
    }

    private Instant dueAgain(DeliveryRules rules, int attempts, Instant now) {
        List<Duration> delays = rules.retryDelays();
        Duration plain = delays.get(Math.min(attempts, delays.size()) - 1);
        double scale = (double) settings.firstRetryDelay().toMillis()
                / delays.getFirst().toMillis();
        double jitter = 0.85 + 0.3 * ThreadLocalRandom.current().nextDouble();
        return now.plusMillis(Math.max(1, (long) (plain.toMillis() * scale * jitter)));
    }

    private void note(Pixel pixel, @Nullable Health health) {
        if (health != null) {
            Thread.startVirtualThread(() -> pixels.saveHealth(pixel, health));
            wake();
        }
    }

    private static Attempt tried(
            Sent sent,
            Duration took,
            kembali.platform.@Nullable PlatformReply reply,
            @Nullable String error,
            boolean lost) {
        return new Attempt(
                0,
                sent.at,
                (int) took.toMillis(),
                sent.request.method(),
                sent.request.loggedUri(),
                sent.testCode,
                reply == null ? null : reply.status(),
                reply == null
                        ? null
                        : Attempt.cut(Masking.mask(
                                reply.body(), sent.pixel.credentials().values())),
                error,
                lost,
                null);
    }
}
