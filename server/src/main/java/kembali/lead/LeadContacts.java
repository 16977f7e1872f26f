package kembali.lead;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import kembali.store.StoreException;
import kembali.store.Tx;
import kembali.support.Secrets;
import org.jspecify.annotations.Nullable;

/** Finds the only lead with an e-mail address or phone number: of two, nobody can tell who is meant. */
public final class LeadContacts {
    private final Secrets secrets;

    LeadContacts(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * The id of the only lead made since then that has the address or the number; null when there is none, or there are
     * several.
     *
     * @param email readable, or the hash a lead was given instead of one; null for none
     * @param phoneE164 null for none
     */
    public @Nullable String only(
            Tx tx, int workspaceId, @Nullable String email, @Nullable String phoneE164, Instant since) {
        tx.flushNow();
        Set<String> found = new HashSet<>();
        if (email != null) {
            find(tx, workspaceId, "email_key", secrets.lookupKey("email", Leads.plainEmail(email)), since, found);
        }
        if (phoneE164 != null) {
            find(tx, workspaceId, "phone_key", secrets.lookupKey("phone", phoneE164), since, found);
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static void find(Tx tx, int workspaceId, String column, long key, Instant since, Set<String> found) {
        try {
            PreparedStatement p = tx.prepared(
                    "select id from lead where workspace_id = ? and " + column + " = ? and created_at >= ? limit 2");
            p.setInt(1, workspaceId);
            p.setLong(2, key);
            p.setLong(3, since.toEpochMilli());
            try (ResultSet rs = p.executeQuery()) {
                while (rs.next()) {
                    found.add(rs.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }
}
