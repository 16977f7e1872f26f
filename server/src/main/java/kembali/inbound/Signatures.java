package kembali.inbound;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What providers sign with, and comparisons whose time says nothing about the secret. */
public final class Signatures {
    /** Longer headers are no signatures. */
    private static final int LONGEST = 512;

    private Signatures() {}

    /** HMAC-SHA256 over the parts, one after the other; the key is the UTF-8 text of the secret. */
    public static byte[] hmacSha256(String secret, byte[]... parts) {
        return hmac("HmacSHA256", secret, parts);
    }

    /** HMAC-SHA1, which Twilio still signs with. */
    public static byte[] hmacSha1(String secret, byte[]... parts) {
        return hmac("HmacSHA1", secret, parts);
    }

    /**
     * Whether a header holds those bytes in hexadecimal digits of either case.
     *
     * @param prefix stands before the digits, {@code sha256=}, in either case; empty for none
     */
    public static boolean isHex(@Nullable String said, String prefix, byte[] expected) {
        String digits = withoutPrefix(said, prefix);
        if (digits == null) {
            return false;
        }
        byte[] given;
        try {
            given = HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException notHex) {
            return false;
        }
        return MessageDigest.isEqual(expected, given);
    }

    /** The same in base64, with or without padding. */
    public static boolean isBase64(@Nullable String said, String prefix, byte[] expected) {
        String text = withoutPrefix(said, prefix);
        if (text == null) {
            return false;
        }
        byte[] given;
        try {
            given = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        return MessageDigest.isEqual(expected, given);
    }

    /** Whether two secrets are the same; neither their lengths nor the place where they differ shows in the time. */
    public static boolean same(String secret, @Nullable String said) {
        return said != null && MessageDigest.isEqual(digest(secret), digest(said));
    }

    /** Whether there is a secret to check by: null and blank ones are none. */
    public static boolean isSet(@Nullable String secret) {
        return secret != null && !secret.isBlank();
    }

    private static @Nullable String withoutPrefix(@Nullable String said, String prefix) {
        if (said == null || said.length() > LONGEST) {
            return null;
        }
        String text = said.strip();
        if (!text.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            return null;
        }
        return text.substring(prefix.length());
    }

    private static byte[] hmac(String algorithm, String secret, byte[]... parts) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(algorithm);
            // An HMAC key is padded with zeros, so one zero is the empty key, which Java refuses.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + algorithm, e);
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
