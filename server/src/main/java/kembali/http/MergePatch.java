package kembali.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON merge patch, RFC 7396: members replace, objects merge, null removes. */
public final class MergePatch {
    private MergePatch() {}

    /** {@code target} with {@code patch} over it; neither is changed. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch.deepCopy();
        }
        ObjectNode result = target instanceof ObjectNode o ? o.deepCopy() : JsonNodeFactory.instance.objectNode();
        changes.properties().forEach(e -> {
            if (e.getValue().isNull()) {
                result.remove(e.getKey());
            } else {
                JsonNode old = result.get(e.getKey());
                result.set(e.getKey(), apply(old == null ? JsonNodeFactory.instance.objectNode() : old, e.getValue()));
            }
        });
        return result;
    }
}
