package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.delivery.Deliveries;
import kembali.lead.Lead;
import kembali.lead.LeadEvent;
import kembali.lead.Leads;
import kembali.lead.Message;
import kembali.visitor.ConsentEntry;
import kembali.visitor.Consents;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Everything that happened with a lead, oldest first: arrivals, chats, forms, statuses, changes, reports to platforms. */
public record Timeline(List<Entry> items) {
    private static final int MOST_CONSENTS = 1_000;
    /** The newest; all of them are the lead's messages. */
    private static final int MOST_MESSAGES = 500;

    /**
     * One thing.
     *
     * @param kind {@code created}, {@code touch}, {@code pageview}, {@code event}, {@code message}, {@code form},
     *     {@code status}, {@code details}, {@code conversion} (a conversion reached a status; the detail says its id, amount
     *     and why it was rejected), {@code consent}, {@code merge} (another lead turned out to be this person),
     *     {@code referred} (the first message was forwarded by the lead named), {@code match} (found by guess) or
     *     {@code delivery}
     * @param detail the page or link; of an event its name; of a message what it says
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
            entries.add(touch(t));
        }
        for (ConsentEntry c : Consents.of(sql, lead.workspaceId(), lead.visitorNo(), null, MOST_CONSENTS)) {
            entries.add(new Entry(c.recordedAt(), "consent", null, ConsentHistory.words(c.consent()), null));
        }
        for (LeadEvent e : leads.timeline(sql, lead.workspaceId(), lead.id())) {
            entries.add(new Entry(e.at(), e.kind(), e.status(), e.detail(), null));
        }
        for (Message m : leads.messages().list(sql, lead.workspaceId(), lead.id(), null, MOST_MESSAGES)) {
            boolean form = m.type().equals(Message.FORM);
            entries.add(new Entry(m.at(), form ? "form" : "message", null, detail(m, form), m.id()));
        }
        sql.selectFrom(DELIVERY)
                .where(Deliveries.ofPerson(lead.workspaceId(), lead.id(), lead.visitorNo()))
                .forEach(r -> entries.add(new Entry(
                        Instant.ofEpochMilli(r.getCreatedAt()),
                        "delivery",
                        r.getStatus(),
                        r.getPlatform() + " " + (r.getEvent() == null ? "(no event)" : r.getEvent()),
                        r.getId())));
        entries.sort(Comparator.comparing(Entry::at));
        return new Timeline(List.copyOf(entries));
    }

    private static Entry touch(TouchRow t) {
        Instant at = Instant.ofEpochMilli(t.atMs());
        return switch (t.kind()) {
            case TouchRow.PAGE_VIEW -> new Entry(at, t.kind(), null, t.url(), null);
            case TouchRow.EVENT -> new Entry(at, t.kind(), null, t.refId(), null);
            default -> new Entry(at, "touch", null, t.url(), t.refId());
        };
    }

    private static String detail(Message m, boolean form) {
        String text = m.content().text();
        String said = text == null ? "(" + m.type() + ")" : text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return form ? (text == null ? m.provider() : m.provider() + ": " + said) : m.direction() + ": " + said;
    }
}
