package kembali.delivery;

import static kembali.store.schema.Tables.ATTEMPT;
import static kembali.store.schema.Tables.DELIVERY;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import kembali.platform.Reason;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What became of a pixel's latest events.
 *
 * @param lastSuccessAt when the platform last took one; null when none of the latest was taken
 * @param lastErrorAt when one last went wrong or was not answered
 * @param lastError why; null when none of the latest went wrong
 * @param counts events of the last 24 hours by {@link DeliveryStatus}
 * @param more whether there were more in that time than are looked at, {@value #MOST}
 */
public record PixelFigures(
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastErrorAt,
        @Nullable Reason lastError,
        Map<String, Integer> counts,
        boolean more) {
    private static final int MOST = 10_000;
    private static final Duration LATELY = Duration.ofHours(24);

    public PixelFigures {
        counts = Map.copyOf(counts);
    }

    /** Looks at the newest rows only, by index, and no further back than it must. */
    public static PixelFigures of(DSLContext sql, String pixelId, Instant now) {
        long since = now.minus(LATELY).toEpochMilli();
        var counts = new HashMap<String, Integer>();
        Instant success = null;
        String errorId = null;
        Instant errorAt = null;
        Reason error = null;
        boolean more = false;
        try (Cursor<? extends Record> rows = sql.select(
                        DELIVERY.ID,
                        DELIVERY.STATUS,
                        DELIVERY.ATTEMPTS,
                        DELIVERY.CREATED_AT,
                        DELIVERY.DELIVERED_AT,
                        DELIVERY.REASON_CODE,
                        DELIVERY.REASON_MESSAGE,
                        DELIVERY.REASON_FIX)
                .from(DELIVERY)
                .where(DELIVERY.PIXEL_ID.eq(pixelId))
                .orderBy(DELIVERY.ID.desc())
                .limit(MOST)
                .fetchSize(200)
                .fetchLazy()) {
            int seen = 0;
            for (Record r : rows) {
                boolean lately = r.get(DELIVERY.CREATED_AT) >= since;
                if (!lately && success != null && error != null) {
                    break;
                }
                String status = r.get(DELIVERY.STATUS);
                if (lately) {
                    counts.merge(status, 1, Integer::sum);
                }
                more = ++seen == MOST && lately;
                Long delivered = r.get(DELIVERY.DELIVERED_AT);
                if (success == null && delivered != null && isTaken(status)) {
                    success = Instant.ofEpochMilli(delivered);
                }
                String code = r.get(DELIVERY.REASON_CODE);
                if (error == null && code != null && isTrouble(status, r.get(DELIVERY.ATTEMPTS))) {
                    errorId = r.get(DELIVERY.ID);
                    errorAt = Instant.ofEpochMilli(r.get(DELIVERY.CREATED_AT));
                    error = new Reason(code, text(r.get(DELIVERY.REASON_MESSAGE)), text(r.get(DELIVERY.REASON_FIX)));
                }
            }
        }
        return new PixelFigures(success, errorId == null ? null : lastTry(sql, errorId, errorAt), error, counts, more);
    }

    private static boolean isTaken(String status) {
        return status.equals(DeliveryStatus.ACCEPTED) || status.equals(DeliveryStatus.PARTIAL_FAILURE);
    }

    private static boolean isTrouble(String status, int attempts) {
        return status.equals(DeliveryStatus.FAILED)
                || status.equals(DeliveryStatus.PARTIAL_FAILURE)
                || (status.equals(DeliveryStatus.PENDING) && attempts > 0);
    }

    private static @Nullable Instant lastTry(DSLContext sql, String deliveryId, @Nullable Instant otherwise) {
        Long at = sql.select(DSL.max(ATTEMPT.AT))
                .from(ATTEMPT)
                .where(ATTEMPT.DELIVERY_ID.eq(deliveryId))
                .fetchOne(0, Long.class);
        return at == null ? otherwise : (Instant) Instant.ofEpochMilli(at);
    }

    private static String text(@Nullable String s) {
        return s == null ? "" : s;
    }
}
