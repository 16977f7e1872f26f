package kembali.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import kembali.delivery.Delivery;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadEvent;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.support.Refusal;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A lead is said to have reached a status, whatever the path to it. Said again, it changes nothing
 * and answers with what stands in the sync log.
 *
 * @param actualValue null leaves the stored value
 * @param currency null leaves the stored one
 * @param repeat true says that this is a further transaction of the same lead; needs an order id
 */
public record StatusReached(
        int workspaceId,
        String leadId,
        String status,
        @Nullable BigDecimal estimatedValue,
        @Nullable BigDecimal actualValue,
        @Nullable String currency,
        @Nullable String orderId,
        @Nullable Instant occurredAt,
        boolean repeat)
        implements Intake.Command<LeadResult> {
    /** The same for that lead. */
    public StatusReached of(String id) {
        return new StatusReached(
                workspaceId, id, status, estimatedValue, actualValue, currency, orderId, occurredAt, repeat);
    }

    @Override
    public LeadResult apply(Domain domain, Tx tx) {
        return apply(domain, tx, Origin.CRM);
    }

    /** @param origin where it happened */
    LeadResult apply(Domain domain, Tx tx, Origin origin) {
        var leads = domain.leads().in(tx);
        Lead lead = leads.get(workspaceId, leadId);
        if (lead == null) {
            throw Refusal.notFound("There is no lead \"" + leadId + "\".");
        }
        List<LeadEvent> before = leads.reached(lead, status);
        boolean further = repeat && !before.isEmpty() && before.stream().noneMatch(e -> sameOrder(e));
        String transaction = repeat && !before.isEmpty() && !sameOrder(before.getFirst()) ? orderId : null;
        Instant at = occurredAt == null ? tx.now() : occurredAt;
        Lead changed = lead.withDetails(lead.details().withValues(estimatedValue, actualValue, currency));
        if (!lead.status().equals(status) || further || before.isEmpty()) {
            changed = changed.withStatus(status, at);
            leads.note(changed, LeadEvent.STATUS, status, orderId, at);
        }
        if (!changed.equals(lead)) {
            changed = changed.updated(tx.now());
            leads.put(changed);
        }
        var change = new LeadChange(domain, tx);
        Visitor visitor = change.visitorOf(changed);
        List<Delivery> deliveries = change.decide(
                changed.withStatus(status, changed.statusAt()), visitor, at, orderId, transaction, origin, false);
        return new LeadResult(changed, visitor, deliveries, change.standing(changed), false);
    }

    private boolean sameOrder(LeadEvent e) {
        return Objects.equals(e.detail(), orderId);
    }
}
