package kembali.visitor;

/**
 * A secret order of the numbers 0 to {@code size - 1}: each number is taken to exactly one other and
 * back. A Feistel network over pairs of digits to the base {@code ceil(sqrt(size))}; a pair beyond
 * {@code size} is sent through again until it is inside (cycle walking), which for a base so near the
 * root hardly ever happens.
 */
final class KeyedPermutation {
    /** Twice what a Feistel network with good round functions needs, because the halves are small. */
    private static final int ROUNDS = 10;

    private final long size;
    private final long base;
    private final long key0;
    private final long key1;

    KeyedPermutation(long size, long key0, long key1) {
        if (size < 1 || size > 1L << 40) {
            throw new IllegalArgumentException("size is 1 to 2^40, not " + size);
        }
        this.size = size;
        this.base = (long) Math.ceil(Math.sqrt((double) size));
        this.key0 = key0;
        this.key1 = key1;
    }

    long apply(long number) {
        long x = number;
        do {
            x = forth(x);
        } while (x >= size);
        return x;
    }

    long invert(long number) {
        long x = number;
        do {
            x = back(x);
        } while (x >= size);
        return x;
    }

    private long forth(long x) {
        long left = x / base;
        long right = x % base;
        for (int round = 0; round < ROUNDS; round++) {
            long mixed = (left + mix(round, right)) % base;
            left = right;
            right = mixed;
        }
        return left * base + right;
    }

    private long back(long x) {
        long left = x / base;
        long right = x % base;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long unmixed = (right - mix(round, left) + base) % base;
            right = left;
            left = unmixed;
        }
        return left * base + right;
    }

    private long mix(int round, long half) {
        return Long.remainderUnsigned(sipHash(key0, key1, (long) round << 48 | half), base);
    }

    /** SipHash-2-4 (Aumasson and Bernstein, 2012) of the eight bytes of {@code message}. */
    static long sipHash(long key0, long key1, long message) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        long length = 8L << 56;
        // Two rounds for the message, two for its length, four to finish.
        for (int round = 0; round < 8; round++) {
            if (round == 0) {
                v3 ^= message;
            } else if (round == 2) {
                v0 ^= message;
                v3 ^= length;
            } else if (round == 4) {
                v0 ^= length;
                v2 ^= 0xff;
            }
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
