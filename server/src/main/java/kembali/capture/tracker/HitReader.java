package kembali.capture.tracker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.delivery.Delivery;
import kembali.identity.Consent;
import kembali.identity.Consent.Choice;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a hit. A page's script is older or newer than we are, and pages are changed by many hands: what is
 * not known is left out, what has a wrong type counts as absent. Only what no hit can do without is an error.
 */
final class HitReader {
    /** Bytes of the longest hit. */
    static final int MOST_BYTES = 32 * 1024;

    private static final int DEEPEST = 8;
    private static final int MOST_COOKIES = 100;
    private static final int LONGEST_URL = 4_000;
    private static final int LONGEST_COOKIE = 4_096;
    private static final int LONGEST_TC_STRING = 4_096;
    private static final long MOST_AGE_MS = Duration.ofDays(2).toMillis();
    private static final BigDecimal MOST_VALUE = new BigDecimal("1e15");
    private static final int MOST_DECIMALS = 6;

    private static final Pattern EVENT_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");
    private static final Pattern ZONE = Pattern.compile("[A-Za-z0-9_+/-]{1,64}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,35}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .maxStringLength(MOST_BYTES)
                            .maxNameLength(MOST_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What a body is. */
    sealed interface Read {
        /** A hit. */
        record Hit(HitBody body) implements Read {}

        /** No hit; what is wrong with it, by field. */
        record Wrong(FieldError error) implements Read {}
    }

    private int leftOut;

    private HitReader() {}

    static Read read(byte[] body) {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (IOException | RuntimeException e) {
            return wrong("body", "is no JSON that can be read");
        }
        return root.isObject() ? new HitReader().hit(root) : wrong("body", "must be a JSON object");
    }

    private Read hit(JsonNode root) {
        String key = text(root, "key", 100);
        if (key == null) {
            return wrong("key", "is missing; it is the tracker key of the workspace, WS-…");
        }
        String eventId = text(root, "eventId", 100);
        if (eventId == null || !EVENT_ID.matcher(eventId).matches()) {
            return wrong("eventId", "is missing or holds other characters than letters, digits and _ . : -");
        }
        if (eventId.regionMatches(true, 0, Delivery.OWN_EVENT_IDS, 0, Delivery.OWN_EVENT_IDS.length())) {
            return wrong("eventId", "must not begin with " + Delivery.OWN_EVENT_IDS + ", like the server's own");
        }
        HitBody.Type type = type(text(root, "type", 20));
        if (type == null) {
            return wrong("type", "must be pageview, event, identify or consent");
        }
        String name = text(root, "name", 40);
        if (type == HitBody.Type.EVENT && name == null) {
            return wrong("name", "is missing; an event has one, of at most 40 characters");
        }
        JsonNode person = object(root, "person");
        return new Read.Hit(new HitBody(
                key,
                type,
                eventId,
                name,
                amount(root, "value"),
                currency(root),
                text(root, "orderId", 150),
                url(root, "url"),
                url(root, "referrer"),
                matching(root, "timezone", ZONE),
                matching(root, "language", LANGUAGE),
                cookies(object(root, "cookies")),
                consent(object(root, "consent")),
                text(root, "tcString", LONGEST_TC_STRING),
                flag(root, "gdpr"),
                Boolean.TRUE.equals(flag(root, "gpc")),
                text(root, "visitor", 20),
                person == null ? null : text(person, "name", 200),
                person == null ? null : text(person, "email", 254),
                person == null ? null : text(person, "phone", 60),
                age(root),
                leftOut));
    }

    private static Read wrong(String field, String message) {
        return new Read.Wrong(new FieldError(field, message));
    }

    private static HitBody.@Nullable Type type(@Nullable String word) {
        return word == null
                ? null
                : switch (word) {
                    case "pageview" -> HitBody.Type.PAGEVIEW;
                    case "event" -> HitBody.Type.EVENT;
                    case "identify" -> HitBody.Type.IDENTIFY;
                    case "consent" -> HitBody.Type.CONSENT;
                    default -> null;
                };
    }

    /** A text that can be stored anywhere; null when it is none, blank, too long or holds what no text should. */
    private @Nullable String text(JsonNode parent, String name, int longest) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        String text = node.isTextual() ? node.textValue().strip() : "";
        if (text.isEmpty() && node.isTextual()) {
            return null;
        }
        return text.isEmpty() || text.length() > longest || !isPlain(text) ? left() : text;
    }

    private @Nullable String matching(JsonNode parent, String name, Pattern shape) {
        String text = text(parent, name, 100);
        return text == null || shape.matcher(text).matches() ? text : left();
    }

    /** The page's address; one that is too long keeps what is before its query. */
    private @Nullable String url(JsonNode parent, String name) {
        String url = text(parent, name, MOST_BYTES);
        if (url == null) {
            return null;
        }
        boolean web = url.regionMatches(true, 0, "https://", 0, 8) || url.regionMatches(true, 0, "http://", 0, 7);
        if (!web) {
            return left();
        }
        if (url.length() > LONGEST_URL) {
            int query = url.indexOf('?');
            url = query < 0 ? url : url.substring(0, query);
        }
        return url.length() > LONGEST_URL ? left() : url;
    }

    private @Nullable String currency(JsonNode root) {
        String code = matching(root, "currency", CURRENCY);
        return code == null ? null : code.toUpperCase(Locale.ROOT);
    }

    private @Nullable JsonNode object(JsonNode parent, String name) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull() || node.isObject()) {
            return node == null || node.isNull() ? null : node;
        }
        leftOut++;
        return null;
    }

    private @Nullable Boolean flag(JsonNode parent, String name) {
        JsonNode node = parent.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        // TCF says 0 and 1.
        if (node.isInt() && (node.intValue() == 0 || node.intValue() == 1)) {
            return node.intValue() == 1;
        }
        leftOut++;
        return null;
    }

    private long age(JsonNode root) {
        JsonNode node = root.get("ageMs");
        if (node == null || node.isNull()) {
            return 0;
        }
        if (!node.isNumber() || node.decimalValue().signum() < 0) {
            leftOut++;
            return 0;
        }
        return node.decimalValue().compareTo(BigDecimal.valueOf(MOST_AGE_MS)) > 0 ? MOST_AGE_MS : node.longValue();
    }

    /** An amount of money: a number or a decimal in a text. */
    private @Nullable BigDecimal amount(JsonNode root, String name) {
        JsonNode node = root.get(name);
        if (node == null || node.isNull()) {
            return null;
        }
        BigDecimal amount = null;
        if (node.isNumber()) {
            amount = node.decimalValue();
        } else if (node.isTextual() && node.textValue().length() <= 40) {
            try {
                amount = new BigDecimal(node.textValue().strip());
            } catch (NumberFormatException e) {
                leftOut++;
                return null;
            }
        }
        if (amount == null
                || amount.signum() < 0
                || amount.compareTo(MOST_VALUE) > 0
                || amount.stripTrailingZeros().scale() > MOST_DECIMALS) {
            leftOut++;
            return null;
        }
        BigDecimal plain = amount.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }

    private Map<String, String> cookies(@Nullable JsonNode given) {
        if (given == null) {
            return Map.of();
        }
        var cookies = new HashMap<String, String>();
        for (var e : given.properties()) {
            String value = e.getValue().isTextual() ? e.getValue().textValue() : "";
            if (cookies.size() < MOST_COOKIES && isCookie(value) && isCookie(e.getKey())) {
                cookies.put(e.getKey(), value);
            } else if (!value.isEmpty() || !e.getValue().isTextual()) {
                leftOut++;
            }
        }
        return cookies;
    }

    private Consent consent(@Nullable JsonNode given) {
        if (given == null) {
            return Consent.UNKNOWN;
        }
        var said = new Consent(
                choice(given, "ad_storage"),
                choice(given, "analytics_storage"),
                choice(given, "ad_user_data"),
                choice(given, "ad_personalization"),
                Consent.Source.CMP,
                null,
                false,
                false,
                null,
                null);
        return said.saysNothing() ? Consent.UNKNOWN : said;
    }

    private Choice choice(JsonNode given, String name) {
        JsonNode node = given.get(name);
        if (node == null || node.isNull()) {
            return Choice.UNKNOWN;
        }
        String word = node.isTextual() ? node.textValue() : "";
        if (List.of("granted", "denied").contains(word)) {
            return word.equals("granted") ? Choice.GRANTED : Choice.DENIED;
        }
        leftOut++;
        return Choice.UNKNOWN;
    }

    private @Nullable String left() {
        leftOut++;
        return null;
    }

    /** Without control characters and halves of characters, which databases and encoders refuse. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Printable ASCII, as cookies are (RFC 6265). */
    private static boolean isCookie(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST_COOKIE;
    }
}
