package kembali.transfer.csv;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds out in which encoding a text is while its bytes pass by: a byte order mark says it, UTF-16 without one is known by
 * its zero bytes, what is valid UTF-8 to the end is UTF-8, and the rest is what western spreadsheets write otherwise.
 */
public final class EncodingFinder {
    /** Spreadsheets on Windows save "CSV" in it. */
    private static final Charset OTHERWISE = Charset.forName("windows-1252");

    private static final int LOOKED_AT = 4_096;

    private final byte[] beginning = new byte[LOOKED_AT];
    private int begun;
    private boolean validUtf8 = true;
    /** Continuation bytes still to come, and the range the next one must lie in. */
    private int pending;

    private int lowest = 0x80;
    private int highest = 0xbf;

    /** The next bytes. */
    public void accept(byte[] bytes, int from, int length) {
        int kept = Math.min(length, LOOKED_AT - begun);
        System.arraycopy(bytes, from, beginning, begun, kept);
        begun += kept;
        for (int i = from; validUtf8 && i < from + length; i++) {
            step(bytes[i] & 0xff);
        }
    }

    /** The encoding, once all bytes passed by. */
    public Charset found() {
        if (starts(0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (starts(0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        int evenZeros = 0;
        int oddZeros = 0;
        for (int i = 0; i < begun; i++) {
            if (beginning[i] == 0) {
                evenZeros += i % 2 == 0 ? 1 : 0;
                oddZeros += i % 2;
            }
        }
        // Of every two bytes of a Latin letter one is zero, always on the same side.
        int letters = begun / 2;
        if (oddZeros > letters * 3 / 10 && evenZeros < oddZeros / 4) {
            return StandardCharsets.UTF_16LE;
        }
        if (evenZeros > letters * 3 / 10 && oddZeros < evenZeros / 4) {
            return StandardCharsets.UTF_16BE;
        }
        return validUtf8 && pending == 0 ? StandardCharsets.UTF_8 : OTHERWISE;
    }

    /** How many bytes at the beginning are a byte order mark in that encoding. */
    public static int markLength(byte[] beginning, Charset charset) {
        byte[] mark = "\ufeff".getBytes(charset);
        boolean marked = mark.length > 1
                && beginning.length >= mark.length
                && Arrays.equals(mark, 0, mark.length, beginning, 0, mark.length);
        return marked ? mark.length : 0;
    }

    private boolean starts(int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (begun <= i || (beginning[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** One byte of UTF-8 (RFC 3629, section 4). */
    private void step(int b) {
        if (pending > 0) {
            validUtf8 = b >= lowest && b <= highest;
            pending--;
            lowest = 0x80;
            highest = 0xbf;
        } else if (b >= 0xc2 && b <= 0xdf) {
            pending = 1;
        } else if (b >= 0xe0 && b <= 0xef) {
            pending = 2;
            lowest = b == 0xe0 ? 0xa0 : 0x80;
            highest = b == 0xed ? 0x9f : 0xbf;
        } else if (b >= 0xf0 && b <= 0xf4) {
            pending = 3;
            lowest = b == 0xf0 ? 0x90 : 0x80;
            highest = b == 0xf4 ? 0x8f : 0xbf;
        } else {
            validUtf8 = b < 0x80;
        }
    }
}
