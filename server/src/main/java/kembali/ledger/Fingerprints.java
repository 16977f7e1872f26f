package kembali.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import kembali.postback.Fingerprint;
import kembali.store.Store;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Which requests came within the last {@link Fingerprint#LIFE}. A name is taken by a unique insert, so of two equal
 * requests at once, on whatever nodes, one is the first.
 *
 * <p>Names lie in slots of that length: they are added and forgotten where their neighbours are, and the cost of one does
 * not grow with the table.
 */
public final class Fingerprints {
    private static final long SLOT = Fingerprint.LIFE.toMillis();
    private static final int STEP = 2_000;

    private final Secrets secrets;

    Fingerprints(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The names of that transaction. */
    public InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** Forgets what need not be known any longer, in small steps so that nobody waits for it. */
    public static void prune(Store store, Iterable<Integer> workspaces, Instant now) {
        long before = now.toEpochMilli() / SLOT - 1;
        for (int workspace : workspaces) {
            boolean more = true;
            while (more) {
                more = store.write(tx -> pruneStep(tx, workspace, before)) == STEP;
            }
        }
    }

    private static int pruneStep(Tx tx, int workspace, long before) {
        tx.flushNow();
        try {
            PreparedStatement p = tx.prepared("""
                    delete from postback_fingerprint where (workspace_id, time_slot, fingerprint) in
                      (select workspace_id, time_slot, fingerprint from postback_fingerprint
                       where workspace_id = ? and time_slot < ? order by time_slot limit ?)""");
            p.setInt(1, workspace);
            p.setLong(2, before);
            p.setInt(3, STEP);
            return p.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** The names one transaction takes. */
    public final class InTx implements Tx.Part {
        private record Key(int workspaceId, long fingerprint) {}

        private final Tx tx;
        private final long slot;
        /** Asked for by some work of the group and not looked for yet, with the postback that asked first. */
        private final Map<Key, String> wanted = new LinkedHashMap<>();

        /** The postback that has the name. */
        private final Map<Key, String> owners = new HashMap<>();

        private InTx(Tx tx) {
            this.tx = tx;
            this.slot = tx.now().toEpochMilli() / SLOT;
        }

        /** Says that this name will be taken, so that the whole group's are taken at once. */
        public void want(int workspaceId, String fingerprint, String postbackId) {
            var key = key(workspaceId, fingerprint);
            if (!owners.containsKey(key)) {
                wanted.putIfAbsent(key, postbackId);
            }
        }

        /** Takes the name for that postback. Answers the postback that had it before, or null. */
        public @Nullable String take(int workspaceId, String fingerprint, String postbackId) {
            var key = key(workspaceId, fingerprint);
            if (!owners.containsKey(key)) {
                wanted.putIfAbsent(key, postbackId);
                try {
                    takeWanted();
                } catch (SQLException e) {
                    throw new StoreException(e);
                }
            }
            String owner = owners.get(key);
            return postbackId.equals(owner) ? null : owner;
        }

        private Key key(int workspaceId, String fingerprint) {
            return new Key(workspaceId, secrets.lookupKey("postback", fingerprint));
        }

        private void takeWanted() throws SQLException {
            if (tx.shared()) {
                takeTogether();
            } else {
                for (var e : wanted.entrySet()) {
                    take(e.getKey(), e.getValue());
                }
            }
            wanted.clear();
        }

        private void take(Key key, String postbackId) throws SQLException {
            String before = stored(key, slot - 1, tx.now().toEpochMilli() - SLOT);
            if (before != null) {
                owners.put(key, before);
                return;
            }
            PreparedStatement p = tx.prepared("""
                    insert into postback_fingerprint (workspace_id, time_slot, fingerprint, at, postback_id)
                    values (?, ?, ?, ?, ?) on conflict do nothing""");
            p.setInt(1, key.workspaceId);
            p.setLong(2, slot);
            p.setLong(3, key.fingerprint);
            p.setLong(4, tx.now().toEpochMilli());
            p.setString(5, postbackId);
            owners.put(key, p.executeUpdate() > 0 ? postbackId : orElse(stored(key, slot, 0), postbackId));
        }

        private static String orElse(@Nullable String owner, String postbackId) {
            return owner == null ? postbackId : owner;
        }

        private @Nullable String stored(Key key, long in, long since) throws SQLException {
            PreparedStatement p = tx.prepared("""
                    select postback_id from postback_fingerprint
                    where workspace_id = ? and time_slot = ? and fingerprint = ? and at > ?""");
            p.setInt(1, key.workspaceId);
            p.setLong(2, in);
            p.setLong(3, key.fingerprint);
            p.setLong(4, since);
            try (ResultSet rs = p.executeQuery()) {
                return rs.next() ? rs.getString(1) : null;
            }
        }

        /** In three statements for the whole group: each waits for the network. */
        private void takeTogether() throws SQLException {
            long since = tx.now().toEpochMilli() - SLOT;
            lookUp(slot - 1, since);
            var open = new LinkedHashMap<>(wanted);
            open.keySet().removeIf(owners::containsKey);
            if (open.isEmpty()) {
                return;
            }
            var c = tx.connection();
            PreparedStatement insert = tx.prepared("""
                    insert into postback_fingerprint (workspace_id, time_slot, fingerprint, at, postback_id)
                    select w, ?, f, ?, p from unnest(?::integer[], ?::bigint[], ?::varchar[]) as t(w, f, p)
                    order by w, f on conflict do nothing""");
            insert.setLong(1, slot);
            insert.setLong(2, tx.now().toEpochMilli());
            insert.setArray(
                    3,
                    c.createArrayOf(
                            "integer",
                            open.keySet().stream().map(Key::workspaceId).toArray()));
            insert.setArray(
                    4,
                    c.createArrayOf(
                            "bigint",
                            open.keySet().stream().map(Key::fingerprint).toArray()));
            insert.setArray(5, c.createArrayOf("varchar", open.values().toArray()));
            insert.executeUpdate();
            // A twin that another node took at this moment was waited for by the insert, and is seen now.
            lookUp(slot, 0);
            open.forEach((key, postbackId) -> owners.putIfAbsent(key, postbackId));
        }

        private void lookUp(long in, long since) throws SQLException {
            var c = tx.connection();
            PreparedStatement p = tx.prepared("""
                    select h.workspace_id, h.fingerprint, h.postback_id
                    from unnest(?::integer[], ?::bigint[]) as t(w, f)
                    join postback_fingerprint h on h.workspace_id = t.w and h.time_slot = ? and h.fingerprint = t.f
                    where h.at > ?""");
            p.setArray(
                    1,
                    c.createArrayOf(
                            "integer",
                            wanted.keySet().stream().map(Key::workspaceId).toArray()));
            p.setArray(
                    2,
                    c.createArrayOf(
                            "bigint",
                            wanted.keySet().stream().map(Key::fingerprint).toArray()));
            p.setLong(3, in);
            p.setLong(4, since);
            try (ResultSet rs = p.executeQuery()) {
                while (rs.next()) {
                    owners.putIfAbsent(new Key(rs.getInt(1), rs.getLong(2)), rs.getString(3));
                }
            }
        }

        @Override
        public void flush() {
            // Names are taken at once: only so is it known who was first.
        }
    }
}
