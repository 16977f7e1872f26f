package kembali.postback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kembali.postback.Access.Admission;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA256 over a request and the time at which it was signed, in one of two ways.
 *
 * <p>With a header, {@code t=<Unix seconds>,v1=<hex>}: signed is {@code <t>.<body>}, or {@code <t>.<raw query>} when there
 * is no body. Without one, with the parameters {@code ts=<Unix seconds>} and {@code sig=<hex>}: signed is the raw query
 * without its {@code sig} parameter and the {@code &} beside it, then, if there is a body, a line feed and the body.
 *
 * @param secret shared with the sender
 * @param header the header's name, such as {@code X-Signature}; null for the parameters
 */
public record Signing(String secret, @Nullable String header) {
    /** How far the time of a signature may be from ours. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int LONGEST_HEADER = 1_024;

    /** @throws IllegalArgumentException when the secret is blank: anybody could sign */
    public Signing {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("A signature needs a secret.");
        }
    }

    Admission check(String rawQuery, byte[] body, @Nullable String sent, Instant now) {
        return header == null ? byParameters(rawQuery, body, now) : byHeader(rawQuery, body, sent, now);
    }

    private Admission byHeader(String rawQuery, byte[] body, @Nullable String sent, Instant now) {
        if (sent == null || sent.isBlank()) {
            return new Admission.Denied("signature_missing");
        }
        if (sent.length() > LONGEST_HEADER) {
            return new Admission.Denied("signature_malformed");
        }
        String time = null;
        List<String> signatures = new ArrayList<>(1);
        for (String part : sent.split(",", -1)) {
            String p = part.strip();
            if (p.startsWith("t=")) {
                time = p.substring(2);
            } else if (p.startsWith("v1=")) {
                signatures.add(p.substring(3));
            }
        }
        if (time == null || signatures.isEmpty()) {
            return new Admission.Denied("signature_malformed");
        }
        boolean ofBody = body.length > 0;
        byte[] expected = hmac(bytes(time + "."), ofBody ? body : bytes(rawQuery));
        return judge(time, signatures, expected, now, new Admission.Admitted(!ofBody, ofBody));
    }

    private Admission byParameters(String rawQuery, byte[] body, Instant now) {
        String time = null;
        String signature = null;
        var signed = new StringBuilder(rawQuery.length());
        for (String part : rawQuery.split("&", -1)) {
            String lower = part.length() < 4 ? "" : part.substring(0, 4).toLowerCase(Locale.ROOT);
            if (lower.equals("sig=")) {
                if (signature != null) {
                    return new Admission.Denied("signature_malformed");
                }
                signature = part.substring(4);
                continue;
            }
            if (lower.startsWith("ts=")) {
                if (time != null) {
                    return new Admission.Denied("signature_malformed");
                }
                time = part.substring(3);
            }
            signed.append(signed.isEmpty() ? "" : "&").append(part);
        }
        if (signature == null || time == null) {
            return new Admission.Denied("signature_missing");
        }
        byte[] expected = body.length == 0
                ? hmac(bytes(signed.toString()))
                : hmac(bytes(signed.append('\n').toString()), body);
        return judge(time, List.of(signature), expected, now, new Admission.Admitted(true, true));
    }

    private static Admission judge(
            String time, List<String> signatures, byte[] expected, Instant now, Admission.Admitted admitted) {
        boolean genuine = false;
        for (String signature : signatures) {
            genuine |= isEqual(expected, signature);
        }
        if (!genuine) {
            return new Admission.Denied("signature_wrong");
        }
        Instant at = instant(time);
        if (at == null) {
            return new Admission.Denied("signature_malformed");
        }
        // Only the time of a genuine signature says anything.
        return Duration.between(at, now).abs().compareTo(TOLERANCE) > 0
                ? new Admission.Denied("signature_expired")
                : admitted;
    }

    private static boolean isEqual(byte[] expected, String hex) {
        try {
            return MessageDigest.isEqual(expected, HexFormat.of().parseHex(hex.strip()));
        } catch (IllegalArgumentException notHex) {
            return false;
        }
    }

    /** Unix seconds, or milliseconds. */
    private static @Nullable Instant instant(String time) {
        if (time.isEmpty() || time.length() > 13 || !time.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long number = Long.parseLong(time);
        return time.length() > 11 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }

    private byte[] hmac(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "Signing[" + (header == null ? "sig" : header) + "]";
    }
}
