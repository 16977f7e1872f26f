package kembali.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP request to a platform. The body is read when it is first asked for. */
public final class Call {
    /** Bytes read of one body at most; 1,000 events take about 600 kB. */
    static final int MAX_BODY = 32 << 20;

    private final HttpExchange exchange;
    private final Instant receivedAt;
    private final String path;
    private byte @Nullable [] body;
    private @Nullable Map<String, String> query;
    private @Nullable JsonNode json;

    Call(HttpExchange exchange, Instant receivedAt) {
        this.exchange = exchange;
        this.receivedAt = receivedAt;
        this.path = exchange.getRequestURI().getPath();
    }

    /** When the request's head had been read. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** Upper-case method. */
    public String method() {
        return exchange.getRequestMethod();
    }

    /** Decoded path, without the query. */
    public String path() {
        return path;
    }

    /** The query as sent, or null. */
    public @Nullable String rawQuery() {
        return exchange.getRequestURI().getRawQuery();
    }

    /** Decoded query parameters; of a repeated one the first. */
    public Map<String, String> query() {
        Map<String, String> known = query;
        if (known == null) {
            String raw = rawQuery();
            known = raw == null ? Map.of() : form(raw);
            query = known;
        }
        return known;
    }

    /** First value of a header, or null. */
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** The media type in lower case without its parameters, or an empty text when none was sent. */
    public String mediaType() {
        String type = header("Content-Type");
        if (type == null) {
            return "";
        }
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /**
     * The body, read on the first call.
     *
     * @throws UncheckedIOException when the caller went away
     */
    public byte[] body() {
        byte[] read = body;
        if (read == null) {
            try {
                read = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            body = read;
        }
        return read;
    }

    /**
     * The body as JSON, read on the first call; a missing node when it is empty.
     *
     * @throws JsonProcessingException when it is no JSON, or an object names a member twice
     */
    public JsonNode json() throws JsonProcessingException {
        JsonNode read = json;
        if (read == null) {
            try {
                read = Json.MAPPER.readTree(body());
            } catch (JsonProcessingException wrong) {
                throw wrong;
            } catch (IOException wrong) {
                throw new UncheckedIOException(wrong);
            }
            json = read;
        }
        return read;
    }

    /** The token of an {@code Authorization: Bearer} header, or null. */
    public @Nullable String bearer() {
        String header = header("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).strip()
                : null;
    }

    /** Whether the body is longer than this sandbox reads. */
    boolean tooLarge() {
        return body().length > MAX_BODY;
    }

    /** All headers with their first value, secrets masked. */
    Map<String, String> maskedHeaders() {
        Map<String, String> masked = new LinkedHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> masked.put(name, Secrets.maskHeader(name, values)));
        return masked;
    }

    /**
     * Reads a query string or form body.
     *
     * @throws IllegalArgumentException when a percent escape is malformed
     */
    public static Map<String, String> form(String encoded) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            fields.putIfAbsent(
                    URLDecoder.decode(name, StandardCharsets.UTF_8), URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return fields;
    }
}
