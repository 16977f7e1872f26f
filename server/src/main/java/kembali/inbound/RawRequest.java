package kembali.inbound;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came.
 *
 * @param method {@code GET} or {@code POST}
 * @param url the public address that was called, with its query: what the provider signed
 * @param query the part after the {@code ?}, not decoded; empty when there is none
 * @param headers by lower-case name; of a repeated header the first
 * @param body the bytes before any decoding
 */
public record RawRequest(String method, String url, String query, Map<String, String> headers, byte[] body) {
    public RawRequest {
        headers = Map.copyOf(headers);
    }

    /** The header of that name in any case, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The media type without its parameters, lower case; empty when none was said. */
    public String mediaType() {
        String type = header("content-type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
