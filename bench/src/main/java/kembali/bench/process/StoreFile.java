package kembali.bench.process;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks into the embedded database behind the server's back, also after a crash. */
public final class StoreFile {
    private StoreFile() {}

    /** Leads in the store. */
    public static long leads(Path data) throws SQLException {
        return count(data, "select count(*) from lead");
    }

    public static long visitors(Path data) throws SQLException {
        return count(data, "select count(*) from visitor");
    }

    /** Clicks on campaign links. */
    public static long clicks(Path data) throws SQLException {
        return count(data, "select count(*) from click");
    }

    /** Conversion rows. */
    public static long conversions(Path data) throws SQLException {
        return count(data, "select count(*) from conversion");
    }

    /** Sync-log rows a platform accepted. */
    public static long accepted(Path data) throws SQLException {
        return count(data, "select count(*) from delivery where status = 'accepted'");
    }

    private static long count(Path data, String query) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("kembali.db"));
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            return r.getLong(1);
        }
    }
}
