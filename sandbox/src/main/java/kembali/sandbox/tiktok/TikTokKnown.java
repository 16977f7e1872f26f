package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plain personal data the sender is going to report, and therefore which values are right and which come from a
 * well-known slip. The real TikTok cannot tell: a hash made from {@code 62812…} without a plus is taken and matches
 * nobody.
 */
final class TikTokKnown {
    static final String RIGHT = "right";
    static final String PLACEHOLDER = "placeholder";

    private static final int MAX_FORMS = 1_000_000;
    private static final String DEFAULT_CALLING_CODE = "62";

    private static final Map<String, String> PLACEHOLDER_HASHES = new HashMap<>();

    static {
        for (String word : List.of("null", "undefined", "none", "None", "NULL", "nan", "NaN", "n/a", "N/A", "-", "0")) {
            PLACEHOLDER_HASHES.put(sha256(word), PLACEHOLDER);
        }
    }

    /** {@code key + ' ' + value as it travels} to form. */
    private final Map<String, String> forms = new ConcurrentHashMap<>();

    /**
     * What is known of a value as it travels: a hash, or clear text where TikTok wants that.
     *
     * @return {@link #RIGHT}, {@link #PLACEHOLDER}, the name of a slip, or null when nothing is known
     */
    @Nullable String formOf(String key, String value) {
        String learned = forms.get(key + ' ' + value);
        return learned != null ? learned : PLACEHOLDER_HASHES.get(value);
    }

    /**
     * Learns values.
     *
     * @param plain object of key to array; a member is a text, or {@code {"plain","normalised"}} where this program's
     *     idea of the right form is not to count. {@code callingCode} is for local phone numbers, 62 unless given
     * @return how many values were learned
     * @throws IllegalArgumentException when the shape is wrong
     */
    int learn(JsonNode plain) {
        String callingCode = plain.path("callingCode").asText(DEFAULT_CALLING_CODE);
        if (!callingCode.matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException("callingCode is digits, such as 62");
        }
        int learned = 0;
        for (Map.Entry<String, JsonNode> member : plain.properties()) {
            String key = member.getKey();
            if (!TikTokNormal.KEYS.contains(key)) {
                continue;
            }
            if (!member.getValue().isArray()) {
                throw new IllegalArgumentException(key + " must be an array");
            }
            for (JsonNode value : member.getValue()) {
                learnOne(key, value, callingCode);
                learned++;
            }
        }
        return learned;
    }

    void forget() {
        forms.clear();
    }

    private void learnOne(String key, JsonNode value, String callingCode) {
        String plain = value.isObject() ? value.path("plain").asText() : value.asText();
        if (plain.isBlank()) {
            throw new IllegalArgumentException(key + " must hold filled strings, or objects with plain and normalised");
        }
        if (forms.size() > MAX_FORMS) {
            throw new IllegalArgumentException("too many known values; DELETE /_sandbox/known first");
        }
        String right = value.path("normalised").asText(TikTokNormal.right(key, plain, callingCode));
        if (right.isEmpty()) {
            throw new IllegalArgumentException(key + " has no right form: " + plain);
        }
        boolean hashed = TikTokNormal.HASHED.contains(key);
        // Wrong forms first: what is right for anybody must not be called wrong.
        TikTokNormal.wrong(key, plain, right, callingCode).forEach((form, wrong) -> {
            if (!wrong.isEmpty() && !wrong.equals(right)) {
                forms.putIfAbsent(key + ' ' + (hashed ? sha256(wrong) : wrong), form);
            }
        });
        if (hashed) {
            forms.putIfAbsent(key + ' ' + sha256(sha256(right)), "hashed twice");
        }
        forms.put(key + ' ' + (hashed ? sha256(right) : right), RIGHT);
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform must have it
        }
    }
}
