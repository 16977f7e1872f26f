package kembali.figures;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.store.schema.Tables.LEAD;
import static kembali.store.schema.Tables.LEAD_EVENT;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import kembali.support.Ids;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Figures of leads and of what was reported of them, read from their rows when somebody asks: by ranges of ids, which
 * carry their time.
 */
public final class LeadFigures {
    private static final int FETCH = 2_000;

    private LeadFigures() {}

    /** A span of time. @param end the first instant that is not part of it */
    public record Span(Instant start, Instant end) {}

    /** How many, and the sums of what they are worth by currency. */
    public static final class Tally {
        private long count;
        private final Map<String, BigDecimal> values = new TreeMap<>();

        public long count() {
            return count;
        }

        /** By ISO 4217 currency. */
        public Map<String, BigDecimal> values() {
            return values;
        }

        /** One more of them. @param otherwise the currency of an amount that came without one */
        void add(@Nullable String amount, @Nullable String currency, String otherwise) {
            count++;
            if (amount != null) {
                values.merge(currency == null ? otherwise : currency, new BigDecimal(amount), BigDecimal::add);
            }
        }
    }

    /** New leads by day; days without any are left out. */
    public static Map<LocalDate, Long> newLeads(DSLContext sql, int workspaceId, Span span, ZoneId zone) {
        var days = new TreeMap<LocalDate, Long>();
        try (var rows = sql.select(LEAD.CREATED_AT)
                .from(LEAD)
                .where(LEAD.WORKSPACE_ID.eq(workspaceId), created(span))
                .fetchSize(FETCH)
                .fetchLazy()) {
            for (var r : rows) {
                days.merge(day(r.value1(), zone), 1L, Long::sum);
            }
        }
        return days;
    }

    /** Leads that have that status, by the day they reached it, with the actual value, else the estimated one. */
    public static Map<LocalDate, Tally> reached(
            DSLContext sql, int workspaceId, String status, Span span, ZoneId zone, String currency) {
        var days = new TreeMap<LocalDate, Tally>();
        try (var rows = sql.select(LEAD.STATUS_AT, DSL.coalesce(LEAD.ACTUAL_VALUE, LEAD.ESTIMATED_VALUE), LEAD.CURRENCY)
                .from(LEAD)
                .where(
                        LEAD.WORKSPACE_ID.eq(workspaceId),
                        LEAD.STATUS.eq(status),
                        LEAD.STATUS_AT.ge(span.start.toEpochMilli()),
                        LEAD.STATUS_AT.lt(span.end.toEpochMilli()))
                .fetchSize(FETCH)
                .fetchLazy()) {
            for (var r : rows) {
                days.computeIfAbsent(day(r.value1(), zone), d -> new Tally()).add(r.value2(), r.value3(), currency);
            }
        }
        return days;
    }

    /** Of the leads that came in that span, how many have each status now. */
    public static Map<String, Long> statuses(DSLContext sql, int workspaceId, Span span) {
        var counts = new HashMap<String, Long>();
        sql.select(LEAD.STATUS, DSL.count())
                .from(LEAD)
                .where(LEAD.WORKSPACE_ID.eq(workspaceId), created(span))
                .groupBy(LEAD.STATUS)
                .forEach(r -> counts.put(r.value1(), r.value2().longValue()));
        return counts;
    }

    /** Of the leads that came in that span, how many were ever said to have reached each status. */
    public static Map<String, Long> everReached(DSLContext sql, int workspaceId, Span span) {
        var counts = new HashMap<String, Long>();
        sql.select(LEAD_EVENT.STATUS, DSL.countDistinct(LEAD_EVENT.LEAD_ID))
                .from(LEAD_EVENT)
                .where(
                        LEAD_EVENT.WORKSPACE_ID.eq(workspaceId),
                        LEAD_EVENT.LEAD_ID.ge(Ids.lowest("ld", span.start)),
                        LEAD_EVENT.LEAD_ID.lt(Ids.lowest("ld", span.end)),
                        LEAD_EVENT.KIND.eq("status"),
                        LEAD_EVENT.STATUS.isNotNull())
                .groupBy(LEAD_EVENT.STATUS)
                .forEach(r -> counts.put(r.value1(), r.value2().longValue()));
        return counts;
    }

    /** Entries of the sync log made in that span: platform to outcome to count. */
    public static Map<String, Map<String, Long>> deliveries(DSLContext sql, int workspaceId, Span span) {
        var platforms = new TreeMap<String, Map<String, Long>>();
        sql.select(DELIVERY.PLATFORM, DELIVERY.STATUS, DSL.count())
                .from(DELIVERY)
                .where(
                        DELIVERY.WORKSPACE_ID.eq(workspaceId),
                        DELIVERY.ID.ge(Ids.lowest("dl", span.start)),
                        DELIVERY.ID.lt(Ids.lowest("dl", span.end)))
                .groupBy(DELIVERY.PLATFORM, DELIVERY.STATUS)
                .forEach(r -> platforms
                        .computeIfAbsent(r.value1(), p -> new LinkedHashMap<>())
                        .put(r.value2(), r.value3().longValue()));
        return platforms;
    }

    /** No lead is older than its id says; one taken over from elsewhere may have come long before. */
    private static Condition created(Span span) {
        return LEAD.ID
                .ge(Ids.lowest("ld", span.start))
                .and(LEAD.CREATED_AT.ge(span.start.toEpochMilli()))
                .and(LEAD.CREATED_AT.lt(span.end.toEpochMilli()));
    }

    private static LocalDate day(long ms, ZoneId zone) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(ms), zone);
    }
}
