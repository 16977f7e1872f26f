package kembali.intake;

import java.time.Instant;
import java.util.stream.Collectors;
import kembali.delivery.Delivery;
import kembali.intake.Intake.Domain;
import kembali.lead.LeadStatus;
import kembali.platform.ConversionEvent;
import kembali.store.Tx;
import kembali.support.Refusal;
import kembali.visitor.Visitor;
import kembali.visitor.VisitorProfile;
import org.jspecify.annotations.Nullable;

/** A new lead by the API or an import. Refused when its external reference or its visitor is a lead already. */
public record LeadSubmitted(LeadSubmission submission) implements Intake.Command<LeadResult> {
    @Override
    public void announce(Domain domain, Tx tx) {
        domain.visitors().in(tx).wantClicks(submission.workspaceId(), submission.clicks());
    }

    @Override
    public LeadResult apply(Domain domain, Tx tx) {
        int ws = submission.workspaceId();
        String ref = submission.details().externalRef();
        if (ref != null) {
            String taken = domain.leads().in(tx).idByExternalRef(ws, ref);
            if (taken != null) {
                throw Refusal.conflict(
                        "externalRef",
                        "is the reference of lead " + taken + " already; use PATCH on it, or POST /leads/upsert");
            }
        }
        return create(domain, tx);
    }

    /** Creates it without looking whether it exists. */
    LeadResult create(Domain domain, Tx tx) {
        return create(domain, tx, ConversionEvent.Origin.CRM);
    }

    /** The same for somebody who came in elsewhere than by the pipeline. */
    LeadResult create(Domain domain, Tx tx, ConversionEvent.Origin origin) {
        int ws = submission.workspaceId();
        var change = new LeadChange(domain, tx);
        Visitor before = visitor(domain, tx, ws);
        Visitor visitor = change.learn(before, submission);
        change.respectConsent(null, visitor, before.profile().consent());
        String status = submission.status() == null ? LeadStatus.NEW : submission.status();
        Instant at = submission.occurredAt() == null ? tx.now() : submission.occurredAt();
        LeadChange.Opened opened = change.open(visitor, submission.details(), status, at, null, origin);
        return new LeadResult(
                opened.lead(),
                opened.visitor(),
                opened.deliveries(),
                opened.deliveries().stream().map(Delivery::status).collect(Collectors.toSet()),
                true);
    }

    /** The visitor it belongs to: of the code that was passed, else a new one. */
    Visitor visitor(Domain domain, Tx tx, int ws) {
        @Nullable Long no = submission.visitorNo();
        var visitors = domain.visitors().in(tx);
        if (no == null) {
            return visitors.create(ws, VisitorProfile.EMPTY);
        }
        Visitor v = visitors.get(ws, no);
        if (v == null) {
            throw Refusal.invalid("visitor", "no visitor has this code; leave it out, or pass a code we issued");
        }
        if (v.leadId() != null) {
            throw Refusal.conflict(
                    "visitor", "is lead " + v.leadId() + " already; use PATCH on it, or POST /leads/upsert");
        }
        return v;
    }
}
