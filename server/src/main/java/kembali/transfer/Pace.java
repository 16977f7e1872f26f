package kembali.transfer;

import java.time.Duration;

/**
 * How many rows go together, so that those who click meanwhile hardly wait: about a fortieth of a second's work while
 * somebody else writes, more when nobody does. Rows share the pages of the database they change, so few at a time cost far
 * more: on a machine that is busy with other things there is a least number. For one thread.
 */
final class Pace {
    private static final long BESIDE_OTHERS_NANOS = Duration.ofMillis(25).toNanos();
    private static final long ALONE_NANOS = Duration.ofMillis(200).toNanos();
    private static final long OTHERS_REMEMBERED_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration REST = Duration.ofMillis(4);
    private static final int FEWEST = 50;
    private static final int MOST = 1_000;
    private static final int FIRST = 100;

    private int rows = FIRST;
    private long othersSeen = System.nanoTime() - OTHERS_REMEMBERED_NANOS;

    /** How many rows to take next. */
    int rows() {
        return rows;
    }

    /**
     * Rows were taken.
     *
     * @param waiting how much of others' work waited when they were
     * @return how long to leave the writer alone now
     */
    Duration taken(int taken, long nanos, int waiting) {
        long now = System.nanoTime();
        if (waiting > 0) {
            othersSeen = now;
        }
        boolean others = now - othersSeen < OTHERS_REMEMBERED_NANOS;
        long wanted = others ? BESIDE_OTHERS_NANOS : ALONE_NANOS;
        long each = Math.max(1, nanos / Math.max(1, taken));
        long fits = wanted / each;
        // Halfway to what fits, so that one slow commit does not decide.
        rows = (int) Math.clamp((rows + fits) / 2, FEWEST, MOST);
        return others ? REST : Duration.ZERO;
    }
}
