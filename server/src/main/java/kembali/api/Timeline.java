package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.lead.Lead;
import kembali.lead.LeadEvent;
import kembali.lead.Leads;
import kembali.lead.Message;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Everything that happened with a lead, oldest first: arrivals, chats, forms, statuses, changes, reports to platforms. */
public record Timeline(List<Entry> items) {
    /** The newest; all of them are the lead's messages. */
    private static final int MOST_MESSAGES = 500;

    /**
     * One thing.
     *
     * @param kind {@code created}, {@code touch}, {@code message}, {@code form}, {@code status}, {@code consent},
     *     {@code merge} (another lead turned out to be this person), {@code referred} (the first message was forwarded
     *     by the lead named), {@code match} (found by guess) or {@code delivery}
     * @param refId the rotator, campaign, message or delivery it belongs to
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
        for (Message m : leads.messages().list(sql, lead.workspaceId(), lead.id(), null, MOST_MESSAGES)) {
            boolean form = m.type().equals(Message.FORM);
            entries.add(new Entry(m.at(), form ? "form" : "message", null, detail(m, form), m.id()));
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

    private static String detail(Message m, boolean form) {
        String text = m.content().text();
        String said = text == null ? "(" + m.type() + ")" : text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return form ? (text == null ? m.provider() : m.provider() + ": " + said) : m.direction() + ": " + said;
    }
}
