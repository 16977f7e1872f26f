package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plain personal data the sender is going to hash: which hashes are right, and which come from a well-known slip. The
 * real LinkedIn cannot tell. Written from LinkedIn's rules alone, so that it can disagree with the sender it checks.
 */
final class LinkedInKnown {
    static final String RIGHT = "right";
    static final String PLACEHOLDER = "placeholder";

    private static final int MAX_FORMS = 500_000;

    /** Keys of the control API, by what they become here. */
    private static final Map<String, String> KEYS =
            Map.of("em", "SHA256_EMAIL", "fn", "hashedFirstName", "ln", "hashedLastName");

    private static final String CLICKS = "li_fat_id";
    private static final String CLICK_TYPE = "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID";

    private static final Map<String, String> PLACEHOLDERS = new HashMap<>();

    static {
        for (String word :
                List.of("", " ", "null", "undefined", "none", "None", "NULL", "nan", "n/a", "N/A", "-", "0")) {
            PLACEHOLDERS.put(sha256(word), PLACEHOLDER);
        }
    }

    /** Type and value to form. */
    private final Map<String, String> forms = new ConcurrentHashMap<>();

    /** {@link #RIGHT}, {@link #PLACEHOLDER}, the name of a slip, or null when nothing is known of the value. */
    @Nullable String formOf(String type, String value) {
        String learned = forms.get(type + ' ' + value);
        return learned != null ? learned : PLACEHOLDERS.get(value);
    }

    /**
     * Learns values.
     *
     * @return how many values were learned
     * @throws IllegalArgumentException when the shape is wrong
     */
    int learn(JsonNode plain) {
        int learned = 0;
        for (Map.Entry<String, String> key : KEYS.entrySet()) {
            for (JsonNode value : array(plain, key.getKey())) {
                hashed(key.getKey(), key.getValue(), text(key.getKey(), value));
                learned++;
            }
        }
        for (JsonNode value : array(plain, CLICKS)) {
            String click = text(CLICKS, value);
            remember(CLICK_TYPE, click.toLowerCase(Locale.ROOT), "letter case changed");
            remember(CLICK_TYPE, click.toUpperCase(Locale.ROOT), "letter case changed");
            remember(CLICK_TYPE, sha256(click), "hashed although it travels in clear");
            forms.put(CLICK_TYPE + ' ' + click, RIGHT);
            learned++;
        }
        return learned;
    }

    void forget() {
        forms.clear();
    }

    private void hashed(String key, String type, String plain) {
        String lower = plain.toLowerCase(Locale.ROOT);
        String right = key.equals("em")
                ? lower.replaceAll("[\\s\\p{Z}]", "")
                : lower.replaceAll("[\\s\\p{Z}\\p{Punct}\\p{IsPunctuation}]", "");
        if (right.isEmpty()) {
            throw new IllegalArgumentException(key + " has no right form: " + plain);
        }
        Map<String, String> slips = new LinkedHashMap<>();
        slips.put(plain, "as typed");
        slips.put(plain.strip(), "upper case or spaces");
        slips.put(lower.strip(), "spaces or punctuation");
        slips.put(right.toUpperCase(Locale.ROOT), "upper case");
        slips.put(sha256(right), "hashed twice");
        slips.forEach((wrong, form) -> {
            if (!wrong.equals(right)) {
                remember(type, sha256(wrong), form);
            }
        });
        forms.put(type + ' ' + sha256(right), RIGHT);
    }

    /** What is right for anybody is never called wrong. */
    private void remember(String type, String value, String form) {
        if (forms.size() > MAX_FORMS) {
            throw new IllegalArgumentException("too many known values; DELETE /_sandbox/known first");
        }
        forms.putIfAbsent(type + ' ' + value, form);
    }

    private static JsonNode array(JsonNode plain, String key) {
        JsonNode values = plain.path(key);
        if (!values.isMissingNode() && !values.isArray()) {
            throw new IllegalArgumentException(key + " must be an array");
        }
        return values;
    }

    private static String text(String key, JsonNode value) {
        String text = value.isObject() ? value.path("plain").asText() : value.asText();
        if (text.isBlank()) {
            throw new IllegalArgumentException(key + " must hold filled strings");
        }
        return text;
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
