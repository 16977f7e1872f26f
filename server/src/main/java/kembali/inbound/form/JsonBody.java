package kembali.inbound.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import kembali.support.Json;
import org.jspecify.annotations.Nullable;

/** JSON of strangers: bounded, lenient about what is in it, and never an exception. */
final class JsonBody {
    /** A number written out longer than this is no number anybody typed. */
    private static final int LONGEST_NUMBER = 40;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(Json.LIMITS)
                    // Names of strangers do not belong into tables the whole process shares.
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonBody() {}

    /** Any JSON value, or null when the bytes are none. */
    static @Nullable JsonNode read(byte[] body) {
        try {
            JsonNode node = MAPPER.readTree(body);
            return node == null || node.isMissingNode() ? null : node;
        } catch (IOException | NumberFormatException notJson) {
            return null;
        }
    }

    /** An object, or null when the bytes are none. */
    static @Nullable ObjectNode object(byte[] body) {
        return read(body) instanceof ObjectNode object ? object : null;
    }

    /** JSON inside a text, as some senders nest it; null when it is none. */
    static @Nullable JsonNode nested(String text) {
        String s = text.strip();
        if (!s.startsWith("{") && !s.startsWith("[")) {
            return null;
        }
        try {
            JsonNode node = MAPPER.readTree(s);
            return node != null && node.isContainerNode() ? node : null;
        } catch (IOException | NumberFormatException notJson) {
            return null;
        }
    }

    /** A text, number or boolean as text without surrounding space; null for anything else and for a blank. */
    static @Nullable String text(@Nullable JsonNode node) {
        if (node == null || !node.isValueNode() || node.isNull()) {
            return null;
        }
        String text = node.isNumber() ? number(node) : node.asText().strip();
        return text.isEmpty() ? null : text;
    }

    /** All texts of a value or of an array of values, in order. */
    static List<String> texts(@Nullable JsonNode node) {
        var texts = new ArrayList<String>(1);
        if (node != null && node.isArray()) {
            for (JsonNode item : node) {
                add(texts, text(item));
            }
        } else {
            add(texts, text(node));
        }
        return texts;
    }

    private static void add(List<String> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }

    /** Digits in full, {@code 6281234567890}; only a number nobody would type keeps its exponent. */
    private static String number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asText();
        }
        BigDecimal number = node.decimalValue();
        return Math.abs(number.scale()) > LONGEST_NUMBER ? number.toString() : number.toPlainString();
    }
}
