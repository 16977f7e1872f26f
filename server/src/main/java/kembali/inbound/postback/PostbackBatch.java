package kembali.inbound.postback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.inbound.postback.PostbackRules.Ready;
import kembali.intake.Intake;
import kembali.intake.PostbackReceived;
import kembali.intake.PostbackRefused;
import kembali.ledger.ReceivedPostback.Arrival;
import kembali.ledger.ReceivedPostback.Content;
import kembali.postback.Reading;
import kembali.postback.Result;
import kembali.store.GroupCommit;
import org.jspecify.annotations.Nullable;

/**
 * Books batches, each on a thread of its own and a few hundred rows at a time, so that neither memory nor those who send one
 * postback at a time suffer from one who sends ten thousand.
 */
final class PostbackBatch {
    private static final Logger LOG = Logger.getLogger(PostbackBatch.class.getName());
    private static final String METHOD = "BATCH";
    private static final String JSON = "application/json";
    private static final int AT_ONCE = 2;
    private static final int CHUNK = 250;
    private static final byte[] NO_BODY = new byte[0];

    private final Intake intake;
    private final Semaphore places = new Semaphore(AT_ONCE);

    PostbackBatch(Intake intake) {
        this.intake = intake;
    }

    /** One batch. */
    record Job(
            Ready ready,
            @Nullable String query,
            byte[] body,
            @Nullable String ip,
            Instant at) {}

    /** What became of it. */
    sealed interface Outcome {
        /** In the order of its rows. */
        record Rows(List<Result> results) implements Outcome {}

        /** As a whole: no row was booked. */
        record Refused(Reading.Why why) implements Outcome {}

        /** Some rows may be booked; sent again, these are recognised. */
        record Failed() implements Outcome {}
    }

    /** Begins; false when too many are under way. @param then told on the batch's own thread */
    boolean take(Job job, Consumer<Outcome> then) {
        if (!places.tryAcquire()) {
            return false;
        }
        Thread.ofVirtual().name("postback-batch").start(() -> {
            Outcome outcome = new Outcome.Failed();
            try {
                outcome = book(job);
            } catch (CompletionException | GroupCommit.OverloadedException e) {
                LOG.log(Level.WARNING, "a batch of " + job.ready.source().id() + " could not be stored: " + e);
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "a batch of " + job.ready.source().id() + " failed: " + e.getClass());
            } finally {
                places.release();
                then.accept(outcome);
            }
        });
        return true;
    }

    private Outcome book(Job job) {
        return switch (job.ready.reader().readBatch(job.query, job.body, job.at)) {
            case Reading.Batch.Refused r -> new Outcome.Refused(r.why());
            case Reading.Batch.Rows batch -> {
                String query = job.query == null ? null : job.ready.log().mask(job.query);
                List<Result> results = new ArrayList<>(batch.count());
                List<CompletableFuture<Result>> chunk = new ArrayList<>(CHUNK);
                for (Reading.Batch.Row row : batch.rows()) {
                    chunk.add(intake.append(command(job, query, row)));
                    if (chunk.size() == CHUNK) {
                        finish(chunk, results);
                    }
                }
                finish(chunk, results);
                yield new Outcome.Rows(results);
            }
        };
    }

    private static void finish(List<CompletableFuture<Result>> chunk, List<Result> results) {
        for (CompletableFuture<Result> f : chunk) {
            results.add(f.join());
        }
        chunk.clear();
    }

    private Intake.Command<Result> command(Job job, @Nullable String query, Reading.Batch.Row row) {
        var arrival = new Arrival(
                job.ready.source().workspaceId(),
                intake.domain().ledger().received().newId(),
                job.ready.source().id(),
                job.at,
                job.ip,
                METHOD,
                query,
                row.text().isEmpty() ? null : job.ready.log().maskBody(row.text()));
        return switch (row.reading()) {
            case Reading.Refused r -> new PostbackRefused(arrival, new Result.Unreadable(r.why()));
            case Reading.Read r ->
                PostbackReceived.now(
                        arrival,
                        new Content(
                                "POST",
                                job.query,
                                row.text().isEmpty() ? NO_BODY : row.text().getBytes(StandardCharsets.UTF_8),
                                JSON),
                        r.postback(),
                        job.ready.rules());
        };
    }
}
