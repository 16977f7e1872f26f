package kembali.sandbox.linkedin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kembali.sandbox.Call;
import kembali.sandbox.Json;

/**
 * The events of a request.
 *
 * @param batch true for {@code {"elements":[…]}}
 */
record LinkedInBody(boolean batch, List<Item> items) {
    static final int MAX_EVENTS = 5_000;

    /**
     * One event.
     *
     * @param raw its bytes exactly as they stood in the body
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(JsonNode json, byte[] raw) {}

    /** Reads one value and leaves what follows it. */
    private static final ObjectReader PART =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    LinkedInBody {
        items = List.copyOf(items);
    }

    /** The body is not what the headers say. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final transient LinkedInComplaint complaint;

        Unreadable(LinkedInComplaint complaint) {
            super(complaint.message());
            this.complaint = complaint;
        }

        LinkedInComplaint complaint() {
            return complaint;
        }
    }

    static LinkedInBody read(Call call) throws Unreadable {
        String encoding = call.header("Content-Encoding");
        if (!call.mediaType().equals("application/json")
                || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
            throw new Unreadable(new LinkedInComplaint(
                    415, "UNSUPPORTED_MEDIA_TYPE", null, "Send Content-Type: application/json, not compressed"));
        }
        String method = call.header("X-RestLi-Method");
        boolean batch = "BATCH_CREATE".equalsIgnoreCase(method);
        if (!batch && method != null && !method.equalsIgnoreCase("CREATE")) {
            throw new Unreadable(LinkedInComplaint.value("Method '" + method + "' is not supported on this resource"));
        }
        try {
            byte[] body = call.body();
            return batch ? batch(body) : new LinkedInBody(false, List.of(new Item(single(body), body)));
        } catch (IOException wrong) {
            throw new Unreadable(LinkedInComplaint.value("Cannot parse request entity: " + wrong.getMessage()));
        }
    }

    private static JsonNode single(byte[] body) throws IOException, Unreadable {
        JsonNode json = Json.MAPPER.readTree(body);
        if (json == null || !json.isObject()) {
            throw new Unreadable(LinkedInComplaint.value("Cannot parse request entity: not a JSON object"));
        }
        return json;
    }

    private static LinkedInBody batch(byte[] body) throws IOException, Unreadable {
        List<Item> items = null;
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(LinkedInComplaint.value("Cannot parse request entity: not a JSON object"));
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!name.equals("elements") || value != JsonToken.START_ARRAY) {
                    throw new Unreadable(LinkedInComplaint.schema(
                            "ERROR :: /" + name + " :: unrecognized field found but not allowed\n"));
                }
                items = items(parser, body);
            }
            if (parser.nextToken() != null) {
                throw new Unreadable(LinkedInComplaint.value("Cannot parse request entity: something follows it"));
            }
        }
        if (items == null) {
            throw new Unreadable(LinkedInComplaint.schema(
                    "ERROR :: /elements :: field is required but not found and has no default value\n"));
        }
        if (items.isEmpty() || items.size() > MAX_EVENTS) {
            throw new Unreadable(
                    LinkedInComplaint.value("A batch holds 1 to " + MAX_EVENTS + " elements, not " + items.size()));
        }
        return new LinkedInBody(true, items);
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
