package kembali.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.SQLDialect;

/** One opened, migrated database. */
public interface Database extends AutoCloseable {
    SQLDialect dialect();

    /** A new connection for a writer thread: auto-commit off, owned by the caller. */
    Connection openWriter() throws SQLException;

    /** Pooled connections that only read. */
    DataSource readers();

    /** True when other nodes may write too, so rows must be locked before they are changed. */
    boolean shared();

    /** Called by the writer thread between transactions; a place for upkeep that must not overlap a commit. */
    default void betweenCommits(Connection writer) throws SQLException {}

    @Override
    void close();
}
