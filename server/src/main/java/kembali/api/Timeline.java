package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.lead.Lead;
import kembali.lead.LeadEvent;
import kembali.lead.Leads;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Everything that happened with a lead, oldest first: arrivals, statuses, changes, reports to platforms. */
public record Timeline(List<Entry> items) {
    /**
     * One thing.
     *
     * @param kind {@code created}, {@code touch}, {@code status}, {@code consent} or {@code delivery}
     * @param refId the rotator, campaign or delivery it belongs to
     */
    public record Entry(
            Instant at,
            String kind,
            @Nullable String status,
            @Nullable String detail,
            @Nullable String refId) {}

    static Timeline of(DSLContext sql, Leads leads, Visitors visitors, Lead lead) {
        var entries = new ArrayList<Entry>();
        entries.add(new Entry(lead.createdAt(), "created", null, lead.details().source(), null));
        for (TouchRow t : visitors.touches(sql, lead.workspaceId(), lead.visitorNo())) {
            entries.add(new Entry(Instant.ofEpochMilli(t.atMs()), "touch", null, t.url(), t.refId()));
        }
        for (LeadEvent e : leads.timeline(sql, lead.workspaceId(), lead.id())) {
            entries.add(new Entry(e.at(), e.kind(), e.status(), e.detail(), null));
        }
        sql.selectFrom(DELIVERY)
                .where(DELIVERY.WORKSPACE_ID.eq(lead.workspaceId()), DELIVERY.LEAD_ID.eq(lead.id()))
                .forEach(r -> entries.add(new Entry(
                        Instant.ofEpochMilli(r.getCreatedAt()),
                        "delivery",
                        r.getStatus(),
                        r.getPlatform() + " " + (r.getEvent() == null ? "(no event)" : r.getEvent()),
                        r.getId())));
        entries.sort(Comparator.comparing(Entry::at));
        return new Timeline(List.copyOf(entries));
    }
}
