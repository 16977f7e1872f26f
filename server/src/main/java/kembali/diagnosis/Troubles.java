package kembali.diagnosis;

import static kembali.store.schema.Tables.DELIVERY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.delivery.DeliveryStatus;
import kembali.platform.Reasons;
import kembali.support.Ids;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What kept conversions from pixels lately, counted by reason. */
public final class Troubles {
    /** How far back is looked. */
    public static final Duration SPAN = Duration.ofDays(7);

    private Troubles() {}

    /**
     * One reason at one pixel.
     *
     * @param status {@code failed}, {@code partial_failure} or {@code skipped}
     * @param sample the latest such entry of the sync log
     */
    public record Trouble(
            String pixelId,
            String status,
            String code,
            @Nullable String message,
            @Nullable String fix,
            int count,
            String sample) {}

    /** The workspace's troubles of the last {@link #SPAN}, the most frequent first. */
    public static List<Trouble> of(DSLContext sql, int workspaceId, Instant now) {
        return sql.select(
                        DELIVERY.PIXEL_ID,
                        DELIVERY.STATUS,
                        DELIVERY.REASON_CODE,
                        DSL.max(DELIVERY.REASON_MESSAGE),
                        DSL.max(DELIVERY.REASON_FIX),
                        DSL.count(),
                        DSL.max(DELIVERY.ID))
                .from(DELIVERY)
                .where(
                        DELIVERY.WORKSPACE_ID.eq(workspaceId),
                        DELIVERY.STATUS.in(
                                DSL.inline(DeliveryStatus.FAILED),
                                DSL.inline(DeliveryStatus.PARTIAL_FAILURE),
                                DSL.inline(DeliveryStatus.SKIPPED)),
                        DELIVERY.ID.gt(Ids.lowest("dl", now.minus(SPAN))),
                        DELIVERY.REASON_CODE.isNotNull(),
                        // That a status is mapped to nothing is a choice, and usual for some.
                        DELIVERY.REASON_CODE.ne(Reasons.NO_MAPPING.code()))
                .groupBy(DELIVERY.PIXEL_ID, DELIVERY.STATUS, DELIVERY.REASON_CODE)
                .orderBy(DSL.count().desc(), DELIVERY.PIXEL_ID, DELIVERY.REASON_CODE)
                .fetch(r -> new Trouble(
                        r.value1(), r.value2(), r.value3(), r.value4(), r.value5(), r.value6(), r.value7()));
    }
}
