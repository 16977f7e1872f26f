package kembali.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kembali.identity.Person;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.lead.LeadDetails;
import kembali.lead.LeadStatus;
import kembali.platform.ConversionEvent.Origin;
import kembali.store.Tx;
import kembali.visitor.Visitor;

/**
 * A page told who its visitor is. Anybody can make a page say anything, so it fills in what is unknown of the
 * visitor's lead and changes nothing, and it never leads to another visitor's lead.
 *
 * @param person name, e-mail and phone; all else is unknown
 * @param makesLead whether a visitor who is no lead yet becomes one
 */
public record PersonIdentified(TrackerHit hit, Person person, boolean makesLead) implements Intake.Command<HitTaken> {
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
        Lead lead = change.lead(visitor);
        if (lead != null) {
            fillIn(domain, tx, lead);
        } else if (makesLead) {
            LeadDetails details = LeadDetails.unknownPerson("website", null);
            new LeadChange(domain, tx)
                    .open(visitor, details.withPerson(person), LeadStatus.NEW, hit.at(), null, Origin.WEB);
        }
        return change.taken(visitor);
    }

    private void fillIn(Domain domain, Tx tx, Lead lead) {
        Person had = lead.person();
        Person filled = had.filledInBy(person);
        if (filled.equals(had)) {
            return;
        }
        var names = new ArrayList<String>();
        List<String> all = List.of("name", "email", "phone");
        List<Boolean> changed = List.of(
                !Objects.equals(had.name(), filled.name()),
                !Objects.equals(had.email(), filled.email()),
                !Objects.equals(had.phone(), filled.phone()));
        for (int i = 0; i < all.size(); i++) {
            if (changed.get(i)) {
                names.add(all.get(i));
            }
        }
        var leads = domain.leads().in(tx);
        leads.put(lead.withDetails(lead.details().withPerson(filled)).updated(tx.now()));
        leads.note(lead, "details", null, String.join(", ", names) + " by a page, not confirmed", hit.at());
    }
}
