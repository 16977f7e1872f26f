package kembali.intake;

import java.util.List;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.platform.ConversionEvent;
import kembali.store.Tx;
import kembali.support.Refusal;
import kembali.visitor.Visitor;

/**
 * Somebody says that two leads are one person: {@code from} goes, {@code into} stays with what both had. Said again,
 * it changes nothing.
 */
public record LeadsMerged(int workspaceId, String from, String into) implements Intake.Command<LeadResult> {
    @Override
    public LeadResult apply(Domain domain, Tx tx) {
        var join = new LeadJoin(domain, tx);
        LeadJoin.Pair pair = join.locked(workspaceId, from, into);
        if (pair == null) {
            throw Refusal.notFound("There is no lead \"" + missing(domain, tx) + "\".");
        }
        var change = new LeadChange(domain, tx);
        if (pair.isOne()) {
            return result(change, pair.one());
        }
        Lead merged = join.into(pair.other(), pair.one(), "said so");
        Visitor visitor = change.visitorOf(merged);
        change.reconsider(merged, visitor, ConversionEvent.Origin.CRM);
        return result(change, merged);
    }

    private String missing(Domain domain, Tx tx) {
        return domain.leads().in(tx).get(workspaceId, from) == null ? from : into;
    }

    private static LeadResult result(LeadChange change, Lead lead) {
        return new LeadResult(lead, change.visitorOf(lead), List.of(), change.standing(lead), false);
    }
}
