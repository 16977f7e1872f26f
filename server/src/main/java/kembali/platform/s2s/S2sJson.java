package kembali.platform.s2s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Map;
import kembali.campaign.MacroTemplate;
import kembali.campaign.MacroValues;
import org.jspecify.annotations.Nullable;

/** Reads JSON that somebody else wrote. */
final class S2sJson {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private S2sJson() {}

    /** The text as JSON; null when it is none. */
    static @Nullable JsonNode read(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** What is wrong with a body that is to be JSON once its macros are filled; null when nothing is. */
    static @Nullable String complaint(MacroTemplate body) {
        return read(body.fill(MacroValues.of(Map.of(), Instant.EPOCH))) == null
                ? "The body is no JSON once its macros are filled. Macros need no quotation marks: write"
                        + " {\"click\":{external_id}}."
                : null;
    }

    /** What stands under names joined by dots, as text; null when nothing does. */
    static @Nullable String member(String text, String path) {
        JsonNode node = read(text);
        for (String name : path.split("\\.", -1)) {
            if (node == null) {
                return null;
            }
            node = node.isArray() && name.matches("\\d{1,6}") ? node.get(Integer.parseInt(name)) : node.get(name);
        }
        return node == null || node.isContainerNode() || node.isNull() ? null : node.asText();
    }
}
