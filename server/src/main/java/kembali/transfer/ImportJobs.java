package kembali.transfer;

import static kembali.store.schema.Tables.IMPORT_JOB;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.store.schema.tables.records.ImportJobRecord;
import kembali.support.Json;
import kembali.transfer.column.ImportKind;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Imports in the database. */
final class ImportJobs {
    /** How long nobody else takes a job whose process says nothing. */
    static final Duration LEASE = Duration.ofSeconds(60);

    private ImportJobs() {}

    static void add(Tx tx, ImportJob job) {
        tx.sqlUnflushed()
                .insertInto(IMPORT_JOB)
                .set(IMPORT_JOB.WORKSPACE_ID, job.workspaceId())
                .set(IMPORT_JOB.ID, job.id())
                .set(IMPORT_JOB.KIND, job.kind().word())
                .set(IMPORT_JOB.STATE, job.state().word())
                .set(IMPORT_JOB.DRY_RUN, job.dryRun())
                .set(IMPORT_JOB.DOC, Json.write(job.plan()))
                .set(IMPORT_JOB.FILE_NAME, job.fileName())
                .set(IMPORT_JOB.ACTOR, job.actor())
                .set(IMPORT_JOB.NODE, job.node())
                .set(IMPORT_JOB.BYTES_TOTAL, job.bytes())
                .set(IMPORT_JOB.BYTES_DONE, 0L)
                .set(IMPORT_JOB.ROWS_DONE, 0L)
                .set(IMPORT_JOB.CREATED_ROWS, 0L)
                .set(IMPORT_JOB.UPDATED_ROWS, 0L)
                .set(IMPORT_JOB.UNCHANGED_ROWS, 0L)
                .set(IMPORT_JOB.REFUSED_ROWS, 0L)
                .set(IMPORT_JOB.WARNINGS, 0L)
                .set(IMPORT_JOB.CREATED_AT, job.createdAt().toEpochMilli())
                .execute();
    }

    static @Nullable ImportJob find(DSLContext sql, int workspaceId, String id) {
        ImportJobRecord r = sql.selectFrom(IMPORT_JOB)
                .where(IMPORT_JOB.WORKSPACE_ID.eq(workspaceId), IMPORT_JOB.ID.eq(id))
                .fetchOne();
        return r == null ? null : read(r);
    }

    /** The same whosever it is. */
    static @Nullable ImportJob ofAnyWorkspace(DSLContext sql, String id) {
        ImportJobRecord r =
                sql.selectFrom(IMPORT_JOB).where(IMPORT_JOB.ID.eq(id)).limit(1).fetchOne();
        return r == null ? null : read(r);
    }

    /** Newest first. @param before an id; null for the newest */
    static List<ImportJob> list(DSLContext sql, int workspaceId, @Nullable String before, int limit) {
        Condition older = before == null ? DSL.trueCondition() : IMPORT_JOB.ID.lt(before);
        return sql.selectFrom(IMPORT_JOB)
                .where(IMPORT_JOB.WORKSPACE_ID.eq(workspaceId), older)
                .orderBy(IMPORT_JOB.ID.desc())
                .limit(limit)
                .fetch(ImportJobs::read);
    }

    /** How many of a workspace are not over. */
    static int open(DSLContext sql, int workspaceId) {
        return sql.fetchCount(
                IMPORT_JOB,
                IMPORT_JOB.WORKSPACE_ID.eq(workspaceId),
                IMPORT_JOB.STATE.in(ImportState.QUEUED.word(), ImportState.RUNNING.word()));
    }

    /** Those that are over since before that instant and still have something on a node or in the report table. */
    static List<ImportJob> endedBefore(DSLContext sql, Instant instant, int limit) {
        return sql.selectFrom(IMPORT_JOB)
                .where(IMPORT_JOB.ENDED_AT.lt(instant.toEpochMilli()))
                .orderBy(IMPORT_JOB.ENDED_AT)
                .limit(limit)
                .fetch(ImportJobs::read);
    }

    private static ImportJob read(ImportJobRecord r) {
        Long startedAt = r.getStartedAt();
        Long endedAt = r.getEndedAt();
        ImportKind kind = ImportKind.named(r.getKind());
        if (kind == null) {
            throw new IllegalStateException("import " + r.getId() + " is of the unknown kind " + r.getKind());
        }
        return new ImportJob(
                r.getWorkspaceId(),
                r.getId(),
                kind,
                ImportState.of(r.getState()),
                r.getDryRun(),
                Json.read(r.getDoc(), ImportPlan.class),
                r.getFileName(),
                r.getActor(),
                r.getNode(),
                r.getBytesTotal(),
                new ImportJob.Progress(
                        r.getBytesDone(),
                        r.getRowsDone(),
                        r.getCreatedRows(),
                        r.getUpdatedRows(),
                        r.getUnchangedRows(),
                        r.getRefusedRows(),
                        r.getWarnings()),
                r.getError(),
                Instant.ofEpochMilli(r.getCreatedAt()),
                startedAt == null ? null : Instant.ofEpochMilli(startedAt),
                endedAt == null ? null : Instant.ofEpochMilli(endedAt));
    }

    /**
     * Takes the next job whose file is on that node.
     *
     * @param owner this process; one that had a job before it ended is gone, unless others share the database
     */
    static @Nullable ImportJob claim(Tx tx, String node, String owner) {
        long now = tx.now().toEpochMilli();
        Condition free = tx.shared()
                ? IMPORT_JOB
                        .LEASE_UNTIL
                        .isNull()
                        .or(IMPORT_JOB.LEASE_UNTIL.lt(now))
                        .or(IMPORT_JOB.LEASE_OWNER.eq(owner))
                : DSL.trueCondition();
        var select = tx.sqlUnflushed()
                .selectFrom(IMPORT_JOB)
                .where(
                        IMPORT_JOB.NODE.eq(node),
                        IMPORT_JOB.STATE.in(ImportState.QUEUED.word(), ImportState.RUNNING.word()),
                        free)
                .orderBy(IMPORT_JOB.ID)
                .limit(1);
        ImportJobRecord r = tx.shared() ? select.forUpdate().fetchOne() : select.fetchOne();
        if (r == null) {
            return null;
        }
        if (r.getDryRun() && r.getRowsDone() > 0) {
            // What a dry run has seen it does not remember across a restart.
            reset(r);
            ImportReports.forget(tx.sqlUnflushed(), r.getWorkspaceId(), r.getId());
        }
        r.setState(ImportState.RUNNING.word());
        r.setLeaseOwner(owner);
        r.setLeaseUntil(now + LEASE.toMillis());
        if (r.getStartedAt() == null) {
            r.setStartedAt(now);
        }
        tx.sqlUnflushed().executeUpdate(r);
        return read(r);
    }

    private static void reset(ImportJobRecord r) {
        r.setBytesDone(0L);
        r.setRowsDone(0L);
        r.setCreatedRows(0L);
        r.setUpdatedRows(0L);
        r.setUnchangedRows(0L);
        r.setRefusedRows(0L);
        r.setWarnings(0L);
        r.setError(null);
        r.setEndedAt(null);
    }

    /** Whether that process may still take rows of the job, and the next one is that one. Locks it. */
    static boolean isAt(Tx tx, ImportJob job, String owner, long rowsDone) {
        String select = "select state, lease_owner, rows_done from import_job where workspace_id = ? and id = ?";
        try {
            PreparedStatement p = tx.prepared(tx.shared() ? select + " for update" : select);
            p.setInt(1, job.workspaceId());
            p.setString(2, job.id());
            try (ResultSet rs = p.executeQuery()) {
                return rs.next()
                        && ImportState.RUNNING.word().equals(rs.getString(1))
                        && owner.equals(rs.getString(2))
                        && rs.getLong(3) == rowsDone;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Adds to how far it is. */
    static void advance(Tx tx, ImportJob job, ImportJob.Progress more) {
        try {
            PreparedStatement p = tx.prepared("""
                    update import_job set bytes_done = ?, rows_done = rows_done + ?, created_rows = created_rows + ?,
                      updated_rows = updated_rows + ?, unchanged_rows = unchanged_rows + ?, refused_rows = refused_rows + ?,
                      warnings = warnings + ?, lease_until = ? where workspace_id = ? and id = ?""");
            p.setLong(1, more.bytes());
            p.setLong(2, more.rows());
            p.setLong(3, more.created());
            p.setLong(4, more.updated());
            p.setLong(5, more.unchanged());
            p.setLong(6, more.refused());
            p.setLong(7, more.warnings());
            p.setLong(8, tx.now().plus(LEASE).toEpochMilli());
            p.setInt(9, job.workspaceId());
            p.setString(10, job.id());
            p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Ends it, if that process has it. */
    static boolean end(Tx tx, ImportJob job, String owner, ImportState state, @Nullable String error) {
        return tx.sqlUnflushed()
                        .update(IMPORT_JOB)
                        .set(IMPORT_JOB.STATE, state.word())
                        .set(IMPORT_JOB.ERROR, error)
                        .set(IMPORT_JOB.ENDED_AT, tx.now().toEpochMilli())
                        .setNull(IMPORT_JOB.LEASE_OWNER)
                        .setNull(IMPORT_JOB.LEASE_UNTIL)
                        .where(
                                is(job),
                                IMPORT_JOB.STATE.eq(ImportState.RUNNING.word()),
                                IMPORT_JOB.LEASE_OWNER.eq(owner))
                        .execute()
                > 0;
    }

    /** Gives it back, to be gone on with by whoever comes next. */
    static void giveBack(Tx tx, ImportJob job, String owner) {
        tx.sqlUnflushed()
                .update(IMPORT_JOB)
                .setNull(IMPORT_JOB.LEASE_OWNER)
                .setNull(IMPORT_JOB.LEASE_UNTIL)
                .where(is(job), IMPORT_JOB.LEASE_OWNER.eq(owner))
                .execute();
    }

    /** Stops it. @return false when it was over already */
    static boolean cancel(Tx tx, ImportJob job) {
        return tx.sqlUnflushed()
                        .update(IMPORT_JOB)
                        .set(IMPORT_JOB.STATE, ImportState.CANCELLED.word())
                        .set(IMPORT_JOB.ENDED_AT, tx.now().toEpochMilli())
                        .setNull(IMPORT_JOB.LEASE_OWNER)
                        .setNull(IMPORT_JOB.LEASE_UNTIL)
                        .where(is(job), IMPORT_JOB.STATE.in(ImportState.QUEUED.word(), ImportState.RUNNING.word()))
                        .execute()
                > 0;
    }

    /**
     * Runs it for real: from the beginning what was a dry run, and otherwise from where it stopped.
     *
     * @return false when it is under way, or done
     */
    static boolean start(Tx tx, int workspaceId, String id) {
        ImportJobRecord r = tx.sqlUnflushed()
                .selectFrom(IMPORT_JOB)
                .where(IMPORT_JOB.WORKSPACE_ID.eq(workspaceId), IMPORT_JOB.ID.eq(id))
                .fetchOne();
        if (r == null
                || !ImportState.of(r.getState()).isOver()
                || (!r.getDryRun() && r.getState().equals(ImportState.DONE.word()))) {
            return false;
        }
        if (r.getDryRun()) {
            reset(r);
            r.setStartedAt(null);
            ImportReports.forget(tx.sqlUnflushed(), workspaceId, id);
        }
        r.setDryRun(false);
        r.setState(ImportState.QUEUED.word());
        r.setError(null);
        r.setEndedAt(null);
        tx.sqlUnflushed().executeUpdate(r);
        return true;
    }

    static void remove(Tx tx, ImportJob job) {
        ImportReports.forget(tx.sqlUnflushed(), job.workspaceId(), job.id());
        tx.sqlUnflushed().deleteFrom(IMPORT_JOB).where(is(job)).execute();
    }

    private static Condition is(ImportJob job) {
        return IMPORT_JOB.WORKSPACE_ID.eq(job.workspaceId()).and(IMPORT_JOB.ID.eq(job.id()));
    }
}
