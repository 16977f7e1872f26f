package kembali.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import kembali.intake.Intake.Domain;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * Another system says how far somebody is. The person is found by the other system's reference, phone number or e-mail
 * address, in this order; a status makes nobody a lead.
 *
 * @param status one of the workspace's
 * @param phoneE164 null when none could be read
 * @param value the actual value; null leaves the stored one
 */
public record StatusSaid(
        FactRef fact,
        String status,
        Instant at,
        @Nullable String phoneE164,
        @Nullable String email,
        @Nullable String externalRef,
        @Nullable BigDecimal value,
        @Nullable String currency)
        implements Intake.Command<FactResult> {
    @Override
    public FactResult apply(Domain domain, Tx tx) {
        var ledger = new FactLedger(tx);
        if (ledger.open(fact) instanceof FactLedger.Entry.Applied before) {
            return ledger.again(domain, fact, before, List.of());
        }
        String leadId = find(domain, tx);
        if (leadId == null) {
            ledger.drop(fact);
            return new FactResult.NobodyKnown("Nobody with this reference, phone number or e-mail address is a lead.");
        }
        Instant reached = at.isAfter(tx.now()) ? tx.now() : at;
        LeadResult result = new StatusReached(
                        fact.workspaceId(), leadId, status, null, value, currency, null, reached, false)
                .apply(domain, tx);
        ledger.close(fact, result.lead().id());
        return new FactResult.Applied(result.lead().id(), List.of());
    }

    private @Nullable String find(Domain domain, Tx tx) {
        var leads = domain.leads().in(tx);
        int ws = fact.workspaceId();
        String id = externalRef == null ? null : leads.idByExternalRef(ws, externalRef);
        if (id == null && phoneE164 != null) {
            id = leads.idByPhone(ws, phoneE164);
        }
        return id == null && email != null ? leads.idByEmail(ws, email) : id;
    }
}
