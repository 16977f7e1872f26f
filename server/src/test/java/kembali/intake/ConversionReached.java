package kembali.intake;

import java.util.List;
import kembali.conversion.Decisions;
import kembali.delivery.Delivery;
import kembali.lead.Lead;
import kembali.platform.ConversionEvent;
import kembali.platform.Trail;
import kembali.store.Tx;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/** A network reported a conversion of a lead, or of a visitor who is none. */
public record ConversionReached(int workspaceId, @Nullable String leadId, long visitorNo, Trail trail)
        implements Intake.Command<List<Delivery>> {
    @Override
    public List<Delivery> apply(Intake.Domain domain, Tx tx) {
        Lead lead = leadId == null ? null : domain.leads().in(tx).get(workspaceId, leadId);
        Visitor visitor = domain.visitors().in(tx).get(workspaceId, visitorNo);
        if (visitor == null) {
            throw new AssertionError("there is no visitor " + visitorNo);
        }
        String status = trail.conversion() == null ? "" : trail.conversion().status();
        var reached =
                new Decisions.Reached(lead, visitor, status, tx.now(), ConversionEvent.Origin.POSTBACK, null, null);
        return domain.decisions().conversionReached(tx, reached, trail);
    }
}
