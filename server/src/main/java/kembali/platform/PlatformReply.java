package kembali.platform;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param status HTTP status
 * @param headers names in lower case
 * @param body as text; empty when there was none
 */
public record PlatformReply(int status, Map<String, String> headers, String body) {
    public PlatformReply {
        headers = Map.copyOf(headers);
    }

    public @Nullable String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }
}
