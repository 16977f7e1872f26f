package kembali.delivery;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
import kembali.platform.FollowUp;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.TokenSource;
import kembali.platform.Verdict;
import kembali.store.GroupCommit;
import kembali.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one lane and stores what became of each row: with the access token the
 * platform wants, divided when one bad row spoilt a batch, and with every answer told to the gate.
 */
final class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class.getName());

    /** What all senders share. */
    record Means(
            Store store,
            Pixels pixels,
            Courier courier,
            AccessTokens tokens,
            Budgets budgets,
            DeliverySettings settings,
            DeliveryRecorder recorder,
            Receipts receipts,
            InstantSource clock,
            String node,
            Duration lease) {}

    private final String pixelId;
    private final Means means;
    private final Gate gate;
    private final Set<String> inHand;
    private final Runnable wake;
    private final Runnable receiptKept;
    private final HealthNotes health;

    /**
     * @param inHand rows somebody works on; taken out again when their outcome is stored
     * @param wake called when rows may be due sooner than the lane knows
     * @param receiptKept called when a verdict has to be asked for later
     */
    Sender(String pixelId, Means means, Gate gate, Set<String> inHand, Runnable wake, Runnable receiptKept) {
        this.pixelId = pixelId;
        this.means = means;
        this.gate = gate;
        this.inHand = inHand;
        this.wake = wake;
        this.receiptKept = receiptKept;
        this.health = new HealthNotes(means.pixels);
    }

    /** Sends one request and handles its answer; {@code done} runs when all its rows have an outcome. */
    void send(Pixel pixel, Destination destination, List<Delivery> rows, Runnable done) {
        Instant at = means.clock.instant();
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
        var sent = new Sent(pixel, destination, rows, request, testCode, at, null, false);
        TokenSource tokens = destination.tokens();
        if (tokens == null) {
            travel(sent, done);
        } else {
            travelWithToken(sent, tokens, done);
        }
    }

    private void travelWithToken(Sent sent, TokenSource tokens, Runnable done) {
        means.tokens
                .get(tokens, proxy(sent.pixel))
                .whenComplete((access, error) -> guarded(sent, done, () -> {
                    switch (Objects.requireNonNull(access)) {
                        case AccessTokens.Access.Granted granted -> travel(sent.with(granted.token()), done);
                        case AccessTokens.Access.Refused refused -> {
                            watch(sent, refused.failure());
                            Attempt tried = withoutToken(sent, refused);
                            record(sent.rows, r -> apply(r, tried, refused.failure()), done);
                        }
                    }
                }));
    }

    private void travel(Sent sent, Runnable done) {
        String token = sent.token;
        means.courier
                .send(token == null ? sent.request : sent.request.withBearer(token), proxy(sent.pixel))
                .whenComplete((dispatch, error) -> guarded(
                        sent,
                        done,
                        () -> answered(
                                sent,
                                dispatch != null
                                        ? dispatch
                                        : new Dispatch.AnswerLost(String.valueOf(error), Duration.ZERO),
                                done)));
    }

    /** A bug in handling an answer must not keep the rows in hand for ever. */
    private void guarded(Sent sent, Runnable done, Runnable handling) {
        try {
            handling.run();
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "an answer for " + pixelId + " could not be handled", e);
            gate.canaryReturned();
            forget(sent.rows);
            done.run();
        }
    }

    static @Nullable ProxyAddress proxy(Pixel pixel) {
        String proxy = pixel.proxy();
        return proxy == null ? null : ProxyAddress.parse(proxy);
    }

    /**
     * A late verdict on rows that count as accepted until now. One that ended otherwise meanwhile stays as it is.
     *
     * @param also done in the same transaction
     */
    void settle(Pixel pixel, List<Delivery> rows, Attempt tried, Verdict verdict, DeliveryRecorder.Also also) {
        List<Outcome> outcomes = switch (verdict) {
            case Verdict.All all -> Collections.nCopies(rows.size(), all.outcome());
            case Verdict.Each each -> each.outcomes();
            case Verdict.RefusedForOne refused ->
                Collections.nCopies(rows.size(), new Outcome.Failed(refused.reason(), Retry.NEVER));
            case Verdict.TokenRefused refused ->
                Collections.nCopies(rows.size(), new Outcome.Failed(refused.reason(), Retry.AFTER_FIX));
        };
        for (Outcome o : outcomes) {
            if (o instanceof Outcome.Failed f && f.retry() instanceof Retry.AfterFix) {
                note(pixel, gate.park(f.reason(), means.clock.instant()));
            }
        }
        record(rows, r -> applyLate(r, tried, outcomes.get(r.index())), also, () -> {});
    }

    private void applyLate(DeliveryRecorder.Row r, Attempt tried, Outcome outcome) {
        if (!r.row().status().equals(DeliveryStatus.ACCEPTED)) {
            return;
        }
        if (r.row().prepared() == null && outcome instanceof Outcome.Failed f) {
            // The person was erased: there is nothing left to send again.
            r.end(tried, DeliveryStatus.FAILED, f.reason(), r.row().answerLost(), false);
        } else if (outcome instanceof Outcome.Failed f && f.retry() instanceof Retry.Later l) {
            r.retryLate(tried, f.reason(), l, held(l));
        } else {
            apply(r, tried, outcome);
        }
    }

    static List<Prepared.Ready> ready(List<Delivery> rows) {
        var events = new ArrayList<Prepared.Ready>(rows.size());
        for (Delivery d : rows) {
            events.add(Objects.requireNonNull(d.prepared()));
        }
        return events;
    }

    /** A request that travels. */
    private record Sent(
            Pixel pixel,
            Destination destination,
            List<Delivery> rows,
            PlatformRequest request,
            @Nullable String testCode,
            Instant at,
            @Nullable String token,
            boolean repeated) {
        Sent with(String accessToken) {
            return new Sent(pixel, destination, rows, request, testCode, at, accessToken, repeated);
        }

        Sent again() {
            return new Sent(pixel, destination, rows, request, testCode, at, null, true);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "Sent[" + request + ", " + rows.size() + " rows]";
        }
    }

    private void answered(Sent sent, Dispatch dispatch, Runnable done) {
        switch (dispatch) {
            case Dispatch.Answered a ->
                judged(sent, a, sent.destination.read(a.reply(), ready(sent.rows), means.clock.instant()), done);
            case Dispatch.NotSent n -> {
                Reason reason = notSent(n);
                var tried = tried(sent, n.took(), null, n.error(), false);
                if (n.obstacle() == Dispatch.Obstacle.FORBIDDEN) {
                    gate.canaryReturned();
                    record(sent.rows, r -> r.end(tried, DeliveryStatus.FAILED, reason, false, false), done);
                    return;
                }
                note(sent.pixel, gate.failed(reason, means.clock.instant()));
                Retry.Later later = unanswered(sent.destination);
                record(sent.rows, r -> r.retry(tried, reason, later, false, this::dueAgain), done);
            }
            case Dispatch.AnswerLost l -> {
                Reason reason = Reasons.NO_ANSWER.saying("The event was sent but no answer came: " + l.error() + ".");
                note(sent.pixel, gate.failed(reason, means.clock.instant()));
                var tried = tried(sent, l.took(), null, l.error(), true);
                record(
                        sent.rows,
                        r -> {
                            if (sent.pixel
                                    .platform()
                                    .recognisesTwin(r.row().eventName(), r.row().route())) {
                                r.retry(tried, reason, unanswered(sent.destination), true, this::dueAgain);
                            } else {
                                r.end(tried, DeliveryStatus.FAILED, Reasons.ANSWER_LOST, true, false);
                            }
                        },
                        done);
            }
        }
    }

    /** Why a request did not leave, in words for the sync log. */
    static Reason notSent(Dispatch.NotSent n) {
        if (n.obstacle() == Dispatch.Obstacle.FORBIDDEN) {
            return Reasons.BLOCKED_ADDRESS.saying(Reasons.BLOCKED_ADDRESS.message() + " (" + n.error() + ")");
        }
        return n.obstacle().isProxy()
                ? Reasons.PROXY_FAILED.saying("The pixel's proxy failed: " + n.error() + ".")
                : Reasons.NO_ANSWER.saying("The platform could not be reached: " + n.error() + ".");
    }

    private static Retry.Later unanswered(Destination destination) {
        return new Retry.Later(destination.rules().mostTries());
    }

    private void judged(Sent sent, Dispatch.Answered answer, Verdict verdict, Runnable done) {
        var tried = tried(sent, answer.took(), answer.reply(), null, false);
        switch (verdict) {
            case Verdict.All all -> {
                watch(sent, all.outcome());
                Duration slowDown = scaled(all.slowDown());
                if (slowDown != null) {
                    gate.slowDown(means.clock.instant(), slowDown);
                }
                DeliveryRecorder.Also keep = all.outcome() instanceof Outcome.Processing p ? receipt(sent, p) : null;
                record(sent.rows, r -> apply(r, tried, all.outcome()), keep, done);
            }
            case Verdict.Each each -> {
                // What closes the gate comes last: a good neighbour in the same request must not open it again.
                each.outcomes().stream()
                        .sorted(Comparator.comparing(
                                o -> o instanceof Outcome.Failed f && !(f.retry() instanceof Retry.Never)))
                        .forEach(o -> watch(sent, o));
                List<Attempt> own = own(tried, each, sent);
                record(
                        sent.rows,
                        r -> apply(r, own.get(r.index()), each.outcomes().get(r.index())),
                        done);
            }
            case Verdict.RefusedForOne refused -> {
                note(sent.pixel, gate.succeeded(sent.at));
                if (sent.rows.size() == 1) {
                    record(sent.rows, r -> r.end(tried, DeliveryStatus.FAILED, refused.reason(), false, false), done);
                } else {
                    divide(sent, done);
                }
            }
            case Verdict.TokenRefused refused -> tokenRefused(sent, refused, tried, done);
        }
    }

    /** Once with a fresh token; refused again, somebody has to mend the access. */
    private void tokenRefused(Sent sent, Verdict.TokenRefused refused, Attempt tried, Runnable done) {
        TokenSource tokens = sent.destination.tokens();
        if (tokens != null && sent.token != null) {
            means.tokens.refused(tokens, sent.token);
            if (!sent.repeated) {
                travelWithToken(sent.again(), tokens, done);
                return;
            }
        }
        var failed = new Outcome.Failed(refused.reason(), Retry.AFTER_FIX);
        watch(sent, failed);
        record(sent.rows, r -> apply(r, tried, failed), done);
    }

    /** One row of this request is bad: each half travels again, until the culprit is alone. */
    private void divide(Sent sent, Runnable done) {
        int middle = sent.rows.size() / 2;
        List<Delivery> first = List.copyOf(sent.rows.subList(0, middle));
        List<Delivery> second = List.copyOf(sent.rows.subList(middle, sent.rows.size()));
        Thread.startVirtualThread(() -> {
            try {
                means.store.write(new RenewLease(sent.rows, means.node, means.lease));
                takeRate(sent);
                send(sent.pixel, sent.destination, first, () -> dispatchSecond(sent, second, done));
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
                means.store.write(new RenewLease(rows, means.node, means.lease));
                takeRate(sent);
                send(sent.pixel, sent.destination, rows, done);
            } catch (InterruptedException | RuntimeException e) {
                LOG.log(Level.WARNING, "a divided request of " + pixelId + " waits for its lease to end: " + e);
                forget(rows);
                done.run();
            }
        });
    }

    private void watch(Sent sent, Outcome outcome) {
        Instant now = means.clock.instant();
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

    private void takeRate(Sent sent) throws InterruptedException {
        Bucket budget = means.budgets.of(pixelId, sent.destination);
        if (budget != null) {
            budget.asBlocking().consume(1);
        }
    }

    private @Nullable Duration scaled(@Nullable Duration asked) {
        // What a platform asks for is honoured as asked; with a shortened clock (tests) it shrinks with it.
        Duration unit = means.settings.firstRetryDelay();
        return asked == null || unit.compareTo(Duration.ofSeconds(10)) >= 0
                ? asked
                : Duration.ofMillis(asked.toMillis() * unit.toMillis() / 10_000);
    }

    private void apply(DeliveryRecorder.Row r, Attempt tried, Outcome outcome) {
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
                    case Retry.Later l -> r.retry(tried, f.reason(), l, false, held(l));
                    case Retry.AfterFix a -> r.waitBehindGate(tried, f.reason());
                    case Retry.Throttled t -> r.waitBehindGate(tried, f.reason());
                }
            }
        }
    }

    /** Keeps what to ask with for the verdict on a request; null where nobody will ask. */
    private DeliveryRecorder.@Nullable Also receipt(Sent sent, Outcome.Processing processing) {
        FollowUp followUp = sent.destination.followUp();
        if (followUp == null) {
            return null;
        }
        Duration firstWait = stretched(means.settings, followUp.waits().getFirst());
        return tx -> {
            means.receipts.add(tx, processing.receipt(), sent.rows, tx.now().plus(firstWait));
            tx.afterCommit(receiptKept);
        };
    }

    /** A wait of the platform's rules on the clock that the first retry delay sets. */
    static Duration stretched(DeliverySettings settings, Duration wait) {
        return Duration.ofMillis(
                Math.max(1, wait.toMillis() * settings.firstRetryDelay().toMillis() / 10_000));
    }

    private void record(List<Delivery> rows, DeliveryRecorder.Judge judge, Runnable done) {
        record(rows, judge, null, done);
    }

    private void record(
            List<Delivery> rows, DeliveryRecorder.Judge judge, DeliveryRecorder.@Nullable Also also, Runnable done) {
        var judged = new DeliveryRecorder.Judged(rows, judge, this::dueAgain, also);
        submitRecord(judged, rows, done);
    }

    private void submitRecord(DeliveryRecorder.Judged judged, List<Delivery> rows, Runnable done) {
        try {
            means.store.submit(means.recorder.work(judged)).whenComplete((waits, error) -> {
                if (error != null) {
                    LOG.log(
                            Level.SEVERE,
                            "outcomes of " + rows.size() + " events of " + pixelId
                                    + " could not be stored; their answers count as lost: " + error);
                }
                forget(rows);
                if (error != null || waits) {
                    // The lane sleeps until what it knew to be due next; these may be due sooner.
                    wake.run();
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

    /** Gives rows back that were not sent. */
    void release(List<Delivery> rows) {
        record(rows, DeliveryRecorder.Row::release, () -> {});
    }

    private void forget(List<Delivery> rows) {
        for (Delivery d : rows) {
            inHand.remove(d.id());
        }
    }

    /** Held for itself, with a little jitter so that held rows do not come back all at once; null for the usual delays. */
    private DeliveryRecorder.@Nullable Backoff held(Retry.Later later) {
        if (later.after() == null) {
            return null;
        }
        Duration wait = stretched(means.settings, later.after());
        return (rules, attempts, now) ->
                now.plusMillis(wait.toMillis() + ThreadLocalRandom.current().nextLong(wait.toMillis() / 20 + 1));
    }

    private Instant dueAgain(DeliveryRules rules, int attempts, Instant now) {
        List<Duration> delays = rules.retryDelays();
        Duration plain = delays.get(Math.min(attempts, delays.size()) - 1);
        double jitter = 0.85 + 0.3 * ThreadLocalRandom.current().nextDouble();
        return now.plusMillis(
                Math.max(1, (long) (stretched(means.settings, plain).toMillis() * jitter)));
    }

    private void note(Pixel pixel, @Nullable Health health) {
        if (health != null) {
            this.health.store(pixel, health);
            wake.run();
        }
    }

    /** The token was asked for and not given: no event travelled. */
    private static Attempt withoutToken(Sent sent, AccessTokens.Access.Refused refused) {
        PlatformReply reply = refused.reply();
        return new Attempt(
                0,
                sent.at,
                (int) refused.took().toMillis(),
                refused.request().method(),
                refused.request().loggedUri(),
                null,
                reply == null ? null : reply.status(),
                reply == null ? null : shown(sent.pixel, reply.body(), null),
                refused.error(),
                false,
                Attempt.NO_PAYLOAD);
    }

    /** An answer as the sync log shows it: masked, and not without end. */
    static @Nullable String shown(Pixel pixel, String answer, @Nullable String token) {
        var secrets = new ArrayList<>(pixel.credentials().values());
        Destination destination = pixel.destination();
        if (destination != null) {
            secrets.addAll(destination.secrets());
        }
        if (token != null) {
            secrets.add(token);
        }
        return Attempt.cut(Masking.mask(answer, secrets));
    }

    /** The attempt as each event of the request keeps it: with what the platform said of that event alone. */
    private static List<Attempt> own(Attempt tried, Verdict.Each each, Sent sent) {
        if (each.answers().isEmpty()) {
            return Collections.nCopies(each.outcomes().size(), tried);
        }
        return each.answers().stream()
                .map(answer -> tried.answered(shown(sent.pixel, answer, sent.token)))
                .toList();
    }

    private static Attempt tried(
            Sent sent, Duration took, @Nullable PlatformReply reply, @Nullable String error, boolean lost) {
        return new Attempt(
                0,
                sent.at,
                (int) took.toMillis(),
                sent.request.method(),
                sent.request.loggedUri(),
                sent.testCode,
                reply == null ? null : reply.status(),
                reply == null ? null : shown(sent.pixel, reply.body(), sent.token),
                error,
                lost,
                null);
    }
}
