package kembali.delivery;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import kembali.platform.Platform;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.store.GroupCommit;
import kembali.store.StoreException;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Takes due rows of one pixel in hand. The mark is committed before anything is sent: a row found
 * marked whose time has come again belonged to somebody who died with it, so its answer is lost.
 *
 * @param lease how long the rows are this node's before another may take them
 * @param inHand rows this lane still works on
 * @param stillWanted asked of rows that were taken before: what happened since could not reach them
 */
record Claim(
        String pixelId,
        Platform platform,
        int limit,
        String node,
        Duration lease,
        Set<String> inHand,
        DeliveryRecorder.StillWanted stillWanted)
        implements GroupCommit.Work<Claim.Taken> {
    /**
     * @param rows to send
     * @param nextDue when the next waiting row comes due, or null when none waits
     */
    record Taken(List<Delivery> rows, @Nullable Instant nextDue) {}

    private static final String DUE = DeliveryReader.SELECT
            + "where delivery.pixel_id = ? and delivery.status = 'pending' and delivery.due_at <= ?"
            + " order by delivery.due_at limit ?";

    @Override
    public Taken apply(Tx tx) {
        tx.flushNow();
        try {
            return take(tx);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private Taken take(Tx tx) throws SQLException {
        List<Delivery> found = due(tx);
        var rows = new ArrayList<Delivery>();
        var outcomes = tx.part(OutcomeRows.class, OutcomeRows::new);
        for (Delivery d : found) {
            if (inHand.contains(d.id())) {
                continue;
            }
            if (d.leased() && !platform.recognisesTwin(d.eventName(), d.route())) {
                outcomes.end(d, DeliveryStatus.FAILED, Reasons.ANSWER_LOST, true);
            } else if (!d.expiresAt().isAfter(tx.now())) {
                outcomes.end(d, DeliveryStatus.FAILED, expired(d), d.answerLost() || d.leased());
            } else if (d.prepared() == null) {
                outcomes.end(d, DeliveryStatus.SKIPPED, Reasons.LEAD_ERASED, d.answerLost());
            } else {
                Reason objection = d.leased() ? stillWanted.objection(tx, d) : null;
                if (objection == null) {
                    rows.add(d);
                } else {
                    outcomes.end(d, DeliveryStatus.SKIPPED, objection, true);
                }
            }
        }
        mark(tx, rows);
        Instant next = rows.isEmpty() && found.size() < limit ? nextDue(tx) : tx.now();
        return new Taken(rows, next);
    }

    private List<Delivery> due(Tx tx) throws SQLException {
        PreparedStatement p = tx.prepared(tx.shared() ? DUE + " for update of delivery skip locked" : DUE);
        p.setString(1, pixelId);
        p.setLong(2, tx.now().toEpochMilli());
        p.setInt(3, limit);
        return DeliveryReader.read(p);
    }

    private void mark(Tx tx, List<Delivery> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        PreparedStatement p = tx.prepared(
                "update delivery set lease_owner = ?, due_at = ?, answer_lost = ? where workspace_id = ? and id = ?");
        for (Delivery d : rows) {
            p.setString(1, node);
            p.setLong(2, tx.now().plus(lease).toEpochMilli());
            p.setBoolean(3, d.answerLost() || d.leased());
            p.setInt(4, d.workspaceId());
            p.setString(5, d.id());
            p.addBatch();
        }
        p.executeBatch();
    }

    private @Nullable Instant nextDue(Tx tx) throws SQLException {
        tx.flushNow();
        PreparedStatement p = tx.prepared(
                "select due_at from delivery where pixel_id = ? and status = 'pending' and due_at > ? order by due_at limit 1");
        p.setString(1, pixelId);
        p.setLong(2, tx.now().toEpochMilli());
        try (ResultSet rs = p.executeQuery()) {
            return rs.next() ? Instant.ofEpochMilli(rs.getLong(1)) : null;
        }
    }

    /** Expired, saying what stood in the way so long. */
    private static Reason expired(Delivery d) {
        Reason last = d.reason();
        return last == null
                ? Reasons.EXPIRED
                : Reasons.EXPIRED.saying(Reasons.EXPIRED.message() + " What stood in the way: " + last.message());
    }
}
