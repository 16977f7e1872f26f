package kembali.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The door to the database: reads on pooled connections, writes through the group commit. */
public final class Store implements AutoCloseable {
    static {
        System.setProperty("org.jooq.no-logo", "true");
        System.setProperty("org.jooq.no-tips", "true");
    }

    private final Database database;
    private final GroupCommit commits;

    private Store(Database database, InstantSource clock) {
        this.database = database;
        this.commits = new GroupCommit(database, clock);
    }

    /** Opens the embedded database in that folder. */
    public static Store embedded(Path folder, InstantSource clock) throws IOException, SQLException {
        return new Store(SqliteDatabase.open(folder), clock);
    }

    /** Opens a PostgreSQL database. */
    public static Store postgres(PostgresUrl url, InstantSource clock) {
        return new Store(PostgresDatabase.open(url), clock);
    }

    /** Runs a query on a connection that sees everything committed. */
    public <T extends @Nullable Object> T read(Function<DSLContext, T> query) {
        try (Connection c = database.readers().getConnection()) {
            return query.apply(DSL.using(c, database.dialect(), new Settings().withRenderSchema(false)));
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** Hands work to the writer; see {@link GroupCommit#submit}. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(GroupCommit.Work<T> work) {
        return commits.submit(work);
    }

    /** Hands work to the writer and waits until it is committed. */
    public <T extends @Nullable Object> T write(GroupCommit.Work<T> work) {
        return commits.call(work);
    }

    /** True when other nodes may share this database. */
    public boolean shared() {
        return database.shared();
    }

    /** How many pieces of work wait for the writer. */
    public int waiting() {
        return commits.waiting();
    }

    @Override
    public void close() {
        commits.close();
        database.close();
    }
}
