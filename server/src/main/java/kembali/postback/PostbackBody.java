package kembali.postback;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kembali.support.Json;
import org.jspecify.annotations.Nullable;

/** Bodies of postbacks: a form, or an object of JSON whose members are addressed by dotted paths. */
final class PostbackBody {
    /** Numbers keep every digit they were written with. */
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(Json.LIMITS)
                    // Names of strangers do not belong into tables shared by the whole process.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int DEEPEST = 16;

    private PostbackBody() {}

    /** Adds what a body says; false when it cannot be read. */
    static boolean read(byte[] body, @Nullable String contentType, Parameters parameters) {
        if (body.length == 0) {
            return true;
        }
        String text = text(body);
        return switch (kind(contentType, text)) {
            case FORM -> {
                // Only & separates a form; a query's second ? is somebody's mistake, a form's is text.
                parameters.addPairs(text.replace("?", "%3F"));
                yield true;
            }
            case JSON -> readJson(text, parameters);
            case OTHER -> false;
        };
    }

    static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private enum Kind {
        FORM,
        JSON,
        OTHER
    }

    /** By the header where it says something of use, else by the looks: networks send JSON as text and forms as nothing. */
    private static Kind kind(@Nullable String contentType, String text) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        String start = text.stripLeading();
        boolean object = start.startsWith("{") || start.startsWith("[");
        if (type.startsWith("application/x-www-form-urlencoded")) {
            return object ? Kind.JSON : Kind.FORM; // what curl -d says of JSON
        }
        if (type.contains("json") || object) {
            return Kind.JSON;
        }
        return !type.startsWith("multipart/") && text.indexOf('=') > 0 ? Kind.FORM : Kind.OTHER;
    }

    private static boolean readJson(String text, Parameters parameters) {
        try {
            JsonNode root = JSON.readTree(text);
            JsonNode row = root != null && root.isArray() && root.size() == 1 ? root.get(0) : root;
            if (row == null || !row.isObject()) {
                return false;
            }
            flatten("", row, parameters, 0);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Adds every text, number and boolean under its dotted path. */
    static void flatten(String path, JsonNode node, Parameters parameters, int depth) {
        if (parameters.isTruncated() || depth > DEEPEST) {
            return;
        }
        if (node.isObject()) {
            for (var member : node.properties()) {
                flatten(joined(path, member.getKey()), member.getValue(), parameters, depth + 1);
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(joined(path, Integer.toString(i)), node.get(i), parameters, depth + 1);
            }
        } else if (node.isValueNode() && !node.isNull() && path.length() <= FieldMap.MAX_PATH) {
            parameters.add(path, clean(node.asText()));
        }
    }

    private static String joined(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** No database or platform takes control characters and halves of surrogate pairs. */
    private static String clean(String text) {
        boolean sound = text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
        if (sound) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Character.isISOControl(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE))
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
