package kembali.e2e;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Where a server under test keeps its data. */
enum Database {
    SQLITE {
        @Override
        Map<String, String> fresh() {
            return Map.of();
        }
    },
    POSTGRES {
        @Override
        Map<String, String> fresh() {
            return Map.of(
                    "KEMBALI_DATABASE_URL",
                    Cluster.create(),
                    "KEMBALI_SECRET_KEY",
                    "c2l4dGVlbiBieXRlcyBhbmQgc2l4dGVlbiBtb3JlLi4=");
        }
    };

    /** Settings of a server that begins with an empty database; given again, they name the same one. */
    abstract Map<String, String> fresh();

    /** One PostgreSQL for all tests of this JVM, started when the first one asks. */
    private static final class Cluster {
        private static final AtomicInteger COUNT = new AtomicInteger();
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres started = EmbeddedPostgres.start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    try {
                        started.close();
                    } catch (IOException e) {
                        System.err.println("PostgreSQL did not end: " + e);
                    }
                }));
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static String create() {
            String name = "e2e_" + COUNT.incrementAndGet();
            try (var connection = POSTGRES.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return "postgresql://postgres:postgres@127.0.0.1:" + POSTGRES.getPort() + "/" + name;
        }
    }
}
