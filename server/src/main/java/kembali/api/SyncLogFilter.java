package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;

import java.util.List;
import kembali.delivery.Deliveries;
import kembali.delivery.DeliveryStatus;
import kembali.http.Checks;
import kembali.lead.Lead;
import kembali.lead.Leads;
import kembali.store.Store;
import kembali.visitor.Visitors;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The filters of the sync log, as the caller wrote them; null where they did not. */
record SyncLogFilter(
        @Nullable String status,
        @Nullable String platform,
        @Nullable String pixelId,
        @Nullable String leadId,
        @Nullable String visitor,
        @Nullable String event,
        @Nullable String reason,
        @Nullable String from,
        @Nullable String to) {
    private static final List<String> STATUSES = List.of(
            DeliveryStatus.PENDING,
            DeliveryStatus.ACCEPTED,
            DeliveryStatus.PARTIAL_FAILURE,
            DeliveryStatus.FAILED,
            DeliveryStatus.SKIPPED);

    /** All of them as one condition. @param before only rows older than that id; null for all */
    Condition condition(int ws, Store store, Leads leads, Visitors visitors, @Nullable String before) {
        var checks = new Checks();
        Condition c = DSL.trueCondition();
        if (status != null) {
            // Inlined, so that the databases can use the index of that part of the table.
            c = c.and(DELIVERY.STATUS.eq(DSL.inline(checks.word("status", status, STATUSES, "failed"))));
        }
        if (platform != null) {
            c = c.and(DELIVERY.PLATFORM.eq(platform));
        }
        if (pixelId != null) {
            c = c.and(DELIVERY.PIXEL_ID.eq(pixelId));
        }
        if (leadId != null) {
            c = c.and(DELIVERY.LEAD_ID.eq(leadId));
        }
        if (visitor != null) {
            c = c.and(ofVisitor(ws, visitor, store, leads, visitors, checks));
        }
        if (event != null) {
            c = c.and(DELIVERY.EVENT.eq(event));
        }
        if (reason != null) {
            c = c.and(DELIVERY.REASON_CODE.eq(reason));
        }
        if (from != null) {
            c = c.and(DELIVERY.CREATED_AT.ge(LeadFilter.instant(checks, "from", from)));
        }
        if (to != null) {
            c = c.and(DELIVERY.CREATED_AT.lt(LeadFilter.instant(checks, "to", to)));
        }
        if (before != null) {
            c = c.and(DELIVERY.ID.lt(before));
        }
        checks.done();
        return c;
    }

    /** All rows of a visitor: those of the lead they became, and those from before. */
    private static Condition ofVisitor(
            int ws, String code, Store store, Leads leads, Visitors visitors, Checks checks) {
        Long no = visitors.number(ws, code);
        if (no == null) {
            checks.error("visitor", "is no visitor code; one looks like ABC2345");
            return DSL.falseCondition();
        }
        Lead lead = store.read(sql -> leads.findByVisitor(sql, ws, no));
        return Deliveries.ofPerson(ws, lead == null ? null : lead.id(), no);
    }
}
