package kembali.intake;

import java.math.BigDecimal;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A page told that something happened. It stands in the visitor's history; where the workspace lets pages say so, it
 * is a status that the visitor's lead reached.
 *
 * @param name at most 40 characters
 * @param value what was paid, in major units; null leaves the lead's
 * @param currency ISO 4217; null leaves the lead's
 * @param orderId an order id not seen before is a further transaction of that status: nobody else could say so for a
 *     page
 * @param status whether the name is a status that the lead reaches by this
 */
public record EventTracked(
        TrackerHit hit,
        String name,
        @Nullable BigDecimal value,
        @Nullable String currency,
        @Nullable String orderId,
        boolean status)
        implements Intake.Command<HitTaken> {
    @Override
    public void announce(Domain domain, Tx tx) {
        HitChange.announce(domain, tx, hit);
    }

    @Override
    public HitTaken apply(Domain domain, Tx tx) {
        var change = new HitChange(domain, tx, hit);
        HitTaken before = change.takenBefore();
        if (before != null) {
            return before;
        }
        Visitor visitor = change.kept(change.learned(change.visitor()));
        change.noted(visitor, TouchRow.EVENT, name);
        if (status) {
            reach(domain, tx, visitor, change.lead(visitor));
        }
        return change.taken(visitor);
    }

    private void reach(Domain domain, Tx tx, Visitor visitor, @Nullable Lead lead) {
        if (lead == null) {
            LeadDetails details = LeadDetails.unknownPerson("website", null).withValues(null, value, currency);
            new LeadChange(domain, tx).open(visitor, details, name, hit.at(), orderId, Origin.WEB);
            return;
        }
        new StatusReached(hit.workspaceId(), lead.id(), name, null, value, currency, orderId, hit.at(), orderId != null)
                .apply(domain, tx, Origin.WEB);
    }
}
