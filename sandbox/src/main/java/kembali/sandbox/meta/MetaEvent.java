package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.sandbox.Warning;
import org.jspecify.annotations.Nullable;

/**
 * An event under examination.
 *
 * @param dataset the pixel or dataset it is sent to
 * @param index its place in {@code data}, from 0
 * @param now when the request arrived
 * @param known plain data made known, to tell right hashes from wrong ones
 * @param warnings what was noticed so far; rules add to it
 * @param recognised match keys found right so far; rules add to it
 */
record MetaEvent(
        String dataset,
        int index,
        ObjectNode json,
        Instant now,
        Duration futureTolerance,
        MetaKnown known,
        List<Warning> warnings,
        List<String> recognised) {

    /** A rule: null when the event passes. */
    @FunctionalInterface
    interface Rule {
        @Nullable MetaComplaint check(MetaEvent event);
    }

    static MetaEvent of(
            String dataset, int index, ObjectNode json, Instant now, Duration futureTolerance, MetaKnown known) {
        return new MetaEvent(dataset, index, json, now, futureTolerance, known, new ArrayList<>(), new ArrayList<>());
    }

    /** The first complaint of several rules, or null. */
    @Nullable MetaComplaint firstOf(List<Rule> rules) {
        for (Rule rule : rules) {
            MetaComplaint complaint = rule.check(this);
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    void warn(String code, String detail) {
        warnings.add(new Warning(code, detail));
    }

    /** How Meta writes the place of this event, with members below it. */
    String place(String... members) {
        StringBuilder place = new StringBuilder("$['data'][").append(index).append(']');
        for (String member : members) {
            place.append("['").append(member).append("']");
        }
        return place.toString();
    }

    String name() {
        return json.path("event_name").asText();
    }

    String actionSource() {
        return json.path("action_source").asText();
    }

    boolean messaging() {
        return actionSource().equals("business_messaging");
    }

    JsonNode userData() {
        return json.path("user_data");
    }

    JsonNode customData() {
        return json.path("custom_data");
    }
}
