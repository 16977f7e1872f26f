package kembali.store;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells faults that may pass from those that will not. */
final class SqlFaults {
    /** PostgreSQL: unique violation (another node was first), serialization failure, deadlock. */
    private static final Set<String> RACES = Set.of("23505", "40001", "40P01");
    /** SQLite: busy, locked, constraint. */
    private static final Set<Integer> SQLITE_RACES = Set.of(5, 6, 19);

    private SqlFaults() {}

    static boolean mayPass(Throwable t) {
        SQLException e = sqlCause(t);
        if (e == null) {
            return false;
        }
        String state = e.getSQLState();
        if (state != null && (RACES.contains(state) || state.startsWith("08") || state.startsWith("57P"))) {
            return true;
        }
        return SQLITE_RACES.contains(e.getErrorCode() & 0xff);
    }

    private static @Nullable SQLException sqlCause(@Nullable Throwable t) {
        for (Throwable c = t; c != null; c = c.getCause()) {
            if (c instanceof SQLException e) {
                return e;
            }
        }
        return null;
    }
}
