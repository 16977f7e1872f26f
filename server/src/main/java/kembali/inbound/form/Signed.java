package kembali.inbound.form;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 over raw bodies, compared in constant time. */
final class Signed {
    private static final String HMAC = "HmacSHA256";
    private static final int LONGEST = 512;

    private Signed() {}

    /** Whether a secret is there to check by. */
    static boolean isSet(@Nullable String secret) {
        return secret != null && !secret.isBlank();
    }

    /** Whether {@code signature} is the HMAC of the body in hexadecimal. */
    static boolean hex(String secret, byte[] body, String signature) {
        if (signature.length() > LONGEST) {
            return false;
        }
        try {
            return MessageDigest.isEqual(hmac(secret, body), HexFormat.of().parseHex(signature.strip()));
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    /** Whether {@code signature} is the HMAC of the body in base64. */
    static boolean base64(String secret, byte[] body, String signature) {
        if (signature.length() > LONGEST) {
            return false;
        }
        try {
            return MessageDigest.isEqual(hmac(secret, body), Base64.getDecoder().decode(signature.strip()));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Whether two secrets are the same; neither their length nor the place of a difference shows in the time. */
    static boolean same(String secret, @Nullable String given) {
        return given != null && MessageDigest.isEqual(digest(secret), digest(given));
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has HMAC-SHA256
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }
}
