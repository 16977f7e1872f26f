package kembali.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.intake.Intake;
import kembali.lead.Leads;
import kembali.lead.Pipelines;
import kembali.store.Store;
import kembali.support.Ids;
import kembali.support.Refusal;
import kembali.support.Secrets;
import kembali.transfer.ImportRun.End;
import kembali.transfer.row.ClickRows;
import kembali.transfer.row.ConversionRows;
import kembali.transfer.row.LeadChecks;
import kembali.transfer.row.LeadRows;
import kembali.transfer.row.RowTerms;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Takes files in, and works through them one after the other. */
public final class Imports implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Imports.class.getName());

    /** Imports of one workspace that are not over. */
    private static final int MOST_OPEN = 20;

    /** Files that are taken in at the same moment. */
    private static final int AT_ONCE = 4;

    /** How long a file that is done with is kept, to be imported for real or gone on with. */
    private static final Duration FILE_KEPT = Duration.ofHours(24);

    /** How long it can be read what was said of its rows. */
    private static final Duration REPORT_KEPT = Duration.ofDays(30);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final int BROOM = 200;

    /** What it works with. */
    public record Means(
            Path folder,
            Store store,
            Secrets secrets,
            Ids ids,
            Workspaces workspaces,
            Pipelines pipelines,
            Leads leads,
            Visitors visitors,
            Intake intake,
            InstantSource clock) {}

    private final Means means;
    private final LeadChecks leadChecks;
    private final ImportFiles files;
    private final ImportReports reports;
    private final String owner;
    private final Semaphore uploads = new Semaphore(AT_ONCE);
    private final Semaphore bell = new Semaphore(0);
    private final ConcurrentHashMap<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
    private volatile boolean closing;
    private @Nullable Thread worker;

    public Imports(Means means, LeadChecks leadChecks) {
        this.means = means;
        this.leadChecks = leadChecks;
        this.files = new ImportFiles(means.folder.resolve("imports"), means.secrets, means.ids);
        this.reports = new ImportReports(means.secrets);
        this.owner = means.ids.next("pr");
    }

    /** Begins to work, with what a stop or a crash left. */
    public void start() {
        worker = Thread.ofPlatform().name("imports").daemon().start(this::work);
    }

    /**
     * Takes a file in. It is read at once as far as its columns are concerned, and worked through when its turn comes.
     *
     * @param body read to its end, and not closed
     * @throws Refusal when it cannot be read, naming what is wrong
     */
    public ImportJob take(ImportRequest request, InputStream body) {
        if (!uploads.tryAcquire()) {
            throw new Refusal(
                    Refusal.Kind.OVERLOADED,
                    AT_ONCE + " files are being taken in at this moment; try again when one of them is done.",
                    List.of());
        }
        String id = means.ids.next("im");
        boolean taken = false;
        try {
            refuseTooMany(request.workspaceId());
            var plan = new ImportPlanner(
                    request, means.workspaces.get(request.workspaceId()), means.pipelines.of(request.workspaceId()));
            ImportFiles.Kept file = files.keep(id, body);
            ImportJob job = new ImportJob(
                    request.workspaceId(),
                    id,
                    request.kind(),
                    ImportState.QUEUED,
                    request.dryRun(),
                    plan.plan(file),
                    request.fileName(),
                    request.actor(),
                    files.node(),
                    file.bytes(),
                    ImportJob.Progress.NONE,
                    null,
                    means.clock.instant(),
                    null,
                    null);
            means.store.write(tx -> {
                ImportJobs.add(tx, job);
                return true;
            });
            taken = true;
            bell.release();
            return job;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            uploads.release();
            if (!taken) {
                forgetFile(id);
            }
        }
    }

    private void refuseTooMany(int workspaceId) {
        if (means.store.read(sql -> ImportJobs.open(sql, workspaceId)) >= MOST_OPEN) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    MOST_OPEN + " imports are not over yet; wait for them, or cancel some.",
                    List.of());
        }
    }

    /** The import of that id. @throws Refusal when there is none */
    public ImportJob get(int workspaceId, String id) {
        ImportJob job = means.store.read(sql -> ImportJobs.find(sql, workspaceId, id));
        if (job == null) {
            throw Refusal.notFound("There is no import \"" + id + "\".");
        }
        return job;
    }

    /** A workspace's imports, newest first. @param before an id; null for the newest */
    public List<ImportJob> list(int workspaceId, @Nullable String before, int limit) {
        return means.store.read(sql -> ImportJobs.list(sql, workspaceId, before, limit));
    }

    /** Waits until an import is over, at most so long, and says how far it is then. */
    public ImportJob await(ImportJob job, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        try {
            while (true) {
                CountDownLatch over = awaited.compute(
                        job.id(),
                        (id, latch) -> latch == null || latch.getCount() == 0 ? new CountDownLatch(1) : latch);
                ImportJob now = get(job.workspaceId(), job.id());
                long left = until - System.nanoTime();
                // A run that was cancelled may end only now, when another one has been asked for.
                if (now.state().isOver() || left <= 0 || !over.await(left, TimeUnit.NANOSECONDS)) {
                    return now.state().isOver() ? now : get(job.workspaceId(), job.id());
                }
            }
        } finally {
            awaited.remove(job.id());
        }
    }

    /** Whether the file is there still, so that it can be run for real, or gone on with. */
    public boolean canStart(ImportJob job) {
        boolean ended = job.state().isOver() && (job.dryRun() || job.state() != ImportState.DONE);
        Instant endedAt = job.endedAt();
        return ended && endedAt != null && endedAt.plus(FILE_KEPT).isAfter(means.clock.instant());
    }

    /** Runs for real what was a dry run, or goes on with what stopped. */
    public ImportJob begin(int workspaceId, String id) {
        ImportJob job = get(workspaceId, id);
        if (!canStart(job)) {
            throw new Refusal(
                    Refusal.Kind.CONFLICT,
                    job.state().isOver()
                            ? "Its file is not here any more; send it again."
                            : "It is " + job.state().word() + " already.",
                    List.of());
        }
        boolean begun = means.store.write(tx -> ImportJobs.start(tx, workspaceId, id));
        if (!begun) {
            throw new Refusal(Refusal.Kind.CONFLICT, "It is under way, or done, already.", List.of());
        }
        bell.release();
        return get(workspaceId, id);
    }

    /** Stops an import; what was taken stays. */
    public ImportJob cancel(int workspaceId, String id) {
        ImportJob job = get(workspaceId, id);
        if (!means.store.write(tx -> ImportJobs.cancel(tx, job))) {
            throw new Refusal(Refusal.Kind.CONFLICT, "It is over already.", List.of());
        }
        announceEnd(job);
        return get(workspaceId, id);
    }

    /** Forgets an import that is over, with file and report. What it brought stays. */
    public void remove(int workspaceId, String id) {
        ImportJob job = get(workspaceId, id);
        if (!job.state().isOver()) {
            throw new Refusal(Refusal.Kind.CONFLICT, "It is not over; cancel it first.", List.of());
        }
        means.store.write(tx -> {
            ImportJobs.remove(tx, job);
            return true;
        });
        forgetFile(id);
    }

    /** Part of a report. @param lastRow pass it for the next part */
    public record ReportPart(long lastRow, List<ReportLine> lines) {}

    /** What is said of the rows after that one; null at the end. @param afterRow -1 for the beginning */
    public @Nullable ReportPart report(ImportJob job, long afterRow) {
        ImportReports.Piece piece = means.store.read(sql -> reports.after(sql, job.workspaceId(), job.id(), afterRow));
        return piece == null ? null : new ReportPart(piece.firstRow(), piece.lines());
    }

    private void work() {
        while (!closing) {
            try {
                ImportJob job = files.isUsed() ? claim() : null;
                if (job == null) {
                    boolean rung = bell.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    LOG.log(Level.FINEST, "looks for imports, rung {0}", rung);
                } else {
                    run(job);
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.WARNING, "imports wait: " + e.getMessage());
                try {
                    Thread.sleep(LOOK_EVERY);
                } catch (InterruptedException stopped) {
                    return;
                }
            }
        }
    }

    private @Nullable ImportJob claim() throws IOException {
        String node = files.node();
        return means.store.<@Nullable ImportJob>write(tx -> ImportJobs.claim(tx, node, owner));
    }

    private void run(ImportJob job) throws InterruptedException {
        if (!files.has(job.id())) {
            end(job, ImportState.FAILED, "The uploaded file is not in the data folder any more; send it again.");
            return;
        }
        End end;
        try {
            end = switch (job.kind()) {
                case LEADS -> leads(job);
                case CLICKS -> clicks(job);
                case CONVERSIONS -> conversions(job);
            };
        } catch (IOException e) {
            end(job, ImportState.FAILED, "The uploaded file could not be read: " + e.getMessage());
            return;
        } catch (CompletionException e) {
            if (closing) {
                giveBack(job);
                return;
            }
            LOG.log(Level.WARNING, "import " + job.id() + " failed", e);
            end(job, ImportState.FAILED, "The database did not take the rows; start it again to go on from there.");
            return;
        }
        switch (end) {
            case End.Done done -> end(job, ImportState.DONE, null);
            case End.Unreadable wrong ->
                end(
                        job,
                        ImportState.FAILED,
                        "Line " + wrong.line() + ": " + wrong.sentence()
                                + (job.dryRun() ? "" : " Rows before it are taken; mend the file and send it again."));
            case End.Stopped stopped -> giveBack(job);
            case End.Taken taken -> announceEnd(job);
        }
    }

    private End leads(ImportJob job) throws IOException, InterruptedException {
        int ws = job.workspaceId();
        var reader = new LeadRows(terms(job), job.plan().columnMap(), means.pipelines.of(ws), leadChecks);
        return run(job, reader, new LeadSink(ws, means.leads, means.visitors, means.secrets, sightings(job, 3)));
    }

    private End clicks(ImportJob job) throws IOException, InterruptedException {
        int ws = job.workspaceId();
        var reader = new ClickRows(terms(job), job.plan().columnMap(), new CampaignBook(means.store, ws));
        return run(job, reader, new ClickSink(ws, means.secrets, sightings(job, 1)));
    }

    private End conversions(ImportJob job) throws IOException, InterruptedException {
        int ws = job.workspaceId();
        var reader =
                new ConversionRows(terms(job), job.plan().columnMap(), means.pipelines.words(ws), java.util.Map.of());
        List<String> pipeline = means.pipelines.words(ws);
        String country = means.workspaces.get(ws).defaultCountry();
        return run(job, reader, new ConversionSink(ws, means.visitors, pipeline, country));
    }

    private <R> End run(ImportJob job, kembali.transfer.row.RowReader<R> reader, RowSink<R> sink)
            throws IOException, InterruptedException {
        return new ImportRun<>(job, owner, reader, sink, reports, means.store, means.intake, means.clock, () -> closing)
                .run(files);
    }

    private RowTerms terms(ImportJob job) {
        Workspace workspace = means.workspaces.get(job.workspaceId());
        ImportPlan plan = job.plan();
        return new RowTerms(
                job.workspaceId(),
                ZoneId.of(plan.zone()),
                plan.dates(),
                plan.decimalMark(),
                workspace.currency(),
                plan.statuses(),
                plan.defaultStatus(),
                plan.campaign(),
                plan.report());
    }

    /** Rows of a file have some sixty bytes at least. */
    private static Sightings sightings(ImportJob job, int names) {
        return new Sightings(job.dryRun() ? job.bytes() / 60 * names : 1);
    }

    private void end(ImportJob job, ImportState state, @Nullable String error) {
        boolean ended = means.store.write(tx -> ImportJobs.end(tx, job, owner, state, error));
        if (ended && state == ImportState.DONE && !job.dryRun()) {
            forgetFile(job.id());
        }
        announceEnd(job);
    }

    private void announceEnd(ImportJob job) {
        CountDownLatch over = awaited.get(job.id());
        if (over != null) {
            over.countDown();
        }
    }

    private void giveBack(ImportJob job) {
        try {
            means.store.write(tx -> {
                ImportJobs.giveBack(tx, job, owner);
                return true;
            });
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "its lease runs out by itself", e);
        }
    }

    private void forgetFile(String id) {
        try {
            files.forget(id);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "the file of import " + id + " could not be removed: " + e.getMessage());
        }
    }

    /** Forgets files a day after their end, and imports after a month. */
    public void sweep() {
        Instant now = means.clock.instant();
        for (ImportJob old : means.store.read(sql -> ImportJobs.endedBefore(sql, now.minus(REPORT_KEPT), BROOM))) {
            means.store.write(tx -> {
                ImportJobs.remove(tx, old);
                return true;
            });
            forgetFile(old.id());
        }
        try {
            for (String id : files.all()) {
                ImportJob job = means.store.read(sql -> ImportJobs.ofAnyWorkspace(sql, id));
                boolean over = job == null
                        ? Ids.lowest("im", now.minus(FILE_KEPT)).compareTo(id) > 0
                        : job.state().isOver() && !canStart(job);
                if (over) {
                    forgetFile(id);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops after the rows that are being written; what is left goes on with the next start. */
    @Override
    public void close() {
        closing = true;
        bell.release();
        Thread w = worker;
        if (w != null) {
            try {
                w.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
