package kembali.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control API's JSON. Members without a value are left out. */
final class ControlJson {
    private ControlJson() {}

    static ObjectNode received(List<Received> all, boolean raw) {
        ObjectNode answer = object();
        ArrayNode items = answer.putArray("items");
        for (Received each : all) {
            Arrival what = each.arrival();
            ObjectNode item = items.addObject();
            item.put("seq", each.seq());
            item.put("request", each.request());
            item.put("receivedAt", each.at().toString());
            item.put("platform", each.platform());
            item.put("pixelId", what.pixelId());
            item.put("event", what.event());
            put(item, "eventId", what.eventId());
            item.put("eventTime", what.eventTime().toString());
            if (what.value() != null) {
                item.put("value", what.value());
            }
            put(item, "currency", what.currency());
            put(item, "origin", what.origin());
            item.set("matchKeys", Json.MAPPER.valueToTree(what.matchKeys()));
            item.set("recognised", Json.MAPPER.valueToTree(what.recognised()));
            item.set("warnings", Json.MAPPER.valueToTree(what.warnings()));
            item.put("duplicate", each.duplicate());
            put(item, "fault", each.fault());
            put(item, "testCode", what.testCode());
            if (raw) {
                item.set("headers", Json.MAPPER.valueToTree(each.headers()));
                String text = new String(what.raw(), StandardCharsets.UTF_8);
                // As text for comparing bytes, and as JSON for looking into it.
                item.put("rawBody", text);
                item.putRawValue("body", new RawValue(text));
            }
        }
        return answer;
    }

    static ObjectNode requests(List<Handled> all) {
        ObjectNode answer = object();
        ArrayNode items = answer.putArray("items");
        for (Handled each : all) {
            ObjectNode item = items.addObject();
            item.put("id", each.id());
            item.put("receivedAt", each.at().toString());
            item.put("platform", each.platform());
            put(item, "pixelId", each.pixelId());
            item.put("method", each.method());
            item.put("target", each.target());
            item.put("verdict", word(each.verdict()));
            put(item, "code", each.code());
            put(item, "reason", each.reason());
            put(item, "event", each.event());
            item.put("events", each.events());
            put(item, "fault", each.fault());
            item.put("status", each.status());
            item.put("answer", each.answer());
            item.set("headers", Json.MAPPER.valueToTree(each.headers()));
            item.put("body", each.body());
            item.put("bodyBytes", each.bodyBytes());
            item.put("micros", each.micros());
        }
        return answer;
    }

    static ObjectNode summary(Ledger.Summary summary, boolean lean, int limit) {
        ObjectNode answer = object();
        answer.put("lean", lean);
        answer.put("requests", summary.requests());
        ObjectNode verdicts = answer.putObject("verdicts");
        for (Handled.Verdict each : Handled.Verdict.values()) {
            verdicts.put(word(each), summary.verdicts().getOrDefault(each, 0L));
        }
        answer.put("events", summary.events());
        ObjectNode platforms = answer.putObject("platforms");
        ArrayNode rows = answer.putArray("rows");
        for (Map.Entry<Ledger.Row, Long> each : summary.rows().entrySet()) {
            ObjectNode row = rows.addObject();
            row.put("platform", each.getKey().platform());
            row.put("pixelId", each.getKey().pixelId());
            row.put("event", each.getKey().event());
            row.put("verdict", each.getKey().verdict());
            row.put("count", each.getValue());
            ObjectNode platform = platforms.withObjectProperty(each.getKey().platform());
            String verdict = each.getKey().verdict().split(" ", 2)[0];
            platform.put(verdict, platform.path(verdict).asLong() + each.getValue());
        }
        answer.set("warnings", Json.MAPPER.valueToTree(summary.warnings()));
        ObjectNode duplicates = answer.putObject("duplicates");
        duplicates.put("count", summary.repetitions());
        duplicates.put("unexplained", summary.unexplained());
        duplicates.put("tracked", summary.tracked());
        duplicates.put("saturated", summary.saturated());
        ArrayNode items = duplicates.putArray("items");
        for (Ledger.Duplicate each : summary.duplicates()) {
            if (items.size() >= limit) {
                break;
            }
            ObjectNode item = items.addObject();
            item.put("platform", each.platform());
            item.put("pixelId", each.pixelId());
            item.put("event", each.event());
            item.put("eventId", each.eventId());
            item.put("times", each.times());
            item.put("lastAt", each.lastAt().toString());
            put(item, "explainedBy", each.explainedBy());
        }
        return answer;
    }

    static ObjectNode faults(List<Faults.Armed> all) {
        ObjectNode answer = object();
        ArrayNode items = answer.putArray("items");
        all.forEach(each -> items.add(fault(each)));
        return answer;
    }

    static ObjectNode fault(Faults.Armed armed) {
        Fault fault = armed.fault();
        ObjectNode item = object();
        item.put("id", armed.id());
        item.put("platform", fault.platform());
        item.put("pixelId", fault.pixelId());
        item.put("mode", word(fault.mode()));
        put(item, "status", fault.status());
        put(item, "code", fault.code());
        put(item, "subcode", fault.subcode());
        if (fault.delayMillis() > 0) {
            item.put("delayMs", fault.delayMillis());
        }
        item.put("count", fault.count());
        item.put("probability", fault.probability());
        put(item, "retryAfterSeconds", fault.retryAfterSeconds());
        put(item, "eventsReceived", fault.eventsReceived());
        put(item, "reason", fault.reason());
        put(item, "index", fault.index());
        put(item, "polls", fault.polls());
        if (fault.reads()) {
            item.put("reads", true);
        }
        item.put("seen", armed.seen());
        item.put("fired", armed.fired());
        return item;
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void put(ObjectNode in, String name, @Nullable String value) {
        if (value != null) {
            in.put(name, value);
        }
    }

    private static void put(ObjectNode in, String name, @Nullable Integer value) {
        if (value != null) {
            in.put(name, value);
        }
    }
}
