package kembali.transfer;

import static kembali.store.schema.Tables.CLICK;
import static kembali.store.schema.Tables.LEAD;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import kembali.intake.LeadImported.Effect;
import kembali.postback.ClickKey;
import kembali.transfer.RowSink.Taken;
import kembali.transfer.row.ConversionRow;
import kembali.visitor.Visitors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What a dry run can say of conversions: whether somebody is there whose they are. */
public final class ConversionForesight {
    private static final String ORPHAN =
            "names nobody known here; it is refused unless its click or its lead is imported before it";

    private final int workspaceId;
    private final Visitors visitors;

    public ConversionForesight(int workspaceId, Visitors visitors) {
        this.workspaceId = workspaceId;
        this.visitors = visitors;
    }

    /** What would become of these rows, in their order. */
    public List<Taken> foresee(List<ConversionRow> rows, DSLContext sql) {
        List<String> ids = rows.stream()
                .map(ConversionForesight::id)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Set<String> known = new HashSet<>(sql.select(CLICK.SUBID)
                .from(CLICK)
                .where(
                        CLICK.WORKSPACE_ID.eq(workspaceId),
                        CLICK.SUBID.in(ids.stream().map(ClickKey::lookup).toList()))
                .fetch(CLICK.SUBID));
        known.addAll(sql.select(LEAD.EXTERNAL_REF)
                .from(LEAD)
                .where(LEAD.WORKSPACE_ID.eq(workspaceId), LEAD.EXTERNAL_REF.in(ids))
                .fetch(LEAD.EXTERNAL_REF));
        known.addAll(sql.select(LEAD.ID)
                .from(LEAD)
                .where(LEAD.WORKSPACE_ID.eq(workspaceId), LEAD.ID.in(ids))
                .fetch(LEAD.ID));
        return rows.stream()
                .map(r -> new Taken(Effect.CREATED, isKnown(id(r), known) ? null : ORPHAN))
                .toList();
    }

    private boolean isKnown(@Nullable String id, Set<String> known) {
        return id != null
                && (known.contains(id)
                        || known.contains(ClickKey.lookup(id))
                        || visitors.number(workspaceId, id) != null);
    }

    private static @Nullable String id(ConversionRow row) {
        String click = row.postback().clickId();
        return click != null ? click : row.postback().leadId();
    }
}
