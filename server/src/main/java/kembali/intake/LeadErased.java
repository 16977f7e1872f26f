package kembali.intake;

import java.util.ArrayList;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.platform.Reasons;
import kembali.store.Tx;
import kembali.support.Refusal;

/**
 * A person is erased: the lead, its timeline and messages, its visitor, what came in about it, its part of the queue,
 * its data in the sync log.
 */
public record LeadErased(int workspaceId, String leadId) implements Intake.Command<Boolean> {
    @Override
    public Boolean apply(Domain domain, Tx tx) {
        Lead lead = domain.leads().in(tx).get(workspaceId, leadId);
        if (lead == null) {
            throw Refusal.notFound("There is no lead " + leadId + ".");
        }
        var known = new ArrayList<>(domain.leads().in(tx).aliases(lead));
        known.add(lead.id());
        new FactLedger(tx).erase(workspaceId, known);
        domain.ledger().received().in(tx).erase(workspaceId, known);
        domain.ledger().conversions().in(tx).erase(workspaceId, known);
        domain.deliveries().in(tx).erase(workspaceId, lead.id(), lead.visitorNo(), Reasons.LEAD_ERASED);
        domain.leads().in(tx).erase(lead);
        domain.visitors().in(tx).erase(workspaceId, lead.visitorNo());
        return true;
    }
}
