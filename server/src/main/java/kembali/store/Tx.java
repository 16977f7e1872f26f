package kembali.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * The transaction all waiting work shares.
 *
 * <p>Features keep their rows of this transaction in a {@link Part}: what was read once is not read
 * again, all work of the group sees each other's changes, and changes travel to the database
 * together, as batches, when the group is flushed.
 */
public final class Tx {
    /** One feature's rows in this transaction. */
    public interface Part {
        /** Writes what changed. Called before the commit, and before any query that must see it. */
        void flush() throws SQLException;
    }

    private final Writer writer;
    private final Instant now;
    private final Map<Class<?>, Part> parts = new LinkedHashMap<>();
    private final List<Runnable> afterCommit = new ArrayList<>();

    Tx(Writer writer, Instant now) {
        this.writer = writer;
        this.now = now;
    }

    /** The instant of this transaction; all its rows carry the same one. */
    public Instant now() {
        return now;
    }

    /** The feature's part, made when the first work of the group asks for it. */
    public <P extends Part> P part(Class<P> type, Function<Tx, P> make) {
        Part p = parts.get(type);
        if (p == null) {
            p = make.apply(this);
            parts.put(type, p);
        }
        return type.cast(p);
    }

    /** Plain SQL on this transaction, after everything pending in the parts has been written. */
    public DSLContext sql() {
        flushNow();
        return writer.sql();
    }

    /** Writes everything pending in the parts, for a prepared statement that reads what they may hold. */
    public void flushNow() {
        try {
            flush();
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Plain SQL that touches no table a part holds rows of; nothing is flushed. */
    public DSLContext sqlUnflushed() {
        return writer.sql();
    }

    /** A statement kept prepared for the life of the writer's connection; reading, it sees what was flushed. */
    public PreparedStatement prepared(String sql) throws SQLException {
        return writer.prepared(sql);
    }

    public Connection connection() {
        return writer.connection();
    }

    /** True when other nodes write too, so rows must be locked before they are changed. */
    public boolean shared() {
        return writer.shared();
    }

    /** Runs after the commit, on the writer's thread: keep it short. Not run when the transaction fails. */
    public void afterCommit(Runnable action) {
        afterCommit.add(action);
    }

    void flush() throws SQLException {
        for (Part p : parts.values()) {
            p.flush();
        }
    }

    List<Runnable> afterCommitActions() {
        return afterCommit;
    }
}
