package kembali.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL, possibly shared by several nodes. Batched inserts travel as multi-row statements. */
final class PostgresDatabase implements Database {
    private static final int READERS = 8;

    private final PGSimpleDataSource source;
    private final HikariDataSource readers;

    /** @param url {@code postgresql://user:password@host:port/database}, query parameters as pgjdbc knows them */
    static PostgresDatabase open(PostgresUrl url) {
        return new PostgresDatabase(url);
    }

    private PostgresDatabase(PostgresUrl url) {
        source = new PGSimpleDataSource();
        source.setUrl(url.jdbcUrl());
        source.setUser(url.user());
        source.setPassword(url.password());
        source.setReWriteBatchedInserts(true);
        source.setApplicationName("kembali");
        source.setTcpKeepAlive(true);
        // Readers run without a transaction; the driver's default would let them write there.
        source.setReadOnlyMode("always");
        Migrations.run(source, "postgresql");
        var pool = new HikariConfig();
        pool.setPoolName("postgres-readers");
        pool.setDataSource(source);
        pool.setMaximumPoolSize(READERS);
        pool.setMinimumIdle(1);
        pool.setReadOnly(true);
        readers = new HikariDataSource(pool);
    }

    @Override
    public SQLDialect dialect() {
        return SQLDialect.POSTGRES;
    }

    @Override
    public Connection openWriter() throws SQLException {
        Connection c = source.getConnection();
        c.setAutoCommit(false);
        c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return c;
    }

    @Override
    public DataSource readers() {
        return readers;
    }

    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public void close() {
        readers.close();
    }
}
