package kembali.inbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import kembali.capture.QueryString;
import kembali.support.Json;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the click of a click-to-WhatsApp ad anywhere in a request: several providers pass it on without saying
 * where. JSON within JSON strings is looked into, too.
 */
final class AdClickSearch {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    static {
        JSON.getFactory().setStreamReadConstraints(Json.LIMITS);
    }

    /** Values looked at; a request of the size we take has fewer. */
    private static final int MOST_VALUES = 200_000;

    /** Levels of JSON within JSON strings. */
    private static final int MOST_STRINGS_DEEP = 3;

    private static final int LONGEST = 1_000;

    private AdClickSearch() {}

    /** The click id, or null when none is found. */
    static @Nullable String find(RawRequest request) {
        String text = new String(request.body(), StandardCharsets.UTF_8);
        if (!mentions(text)) {
            return null;
        }
        String media = request.mediaType();
        if (media.equals("application/x-www-form-urlencoded")) {
            return ofForm(text);
        }
        return ofJson(text);
    }

    private static boolean mentions(String text) {
        return text.toLowerCase(Locale.ROOT).contains("ctwa");
    }

    private static @Nullable String ofForm(String text) {
        for (Map.Entry<String, String> e : QueryString.parse(text).values().entrySet()) {
            if (isName(e.getKey())) {
                return value(e.getValue());
            }
        }
        return null;
    }

    private record Place(JsonNode node, int stringsDeep) {}

    private static @Nullable String ofJson(String text) {
        var open = new ArrayDeque<Place>();
        JsonNode root = parsed(text);
        if (root != null) {
            open.add(new Place(root, 0));
        }
        for (int looked = 0; !open.isEmpty() && looked < MOST_VALUES; looked++) {
            Place at = open.removeFirst();
            for (Map.Entry<String, JsonNode> member : at.node.properties()) {
                JsonNode v = member.getValue();
                if (v.isTextual() && isName(member.getKey()) && value(v.textValue()) != null) {
                    return value(v.textValue());
                }
            }
            for (JsonNode child : at.node) {
                if (child.isContainerNode()) {
                    open.add(new Place(child, at.stringsDeep));
                } else if (child.isTextual() && at.stringsDeep < MOST_STRINGS_DEEP && mentions(child.textValue())) {
                    JsonNode inner = parsed(child.textValue());
                    if (inner != null) {
                        open.add(new Place(inner, at.stringsDeep + 1));
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable JsonNode parsed(String text) {
        String start = text.stripLeading();
        if (!start.startsWith("{") && !start.startsWith("[")) {
            return null;
        }
        try {
            return JSON.readTree(start);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** {@code ctwa_clid}, {@code ctwaClid}, {@code ReferralCtwaClid}, {@code ctwa}, in any case. */
    private static boolean isName(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "ctwaclid", "referralctwaclid", "ctwa" -> true;
            default -> false;
        };
    }

    private static @Nullable String value(String text) {
        String v = text.strip();
        return v.isEmpty() || v.length() > LONGEST || v.startsWith("{") ? null : v;
    }
}
