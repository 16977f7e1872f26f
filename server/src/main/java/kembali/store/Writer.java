package kembali.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The writer thread's connection and what is kept prepared on it. Not for more than one thread. */
final class Writer {
    private static final Logger LOG = Logger.getLogger(Writer.class.getName());

    private final Database database;
    private @Nullable Connection connection;
    private @Nullable DSLContext sql;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Writer(Database database) {
        this.database = database;
    }

    Connection connection() {
        Connection c = connection;
        if (c == null) {
            throw new IllegalStateException("no transaction is open");
        }
        return c;
    }

    DSLContext sql() {
        DSLContext s = sql;
        if (s == null) {
            throw new IllegalStateException("no transaction is open");
        }
        return s;
    }

    boolean shared() {
        return database.shared();
    }

    PreparedStatement prepared(String text) throws SQLException {
        PreparedStatement p = prepared.get(text);
        if (p == null) {
            p = connection().prepareStatement(text);
            prepared.put(text, p);
        }
        return p;
    }

    /** Opens the connection if there is none. */
    void begin() throws SQLException {
        if (connection == null) {
            Connection c = database.openWriter();
            connection = c;
            sql = DSL.using(c, database.dialect(), new Settings().withRenderSchema(false));
        }
    }

    void commit() throws SQLException {
        connection().commit();
    }

    /** What the database wants done between two transactions; a failure costs at most this connection. */
    void upkeep() {
        try {
            database.betweenCommits(connection());
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "upkeep of the database: " + e.getMessage());
            close();
        }
    }

    /** Undoes the transaction; a connection that cannot even do that is thrown away. */
    void rollback() {
        Connection c = connection;
        if (c == null) {
            return;
        }
        try {
            c.rollback();
            for (PreparedStatement p : prepared.values()) {
                p.clearBatch();
            }
        } catch (SQLException e) {
            close();
        }
    }

    void close() {
        Connection c = connection;
        connection = null;
        sql = null;
        prepared.clear();
        if (c != null) {
            try {
                c.close();
            } catch (SQLException ignored) {
                // It is being thrown away.
                return;
            }
        }
    }
}
