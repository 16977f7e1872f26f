package kembali.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import kembali.store.PostgresUrl;
import kembali.store.Store;

/** A database of a test's own, empty at first, to be opened as often as the test wants. */
public interface TestDatabase {
    Store open(InstantSource clock);

    /** The embedded database in that folder. */
    static TestDatabase sqlite(Path folder) {
        return clock -> {
            try {
                return Store.embedded(folder, clock);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** A fresh database of the PostgreSQL server all tests share. */
    static TestDatabase postgres() {
        return at(Postgres.freshDatabase());
    }

    /** The same without a single table, as an operator hands it over. */
    static TestDatabase emptyPostgres() {
        return at(Postgres.emptyDatabase());
    }

    /** The address of a PostgreSQL database without a single table. */
    static String emptyPostgresAddress() {
        return Postgres.emptyDatabase();
    }

    /** The PostgreSQL database of that address. */
    static TestDatabase at(String address) {
        var url = PostgresUrl.parse(address);
        return clock -> Store.postgres(url, clock);
    }
}
