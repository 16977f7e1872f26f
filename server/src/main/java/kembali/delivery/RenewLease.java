package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;

import java.time.Duration;
import java.util.List;
import kembali.store.GroupCommit;
import kembali.store.Tx;

/** Keeps rows in hand while a refused batch is being divided. */
record RenewLease(List<Delivery> rows, String node, Duration lease) implements GroupCommit.Work<Boolean> {
    @Override
    public Boolean apply(Tx tx) {
        tx.sql()
                .update(DELIVERY)
                .set(DELIVERY.DUE_AT, tx.now().plus(lease).toEpochMilli())
                .where(
                        DELIVERY.WORKSPACE_ID.eq(rows.getFirst().workspaceId()),
                        DELIVERY.ID.in(rows.stream().map(Delivery::id).toList()),
                        DELIVERY.LEASE_OWNER.eq(node))
                .execute();
        return true;
    }
}
