package kembali.visitor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of one workspace, by sequence number. Two numbers never share a code, so no look-up is
 * needed to issue one, and without the key nobody can tell the next code from the last. Safe for
 * many threads; costs a key derivation to make, so keep one per workspace.
 */
public final class VisitorCodes {
    private static final int DIGITS = 10_000;
    private static final int BASE = VisitorCode.LETTERS.length();

    /** How many codes a workspace has: 92,610,000. Sequence numbers run from 0 to one less. */
    public static final long CAPACITY = (long) BASE * BASE * BASE * DIGITS;

    /** What {@link #sequence} answers for a code that is none of ours. */
    public static final long NOT_ISSUED = -1;

    private static final int KEY_BYTES = 32;

    private final KeyedPermutation permutation;

    /**
     * @param key 32 secret bytes; another key gives other codes for the same numbers, so it never changes
     * @param workspace the workspace's number; each has an order of its own
     */
    public VisitorCodes(byte[] key, long workspace) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key of visitor codes has 32 bytes, not " + key.length);
        }
        byte[] derived = derive(key, workspace);
        var words = ByteBuffer.wrap(derived);
        permutation = new KeyedPermutation(CAPACITY, words.getLong(), words.getLong());
    }

    private static byte[] derive(byte[] key, long workspace) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("visitor codes 1".getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(workspace).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
        }
    }

    /**
     * The code of that sequence number.
     *
     * @throws CodesUsedUpException when the workspace has issued all its codes
     */
    public VisitorCode code(long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException("Sequence numbers of visitors start at 0, not " + sequence);
        }
        if (sequence >= CAPACITY) {
            throw new CodesUsedUpException();
        }
        long place = permutation.apply(sequence);
        int digits = (int) (place % DIGITS);
        int letters = (int) (place / DIGITS);
        char[] text = {
            VisitorCode.LETTERS.charAt(letters / (BASE * BASE)),
            VisitorCode.LETTERS.charAt(letters / BASE % BASE),
            VisitorCode.LETTERS.charAt(letters % BASE),
            (char) ('0' + digits / 1000),
            (char) ('0' + digits / 100 % 10),
            (char) ('0' + digits / 10 % 10),
            (char) ('0' + digits % 10)
        };
        return new VisitorCode(new String(text));
    }

    /**
     * The sequence number of a code, or {@link #NOT_ISSUED} when it has a letter we never use. A number
     * beyond the last one issued means a code nobody has got yet.
     */
    public long sequence(VisitorCode code) {
        long letters = 0;
        for (int i = 0; i < 3; i++) {
            int letter = VisitorCode.LETTERS.indexOf(code.text().charAt(i));
            if (letter < 0) {
                return NOT_ISSUED;
            }
            letters = letters * BASE + letter;
        }
        return permutation.invert(letters * DIGITS + Integer.parseInt(code.text(), 3, 7, 10));
    }

    /** All codes of a workspace have been issued; it needs a new workspace, or longer codes. */
    public static final class CodesUsedUpException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CodesUsedUpException() {
            super("This workspace has issued all of its " + CAPACITY + " visitor codes");
        }
    }
}
