package kembali.transfer;

import static kembali.store.schema.Tables.CLICK;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import kembali.intake.ClickImported;
import kembali.intake.Intake.Domain;
import kembali.intake.LeadImported.Effect;
import kembali.store.Tx;
import kembali.support.Secrets;
import org.jooq.DSLContext;

/** Clicks are stored under the ids they had. */
final class ClickSink implements RowSink<ClickImported> {
    private final int workspaceId;
    private final Secrets secrets;
    private final Sightings met;

    ClickSink(int workspaceId, Secrets secrets, Sightings met) {
        this.workspaceId = workspaceId;
        this.secrets = secrets;
        this.met = met;
    }

    @Override
    public void announce(ClickImported row, Domain domain, Tx tx) {
        row.announce(domain, tx);
    }

    @Override
    public Taken take(ClickImported row, Domain domain, Tx tx) {
        return Taken.of(row.apply(domain, tx));
    }

    @Override
    public List<Taken> foresee(List<ClickImported> rows, DSLContext sql) {
        Set<String> known = new HashSet<>(sql.select(CLICK.SUBID)
                .from(CLICK)
                .where(
                        CLICK.WORKSPACE_ID.eq(workspaceId),
                        CLICK.SUBID.in(rows.stream()
                                .map(ClickImported::subid)
                                .distinct()
                                .toList()))
                .fetch(CLICK.SUBID));
        return rows.stream()
                .map(r -> {
                    boolean again = met.wasMet(secrets.lookupKey("import/subid", r.subid()));
                    return Taken.of(again || known.contains(r.subid()) ? Effect.UNCHANGED : Effect.CREATED);
                })
                .toList();
    }
}
