package kembali.bench.deliver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A platform's request written by hand for made-up people, with everything hashed that the server hashes. */
abstract class HandWritten {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest sha256;
    private final StringBuilder text = new StringBuilder();

    HandWritten() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where it goes. */
    abstract String path();

    abstract void write(StringBuilder text, long first, int events, long nowMillis);

    /** @param first number of the first person; the others follow */
    final byte[] of(long first, int events, long nowMillis) {
        text.setLength(0);
        write(text, first, events, nowMillis);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    final String hash(String normalised) {
        return HEX.formatHex(sha256.digest(normalised.getBytes(StandardCharsets.UTF_8)));
    }
}
