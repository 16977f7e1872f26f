package kembali.intake;

import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * A lead that may be known: found by visitor, external reference, phone or e-mail, in this order, it
 * is updated; otherwise it is created.
 *
 * @param merged the existing lead's details with what the caller said
 */
public record LeadUpserted(LeadSubmission submission, LeadPatched.Merge merged) implements Intake.Command<LeadResult> {
    @Override
    public LeadResult apply(Domain domain, Tx tx) {
        Lead found = find(domain, tx);
        if (found == null) {
            return new LeadSubmitted(submission).create(domain, tx);
        }
        return new LeadPatched(submission, found.id(), merged).apply(domain, tx);
    }

    private @Nullable Lead find(Domain domain, Tx tx) {
        int ws = submission.workspaceId();
        var sql = tx.sql();
        if (submission.visitorNo() != null) {
            Lead lead = domain.leads().findByVisitor(sql, ws, submission.visitorNo());
            if (lead != null) {
                return lead;
            }
        }
        var d = submission.details();
        if (d.externalRef() != null) {
            Lead lead = domain.leads().findByExternalRef(sql, ws, d.externalRef());
            if (lead != null) {
                return lead;
            }
        }
        if (d.person().phoneE164() != null) {
            Lead lead = domain.leads().findByPhone(sql, ws, d.person().phoneE164());
            if (lead != null) {
                return lead;
            }
        }
        return d.person().email() == null
                ? null
                : domain.leads().findByEmail(sql, ws, d.person().email());
    }
}
