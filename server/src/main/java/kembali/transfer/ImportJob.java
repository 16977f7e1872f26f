package kembali.transfer;

import java.time.Instant;
import kembali.transfer.column.ImportKind;
import org.jspecify.annotations.Nullable;

/**
 * A file, and what became of it so far.
 *
 * @param error why it failed, for whoever brought it; null otherwise
 * @param node whose data folder has the file
 */
public record ImportJob(
        int workspaceId,
        String id,
        ImportKind kind,
        ImportState state,
        boolean dryRun,
        ImportPlan plan,
        @Nullable String fileName,
        String actor,
        String node,
        long bytes,
        Progress progress,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    /**
     * How far it is; of a dry run, what would be.
     *
     * @param bytes how much of the file was read
     * @param rows rows read, blank ones too
     * @param warnings remarks on rows that were taken
     */
    public record Progress(
            long bytes, long rows, long created, long updated, long unchanged, long refused, long warnings) {
        public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0);

        Progress plus(Progress more) {
            return new Progress(
                    more.bytes,
                    rows + more.rows,
                    created + more.created,
                    updated + more.updated,
                    unchanged + more.unchanged,
                    refused + more.refused,
                    warnings + more.warnings);
        }
    }
}
