package kembali.delivery;

import static kembali.store.schema.Tables.DELIVERY;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kembali.platform.Reason;
import kembali.store.Tx;
import kembali.support.Money;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent to a pixel.
 *
 * @param values what it is worth, by currency
 * @param oldest when the oldest of it was decided; null when nothing waits
 */
public record Waiting(
        int count, List<Money> values, @Nullable Instant oldest) {
    public Waiting {
        values = List.copyOf(values);
    }

    /** Counts it, by the index of the queue. */
    public static Waiting of(DSLContext sql, String pixelId) {
        var count = DSL.count();
        var oldest = DSL.min(DELIVERY.CREATED_AT);
        var sums = new TreeMap<String, BigDecimal>();
        int rows = 0;
        long first = Long.MAX_VALUE;
        // Exact sums: SQLite would add up decimals as floating-point numbers.
        for (var r : sql.select(DELIVERY.CURRENCY, DELIVERY.VALUE_AMOUNT, count, oldest)
                .from(DELIVERY)
                .where(DELIVERY.PIXEL_ID.eq(pixelId), DELIVERY.STATUS.eq(DSL.inline(DeliveryStatus.PENDING)))
                .groupBy(DELIVERY.CURRENCY, DELIVERY.VALUE_AMOUNT)
                .fetch()) {
            rows += r.get(count);
            first = Math.min(first, r.get(oldest));
            String amount = r.get(DELIVERY.VALUE_AMOUNT);
            if (amount != null && r.get(DELIVERY.CURRENCY) != null) {
                sums.merge(
                        r.get(DELIVERY.CURRENCY),
                        new BigDecimal(amount).multiply(BigDecimal.valueOf(r.get(count))),
                        BigDecimal::add);
            }
        }
        var values = new ArrayList<Money>();
        for (Map.Entry<String, BigDecimal> sum : sums.entrySet()) {
            values.add(new Money(sum.getValue(), sum.getKey()));
        }
        return new Waiting(rows, values, rows == 0 ? null : Instant.ofEpochMilli(first));
    }

    /** Throws away what waits and is in nobody's hand, for that reason; the result is how much. */
    public static int discard(Tx tx, String pixelId, Reason reason) {
        return tx.sql()
                .update(DELIVERY)
                .set(DELIVERY.STATUS, DeliveryStatus.SKIPPED)
                .set(DELIVERY.REASON_CODE, reason.code())
                .set(DELIVERY.REASON_MESSAGE, reason.message())
                .set(DELIVERY.REASON_FIX, reason.fix())
                .where(
                        DELIVERY.PIXEL_ID.eq(pixelId),
                        DELIVERY.STATUS.eq(DSL.inline(DeliveryStatus.PENDING)),
                        DELIVERY.LEASE_OWNER.isNull())
                .execute();
    }
}
