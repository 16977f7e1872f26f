package kembali.delivery;

import static kembali.store.schema.Tables.ATTEMPT;
import static kembali.store.schema.Tables.DELIVERY;

import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Reading the sync log. */
public final class SyncLog {
    private SyncLog() {}

    /** Rows that fulfil the condition, newest first. */
    public static List<Delivery> list(DSLContext sql, int workspaceId, Condition condition, int limit) {
        return DeliveryReader.read(DeliveryReader.select(sql)
                .where(DELIVERY.WORKSPACE_ID.eq(workspaceId), condition)
                .orderBy(DELIVERY.ID.desc())
                .limit(limit));
    }

    public static @Nullable Delivery find(DSLContext sql, int workspaceId, String id) {
        return Deliveries.find(sql, workspaceId, id);
    }

    /** A row's tries, first to last. */
    public static List<Attempt> attempts(DSLContext sql, String deliveryId) {
        return sql.selectFrom(ATTEMPT)
                .where(ATTEMPT.DELIVERY_ID.eq(deliveryId))
                .orderBy(ATTEMPT.ATTEMPT_NO)
                .fetch(r -> new Attempt(
                        r.getAttemptNo(),
                        Instant.ofEpochMilli(r.getAt()),
                        r.getDurationMs(),
                        r.getMethod(),
                        r.getUrl(),
                        r.getTestCode(),
                        r.getHttpStatus(),
                        r.getResponse(),
                        r.getError(),
                        r.getAnswerLost(),
                        r.getPayload()));
    }
}
