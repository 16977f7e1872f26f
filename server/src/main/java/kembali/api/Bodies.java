package kembali.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import kembali.support.Json;
import org.jspecify.annotations.Nullable;

/** Bodies of stored requests and answers as the API shows them: JSON where they are JSON, text otherwise. */
final class Bodies {
    private Bodies() {}

    static @Nullable Object shown(@Nullable String body) {
        if (body == null || body.isEmpty()) {
            return null;
        }
        char first = body.charAt(0);
        if (first == '{' || first == '[') {
            try {
                return Json.STORED.readTree(body);
            } catch (JsonProcessingException e) {
                return body;
            }
        }
        return body;
    }
}
