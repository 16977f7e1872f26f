package kembali.transfer;

import java.util.ArrayList;
import java.util.List;
import kembali.intake.Intake;
import kembali.intake.Intake.Domain;
import kembali.intake.LeadImported.Effect;
import kembali.store.Tx;
import kembali.support.FieldError;
import kembali.support.Refusal;
import kembali.transfer.ImportJob.Progress;
import kembali.transfer.row.Parsed;
import kembali.transfer.row.Remark;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a file that are taken together: rows, report and position in one transaction, so that a crash leaves all of
 * it or nothing, and rows that were taken are not taken again.
 *
 * @param owner the process that has the job
 * @param from how many rows of the file are before these
 * @param bytes how much of the file had been read
 */
record Chunk<R>(
        ImportJob job, String owner, long from, List<Row<R>> rows, long bytes, RowSink<R> sink, ImportReports reports)
        implements Intake.Command<Boolean> {
    /** A row and the line it begins in. */
    record Row<R>(long line, Parsed<R> parsed) {}

    Chunk {
        rows = List.copyOf(rows);
    }

    long to() {
        return from + rows.size();
    }

    /** The rows that can be taken. */
    List<R> ready() {
        var ready = new ArrayList<R>(rows.size());
        for (Row<R> row : rows) {
            if (row.parsed instanceof Parsed.Ready<R>(R r, List<Remark> remarks)) {
                ready.add(r);
            }
        }
        return ready;
    }

    @Override
    public void announce(Domain domain, Tx tx) {
        ready().forEach(row -> sink.announce(row, domain, tx));
    }

    /** Takes the rows. False, and nothing is changed, when the job is another's, over, or elsewhere. */
    @Override
    public Boolean apply(Domain domain, Tx tx) {
        if (!ImportJobs.isAt(tx, job, owner, from)) {
            return false;
        }
        var tally = new Tally();
        for (Row<R> row : rows) {
            tally.look(row);
            if (row.parsed instanceof Parsed.Ready<R>(R r, List<Remark> remarks)) {
                try {
                    tally.count(row, sink.take(r, domain, tx));
                } catch (Refusal refused) {
                    tally.refuse(row, refused);
                }
            }
        }
        store(tx, tally);
        return true;
    }

    /** Stores what a dry run found out. @param foreseen of the rows that can be taken, in their order */
    Intake.Command<Boolean> foretold(List<RowSink.Taken> foreseen) {
        return (domain, tx) -> {
            if (!ImportJobs.isAt(tx, job, owner, from)) {
                return false;
            }
            var tally = new Tally();
            int next = 0;
            for (Row<R> row : rows) {
                tally.look(row);
                if (row.parsed instanceof Parsed.Ready<R>) {
                    tally.count(row, foreseen.get(next));
                    next++;
                }
            }
            store(tx, tally);
            return true;
        };
    }

    private void store(Tx tx, Tally tally) {
        if (!tally.lines.isEmpty()) {
            ImportReports.add(tx, job.workspaceId(), job.id(), from, reports.sealed(job.id(), from, tally.lines));
        }
        ImportJobs.advance(tx, job, tally.progress());
    }

    private final class Tally {
        private final List<ReportLine> lines = new ArrayList<>();
        private long created;
        private long updated;
        private long unchanged;
        private long refused;
        private long warnings;

        void look(Row<R> row) {
            switch (row.parsed) {
                case Parsed.Blank<R> blank -> {}
                case Parsed.Ready<R> ready ->
                    ready.remarks().forEach(r -> say(row, r.refused(), r.column(), r.message()));
                case Parsed.Refused<R> wrong -> {
                    refused++;
                    wrong.remarks().forEach(r -> say(row, r.refused(), r.column(), r.message()));
                }
            }
        }

        void count(Row<R> row, RowSink.Taken taken) {
            switch (taken.effect()) {
                case Effect.CREATED -> created++;
                case Effect.UPDATED -> updated++;
                case Effect.UNCHANGED -> unchanged++;
            }
            String remark = taken.remark();
            if (remark != null) {
                say(row, false, "", remark);
            }
        }

        void refuse(Row<R> row, Refusal why) {
            refused++;
            if (why.errors().isEmpty()) {
                say(row, true, "", why.detail());
            }
            for (FieldError e : why.errors()) {
                say(row, true, job.plan().columnMap().headerOf(e.field()), e.message());
            }
        }

        private void say(Row<R> row, boolean isRefusal, @Nullable String column, String message) {
            warnings += isRefusal ? 0 : 1;
            lines.add(new ReportLine(row.line, isRefusal, column == null ? "" : column, message));
        }

        Progress progress() {
            return new Progress(bytes, rows.size(), created, updated, unchanged, refused, warnings);
        }
    }
}
