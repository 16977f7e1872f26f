package kembali.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What the tracker sent with one request.
 *
 * @param body the hit as JSON
 * @param headers by lower-case name
 */
record Hit(JsonNode body, Map<String, String> headers) {
    String type() {
        return text("type");
    }

    String eventId() {
        return text("eventId");
    }

    /** The empty text where the field is missing. */
    String text(String field) {
        return body.path(field).asText("");
    }

    /** The path and query of the page. */
    String page() {
        return text("url").replaceFirst("^http://[^/]+", "");
    }

    /** Beacons travel without CORS, fetches with it. */
    boolean isBeacon() {
        return "no-cors".equals(headers.get("sec-fetch-mode"));
    }
}
