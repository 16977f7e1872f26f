package kembali.support;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes identifiers: a short prefix saying of what, and a UUIDv7 in Crockford's base 32
 * ({@code ld_01kag3x0j1e9x8m2v5q7r4t6wz}), 29 characters for a two-letter prefix.
 *
 * <p>They grow with time, so tables keyed by them are appended to, and two made in the same
 * millisecond on one node keep their order.
 */
public final class Ids {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int COUNTER_BITS = 12;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final byte[] pool = new byte[8 * 512];
    private int poolAt = pool.length;
    private long lastTick;

    public Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** A new id, for example {@code next("ld")}. */
    public String next(String prefix) {
        long high;
        long low;
        synchronized (this) {
            // 48 bits of milliseconds and a 12-bit counter that may run ahead of the clock (RFC 9562 §6.2, method 1).
            lastTick = Math.max(lastTick + 1, clock.millis() << COUNTER_BITS);
            high = (lastTick >>> COUNTER_BITS) << 16 | 0x7000L | (lastTick & 0xfff);
            low = randomLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        }
        return text(prefix, high, low);
    }

    /** An id no greater than any made from that instant on, to find or forget by age; nobody bears it. */
    public static String lowest(String prefix, Instant from) {
        return text(prefix, from.toEpochMilli() << 16, 0);
    }

    private static String text(String prefix, long high, long low) {
        char[] text = new char[prefix.length() + 27];
        prefix.getChars(0, prefix.length(), text, 0);
        text[prefix.length()] = '_';
        for (int i = text.length - 1; i > prefix.length(); i--) {
            text[i] = ALPHABET[(int) (low & 31)];
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return new String(text);
    }

    private long randomLong() {
        if (poolAt == pool.length) {
            random.nextBytes(pool);
            poolAt = 0;
        }
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (pool[poolAt++] & 0xff);
        }
        return value;
    }
}
