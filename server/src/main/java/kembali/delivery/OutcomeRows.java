package kembali.delivery;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.platform.Reason;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/** What became of rows, gathered over one transaction and written as two batches. */
final class OutcomeRows implements Tx.Part {
    private record Change(
            Delivery row,
            String status,
            @Nullable Reason reason,
            boolean answerLost,
            int attempts,
            long dueAt,
            @Nullable Long deliveredAt) {}

    private record Tried(String deliveryId, Attempt attempt) {}

    private final Tx tx;
    private final List<Change> changes = new ArrayList<>();
    private final List<Tried> attempts = new ArrayList<>();

    OutcomeRows(Tx tx) {
        this.tx = tx;
    }

    /** Ends a row without an attempt. */
    void end(Delivery d, String status, Reason reason, boolean answerLost) {
        changes.add(new Change(
                d, status, reason, answerLost, d.attempts(), d.dueAt().toEpochMilli(), null));
    }

    /** Ends a row after an attempt. */
    void end(
            Delivery d,
            Attempt attempt,
            String status,
            @Nullable Reason reason,
            boolean answerLost,
            boolean delivered) {
        changes.add(new Change(
                d,
                status,
                reason,
                answerLost,
                attempt.no(),
                d.dueAt().toEpochMilli(),
                delivered ? deliveredAt(d, attempt) : null));
        attempts.add(new Tried(d.id(), attempt));
    }

    /** A late verdict does not move the time of delivery. */
    private static long deliveredAt(Delivery d, Attempt attempt) {
        Instant first = d.deliveredAt();
        return first != null ? first.toEpochMilli() : attempt.at().toEpochMilli() + attempt.durationMs();
    }

    /** Says something else of a row that stays as it is. */
    void explain(Delivery d, Reason reason) {
        Instant deliveredAt = d.deliveredAt();
        changes.add(new Change(
                d,
                d.status(),
                reason,
                d.answerLost(),
                d.attempts(),
                d.dueAt().toEpochMilli(),
                deliveredAt == null ? null : (Long) deliveredAt.toEpochMilli()));
    }

    /** Puts a row back into the queue after an attempt. */
    void again(Delivery d, Attempt attempt, Reason reason, boolean answerLost, Instant dueAt) {
        changes.add(
                new Change(d, DeliveryStatus.PENDING, reason, answerLost, attempt.no(), dueAt.toEpochMilli(), null));
        attempts.add(new Tried(d.id(), attempt));
    }

    /** Gives a row back that was never sent. */
    void release(Delivery d, Instant dueAt) {
        changes.add(new Change(
                d, DeliveryStatus.PENDING, d.reason(), d.answerLost(), d.attempts(), dueAt.toEpochMilli(), null));
    }

    @Override
    public void flush() throws SQLException {
        if (!changes.isEmpty()) {
            writeChanges();
        }
        if (!attempts.isEmpty()) {
            writeAttempts();
        }
    }

    private void writeChanges() throws SQLException {
        PreparedStatement p = tx.prepared("""
                update delivery set status = ?, reason_code = ?, reason_message = ?, reason_fix = ?, answer_lost = ?,
                  attempts = ?, due_at = ?, delivered_at = ?, lease_owner = null
                where workspace_id = ? and id = ?""");
        for (Change c : changes) {
            p.setString(1, c.status);
            p.setString(2, c.reason == null ? null : c.reason.code());
            p.setString(3, c.reason == null ? null : c.reason.message());
            p.setString(4, c.reason == null ? null : c.reason.fix());
            p.setBoolean(5, c.answerLost);
            p.setInt(6, c.attempts);
            p.setLong(7, c.dueAt);
            if (c.deliveredAt == null) {
                p.setNull(8, Types.BIGINT);
            } else {
                p.setLong(8, c.deliveredAt);
            }
            p.setInt(9, c.row.workspaceId());
            p.setString(10, c.row.id());
            p.addBatch();
        }
        p.executeBatch();
        changes.clear();
    }

    private void writeAttempts() throws SQLException {
        PreparedStatement p = tx.prepared("""
                insert into attempt (delivery_id, attempt_no, at, duration_ms, method, url, test_code, http_status, response,
                  error, answer_lost, payload) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""");
        for (Tried t : attempts) {
            Attempt a = t.attempt;
            p.setString(1, t.deliveryId);
            p.setInt(2, a.no());
            p.setLong(3, a.at().toEpochMilli());
            p.setInt(4, a.durationMs());
            p.setString(5, a.method());
            p.setString(6, a.url());
            p.setString(7, a.testCode());
            if (a.httpStatus() == null) {
                p.setNull(8, Types.INTEGER);
            } else {
                p.setInt(8, a.httpStatus());
            }
            p.setString(9, a.response());
            p.setString(10, a.error());
            p.setBoolean(11, a.answerLost());
            p.setString(12, a.payload());
            p.addBatch();
        }
        p.executeBatch();
        attempts.clear();
    }
}
