package kembali.transfer;

import static kembali.testing.TestHub.WS;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.api.ImportedLeads;
import kembali.lead.Lead;
import kembali.support.Ids;
import kembali.testing.TestClock;
import kembali.testing.TestDatabase;
import kembali.testing.TestHub;
import kembali.transfer.column.ImportKind;
import kembali.transfer.row.LeadChecks;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub on a database of its own for every test, and the short words of imports. */
abstract class ImportFixture {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    final TestClock clock = new TestClock();
    private @Nullable TestDatabase database;
    private @Nullable TestHub opened;
    private final List<Imports> running = new ArrayList<>();

    abstract TestDatabase freshDatabase(Path folder);

    @BeforeEach
    void open() {
        database = freshDatabase(folder);
        reopen();
    }

    @AfterEach
    void closeAll() {
        close();
    }

    final void reopen() {
        opened = TestHub.open(
                java.util.Objects.requireNonNull(database), clock, Map.of("KEMBALI_DATA", folder.toString()));
    }

    final void close() {
        running.forEach(Imports::close);
        running.clear();
        hub().close();
    }

    final TestHub hub() {
        return java.util.Objects.requireNonNull(opened);
    }

    /** The hub's own imports, working. */
    final Imports imports() {
        return imports(new ImportedLeads(
                hub().hub.workspaces(), hub().hub.pipelines(), hub().hub.visitors()));
    }

    /** Another process' imports on the same data folder and database. */
    final Imports imports(LeadChecks checks) {
        var h = hub().hub;
        var imports = new Imports(
                new Imports.Means(
                        folder,
                        hub().store(),
                        hub().secrets,
                        new Ids(clock),
                        h.workspaces(),
                        h.pipelines(),
                        h.leads(),
                        h.visitors(),
                        h.intake(),
                        clock),
                checks,
                null);
        imports.start();
        running.add(imports);
        return imports;
    }

    /** What a caller says of a file: nothing but these. */
    static ImportRequest request(ImportKind kind, boolean dryRun, boolean report, Map<String, String> statuses) {
        return new ImportRequest(
                WS, kind, dryRun, report, Map.of(), statuses, null, null, null, null, null, null, true, "a.csv",
                "test");
    }

    static ImportRequest leads() {
        return request(ImportKind.LEADS, false, false, Map.of());
    }

    static ByteArrayInputStream file(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a file and waits for its end. */
    static ImportJob run(Imports imports, ImportRequest request, String text) {
        return over(imports, imports.take(request, file(text)));
    }

    static ImportJob over(Imports imports, ImportJob job) {
        try {
            ImportJob now = imports.await(job, PATIENCE);
            if (!now.state().isOver()) {
                throw new AssertionError("still " + now);
            }
            return now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Created, updated, unchanged and refused rows, and warnings. */
    static List<Long> counts(ImportJob job) {
        var p = job.progress();
        return List.of(p.created(), p.updated(), p.unchanged(), p.refused(), p.warnings());
    }

    /** Line, verdict, column and message of everything that was said. */
    static List<String> report(Imports imports, ImportJob job) {
        var lines = new ArrayList<String>();
        Imports.ReportPart part = imports.report(job, -1);
        while (part != null) {
            part.lines()
                    .forEach(l -> lines.add(
                            l.line() + (l.refused() ? " refused " : " warning ") + l.column() + ": " + l.message()));
            part = imports.report(job, part.lastRow());
        }
        return lines;
    }

    final List<Lead> allLeads() {
        return hub().store()
                .read(sql -> hub().hub.leads().list(sql, WS, DSL.trueCondition(), 100_000))
                .reversed();
    }
}
