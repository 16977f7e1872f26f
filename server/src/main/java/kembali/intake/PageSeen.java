package kembali.intake;

import java.time.Instant;
import kembali.intake.Intake.Domain;
import kembali.store.Tx;
import kembali.visitor.TouchRow;
import kembali.visitor.Visitor;

/** Somebody looked at a page that carries the tracker. The pixels a page view is mapped at are told. */
public record PageSeen(TrackerHit hit) implements Intake.Command<HitTaken> {
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
        Instant at = change.noted(visitor, TouchRow.PAGE_VIEW, null);
        // Hits that waited in the browser arrive together: each is reported with its own page.
        Visitor there = visitor.withProfile(
                visitor.profile().withWeb(visitor.profile().web().on(hit.web())));
        domain.decisions().decideVisit(tx, change.lead(visitor), there, hit.eventId(), at);
        return change.taken(visitor);
    }
}
