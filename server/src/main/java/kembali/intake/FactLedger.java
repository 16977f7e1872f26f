package kembali.intake;

import static kembali.store.schema.Tables.INBOUND_CONTENT;
import static kembali.store.schema.Tables.INBOUND_LEAD;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import kembali.intake.Intake.Domain;
import kembali.lead.Lead;
import kembali.store.StoreException;
import kembali.store.Tx;
import org.jooq.impl.DSL;

/**
 * Which facts of which requests were applied, and to whom. The row of a fact is written before anything else is done
 * for it, so of two who bring the same fact, on whatever nodes, one waits for the other and then finds it done.
 */
final class FactLedger {
    /** What was found under a fact's key. */
    sealed interface Entry {
        /** Nobody applied it yet; this transaction does. */
        record Fresh() implements Entry {}

        /**
         * It was applied before.
         *
         * @param leadId to that lead
         * @param byThisRequest by an earlier try at the very same request, of which no outcome was stored
         */
        record Applied(String leadId, boolean byThisRequest) implements Entry {}
    }

    private final Tx tx;

    FactLedger(Tx tx) {
        this.tx = tx;
    }

    /** Takes the fact in hand, unless it was applied before. */
    Entry open(FactRef fact) {
        try {
            PreparedStatement p = tx.prepared("""
                    insert into inbound_fact (workspace_id, source_id, fact_key, inbound_id, at) values (?, ?, ?, ?, ?)
                    on conflict do nothing""");
            p.setInt(1, fact.workspaceId());
            p.setString(2, fact.sourceId());
            p.setLong(3, fact.key());
            p.setString(4, fact.requestId());
            p.setLong(5, tx.now().toEpochMilli());
            return p.executeUpdate() > 0 ? new Entry.Fresh() : found(fact);
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    private Entry found(FactRef fact) throws SQLException {
        PreparedStatement p = tx.prepared(
                "select lead_id, inbound_id from inbound_fact where workspace_id = ? and source_id = ? and fact_key = ?");
        p.setInt(1, fact.workspaceId());
        p.setString(2, fact.sourceId());
        p.setLong(3, fact.key());
        try (ResultSet rs = p.executeQuery()) {
            String leadId = rs.next() ? rs.getString(1) : null;
            // Without a lead it was looked at and left; this time there may be one.
            return leadId == null
                    ? new Entry.Fresh()
                    : new Entry.Applied(leadId, fact.requestId().equals(rs.getString(2)));
        }
    }

    /**
     * What became of a fact that was applied before.
     *
     * @param notes what could not be used of it
     */
    FactResult again(Domain domain, FactRef fact, Entry.Applied before, List<String> notes) {
        Lead lead = domain.leads().in(tx).get(fact.workspaceId(), before.leadId());
        if (lead == null) {
            return FactResult.LeftAside.ERASED;
        }
        link(fact, lead.id());
        return before.byThisRequest() ? new FactResult.Applied(lead.id(), notes) : new FactResult.Repeated(lead.id());
    }

    /** The fact was applied to that lead. */
    void close(FactRef fact, String leadId) {
        try {
            PreparedStatement p = tx.prepared("""
                    update inbound_fact set lead_id = ?, inbound_id = ?
                    where workspace_id = ? and source_id = ? and fact_key = ?""");
            p.setString(1, leadId);
            p.setString(2, fact.requestId());
            p.setInt(3, fact.workspaceId());
            p.setString(4, fact.sourceId());
            p.setLong(5, fact.key());
            p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        link(fact, leadId);
    }

    /** The request mentions that lead. */
    private void link(FactRef fact, String leadId) {
        try {
            PreparedStatement p = tx.prepared(
                    "insert into inbound_lead (workspace_id, lead_id, inbound_id) values (?, ?, ?) on conflict do nothing");
            p.setInt(1, fact.workspaceId());
            p.setString(2, leadId);
            p.setString(3, fact.requestId());
            p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The fact led nowhere; it may be told again. */
    void drop(FactRef fact) {
        try {
            PreparedStatement p = tx.prepared("""
                    delete from inbound_fact
                    where workspace_id = ? and source_id = ? and fact_key = ? and lead_id is null""");
            p.setInt(1, fact.workspaceId());
            p.setString(2, fact.sourceId());
            p.setLong(3, fact.key());
            p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Forgets the contents of every request that mentions one of these leads. That the fact was told stays known. */
    void erase(int workspaceId, List<String> leadIds) {
        tx.sql()
                .deleteFrom(INBOUND_CONTENT)
                .where(
                        INBOUND_CONTENT.WORKSPACE_ID.eq(workspaceId),
                        INBOUND_CONTENT.INBOUND_ID.in(DSL.select(INBOUND_LEAD.INBOUND_ID)
                                .from(INBOUND_LEAD)
                                .where(INBOUND_LEAD.WORKSPACE_ID.eq(workspaceId), INBOUND_LEAD.LEAD_ID.in(leadIds))))
                .execute();
        tx.sql()
                .deleteFrom(INBOUND_LEAD)
                .where(INBOUND_LEAD.WORKSPACE_ID.eq(workspaceId), INBOUND_LEAD.LEAD_ID.in(leadIds))
                .execute();
    }
}
