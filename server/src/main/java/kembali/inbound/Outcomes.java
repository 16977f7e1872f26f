package kembali.inbound;

import static kembali.store.schema.Tables.INBOUND_FACT;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.intake.FactResult;
import kembali.store.StoreException;
import kembali.store.Tx;

/** Stores what became of requests, and when to try again. */
final class Outcomes {
    private final Duration firstDelay;

    /** @param firstDelay every wait is a multiple of it */
    Outcomes(Duration firstDelay) {
        this.firstDelay = firstDelay;
    }

    void store(Tx tx, Source source, List<Outcome> outcomes) {
        try {
            PreparedStatement p = tx.prepared("""
                    update inbound set status = ?, reason_code = ?, reason_message = ?, lead_ids = ?, attempts = ?,
                      due_at = ?, replayed = ?
                    where workspace_id = ? and id = ?""");
            for (Outcome o : outcomes) {
                bind(p, o, tx.now());
                p.addBatch();
            }
            p.executeBatch();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
        for (Outcome o : outcomes) {
            if (FactResult.LeftAside.ERASED.code().equals(o.code())) {
                Requests.forgetContent(tx, o.request());
            }
            for (Long key : o.leadIds().isEmpty() ? List.<Long>of() : o.fetched()) {
                tx.sqlUnflushed()
                        .insertInto(INBOUND_FACT)
                        .set(INBOUND_FACT.WORKSPACE_ID, source.workspaceId())
                        .set(INBOUND_FACT.SOURCE_ID, source.id())
                        .set(INBOUND_FACT.FACT_KEY, key)
                        .set(INBOUND_FACT.INBOUND_ID, o.request().id())
                        .set(INBOUND_FACT.LEAD_ID, o.leadIds().getFirst())
                        .set(INBOUND_FACT.AT, tx.now().toEpochMilli())
                        .onConflictDoNothing()
                        .execute();
            }
        }
    }

    private void bind(PreparedStatement p, Outcome o, Instant now) throws SQLException {
        int tries = o.request().attempts() + 1;
        boolean again = o.status().equals(StoredRequest.PENDING);
        int factor = again ? o.retry().after(tries) : -1;
        String status = again && factor < 0 ? givenUp(o.retry()) : o.status();
        p.setString(1, status);
        p.setString(2, o.code());
        p.setString(3, o.reason());
        p.setString(4, o.leadIds().isEmpty() ? null : String.join(",", o.leadIds()));
        p.setInt(5, tries);
        p.setLong(
                6,
                factor < 0
                        ? now.toEpochMilli()
                        : now.plus(firstDelay.multipliedBy(factor)).toEpochMilli());
        p.setBoolean(7, status.equals(StoredRequest.PENDING) && o.request().replayed());
        p.setInt(8, o.request().workspaceId());
        p.setString(9, o.request().id());
    }

    private static String givenUp(Outcome.Wait retry) {
        return retry == Outcome.Wait.PERSON ? StoredRequest.UNMATCHED : StoredRequest.FAILED;
    }
}
