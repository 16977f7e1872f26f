package kembali.sandbox.google;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.sandbox.Warning;
import org.jspecify.annotations.Nullable;

/**
 * Plain personal data the sender is going to hash, and therefore which hashes are right for Google
 * and which come from a well-known slip: a phone number without its plus, right for Meta, matches
 * nobody here. A hash of nobody known says nothing either way.
 */
public final class GoogleKnown {
    private static final String RIGHT = "right";
    private static final String DEFAULT_CALLING_CODE = "62";
    private static final int MAX_FORMS = 1_000_000;

    /** SHA-256 of nothing: somebody hashed an empty text. */
    private static final String EMPTY_HASH = sha256("");

    private static final Map<String, String> PLACEHOLDERS = new HashMap<>();

    static {
        List.of("null", "undefined", "none", "n/a", "unknown", "-", "0", " ")
                .forEach(word -> PLACEHOLDERS.put(sha256(word), word));
    }

    private final Map<String, String> forms = new ConcurrentHashMap<>();

    /** What can be said of a hash: that it is right, or what is wrong with it. */
    public record Finding(boolean right, @Nullable Warning warning) {}

    /**
     * What is known of a hash.
     *
     * @param key {@code em}, {@code ph}, {@code fn} or {@code ln}
     * @param field the platform's name of the field, for the warning
     * @param hash hexadecimal digits or base64
     */
    public Finding look(String key, String field, String hash) {
        String hex = hex(hash);
        if (hex.equals(EMPTY_HASH)) {
            return new Finding(false, new Warning("empty_hashed", field + ": hash of an empty text"));
        }
        String placeholder = PLACEHOLDERS.get(hex);
        if (placeholder != null) {
            return new Finding(false, new Warning("placeholder_hashed", field + ": hash of '" + placeholder + "'"));
        }
        String form = forms.get(key + ' ' + hex);
        if (form == null || form.equals(RIGHT)) {
            return new Finding(form != null, null);
        }
        return new Finding(false, new Warning("wrong_normalisation", field + ": " + form));
    }

    /**
     * Learns plain values; keys of other platforms are passed over.
     *
     * @param plain such as {@code {"em":["A@b.id"],"ph":["0812…"],"callingCode":"62"}}; an item may be
     *     {@code {"plain":…,"normalised":…}}
     * @return how many values were learned
     */
    public int learn(JsonNode plain) {
        String callingCode = plain.path("callingCode").asText(DEFAULT_CALLING_CODE);
        int learned = 0;
        for (String key : List.of("em", "ph", "fn", "ln")) {
            for (JsonNode each : plain.path(key)) {
                String value = each.isObject() ? each.path("plain").asText() : each.asText();
                if (value.isBlank() || forms.size() >= MAX_FORMS) {
                    continue;
                }
                switch (key) {
                    case "em" -> email(value);
                    case "ph" -> phone(value, callingCode);
                    case "fn" -> name(key, value, GoogleNormal.givenName(value));
                    default -> name(key, value, GoogleNormal.familyName(value));
                }
                learned++;
            }
        }
        return learned;
    }

    /** Forgets everything learned. */
    public void forget() {
        forms.clear();
    }

    private void email(String plain) {
        String lower = plain.strip().toLowerCase(Locale.ROOT);
        slip("em", plain, "not trimmed or upper case");
        if (GoogleNormal.gmail(lower)) {
            slip("em", lower, "dots and +tag of a gmail address kept");
            slip("em", lower.replaceFirst("\\+[^@]*@", "@"), "dots of a gmail address kept");
            int at = lower.indexOf('@');
            slip("em", lower.substring(0, at).replace(".", "") + lower.substring(at), "+tag of a gmail address kept");
            slip(
                    "em",
                    lower.substring(0, at).replaceFirst("\\+.*", "").replaceFirst("\\.", "") + lower.substring(at),
                    "only the first dot of a gmail address cut");
        }
        right("em", GoogleNormal.email(plain));
    }

    private void phone(String plain, String callingCode) {
        String right = GoogleNormal.phone(plain, callingCode);
        String digits = plain.replaceAll("\\D", "");
        slip("ph", plain, "as typed");
        slip("ph", digits, "without plus");
        if (digits.startsWith("0")) {
            slip("ph", digits, "local form, no country code");
            slip("ph", "+" + digits, "local form with a plus");
        }
        if (!right.isEmpty()) {
            slip("ph", right.substring(1), "without plus");
        }
        right("ph", right);
    }

    private void name(String key, String plain, String right) {
        slip(key, plain, "as typed");
        slip(key, plain.strip().toLowerCase(Locale.ROOT), "title or suffix kept");
        right(key, right);
    }

    private void slip(String key, String text, String what) {
        forms.put(key + ' ' + sha256(text), what);
    }

    private void right(String key, String normalised) {
        if (!normalised.isEmpty()) {
            forms.put(key + ' ' + sha256(sha256(normalised)), "hashed twice");
            forms.put(key + ' ' + sha256(normalised), RIGHT);
        }
    }

    private static String hex(String hash) {
        if (hash.length() == 64) {
            return hash.toLowerCase(Locale.ROOT);
        }
        try {
            return HexFormat.of().formatHex(Base64.getDecoder().decode(hash));
        } catch (IllegalArgumentException none) {
            return hash;
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform must have it
        }
    }
}
