package kembali.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import kembali.intake.Intake.Domain;
import kembali.intake.LeadImported;
import kembali.intake.LeadImported.Effect;
import kembali.intake.LeadSubmission;
import kembali.lead.Lead;
import kembali.lead.LeadLookup;
import kembali.lead.Leads;
import kembali.store.Tx;
import kembali.support.Secrets;
import kembali.visitor.VisitorProfile;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Leads are created and updated as by the API. */
final class LeadSink implements RowSink<LeadImported> {
    private final int workspaceId;
    private final Leads leads;
    private final Visitors visitors;
    private final Secrets secrets;
    private final Sightings met;

    LeadSink(int workspaceId, Leads leads, Visitors visitors, Secrets secrets, Sightings met) {
        this.workspaceId = workspaceId;
        this.leads = leads;
        this.visitors = visitors;
        this.secrets = secrets;
        this.met = met;
    }

    @Override
    public void announce(LeadImported row, Domain domain, Tx tx) {
        row.announce(domain, tx);
    }

    @Override
    public Taken take(LeadImported row, Domain domain, Tx tx) {
        return taken(row.apply(domain, tx));
    }

    private static Taken taken(LeadImported.Result result) {
        String older = result.olderStatus();
        return older == null
                ? Taken.of(result.effect())
                : new Taken(
                        result.effect(),
                        "has been " + older + " since a later time than the file says; its status stays");
    }

    @Override
    public List<Taken> foresee(List<LeadImported> rows, DSLContext sql) {
        List<@Nullable Lead> stored = LeadLookup.find(
                sql, leads, workspaceId, rows.stream().map(LeadSink::wanted).toList());
        var profiles = visitors.find(
                sql,
                workspaceId,
                stored.stream()
                        .filter(Objects::nonNull)
                        .map(Lead::visitorNo)
                        .distinct()
                        .toList());
        var taken = new ArrayList<Taken>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            LeadImported row = rows.get(i);
            Lead lead = stored.get(i);
            boolean again = wasMet(row);
            if (lead == null) {
                // An earlier row of the file would have made the lead.
                taken.add(Taken.of(again ? Effect.UPDATED : Effect.CREATED));
            } else {
                var visitor = profiles.get(lead.visitorNo());
                taken.add(taken(row.foresee(lead, visitor == null ? VisitorProfile.EMPTY : visitor.profile())));
            }
        }
        return taken;
    }

    private static LeadLookup.Wanted wanted(LeadImported row) {
        LeadSubmission s = row.submission();
        var person = s.details().person();
        return new LeadLookup.Wanted(
                row.leadId(), s.visitorNo(), s.details().externalRef(), person.phoneE164(), person.email());
    }

    private boolean wasMet(LeadImported row) {
        var wanted = wanted(row);
        boolean again = wasMet("ref", wanted.externalRef());
        again |= wasMet("phone", wanted.phone());
        again |= wasMet(
                "email", wanted.email() == null ? null : wanted.email().strip().toLowerCase(java.util.Locale.ROOT));
        return again;
    }

    private boolean wasMet(String kind, @Nullable String value) {
        return value != null && met.wasMet(secrets.lookupKey("import/" + kind, value));
    }
}
