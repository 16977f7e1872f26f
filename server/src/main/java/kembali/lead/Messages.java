package kembali.lead;

import static kembali.store.schema.Tables.MESSAGE;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Ids;
import kembali.support.Json;
import kembali.support.Secrets;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What leads wrote, were written and filled in. Erased with them. */
public final class Messages {
    private final Secrets secrets;
    private final Ids ids;

    Messages(Secrets secrets, Ids ids) {
        this.secrets = secrets;
        this.ids = ids;
    }

    /** A new message id. */
    public String newId() {
        return ids.next("ms");
    }

    /** The messages of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /**
     * A lead's messages, newest first.
     *
     * @param before only those stored before the one of this id; null for the newest
     */
    public List<Message> list(DSLContext sql, int workspaceId, String leadId, @Nullable String before, int limit) {
        Condition older = before == null ? DSL.trueCondition() : MESSAGE.ID.lt(before);
        return sql.selectFrom(MESSAGE)
                .where(MESSAGE.WORKSPACE_ID.eq(workspaceId), MESSAGE.LEAD_ID.eq(leadId), older)
                .orderBy(MESSAGE.ID.desc())
                .limit(limit)
                .fetch(r -> new Message(
                        r.getId(),
                        Instant.ofEpochMilli(r.getAt()),
                        r.getDirection(),
                        r.getType(),
                        r.getProvider(),
                        r.getSourceId(),
                        Json.read(secrets.open(r.getContent(), place(r.getId())), Message.Content.class)));
    }

    private static String place(String id) {
        return "message/" + id;
    }

    /** Messages added in one transaction. */
    public final class InTx implements Tx.Part {
        private record Added(int workspaceId, String leadId, Message message) {}

        private final Tx tx;
        private final List<Added> added = new ArrayList<>();

        private InTx(Tx tx) {
            this.tx = tx;
        }

        public void add(Lead lead, Message message) {
            added.add(new Added(lead.workspaceId(), lead.id(), message));
        }

        /** Whether the lead has ever written in a chat. */
        public boolean wrote(Lead lead) {
            if (added.stream()
                    .anyMatch(a -> a.leadId.equals(lead.id())
                            && a.message.direction().equals(Message.IN)
                            && !a.message.type().equals(Message.FORM))) {
                return true;
            }
            try {
                PreparedStatement p = tx.prepared("""
                        select 1 from message where workspace_id = ? and lead_id = ? and direction = 'in' and type <> 'form'
                        limit 1""");
                p.setInt(1, lead.workspaceId());
                p.setString(2, lead.id());
                try (ResultSet rs = p.executeQuery()) {
                    return rs.next();
                }
            } catch (SQLException e) {
                throw new StoreException(e);
            }
        }

        void move(int workspaceId, String from, String into) {
            tx.sql()
                    .update(MESSAGE)
                    .set(MESSAGE.LEAD_ID, into)
                    .where(MESSAGE.WORKSPACE_ID.eq(workspaceId), MESSAGE.LEAD_ID.eq(from))
                    .execute();
        }

        void erase(int workspaceId, String leadId) {
            tx.sql()
                    .deleteFrom(MESSAGE)
                    .where(MESSAGE.WORKSPACE_ID.eq(workspaceId), MESSAGE.LEAD_ID.eq(leadId))
                    .execute();
        }

        @Override
        public void flush() throws SQLException {
            if (added.isEmpty()) {
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into message (workspace_id, lead_id, id, at, direction, type, provider, source_id, content)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""");
            for (Added a : added) {
                Message m = a.message;
                p.setInt(1, a.workspaceId);
                p.setString(2, a.leadId);
                p.setString(3, m.id());
                p.setLong(4, m.at().toEpochMilli());
                p.setString(5, m.direction());
                p.setString(6, m.type());
                p.setString(7, m.provider());
                p.setString(8, m.sourceId());
                p.setBytes(9, secrets.seal(Json.writeBytes(m.content()), place(m.id())));
                p.addBatch();
            }
            p.executeBatch();
            added.clear();
        }
    }
}
