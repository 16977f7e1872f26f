package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.store.schema.Tables.RECEIPT;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import kembali.platform.Prepared;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Ids;
import org.jspecify.annotations.Nullable;

/** Requests a platform took with a receipt, until their verdict is known. */
final class Receipts {
    /**
     * One request that waits for its verdict.
     *
     * @param deliveryIds its events, in its order
     * @param asked how often the platform was asked
     */
    record Receipt(
            int workspaceId,
            String id,
            String pixelId,
            String receipt,
            List<String> deliveryIds,
            Instant takenAt,
            int asked) {}

    /** @param due to ask about now @param nextDue when the next one is, null when none waits */
    record Taken(List<Receipt> due, @Nullable Instant nextDue) {}

    private final Ids ids;

    Receipts(Ids ids) {
        this.ids = ids;
    }

    /** Keeps a receipt until {@code dueAt}. */
    void add(Tx tx, String receipt, List<Delivery> rows, Instant dueAt) {
        Delivery first = rows.getFirst();
        try {
            PreparedStatement p = tx.prepared("""
                    insert into receipt (workspace_id, id, pixel_id, receipt, delivery_ids, taken_at, asked, due_at)
                    values (?, ?, ?, ?, ?, ?, 0, ?)""");
            p.setInt(1, first.workspaceId());
            p.setString(2, ids.next("rc"));
            p.setString(3, first.pixelId());
            p.setString(4, receipt);
            p.setString(5, String.join(",", rows.stream().map(Delivery::id).toList()));
            p.setLong(6, tx.now().toEpochMilli());
            p.setLong(7, dueAt.toEpochMilli());
            p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Takes due receipts of a pixel in hand; nobody else asks about them while the lease lasts. */
    static Taken take(Tx tx, String pixelId, int limit, Duration lease) {
        long now = tx.now().toEpochMilli();
        var query = tx.sql()
                .selectFrom(RECEIPT)
                .where(RECEIPT.PIXEL_ID.eq(pixelId), RECEIPT.DUE_AT.le(now))
                .orderBy(RECEIPT.DUE_AT)
                .limit(limit);
        var found = tx.shared() ? query.forUpdate().skipLocked().fetch() : query.fetch();
        var due = new ArrayList<Receipt>();
        for (var r : found) {
            due.add(new Receipt(
                    r.getWorkspaceId(),
                    r.getId(),
                    r.getPixelId(),
                    r.getReceipt(),
                    List.of(r.getDeliveryIds().split(",", -1)),
                    Instant.ofEpochMilli(r.getTakenAt()),
                    r.getAsked()));
            r.setDueAt(tx.now().plus(lease).toEpochMilli());
            r.update();
        }
        Long next = tx.sql()
                .select(RECEIPT.DUE_AT)
                .from(RECEIPT)
                .where(RECEIPT.PIXEL_ID.eq(pixelId))
                .orderBy(RECEIPT.DUE_AT)
                .limit(1)
                .fetchOne(RECEIPT.DUE_AT);
        return new Taken(due, next == null ? null : Instant.ofEpochMilli(next));
    }

    /** Asks again later. */
    static void askAgain(Tx tx, Receipt r, int asked, Instant dueAt) {
        tx.sql()
                .update(RECEIPT)
                .set(RECEIPT.ASKED, asked)
                .set(RECEIPT.DUE_AT, dueAt.toEpochMilli())
                .where(RECEIPT.WORKSPACE_ID.eq(r.workspaceId), RECEIPT.ID.eq(r.id))
                .execute();
    }

    /** The verdict is known, or never will be. */
    static void close(Tx tx, Receipt r) {
        tx.sql()
                .deleteFrom(RECEIPT)
                .where(RECEIPT.WORKSPACE_ID.eq(r.workspaceId), RECEIPT.ID.eq(r.id))
                .execute();
    }

    /** Nobody can ask any more for a pixel that went away. */
    static void closeOf(Tx tx, String pixelId) {
        tx.sql().deleteFrom(RECEIPT).where(RECEIPT.PIXEL_ID.eq(pixelId)).execute();
    }

    /** The rows of a request, in its order; one that was erased meanwhile has nothing left to send. */
    static List<Delivery> rows(org.jooq.DSLContext sql, Receipt r) {
        var byId = new HashMap<String, Delivery>();
        DeliveryReader.read(DeliveryReader.select(sql)
                        .where(DELIVERY.WORKSPACE_ID.eq(r.workspaceId), DELIVERY.ID.in(r.deliveryIds)))
                .forEach(d -> byId.put(d.id(), d));
        var rows = new ArrayList<Delivery>();
        for (String id : r.deliveryIds) {
            Delivery d = byId.get(id);
            if (d != null) {
                rows.add(d);
            }
        }
        return rows;
    }

    /** What was sent of a row; an erased one stands as an empty event, so that positions stay right. */
    static Prepared.Ready sent(Delivery d) {
        Prepared.Ready ready = d.prepared();
        return ready == null ? new Prepared.Ready("{}", List.of(), "", false) : ready;
    }
}
