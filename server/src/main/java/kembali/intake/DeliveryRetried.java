package kembali.intake;

import java.util.List;
import java.util.Map;
import kembali.delivery.Deliveries;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.identity.WebContext;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.ledger.Conversion;
import kembali.platform.ConversionEvent.Origin;
import kembali.platform.Trail;
import kembali.store.Tx;
import kembali.support.Refusal;
import kembali.visitor.Click;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants an entry of the sync log tried again: one that failed or was skipped is built anew
 * from what is known today, one that waits is due at once. What a platform took is not sent again.
 */
public record DeliveryRetried(int workspaceId, String deliveryId) implements Intake.Command<Delivery> {
    @Override
    public Delivery apply(Domain domain, Tx tx) {
        Delivery d = Deliveries.find(tx.sql(), workspaceId, deliveryId);
        if (d == null) {
            throw Refusal.notFound("There is no sync-log entry " + deliveryId + ".");
        }
        var rows = domain.deliveries().in(tx);
        return switch (d.status()) {
            case DeliveryStatus.PENDING -> {
                rows.dueNow(d);
                yield d;
            }
            case DeliveryStatus.FAILED, DeliveryStatus.SKIPPED -> {
                Delivery rebuilt = rebuilt(domain, tx, d);
                refuseReportedTwin(rows, d);
                if (d.event() == null && rebuilt.event() != null && d.leadId() != null) {
                    rows.load(workspaceId, d.leadId(), false);
                    Delivery other = rows.get(d.pixelId(), rebuilt.eventId());
                    if (other != null) {
                        throw Refusal.conflict(
                                "status",
                                "the event mapped to this status today, " + rebuilt.event() + ", is reported by entry "
                                        + other.id() + " already");
                    }
                }
                yield rows.decideAnew(d, rebuilt);
            }
            default ->
                throw Refusal.conflict(
                        "status",
                        "the platform took this event already (" + d.status()
                                + "); it is not sent again, so that it is not counted twice");
        };
    }

    /** Of two leads that turned out to be one person, the other one's entry may have been taken. */
    private void refuseReportedTwin(Deliveries.InTx rows, Delivery d) {
        if (d.leadId() == null) {
            return;
        }
        rows.load(workspaceId, d.leadId(), false);
        Delivery twin = rows.reportedTwin(d);
        if (twin != null) {
            throw Refusal.conflict(
                    "status",
                    "two leads turned out to be one person, and entry " + twin.id() + " reports this event already");
        }
    }

    private Delivery rebuilt(Domain domain, Tx tx, Delivery d) {
        Lead lead = d.leadId() == null ? null : domain.leads().in(tx).get(workspaceId, d.leadId());
        Visitor visitor =
                d.visitorNo() == null ? null : domain.visitors().in(tx).get(workspaceId, d.visitorNo());
        if (visitor == null || (lead == null && d.leadId() != null)) {
            throw Refusal.conflict("leadId", "the person of this entry was erased; nothing can be sent any more");
        }
        var rows = domain.deliveries().in(tx);
        if (lead != null) {
            rows.load(workspaceId, lead.id(), false);
        }
        Click click = d.subid() == null ? null : domain.clicks().in(tx).find(workspaceId, d.subid());
        return domain.decisions()
                .rebuild(
                        tx,
                        d,
                        lead,
                        d.isVisit() ? onItsPage(domain, tx, visitor, d) : visitor,
                        click,
                        d.origin() == Origin.POSTBACK ? trail(domain, tx, d, click) : null,
                        lead == null ? List.of() : rows.of(lead.id()));
    }

    /** The conversion a postback reported, as it stands today, and the click it goes back to. */
    private Trail trail(Domain domain, Tx tx, Delivery d, @Nullable Click click) {
        String subject = click == null ? d.leadId() : click.subid();
        Conversion c = subject == null
                ? null
                : domain.ledger()
                        .conversions()
                        .in(tx)
                        .find(workspaceId, subject, d.orderId() == null ? "" : d.orderId());
        return domain.decisions()
                .trail(workspaceId, click, c == null ? Map.of() : c.slots(), c == null ? null : c.reached(null));
    }

    /** The visitor on the page this visit was about, which need not be the one they saw last. */
    private static Visitor onItsPage(Domain domain, Tx tx, Visitor visitor, Delivery d) {
        TouchRow page = domain.visitors().pageView(tx.sql(), visitor.workspaceId(), visitor.no(), d.occurredAt());
        if (page == null) {
            return visitor;
        }
        var viewed = new WebContext(page.url(), page.referrer(), null, null);
        return visitor.withProfile(
                visitor.profile().withWeb(visitor.profile().web().on(viewed)));
    }
}
