package kembali.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database to the newest schema: the common migrations plus the dialect's own. */
final class Migrations {
    private Migrations() {}

    static void run(DataSource dataSource, String dialectFolder) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:db/migration/common", "classpath:db/migration/" + dialectFolder)
                .failOnMissingLocations(false)
                .loggers("slf4j")
                .load()
                .migrate();
    }
}
