package kembali.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.visitor.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * The value of the visitor cookie of one workspace:
 * {@code <code>.<agent id or empty>.<issued epoch day>.<signature>}, signed with HMAC-SHA256 (its first
 * 16 bytes, base64url), so that nobody can take another visitor's place. Safe for many threads.
 */
public final class VisitorCookie {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;
    private static final int SIGNATURE_LENGTH = 22;
    private static final int MAX_LENGTH = 200;
    private static final int MAX_AGENT_ID = 64;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** Cloned for each signature: a clone costs a tenth of looking the algorithm up and keying it. */
    private final Mac keyed;

    private final byte[] context;

    /**
     * What the cookie says.
     *
     * @param agentId the agent the visitor was given; null before the first rotator click
     * @param issued the day it was last written (UTC)
     */
    public record Remembered(VisitorCode code, @Nullable String agentId, LocalDate issued) {}

    /**
     * @param key 32 secret bytes or more
     * @param workspace the workspace's number; a cookie of another workspace is not accepted
     */
    public VisitorCookie(byte[] key, long workspace) {
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
        }
        byte[] purpose = "visitor cookie 1".getBytes(StandardCharsets.US_ASCII);
        context = ByteBuffer.allocate(purpose.length + Long.BYTES)
                .put(purpose)
                .putLong(workspace)
                .array();
    }

    /**
     * The value to write.
     *
     * @throws IllegalArgumentException when the agent's id has other characters than letters, digits,
     *     {@code _} and {@code -}, or more than 64
     */
    public String write(VisitorCode code, @Nullable String agentId, LocalDate today) {
        String agent = agentId == null ? "" : agentId;
        if (!isAgentId(agent)) {
            throw new IllegalArgumentException("An agent id in a cookie is letters, digits, _ and -, not " + agent);
        }
        String signed = code.text() + "." + agent + "." + today.toEpochDay();
        return signed + "." + BASE64.encodeToString(signature(signed));
    }

    /** What a cookie of ours says; null for any other value, also one that was altered. */
    public @Nullable Remembered read(@Nullable String value) {
        if (value == null || value.length() > MAX_LENGTH) {
            return null;
        }
        int beforeSignature = value.length() - SIGNATURE_LENGTH - 1;
        int afterCode = value.indexOf('.');
        int afterAgent = value.indexOf('.', afterCode + 1);
        if (afterCode < 0 || afterAgent < 0 || beforeSignature <= afterAgent || value.charAt(beforeSignature) != '.') {
            return null;
        }
        String signed = value.substring(0, beforeSignature);
        // Compared as text: base64 has several spellings of the same bytes, and only ours is ours.
        byte[] expected = BASE64.encode(signature(signed));
        byte[] given = value.substring(beforeSignature + 1).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, given)) {
            return null;
        }
        VisitorCode code = VisitorCode.parse(value.substring(0, afterCode));
        String agent = value.substring(afterCode + 1, afterAgent);
        return code == null
                ? null
                : new Remembered(
                        code,
                        agent.isEmpty() ? null : agent,
                        LocalDate.ofEpochDay(Long.parseLong(signed, afterAgent + 1, signed.length(), 10)));
    }

    private byte[] signature(String signed) {
        Mac mac;
        try {
            mac = (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's own " + ALGORITHM + " can be cloned", e);
        }
        mac.update(context);
        return Arrays.copyOf(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)), SIGNATURE_BYTES);
    }

    private static boolean isAgentId(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-')) {
                return false;
            }
        }
        return id.length() <= MAX_AGENT_ID;
    }
}
