package kembali.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Remembers which events were seen, eight bytes each: the first 64 bits of a SHA-256.
 *
 * <p>Holds {@value #LIMIT} keys in at most 128 MB; later keys are no longer remembered and {@link
 * #saturated()} says so. The chance that any two of 8 million different keys share their 64 bits is
 * under 1 in 500,000. Not thread-safe.
 */
final class SeenKeys {
    static final int LIMIT = 8_000_000;

    private final int limit;
    private long[] table = new long[1 << 14];
    private int size;
    private boolean saturated;

    SeenKeys() {
        this(LIMIT);
    }

    SeenKeys(int limit) {
        this.limit = limit;
    }

    /** The key of a sequence of words; which words belong together matters. Never 0. */
    static long key(String... words) {
        MessageDigest sha256 = sha256();
        for (String word : words) {
            sha256.update(word.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
        }
        byte[] digest = sha256.digest();
        long key = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            key = key << 8 | (digest[i] & 0xff);
        }
        return key == 0 ? 1 : key;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform must have it
        }
    }

    /** Remembers a key. False when it had been seen before. */
    boolean add(long key) {
        int at = find(table, key);
        if (table[at] == key) {
            return false;
        }
        if (size >= limit) {
            saturated = true;
            return true;
        }
        table[at] = key;
        size++;
        if (size > table.length / 2) {
            grow();
        }
        return true;
    }

    int size() {
        return size;
    }

    boolean saturated() {
        return saturated;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (long key : table) {
            if (key != 0) {
                larger[find(larger, key)] = key;
            }
        }
        table = larger;
    }

    private static int find(long[] in, long key) {
        int mask = in.length - 1;
        int at = (int) key & mask; // already uniform: a piece of a SHA-256
        while (in[at] != 0 && in[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }
}
