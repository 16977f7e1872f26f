package kembali.support;

import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Everything that hangs on {@code KEMBALI_SECRET_KEY}: sealing of tokens and personal data at rest
 * (AES-256-GCM), keyed hashes to find them again, and keys for other uses, each derived on its own
 * (HKDF-SHA256), so that no two uses share a key.
 */
public final class Secrets {
    /** Length of the master key in bytes. */
    public static final int KEY_BYTES = 32;

    private final byte[] master;
    /** Files are sealed piece by piece, so that a large one is never in memory. */
    private static final int PIECE = 64 * 1024;

    private final AesGcmJce sealing;
    private final StreamingAead files;
    private final ThreadLocal<Mac> lookup;

    /** @param master 32 bytes */
    public Secrets(byte[] master) {
        if (master.length != KEY_BYTES) {
            throw new IllegalArgumentException("the secret key must have 32 bytes");
        }
        this.master = master.clone();
        try {
            this.sealing = new AesGcmJce(derive("seal"));
            this.files = new AesGcmHkdfStreaming(derive("files"), "HMACSHA256", KEY_BYTES, PIECE, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        byte[] lookupKey = derive("lookup");
        this.lookup = ThreadLocal.withInitial(() -> hmac(lookupKey));
    }

    /** A 32-byte key of its own for {@code use}. */
    public byte[] derive(String use) {
        try {
            return Hkdf.computeHkdf(
                    "HMACSHA256", master, new byte[0], ("kembali/" + use).getBytes(StandardCharsets.UTF_8), KEY_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Seals bytes for the database.
     *
     * @param place where they belong ({@code pixel/px_…}); sealed bytes moved elsewhere do not open
     */
    public byte[] seal(byte[] plain, String place) {
        try {
            return sealing.encrypt(plain, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /** Opens what {@link #seal} made for the same place. */
    public byte[] open(byte[] sealed, String place) {
        try {
            return sealing.decrypt(sealed, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "stored data of " + place
                            + " cannot be opened; KEMBALI_SECRET_KEY is probably not the one it was stored with",
                    e);
        }
    }

    /**
     * Seals a file while it is written; close the stream to end it.
     *
     * @param place as for {@link #seal}
     */
    public OutputStream sealing(OutputStream file, String place) throws IOException {
        try {
            return files.newEncryptingStream(file, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /** Opens a file that {@link #sealing} made for the same place, while it is read. */
    public InputStream opening(InputStream file, String place) throws IOException {
        try {
            return files.newDecryptingStream(file, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + place, e);
        }
    }

    /** A keyed 64-bit hash by which a value can be found without being readable. */
    public long lookupKey(String kind, String value) {
        byte[] h = lookup.get().doFinal((kind + '\0' + value).getBytes(StandardCharsets.UTF_8));
        long key = 0;
        for (int i = 0; i < 8; i++) {
            key = key << 8 | (h[i] & 0xff);
        }
        return key;
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (InvalidKeyException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
