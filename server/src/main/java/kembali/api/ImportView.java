package kembali.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.transfer.ImportJob;
import kembali.transfer.ReportLine;
import kembali.transfer.column.ColumnMap;
import org.jspecify.annotations.Nullable;

/**
 * An import as people see it.
 *
 * @param kind {@code leads}, {@code clicks} or {@code conversions}
 * @param state {@code queued}, {@code running}, {@code done}, {@code failed} or {@code cancelled}
 * @param dryRun whether only to find out what would become of the file: the rows are counted, and nothing is changed
 * @param report whether platforms are told of the statuses in the file; otherwise they are taken over
 * @param looksLike where the file seems to come from; null when its columns do not tell
 * @param delimiter between cells, {@code tab} for a tabulator
 * @param timezone in which times without an offset are read
 * @param dates {@code day_first} or {@code month_first}
 * @param decimalMark {@code point} or {@code comma}
 * @param columns what each column gives; {@code field} null where it is left out
 * @param notes what whoever brought the file should know
 * @param rowsPerSecond so far; null before the first ones
 * @param error why it failed
 * @param canStart whether {@code POST …/start} would run it for real, or go on with it
 */
public record ImportView(
        String id,
        String kind,
        String state,
        boolean dryRun,
        boolean report,
        @Nullable String fileName,
        @Nullable String looksLike,
        String encoding,
        String delimiter,
        boolean header,
        String timezone,
        String dates,
        String decimalMark,
        List<ColumnMap.Column> columns,
        List<String> notes,
        Bytes bytes,
        Rows rows,
        @Nullable Long rowsPerSecond,
        @Nullable String error,
        boolean canStart,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /** How much of the file was read. */
    public record Bytes(long total, long done) {}

    /**
     * How many rows were read, and what became of them; of a dry run, what would.
     *
     * @param warnings remarks on rows that were taken
     */
    public record Rows(long read, long created, long updated, long unchanged, long refused, long warnings) {}

    /**
     * A file that was worked through at once.
     *
     * @param lines the report's first lines
     * @param more whether the report has more of them
     */
    public record Answer(ImportView summary, List<ReportLine> lines, boolean more) {}

    static ImportView of(ImportJob job, boolean canStart, Instant now) {
        var plan = job.plan();
        var p = job.progress();
        char delimiter = plan.shape().delimiter();
        return new ImportView(
                job.id(),
                job.kind().word(),
                job.state().word(),
                job.dryRun(),
                plan.report(),
                job.fileName(),
                plan.format(),
                plan.shape().charset(),
                delimiter == '\t' ? "tab" : Character.toString(delimiter),
                plan.header(),
                plan.zone(),
                word(plan.dates()),
                word(plan.decimalMark()),
                plan.columns(),
                plan.notes(),
                new Bytes(job.bytes(), p.bytes()),
                new Rows(p.rows(), p.created(), p.updated(), p.unchanged(), p.refused(), p.warnings()),
                speed(job, now),
                job.error(),
                canStart,
                job.createdAt(),
                job.startedAt(),
                job.endedAt());
    }

    private static @Nullable Long speed(ImportJob job, Instant now) {
        Instant from = job.startedAt();
        long rows = job.progress().rows();
        if (from == null || rows == 0) {
            return null;
        }
        Instant to = job.endedAt() == null ? now : job.endedAt();
        return rows * 1_000 / Math.max(1, Duration.between(from, to).toMillis());
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(java.util.Locale.ROOT);
    }
}
