package kembali.transfer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import kembali.intake.Intake;
import kembali.store.GroupCommit;
import kembali.store.Store;
import kembali.store.StoreException;
import kembali.transfer.Chunk.Row;
import kembali.transfer.csv.CsvFault;
import kembali.transfer.csv.CsvInput;
import kembali.transfer.csv.CsvRow;
import kembali.transfer.row.RowReader;
import org.jspecify.annotations.Nullable;

/** One file from where it stands to its end: while some rows are written, the next are read. */
final class ImportRun<R> {
    /** A chunk is that long at most, whatever its rows hold. */
    private static final int MOST_CHARACTERS = 300_000;

    private static final int TRIES = 30;
    private static final Duration AGAIN = Duration.ofSeconds(2);

    /** How it went. */
    sealed interface End {
        record Done() implements End {}

        /** @param line where; 0 when that is not known */
        record Unreadable(long line, String sentence) implements End {}

        /** Another has the job, or nobody wants it any more. */
        record Taken() implements End {}

        /** The server stops: the job goes on later. */
        record Stopped() implements End {}
    }

    /** A chunk under way. */
    private record Under<R>(Chunk<R> chunk, CompletableFuture<Written> written, long since) {}

    /** Whether it was stored, and how much of others' work waited then. */
    private record Written(boolean stored, int waiting) {}

    private final ImportJob job;
    private final String owner;
    private final RowReader<R> reader;
    private final RowSink<R> sink;
    private final ImportReports reports;
    private final Store store;
    private final Intake intake;
    private final InstantSource clock;
    private final BooleanSupplier stopping;
    private final Pace pace = new Pace();

    ImportRun(
            ImportJob job,
            String owner,
            RowReader<R> reader,
            RowSink<R> sink,
            ImportReports reports,
            Store store,
            Intake intake,
            InstantSource clock,
            BooleanSupplier stopping) {
        this.job = job;
        this.owner = owner;
        this.reader = reader;
        this.sink = sink;
        this.reports = reports;
        this.store = store;
        this.intake = intake;
        this.clock = clock;
        this.stopping = stopping;
    }

    End run(ImportFiles files) throws IOException, InterruptedException {
        try (var in = new CsvInput(files.open(job.id()), job.plan().shape())) {
            long done = job.progress().rows();
            long passed = (job.plan().header() ? 1 : 0) + done;
            for (long i = 0; i < passed; i++) {
                if (in.next() == null) {
                    return new End.Done();
                }
            }
            return work(in, done);
        } catch (CsvFault e) {
            return new End.Unreadable(e.line(), String.valueOf(e.getMessage()));
        }
    }

    private End work(CsvInput in, long done) throws IOException, InterruptedException {
        Under<R> under = null;
        Chunk<R> next = null;
        CsvFault fault = null;
        long from = done;
        while (true) {
            try {
                next = read(in, from);
            } catch (CsvFault e) {
                fault = e;
                next = null;
            }
            if (under != null && !finish(under)) {
                return new End.Taken();
            }
            if (stopping.getAsBoolean()) {
                return new End.Stopped();
            }
            if (fault != null) {
                throw fault;
            }
            if (next == null) {
                return new End.Done();
            }
            from = next.to();
            under = submit(next);
        }
    }

    private @Nullable Chunk<R> read(CsvInput in, long from) throws IOException {
        Instant now = clock.instant();
        var rows = new ArrayList<Row<R>>(pace.rows());
        int characters = 0;
        CsvFault fault = null;
        try {
            while (rows.size() < pace.rows() && characters < MOST_CHARACTERS) {
                CsvRow row = in.next();
                if (row == null) {
                    break;
                }
                for (String cell : row.cells()) {
                    characters += cell.length();
                }
                rows.add(new Row<>(row.line(), reader.read(row.cells(), now)));
            }
        } catch (CsvFault e) {
            fault = e;
        }
        if (fault != null && rows.isEmpty()) {
            throw fault;
        }
        // Rows before one that cannot be read are taken; the reader says the same again when it is asked next.
        return rows.isEmpty() ? null : new Chunk<>(job, owner, from, rows, in.bytesRead(), sink, reports);
    }

    private Under<R> submit(Chunk<R> chunk) throws InterruptedException {
        long since = System.nanoTime();
        CompletableFuture<Boolean> stored;
        try {
            stored = intake.append(command(chunk));
        } catch (GroupCommit.OverloadedException | StoreException e) {
            stored = CompletableFuture.failedFuture(e);
        }
        return new Under<>(chunk, stored.thenApply(s -> new Written(s, store.waiting())), since);
    }

    private Intake.Command<Boolean> command(Chunk<R> chunk) {
        if (!job.dryRun()) {
            return chunk;
        }
        List<R> ready = chunk.ready();
        return chunk.foretold(ready.isEmpty() ? List.of() : store.read(sql -> sink.foresee(ready, sql)));
    }

    /** Waits until it is stored, trying again while the database has trouble. @return false when the job is not ours */
    private boolean finish(Under<R> under) throws InterruptedException {
        Under<R> now = under;
        for (int i = 1; true; i++) {
            try {
                Written written = now.written.join();
                if (written.stored) {
                    Duration rest = pace.taken(now.chunk.rows().size(), System.nanoTime() - now.since, written.waiting);
                    Thread.sleep(rest);
                    return true;
                }
                // A commit whose answer was lost was stored all the same.
                ImportJob stands = store.read(sql -> ImportJobs.find(sql, job.workspaceId(), job.id()));
                return stands != null
                        && stands.state() == ImportState.RUNNING
                        && stands.progress().rows() == now.chunk.to();
            } catch (CompletionException e) {
                if (i >= TRIES || stopping.getAsBoolean() || !mayPass(e.getCause())) {
                    throw e;
                }
                Thread.sleep(AGAIN);
                now = submit(now.chunk);
            }
        }
    }

    private static boolean mayPass(@Nullable Throwable cause) {
        return cause instanceof StoreException
                || cause instanceof java.sql.SQLException
                || (cause instanceof GroupCommit.OverloadedException o && !o.closing());
    }
}
