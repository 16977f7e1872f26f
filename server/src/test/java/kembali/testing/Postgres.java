package kembali.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import kembali.store.PostgresUrl;
import kembali.store.Store;

/** One real PostgreSQL server for all tests of this JVM, started when the first one asks for it. */
final class Postgres {
    private static final String USER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    /** Starts with the first use and ends with the JVM. */
    private static final class Holder {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Databases are copied from one that is migrated already: that takes a tenth of the time. */
    private static final class Template {
        static final String NAME = migrated("kembali_template");

        private static String migrated(String name) {
            String url = create(name, "template1");
            Store.postgres(PostgresUrl.parse(url), InstantSource.system()).close();
            return name;
        }
    }

    /** Makes a migrated database without a row; returns its address as a person would configure it. */
    static String freshDatabase() {
        return create("kembali_" + DATABASES.incrementAndGet(), Template.NAME);
    }

    /** Makes a database without even a table. */
    static String emptyDatabase() {
        return create("kembali_" + DATABASES.incrementAndGet(), "template1");
    }

    private static String create(String name, String template) {
        String admin = "jdbc:postgresql://127.0.0.1:" + Holder.SERVER.getPort() + "/postgres";
        try (Connection c = DriverManager.getConnection(admin, USER, USER);
                Statement s = c.createStatement()) {
            s.execute("create database " + name + " template " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    private static String url(String name) {
        return "postgresql://" + USER + ":" + USER + "@127.0.0.1:" + Holder.SERVER.getPort() + "/" + name;
    }
}
