package kembali.intake;

import java.time.Instant;
import java.util.List;
import kembali.delivery.Delivery;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadEvent;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.support.Refusal;
import kembali.visitor.Visitor;

/**
 * A change of a lead's details, and of its status when one is said that it does not have yet.
 *
 * @param submission what the caller said; its details are put over the stored ones by {@code merge}
 */
public record LeadPatched(LeadSubmission submission, String leadId, Merge merge) implements Intake.Command<LeadResult> {
    /** Puts what the caller said over what is stored. */
    public interface Merge {
        LeadDetails over(Lead stored);
    }

    @Override
    public LeadResult apply(Domain domain, Tx tx) {
        var leads = domain.leads().in(tx);
        Lead lead = leads.get(submission.workspaceId(), leadId);
        if (lead == null) {
            throw Refusal.notFound("There is no lead " + leadId + ".");
        }
        LeadDetails details = merge.over(lead);
        refuseTakenReference(domain, tx, lead, details);
        var change = new LeadChange(domain, tx);
        Visitor before = change.visitorOf(lead);
        Visitor visitor = change.learn(before, submission);
        Lead patched = lead.withDetails(details).updated(tx.now());
        boolean reaches = submission.status() != null && !submission.status().equals(lead.status());
        Instant at = submission.occurredAt() == null ? tx.now() : submission.occurredAt();
        if (reaches && submission.status() != null) {
            patched = patched.withStatus(submission.status(), at);
            leads.note(patched, LeadEvent.STATUS, patched.status(), null, at);
        }
        leads.put(patched);
        change.respectConsent(patched, visitor, before.profile().consent());
        List<Delivery> deliveries =
                reaches ? change.decide(patched, visitor, at, null, null, Origin.CRM, false) : List.of();
        return new LeadResult(patched, visitor, deliveries, null, false);
    }

    static void refuseTakenReference(Domain domain, Tx tx, Lead lead, LeadDetails details) {
        String ref = details.externalRef();
        if (ref != null && !ref.equals(lead.externalRef())) {
            String other = domain.leads().in(tx).idByExternalRef(lead.workspaceId(), ref);
            if (other != null) {
                throw Refusal.conflict("externalRef", "is the reference of lead " + other + " already");
            }
        }
    }
}
