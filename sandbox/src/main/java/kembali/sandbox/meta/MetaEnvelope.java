package kembali.sandbox.meta;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Call;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request body taken apart.
 *
 * @param data the events, or null when {@code data} is missing or no array
 * @param rest all other members
 */
record MetaEnvelope(@Nullable List<Item> data, ObjectNode rest) {
    /**
     * One member of {@code data}.
     *
     * @param raw its bytes exactly as they stood in the body
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(JsonNode json, byte[] raw) {}

    /** Reads one value and leaves what follows it. */
    private static final ObjectReader PART =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads a JSON or form body. In a form, {@code data} is a JSON text and everything else plain text.
     *
     * @throws Unreadable when it is neither
     */
    static MetaEnvelope read(Call call) throws Unreadable {
        String encoding = call.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Unreadable("the body must not be compressed");
        }
        byte[] body = call.body();
        try {
            return switch (call.mediaType()) {
                case "application/json" -> json(body);
                case "application/x-www-form-urlencoded" -> form(body);
                case "multipart/form-data" -> throw new Unreadable("this sandbox reads no multipart bodies");
                default -> throw new Unreadable("The parameter data is required: send Content-Type application/json");
            };
        } catch (JsonParseException wrong) {
            throw new Unreadable("Malformed JSON: " + wrong.getOriginalMessage());
        } catch (IOException wrong) {
            throw new Unreadable("Malformed body: " + wrong.getMessage());
        }
    }

    /** The body is not what its content type says. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    private static MetaEnvelope json(byte[] body) throws IOException, Unreadable {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable("the body must be a JSON object");
            }
            List<Item> data = null;
            ObjectNode rest = Json.MAPPER.createObjectNode();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("data") && value == JsonToken.START_ARRAY) {
                    data = items(parser, body);
                } else {
                    rest.set(name, PART.readTree(parser));
                }
            }
            if (parser.nextToken() != null) {
                throw new Unreadable("Malformed JSON: something follows the object");
            }
            return new MetaEnvelope(data, rest);
        }
    }

    private static MetaEnvelope form(byte[] body) throws IOException, Unreadable {
        Map<String, String> fields;
        try {
            fields = Call.form(new String(body, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badEscape) {
            throw new Unreadable("Malformed form: " + badEscape.getMessage());
        }
        ObjectNode rest = Json.MAPPER.createObjectNode();
        List<Item> data = null;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (field.getKey().equals("data")) {
                byte[] text = field.getValue().getBytes(StandardCharsets.UTF_8);
                try (JsonParser parser = Json.MAPPER.createParser(text)) {
                    if (parser.nextToken() == JsonToken.START_ARRAY) {
                        data = items(parser, text);
                        if (parser.nextToken() != null) {
                            throw new Unreadable("Malformed JSON: something follows the array");
                        }
                    }
                }
            } else {
                rest.set(field.getKey(), TextNode.valueOf(field.getValue()));
            }
        }
        return new MetaEnvelope(data, rest);
    }

    private static List<Item> items(JsonParser parser, byte[] source) throws IOException {
        List<Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            JsonNode json = PART.readTree(parser);
            int end = (int) parser.currentLocation().getByteOffset();
            items.add(new Item(json, Arrays.copyOfRange(source, start, Math.max(start, end))));
        }
        return items;
    }
}
