package kembali.platform.ga4;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.platform.PlatformReply;
import kembali.platform.ProbeResult;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * Test Connection and the rehearsal of an event, both by Google's debug endpoint: it stores nothing and says what is
 * wrong with a body, but knows neither whether the API secret is right nor whether the stream exists.
 */
final class Ga4Probe {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private static final String STRICT = ",\"validation_behavior\":\"ENFORCE_RECOMMENDATIONS\"}";
    private static final int MOST_MESSAGES = 5;

    private static final String PROVE =
            "To prove the API secret and the measurement ID, switch on test mode, set a lead's status and look for the event in"
                    + " Google Analytics under Admin, DebugView; it shows within a minute or two.";

    private final Ga4ReplyReader reader;

    Ga4Probe(Ga4ReplyReader reader) {
        this.reader = reader;
    }

    /** A body made up for the question. */
    static String synthetic(Instant now) {
        long seconds = now.getEpochSecond();
        return "{\"timestamp_micros\":" + seconds + "000000,\"client_id\":\"1000000000." + seconds + "\""
                + ",\"events\":[{\"name\":\"generate_lead\",\"params\":{\"session_id\":\"" + seconds + "\""
                + ",\"engagement_time_msec\":1,\"currency\":\"USD\",\"value\":1,\"lead_source\":\"kembali test\"}}]"
                + STRICT;
    }

    /**
     * The body of an event, to be judged by Google's recommendations too. Not so where these would only object to what is
     * meant so: a time GA4 will move, or a client id that a tagging server made.
     */
    static String strict(String json, Instant now) {
        JsonNode body = object(json);
        boolean usual =
                body != null && Ga4ClientId.isUsual(body.path("client_id").asText());
        return usual && !Ga4ReplyReader.isClamped(json, now) ? json.substring(0, json.length() - 1) + STRICT : json;
    }

    ProbeResult connection(PlatformReply reply) {
        return read(
                reply,
                "The payload is valid. Google cannot confirm the API secret: its check answers the same to a wrong one, and to"
                        + " a measurement ID that does not exist. " + PROVE);
    }

    ProbeResult rehearsal(PlatformReply reply, boolean clamped) {
        String moved =
                clamped ? " It is more than 72 hours old, so GA4 will date it to 72 hours before its arrival." : "";
        return read(reply, "Google finds nothing wrong with this event." + moved + " Nothing was stored.");
    }

    private ProbeResult read(PlatformReply reply, String allWell) {
        JsonNode messages = null;
        if (Ga4ReplyReader.isSuccess(reply)) {
            JsonNode body = object(reply.body());
            messages = body == null ? null : body.path("validationMessages");
        }
        if (messages != null && messages.isArray()) {
            return messages.isEmpty() ? new ProbeResult(true, "payload_valid", allWell, "") : invalid(messages);
        }
        Reason reason = reply.status() == 429
                ? Reasons.RATE_LIMITED
                : reply.status() >= 500 ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return new ProbeResult(
                false,
                reason.code(),
                reason.message() + " (HTTP " + reply.status() + ")",
                "Try again later. If it lasts, check the server's network and the pixel's proxy: Google's check is reached at"
                        + " www.google-analytics.com.");
    }

    /** Any message counts: the list of Google's codes is not known to be complete. */
    private ProbeResult invalid(JsonNode messages) {
        List<String> said = new ArrayList<>();
        for (JsonNode message : messages) {
            if (said.size() == MOST_MESSAGES) {
                said.add((messages.size() - MOST_MESSAGES) + " more");
                break;
            }
            said.add(said(message));
        }
        return new ProbeResult(
                false,
                "payload_invalid",
                "Google objects: " + String.join("; ", said),
                "Correct what Google names in the lead or the mapping. Where the cause lies in neither, please report it with"
                        + " these words.");
    }

    private String said(JsonNode message) {
        if (!message.isObject()) {
            return reader.quote(message.isTextual() ? message.textValue() : message.toString());
        }
        String field = message.path("fieldPath").asText("");
        String code = message.path("validationCode").asText("");
        String words = message.path("description").asText("");
        return reader.quote((field.isEmpty() ? "" : field + ": ")
                + (words.isEmpty() ? "no description" : words)
                + (code.isEmpty() ? "" : " (" + code + ")"));
    }

    /** The JSON object in {@code text}, or null when it is none. */
    private static @Nullable JsonNode object(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node != null && node.isObject() ? node : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
