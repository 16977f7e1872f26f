package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;

import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.store.GroupCommit;
import kembali.store.Tx;
import org.jooq.impl.DSL;

/** Ends rows of a pixel that grew too old while nothing was sent for it; the result is how many. */
record ExpireWaiting(String pixelId) implements GroupCommit.Work<Integer> {
    @Override
    public Integer apply(Tx tx) {
        Reason reason = Reasons.EXPIRED.saying(
                Reasons.EXPIRED.message() + " The pixel was paused, switched off or waiting for a fix.");
        return tx.sql()
                .update(DELIVERY)
                .set(DELIVERY.STATUS, DeliveryStatus.FAILED)
                .set(DELIVERY.REASON_CODE, reason.code())
                .set(DELIVERY.REASON_MESSAGE, reason.message())
                .set(DELIVERY.REASON_FIX, reason.fix())
                .where(
                        DELIVERY.PIXEL_ID.eq(pixelId),
                        DELIVERY.STATUS.eq(DSL.inline(DeliveryStatus.PENDING)),
                        DELIVERY.LEASE_OWNER.isNull(),
                        DELIVERY.EXPIRES_AT.le(tx.now().toEpochMilli()))
                .execute();
    }
}
