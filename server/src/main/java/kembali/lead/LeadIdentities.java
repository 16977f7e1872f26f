package kembali.lead;

import static kembali.store.schema.Tables.LEAD;
import static kembali.store.schema.Tables.LEAD_IDENTITY;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Secrets;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Who writes: one lead for each phone number, business-scoped user id or e-mail address that somebody wrote or
 * filled in a form with. The row is the lock as well: two requests of one person at once, on whatever nodes, make one
 * lead.
 */
public final class LeadIdentities {
    /** What somebody is known by. */
    public enum Kind {
        PHONE,
        BSUID,
        EMAIL;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One thing somebody is known by.
     *
     * @param value E.164, the BSUID as it is, or the address in any case
     */
    public record Identity(Kind kind, String value) {
        public static Identity phone(String e164) {
            return new Identity(Kind.PHONE, e164);
        }

        public static Identity bsuid(String id) {
            return new Identity(Kind.BSUID, id);
        }

        public static Identity email(String address) {
            return new Identity(Kind.EMAIL, Leads.plainEmail(address));
        }
    }

    private final Secrets secrets;

    LeadIdentities(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The identities of that transaction. */
    public InTx in(Tx tx) {
        return new InTx(tx);
    }

    long key(Identity identity) {
        return secrets.lookupKey("identity/" + identity.kind.word(), identity.value);
    }

    /** The lead that writes with that identity, or null. */
    @Nullable String find(DSLContext sql, int workspaceId, Identity identity) {
        return sql.select(LEAD_IDENTITY.LEAD_ID)
                .from(LEAD_IDENTITY)
                .where(LEAD_IDENTITY.WORKSPACE_ID.eq(workspaceId), LEAD_IDENTITY.IDENTITY_KEY.eq(key(identity)))
                .fetchOne(LEAD_IDENTITY.LEAD_ID);
    }

    /** Written at once: whoever asks next must find it. */
    public final class InTx {
        private final Tx tx;

        private InTx(Tx tx) {
            this.tx = tx;
        }

        /** Makes everybody else who means one of these people wait until this transaction ends. */
        public void lock(int workspaceId, List<Identity> identities) {
            try {
                PreparedStatement p = tx.prepared(
                        "insert into lead_identity (workspace_id, identity_key, kind) values (?, ?, ?) on conflict do nothing");
                var ordered = new ArrayList<>(identities);
                ordered.sort(Comparator.comparingLong(LeadIdentities.this::key));
                for (Identity i : ordered) {
                    p.setInt(1, workspaceId);
                    p.setLong(2, key(i));
                    p.setString(3, i.kind.word());
                    p.executeUpdate();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** The lead of an identity, or null; locked. */
        public @Nullable String leadOf(int workspaceId, Identity identity) {
            String select = "select lead_id from lead_identity where workspace_id = ? and identity_key = ?";
            try {
                PreparedStatement p = tx.prepared(tx.shared() ? select + " for update" : select);
                p.setInt(1, workspaceId);
                p.setLong(2, key(identity));
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next() ? rs.getString(1) : null;
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** From now on whoever writes with that identity is this lead. */
        public void bind(int workspaceId, Identity identity, String leadId) {
            try {
                PreparedStatement p = tx.prepared("""
                        insert into lead_identity (workspace_id, identity_key, kind, lead_id) values (?, ?, ?, ?)
                        on conflict (workspace_id, identity_key) do update set lead_id = excluded.lead_id""");
                p.setInt(1, workspaceId);
                p.setLong(2, key(identity));
                p.setString(3, identity.kind.word());
                p.setString(4, leadId);
                p.executeUpdate();
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** Whether that lead writes with an identity of that kind. */
        public boolean has(int workspaceId, String leadId, Kind kind) {
            try {
                PreparedStatement p = tx.prepared(
                        "select 1 from lead_identity where workspace_id = ? and lead_id = ? and kind = ? limit 1");
                p.setInt(1, workspaceId);
                p.setString(2, leadId);
                p.setString(3, kind.word());
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        /** Leads made since that id for a click to that number who have not written yet; at most two. */
        public List<String> unclaimed(int workspaceId, String agentNumber, String sinceId) {
            return tx.sql()
                    .select(LEAD.ID)
                    .from(LEAD)
                    .where(
                            LEAD.WORKSPACE_ID.eq(workspaceId),
                            LEAD.ID.ge(sinceId),
                            LEAD.AGENT_NUMBER.eq(agentNumber),
                            LEAD.PHONE_KEY.isNull())
                    .andNotExists(DSL.selectOne()
                            .from(LEAD_IDENTITY)
                            .where(LEAD_IDENTITY.WORKSPACE_ID.eq(LEAD.WORKSPACE_ID), LEAD_IDENTITY.LEAD_ID.eq(LEAD.ID)))
                    .limit(2)
                    .fetch(LEAD.ID);
        }

        void move(int workspaceId, String from, String into) {
            tx.sqlUnflushed()
                    .update(LEAD_IDENTITY)
                    .set(LEAD_IDENTITY.LEAD_ID, into)
                    .where(LEAD_IDENTITY.WORKSPACE_ID.eq(workspaceId), LEAD_IDENTITY.LEAD_ID.eq(from))
                    .execute();
        }

        /** Everything the lead writes with, and what only locked it. */
        void erase(Lead lead) {
            String phone = lead.person().phoneE164();
            String email = lead.person().email();
            Condition theirs = LEAD_IDENTITY.LEAD_ID.eq(lead.id());
            theirs = phone == null ? theirs : theirs.or(unbound(Identity.phone(phone)));
            theirs = email == null ? theirs : theirs.or(unbound(Identity.email(email)));
            tx.sqlUnflushed()
                    .deleteFrom(LEAD_IDENTITY)
                    .where(LEAD_IDENTITY.WORKSPACE_ID.eq(lead.workspaceId()), theirs)
                    .execute();
        }

        private Condition unbound(Identity identity) {
            return LEAD_IDENTITY.IDENTITY_KEY.eq(key(identity)).and(LEAD_IDENTITY.LEAD_ID.isNull());
        }
    }
}
