package kembali.delivery;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.delivery.courier.Dispatch;
import kembali.pixel.Pixel;
import kembali.platform.Destination;
import kembali.platform.FollowUp;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.TokenSource;
import org.jspecify.annotations.Nullable;

/**
 * Asks one pixel's platform, at the times its rules say, what became of the requests it took with a
 * receipt, and stores the verdict in place of the row's provisional one.
 */
final class LateVerdicts implements Runnable {
    private static final Logger LOG = Logger.getLogger(LateVerdicts.class.getName());
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int AT_ONCE = 20;

    private final String pixelId;
    private final Sender.Means means;
    private final Sender sender;
    private final Semaphore signal = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;

    LateVerdicts(String pixelId, Sender.Means means, Sender sender) {
        this.pixelId = pixelId;
        this.means = means;
        this.sender = sender;
    }

    /** A receipt was kept, or the pixel changed. */
    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    /** Asks nothing more; a question under way ends. */
    void stop() {
        stopping = true;
        wake();
    }

    boolean awaitQuiet(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                Pixel pixel = means.pixels().find(pixelId);
                if (pixel == null) {
                    return;
                }
                Duration wait = LONGEST_WAIT;
                try {
                    wait = turn(pixel);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "late verdicts of " + pixelId + " stumble: " + e);
                }
                if (!stopping) {
                    signal.tryAcquire(wait.toMillis() + 1, TimeUnit.MILLISECONDS);
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private Duration turn(Pixel pixel) throws InterruptedException {
        Destination destination = pixel.destination();
        FollowUp followUp = destination == null ? null : destination.followUp();
        if (destination == null || followUp == null || !pixel.enabled()) {
            return LONGEST_WAIT;
        }
        Receipts.Taken taken = means.store().write(tx -> Receipts.take(tx, pixelId, AT_ONCE, means.lease()));
        for (Receipts.Receipt r : taken.due()) {
            if (stopping) {
                return Duration.ZERO;
            }
            ask(pixel, destination, followUp, r);
        }
        if (!taken.due().isEmpty()) {
            // There may be more, and when these are due again was decided only after the look at what is next.
            return Duration.ZERO;
        }
        Instant next = taken.nextDue();
        if (next == null) {
            return LONGEST_WAIT;
        }
        Duration wait = Duration.between(means.clock().instant(), next);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** A question and its answer; {@code reply} is null when none came. */
    private record Asked(
            PlatformRequest request,
            Instant at,
            Duration took,
            @Nullable PlatformReply reply,
            @Nullable String token) {
        @Override
        public String toString() {
            return "Asked[" + request + "]";
        }
    }

    private void ask(Pixel pixel, Destination destination, FollowUp followUp, Receipts.Receipt r)
            throws InterruptedException {
        List<Delivery> rows = means.store().read(sql -> Receipts.rows(sql, r));
        if (rows.isEmpty()) {
            means.store().write(tx -> {
                Receipts.close(tx, r);
                return true;
            });
            return;
        }
        List<Prepared.Ready> sent = rows.stream().map(Receipts::sent).toList();
        Asked asked = question(pixel, destination, followUp, r);
        FollowUp.Answer answer = read(followUp, asked, sent);
        if (answer instanceof FollowUp.Answer.TokenRefused) {
            TokenSource tokens = destination.tokens();
            if (tokens != null && asked.token != null) {
                means.tokens().refused(tokens, asked.token);
                asked = question(pixel, destination, followUp, r);
                answer = read(followUp, asked, sent);
            }
        }
        switch (answer) {
            case FollowUp.Answer.Known known ->
                sender.settle(pixel, rows, attempt(pixel, asked), known.verdict(), tx -> Receipts.close(tx, r));
            case FollowUp.Answer.NotYet notYet -> later(followUp, r, rows, notYet.pause());
            case FollowUp.Answer.TokenRefused refused -> later(followUp, r, rows, null);
            case FollowUp.Answer.Unknowable unknowable -> leaveAt(r, rows, unknowable.reason());
        }
    }

    private Asked question(Pixel pixel, Destination destination, FollowUp followUp, Receipts.Receipt r)
            throws InterruptedException {
        Bucket budget = means.budgets().of(pixelId, destination);
        if (budget != null) {
            budget.asBlocking().consume(1);
        }
        Instant at = means.clock().instant();
        PlatformRequest request = followUp.request(r.receipt());
        TokenSource tokens = destination.tokens();
        String token = null;
        if (tokens != null) {
            AccessTokens.Access access = means.tokens()
                    .get(tokens, Sender.proxy(pixel))
                    .toCompletableFuture()
                    .join();
            if (!(access instanceof AccessTokens.Access.Granted granted)) {
                return new Asked(request, at, Duration.ZERO, null, null);
            }
            token = granted.token();
        }
        Dispatch dispatch =
                means.courier().sendAndWait(token == null ? request : request.withBearer(token), Sender.proxy(pixel));
        return new Asked(
                request, at, dispatch.took(), dispatch instanceof Dispatch.Answered a ? a.reply() : null, token);
    }

    private static FollowUp.Answer read(FollowUp followUp, Asked asked, List<Prepared.Ready> sent) {
        PlatformReply reply = asked.reply;
        return reply == null ? new FollowUp.Answer.NotYet(null) : followUp.read(reply, sent);
    }

    private void later(FollowUp followUp, Receipts.Receipt r, List<Delivery> rows, @Nullable Duration pause) {
        int asked = r.asked() + 1;
        if (asked >= followUp.waits().size()) {
            leaveAt(r, rows, followUp.unanswered());
            return;
        }
        Duration wait = followUp.waits().get(asked);
        Duration longer = pause != null && pause.compareTo(wait) > 0 ? pause : wait;
        means.store().write(tx -> {
            Receipts.askAgain(tx, r, asked, tx.now().plus(Sender.stretched(means.settings(), longer)));
            return true;
        });
    }

    /** No verdict will come: the rows stay accepted and say so. */
    private void leaveAt(Receipts.Receipt r, List<Delivery> rows, Reason reason) {
        means.store().write(tx -> {
            var outcomes = tx.part(OutcomeRows.class, OutcomeRows::new);
            for (Delivery d : rows) {
                if (d.status().equals(DeliveryStatus.ACCEPTED)) {
                    outcomes.explain(d, reason);
                }
            }
            Receipts.close(tx, r);
            return true;
        });
    }

    private static Attempt attempt(Pixel pixel, Asked asked) {
        PlatformReply reply = asked.reply;
        return new Attempt(
                0,
                asked.at,
                (int) asked.took.toMillis(),
                asked.request.method(),
                asked.request.loggedUri(),
                null,
                reply == null ? null : reply.status(),
                reply == null ? null : Sender.shown(pixel, reply.body(), asked.token),
                null,
                false,
                Attempt.NO_PAYLOAD);
    }
}
