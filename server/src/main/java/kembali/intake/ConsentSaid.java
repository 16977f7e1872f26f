package kembali.intake;

import kembali.intake.Intake.Domain;
import kembali.store.Tx;

/** A page told what its visitor answered about the use of their data. Nothing else of the visitor changes. */
public record ConsentSaid(TrackerHit hit) implements Intake.Command<HitTaken> {
    @Override
    public void announce(Domain domain, Tx tx) {
        domain.hits().in(tx).want(hit.workspaceId(), hit.eventId());
    }

    @Override
    public HitTaken apply(Domain domain, Tx tx) {
        var change = new HitChange(domain, tx, hit);
        HitTaken before = change.takenBefore();
        return before != null ? before : change.taken(change.kept(change.visitor()));
    }
}
