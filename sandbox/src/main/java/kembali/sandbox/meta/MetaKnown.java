package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Plain personal data the sender is going to hash, and therefore which hashes are right and which
 * come from a well-known slip.
 *
 * <p>The real Meta cannot tell: a hash made from {@code +62812…} is accepted and matches nobody. A
 * hash that belongs to no known value says nothing either way, except for gender and country, whose
 * few right values are known beforehand.
 */
final class MetaKnown {
    static final String RIGHT = "right";
    static final String PLACEHOLDER = "placeholder";

    private static final int MAX_FORMS = 1_000_000;
    private static final String DEFAULT_CALLING_CODE = "62";
    private static final List<String> PLACEHOLDERS =
            List.of("null", "undefined", "none", "None", "NULL", "nan", "NaN", "n/a", "N/A", "-", "0", "unknown", " ");

    /** Keys whose values travel unhashed and whose letter case matters. */
    private static final List<String> CLICK_IDS = List.of("fbclid", "ctwa_clid");

    private static final Map<String, String> PLACEHOLDER_HASHES = new HashMap<>();
    private static final Map<String, String> GENDERS = new HashMap<>();

    static {
        PLACEHOLDERS.forEach(word -> PLACEHOLDER_HASHES.put(sha256(word), PLACEHOLDER));
        GENDERS.put(sha256("m"), RIGHT);
        GENDERS.put(sha256("f"), RIGHT);
    }

    /** Filled on first use: a few hundred hashes that a start need not wait for. */
    private static final class Countries {
        static final Map<String, String> FORMS = forms();

        private static Map<String, String> forms() {
            Map<String, String> forms = new HashMap<>();
            for (String alpha2 : Locale.getISOCountries()) {
                forms.put(sha256(alpha2), "upper case");
                forms.put(sha256(MetaNormal.alpha3(alpha2)), "three letters, upper case");
                forms.put(sha256(MetaNormal.alpha3(alpha2).toLowerCase(Locale.ROOT)), "three letters");
            }
            for (String alpha2 : Locale.getISOCountries()) {
                forms.put(sha256(alpha2.toLowerCase(Locale.ROOT)), RIGHT);
            }
            return forms;
        }
    }

    /** {@code key + ' ' + hash} to form. */
    private final Map<String, String> forms = new ConcurrentHashMap<>();

    private final MetaAccounts accounts = new MetaAccounts();

    MetaAccounts accounts() {
        return accounts;
    }

    /**
     * What is known of a hash (of a click id: of the id itself).
     *
     * @return {@link #RIGHT}, {@link #PLACEHOLDER}, the name of a slip, or null when nothing is known
     */
    @Nullable String formOf(String key, String hash) {
        String learned = forms.get(key + ' ' + hash);
        if (learned != null) {
            return learned;
        }
        if (PLACEHOLDER_HASHES.containsKey(hash)) {
            return PLACEHOLDER;
        }
        return switch (key) {
            case "ge" -> GENDERS.getOrDefault(hash, "neither m nor f");
            case "country" -> Countries.FORMS.getOrDefault(hash, "no country code of two lower-case letters");
            default -> null;
        };
    }

    /**
     * Learns values.
     *
     * @param plain object of key to array; a member is a text, or {@code {"plain","normalised"}} where this program's
     *     idea of the right form is not to count. {@code callingCode} is for local phone numbers, 62 unless given. A
     *     {@code ctwa_clid} may name the {@code page_id} and {@code whatsapp_business_account_id} of its ad, and a
     *     {@code whatsapp_business_account_id} its {@code datasets}
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
            boolean account = key.equals("whatsapp_business_account_id");
            if (key.equals("callingCode") || !(account || MetaNormal.KEYS.contains(key) || CLICK_IDS.contains(key))) {
                continue;
            }
            if (!member.getValue().isArray()) {
                throw new IllegalArgumentException(key + " must be an array");
            }
            for (JsonNode value : member.getValue()) {
                if (account) {
                    accounts.learnAccount(value);
                } else {
                    learnOne(key, value, callingCode);
                }
                learned++;
            }
        }
        return learned;
    }

    void forget() {
        forms.clear();
        accounts.forget();
    }

    private void learnOne(String key, JsonNode value, String callingCode) {
        String plain = value.isObject() ? value.path("plain").asText() : value.asText();
        if (plain.isBlank()) {
            throw new IllegalArgumentException(key + " must hold filled strings, or objects with plain and normalised");
        }
        if (forms.size() > MAX_FORMS) {
            throw new IllegalArgumentException("too many known values; DELETE /_sandbox/known first");
        }
        if (CLICK_IDS.contains(key)) {
            learnClick(key, plain);
            if (key.equals("ctwa_clid")) {
                accounts.learnClick(value);
            }
            return;
        }
        String right = value.path("normalised").asText(MetaNormal.right(key, plain, callingCode));
        if (right.isEmpty()) {
            throw new IllegalArgumentException(key + " has no right form: " + plain);
        }
        // Wrong forms first: what is right for anybody must not be called wrong.
        MetaNormal.wrong(key, plain, right, callingCode).forEach((form, wrong) -> {
            if (!wrong.isEmpty() && !wrong.equals(right)) {
                forms.putIfAbsent(key + ' ' + sha256(wrong), form);
            }
        });
        String hash = sha256(right);
        forms.putIfAbsent(key + ' ' + sha256(hash), "hashed twice");
        forms.put(key + ' ' + hash, RIGHT);
    }

    private void learnClick(String key, String plain) {
        for (String changed : List.of(plain.toLowerCase(Locale.ROOT), plain.toUpperCase(Locale.ROOT))) {
            forms.putIfAbsent(key + ' ' + changed, "letter case changed");
        }
        forms.putIfAbsent(key + ' ' + sha256(plain), "hashed although it travels in clear");
        forms.put(key + ' ' + plain, RIGHT);
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
