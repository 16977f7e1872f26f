package kembali.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import kembali.store.Tx;
import org.jspecify.annotations.Nullable;

/**
 * The clicks of the last seconds, to tell a second tap from a second person, and how many came from
 * where in this minute. Kept in a fixed number of places, of which a newer click takes an older one's: under a heavy
 * load a double tap may be missed, and never is one person taken for another by it. Each node knows its own clicks.
 *
 * <p>Read and written by the writer's thread only; what a transaction notes stands once it is committed.
 */
public final class RecentClicks {
    private static final int PLACES = 1 << 14;
    private static final long MINUTE_MS = 60_000;

    /**
     * A click that was stored.
     *
     * @param partId the agent or destination it was sent to; null for the fallback number or nobody
     * @param text the number a rotator sent it to, null for nobody; the id of a campaign's click
     */
    public record Click(
            long visitorNo,
            @Nullable String partId,
            @Nullable String text,
            long atMs) {}

    private final long[] keys = new long[PLACES];
    private final @Nullable Click[] clicks = new @Nullable Click[PLACES];
    private final long[] sources = new long[PLACES];
    private final long[] minutes = new long[PLACES];
    private final int[] counts = new int[PLACES];

    /** The clicks of that transaction and before. */
    InTx in(Tx tx) {
        return tx.part(InTx.class, InTx::new);
    }

    /** A key for a visitor on a link. */
    static long key(int workspaceId, String linkId, long visitorNo) {
        return mixed(hash(linkId) + workspaceId) ^ mixed(visitorNo);
    }

    /** FNV-1a over the characters: spreads well, and promises nothing against people who want a collision. */
    public static long hash(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        return h;
    }

    private static long mixed(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    private static int place(long key) {
        return (int) (mixed(key) & PLACES - 1);
    }

    /** One transaction's view. */
    final class InTx implements Tx.Part {
        private final Map<Long, Click> noted = new HashMap<>();
        private final Map<Long, Integer> counted = new HashMap<>();

        private InTx(Tx tx) {
            tx.afterCommit(() -> keep(tx.now().toEpochMilli() / MINUTE_MS));
        }

        /** The click with that key, if it is not older than that. */
        @Nullable Click find(long key, long nowMs, Duration window) {
            Click c = noted.get(key);
            int place = place(key);
            if (c == null && keys[place] == key) {
                c = clicks[place];
            }
            return c != null && nowMs - c.atMs < window.toMillis() ? c : null;
        }

        void note(long key, Click click) {
            noted.put(key, click);
        }

        /** Counts a click of that source; returns how many it is in this minute. */
        int count(long source, long nowMs) {
            int place = place(source);
            boolean same = sources[place] == source && minutes[place] == nowMs / MINUTE_MS;
            return counted.merge(source, 1, Integer::sum) + (same ? counts[place] : 0);
        }

        private void keep(long minute) {
            noted.forEach((key, click) -> {
                keys[place(key)] = key;
                clicks[place(key)] = click;
            });
            counted.forEach((source, n) -> {
                int place = place(source);
                boolean same = sources[place] == source && minutes[place] == minute;
                sources[place] = source;
                minutes[place] = minute;
                counts[place] = same ? counts[place] + n : n;
            });
        }

        @Override
        public void flush() {}
    }
}
