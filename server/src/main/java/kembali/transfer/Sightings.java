package kembali.transfer;

/**
 * Remembers what a dry run has met, in a few megabytes whatever the file's length: a Bloom filter. It never forgets, and
 * takes one in some ten thousand for met that was not, so counts of a dry run may be off by so much.
 */
final class Sightings {
    private static final int HASHES = 11;
    private static final int BITS_EACH = 20;
    private static final long MOST_BITS = 8L * 8 * 1024 * 1024;
    private static final long FEWEST_BITS = 1 << 13;

    private final long[] bits;

    /** @param most how many things will be met, about */
    Sightings(long most) {
        long wanted = Math.clamp(most * BITS_EACH, FEWEST_BITS, MOST_BITS);
        bits = new long[(int) (wanted / Long.SIZE + 1)];
    }

    /** Whether it was met before; from now on it was. @param key evenly distributed */
    boolean wasMet(long key) {
        long step = Long.rotateLeft(key, 32) * 0x9e3779b97f4a7c15L | 1;
        long at = key;
        boolean met = true;
        for (int i = 0; i < HASHES; i++) {
            long bit = Long.remainderUnsigned(at, bits.length * 64L);
            long mask = 1L << (bit & 63);
            met &= (bits[(int) (bit >>> 6)] & mask) != 0;
            bits[(int) (bit >>> 6)] |= mask;
            at += step;
        }
        return met;
    }
}
