package kembali.sandbox.google.ads;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Order ids and clicks uploaded before. Remembers {@value #REMEMBERED}; later ones are never found again. */
final class Uploaded {
    static final int REMEMBERED = 1_000_000;

    private final Set<String> keys = new HashSet<>();

    /** What of a row came before, or null. With {@code claim} a row of which nothing did is remembered. */
    synchronized Row.@Nullable Once before(List<Row.Once> row, boolean claim) {
        for (Row.Once each : row) {
            if (keys.contains(each.key())) {
                return each;
            }
        }
        if (claim && keys.size() < REMEMBERED) {
            row.forEach(each -> keys.add(each.key()));
        }
        return null;
    }

    /** Forgets a row that was not stored after all. */
    synchronized void release(List<Row.Once> row) {
        row.forEach(each -> keys.remove(each.key()));
    }

    synchronized void clear() {
        keys.clear();
    }
}
