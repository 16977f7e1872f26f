package kembali.sandbox.tiktok;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kembali.sandbox.Call;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request body taken apart.
 *
 * @param data the events, or null when {@code data} is missing or no array
 * @param rest all other members
 */
record TikTokEnvelope(@Nullable List<Item> data, ObjectNode rest) {
    /**
     * One member of {@code data}.
     *
     * @param raw its bytes exactly as they stood in the body
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(JsonNode json, byte[] raw) {}

    /** The body is not what it should be. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    /** Reads one value and leaves what follows it. */
    private static final ObjectReader PART =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Reads a JSON body.
     *
     * @throws Unreadable when it is none, is compressed, or has another content type
     */
    static TikTokEnvelope read(Call call) throws Unreadable {
        String encoding = call.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new Unreadable("the body must not be compressed");
        }
        if (!call.mediaType().equals("application/json")) {
            throw new Unreadable("Content-Type must be application/json");
        }
        try {
            return json(call.body());
        } catch (JsonParseException wrong) {
            throw new Unreadable("Malformed JSON: " + wrong.getOriginalMessage());
        } catch (IOException wrong) {
            throw new Unreadable("Malformed body: " + wrong.getMessage());
        }
    }

    /** The pixel a body names, read no further than needed; null when it names none. */
    static @Nullable String pixelOf(byte[] body) {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("event_source_id")) {
                    return value == JsonToken.VALUE_STRING ? parser.getText() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException broken) {
            return null;
        }
    }

    private static TikTokEnvelope json(byte[] body) throws IOException, Unreadable {
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
            return new TikTokEnvelope(data, rest);
        }
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
