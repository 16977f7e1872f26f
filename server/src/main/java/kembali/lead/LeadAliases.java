package kembali.lead;

import static kembali.store.schema.Tables.LEAD_ALIAS;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Leads that turned out to be somebody we had. Their ids, codes and references lead to the one that stayed, in one
 * step however often that one was merged in its turn; the record as it was is kept, sealed.
 */
final class LeadAliases {
    private static final String BY = "select lead_id from lead_alias where workspace_id = ? and ";
    private static final String BY_ID = BY + "alias_id = ?";
    private static final String BY_VISITOR = BY + "visitor_no = ?";
    private static final String BY_REF = BY + "external_ref = ?";

    private final Secrets secrets;

    LeadAliases(Secrets secrets) {
        this.secrets = secrets;
    }

    static @Nullable String find(DSLContext sql, int workspaceId, Condition condition) {
        return sql.select(LEAD_ALIAS.LEAD_ID)
                .from(LEAD_ALIAS)
                .where(LEAD_ALIAS.WORKSPACE_ID.eq(workspaceId), condition)
                .limit(1)
                .fetchOne(LEAD_ALIAS.LEAD_ID);
    }

    static @Nullable String ofId(Tx tx, int workspaceId, String id) {
        return ask(tx, BY_ID, workspaceId, id);
    }

    static @Nullable String ofVisitor(Tx tx, int workspaceId, long no) {
        return ask(tx, BY_VISITOR, workspaceId, no);
    }

    static @Nullable String ofReference(Tx tx, int workspaceId, String ref) {
        return ask(tx, BY_REF, workspaceId, ref);
    }

    private static @Nullable String ask(Tx tx, String select, int workspaceId, Object value) {
        try {
            PreparedStatement p = tx.prepared(select);
            p.setInt(1, workspaceId);
            p.setObject(2, value);
            try (ResultSet rs = p.executeQuery()) {
                return rs.next() ? rs.getString(1) : null;
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** {@code from} is {@code into} from now on, and so is everybody who was {@code from}. */
    void add(Tx tx, Lead from, String into) {
        var sql = tx.sqlUnflushed();
        sql.update(LEAD_ALIAS)
                .set(LEAD_ALIAS.LEAD_ID, into)
                .where(LEAD_ALIAS.WORKSPACE_ID.eq(from.workspaceId()), LEAD_ALIAS.LEAD_ID.eq(from.id()))
                .execute();
        sql.insertInto(LEAD_ALIAS)
                .set(LEAD_ALIAS.WORKSPACE_ID, from.workspaceId())
                .set(LEAD_ALIAS.ALIAS_ID, from.id())
                .set(LEAD_ALIAS.VISITOR_NO, from.visitorNo())
                .set(LEAD_ALIAS.EXTERNAL_REF, from.externalRef())
                .set(LEAD_ALIAS.LEAD_ID, into)
                .set(LEAD_ALIAS.AT, tx.now().toEpochMilli())
                .set(LEAD_ALIAS.RECORD, secrets.seal(Json.writeBytes(from), "lead_alias/" + from.id()))
                .execute();
    }

    /** The ids of those who became that lead. */
    static List<String> of(Tx tx, int workspaceId, String leadId) {
        return tx.sqlUnflushed()
                .select(LEAD_ALIAS.ALIAS_ID)
                .from(LEAD_ALIAS)
                .where(LEAD_ALIAS.WORKSPACE_ID.eq(workspaceId), LEAD_ALIAS.LEAD_ID.eq(leadId))
                .fetch(LEAD_ALIAS.ALIAS_ID);
    }

    static void erase(Tx tx, int workspaceId, String leadId) {
        tx.sqlUnflushed()
                .deleteFrom(LEAD_ALIAS)
                .where(LEAD_ALIAS.WORKSPACE_ID.eq(workspaceId), LEAD_ALIAS.LEAD_ID.eq(leadId))
                .execute();
    }
}
