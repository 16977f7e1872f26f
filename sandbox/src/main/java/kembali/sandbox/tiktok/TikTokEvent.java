package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kembali.sandbox.Warning;
import org.jspecify.annotations.Nullable;

/**
 * An event under examination.
 *
 * @param index its place in {@code data}, from 0
 * @param source the request's {@code event_source}
 * @param now when the request arrived
 * @param known plain data made known, to tell right values from wrong ones
 * @param warnings what was noticed so far; rules add to it
 * @param recognised match keys found right so far; rules add to it
 */
record TikTokEvent(
        int index,
        ObjectNode json,
        String source,
        Instant now,
        Duration futureTolerance,
        TikTokKnown known,
        List<Warning> warnings,
        List<String> recognised) {

    /** A rule: null when the event passes. */
    @FunctionalInterface
    interface Rule {
        @Nullable TikTokComplaint check(TikTokEvent event);
    }

    static TikTokEvent of(
            int index, ObjectNode json, String source, Instant now, Duration futureTolerance, TikTokKnown known) {
        return new TikTokEvent(index, json, source, now, futureTolerance, known, new ArrayList<>(), new ArrayList<>());
    }

    /** The first complaint of several rules, or null. */
    @Nullable TikTokComplaint firstOf(List<Rule> rules) {
        for (Rule rule : rules) {
            TikTokComplaint complaint = rule.check(this);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    /** Checks members against their shapes; a key without one is refused. */
    @Nullable TikTokComplaint shapes(JsonNode object, Map<String, Shape> known, String... place) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String path = path(place) + "." + member.getKey();
            Shape shape = known.get(member.getKey());
            if (shape == null) {
                return TikTokComplaint.parameter(path, "Unknown field.");
            }
            TikTokComplaint complaint = shape.complaint(member.getValue(), path);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    void warn(String code, String detail) {
        warnings.add(new Warning(code, detail));
    }

    /** How TikTok writes the place of this event, with members below it. */
    String path(String... members) {
        return "Batch." + index + (members.length == 0 ? "" : "." + String.join(".", members));
    }

    String name() {
        return json.path("event").asText();
    }

    boolean web() {
        return source.equals("web");
    }

    boolean crm() {
        return source.equals("crm");
    }

    JsonNode user() {
        return json.path("user");
    }

    JsonNode properties() {
        return json.path("properties");
    }
}
