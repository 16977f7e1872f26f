package kembali.platform.googleads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import kembali.platform.PlatformReply;
import org.jspecify.annotations.Nullable;

/**
 * The {@code error} of an answer of Google's newer APIs ({@code google.rpc.Status}). Its parts are all optional.
 *
 * @param status a word such as {@code INVALID_ARGUMENT}; empty when there was none
 * @param message for people; empty when there was none
 * @param details by type: {@code ErrorInfo}, {@code BadRequest}, {@code RetryInfo}, …
 */
record GoogleError(String status, String message, List<JsonNode> details) {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    /** Nobody is told to wait longer than a day. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    GoogleError {
        details = List.copyOf(details);
    }

    /** The JSON object in {@code text}, out of an array of one too, or null when it is none. */
    static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            if (node != null && node.isArray() && node.size() == 1) {
                node = node.get(0);
            }
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** The error an answer holds, or null when it holds none. */
    static @Nullable GoogleError of(@Nullable JsonNode body) {
        if (body == null || !body.hasNonNull("error")) {
            return null;
        }
        JsonNode error = body.path("error");
        List<JsonNode> details = new ArrayList<>();
        error.path("details").forEach(details::add);
        String message =
                error.isTextual() ? error.textValue() : error.path("message").asText();
        return new GoogleError(error.path("status").asText(), message, details);
    }

    static boolean isSuccess(PlatformReply reply) {
        return reply.status() >= 200 && reply.status() < 300;
    }

    /** The detail of that type, or a missing node. */
    JsonNode detail(String type) {
        for (JsonNode detail : details) {
            if (detail.path("@type").asText().endsWith("." + type)) {
                return detail;
            }
        }
        return MissingNode.getInstance();
    }

    /** {@code ErrorInfo.reason}; empty when there is none. */
    String reason() {
        return detail("ErrorInfo").path("reason").asText();
    }

    /** All the words for people that help: message, localised message, link. */
    String words() {
        StringBuilder words = new StringBuilder();
        add(words, message);
        add(words, detail("LocalizedMessage").path("message").asText());
        add(words, reason().isEmpty() ? "" : "(" + reason() + ")");
        add(words, detail("Help").path("links").path(0).path("url").asText());
        String request = detail("RequestInfo").path("requestId").asText();
        add(words, request.isEmpty() ? "" : "[request " + request + "]");
        return words.toString();
    }

    /** How long Google asks to wait, in the body or the header; null when it does not say. */
    static @Nullable Duration pause(PlatformReply reply, @Nullable GoogleError error) {
        String inBody = error == null
                ? ""
                : error.detail("RetryInfo").path("retryDelay").asText();
        Duration pause = seconds(inBody.endsWith("s") ? inBody.substring(0, inBody.length() - 1) : "");
        if (pause != null) {
            return pause;
        }
        String header = reply.header("retry-after");
        return header == null ? null : seconds(header.strip());
    }

    /** A number of seconds, perhaps with a fraction; null when it is none or none that makes sense. */
    static @Nullable Duration seconds(String text) {
        if (text.isEmpty() || text.length() > 20 || !text.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
            return null;
        }
        try {
            BigDecimal seconds = new BigDecimal(text).min(BigDecimal.valueOf(LONGEST_PAUSE.toSeconds()));
            Duration pause = Duration.ofMillis(seconds.movePointRight(3).longValue());
            return pause.isPositive() ? pause : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void add(StringBuilder words, String more) {
        if (!more.isBlank() && words.indexOf(more) < 0) {
            words.append(words.isEmpty() ? "" : " ").append(more);
        }
    }
}
