package kembali.intake;

import kembali.intake.Intake.Domain;
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
        String found = find(domain, tx);
        if (found == null) {
            return new LeadSubmitted(submission).create(domain, tx);
        }
        return new LeadPatched(submission, found, merged).apply(domain, tx);
    }

    /** The id of the lead it is about, or null. */
    @Nullable String find(Domain domain, Tx tx) {
        int ws = submission.workspaceId();
        var leads = domain.leads().in(tx);
        var d = submission.details();
        String id = submission.visitorNo() == null ? null : leads.idByVisitor(ws, submission.visitorNo());
        if (id == null && d.externalRef() != null) {
            id = leads.idByExternalRef(ws, d.externalRef());
        }
        if (id == null && d.person().phoneE164() != null) {
            id = leads.idByPhone(ws, d.person().phoneE164());
        }
        if (id == null && d.person().email() != null) {
            id = leads.idByEmail(ws, d.person().email());
        }
        return id;
    }
}
