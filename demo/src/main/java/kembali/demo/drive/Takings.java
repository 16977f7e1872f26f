package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import kembali.demo.foresight.PixelPlan;

/**
 * What the sandbox received.
 *
 * @param distinct by pixel and event, how many different events it stored
 * @param refused by pixel and verdict, how many requests it did not take
 * @param repeated stored events that came a second time
 * @param unexplained those of them that no lost answer excuses
 * @param warnings by code, what it would have done otherwise
 * @param requests in all
 */
public record Takings(
        Map<PixelPlan, Map<String, Integer>> distinct,
        Map<PixelPlan, Map<String, Integer>> refused,
        int repeated,
        int unexplained,
        Map<String, Integer> warnings,
        int requests) {
    static Takings of(JsonNode summary) {
        var distinct = new TreeMap<PixelPlan, Map<String, Integer>>();
        var refused = new TreeMap<PixelPlan, Map<String, Integer>>();
        for (JsonNode row : summary.path("rows")) {
            PixelPlan pixel = pixel(row);
            String verdict = row.path("verdict").asText();
            int count = row.path("count").asInt();
            if (verdict.equals("accepted")) {
                add(distinct, pixel, row.path("event").asText(), count);
            } else {
                add(refused, pixel, verdict, count);
            }
        }
        JsonNode duplicates = summary.path("duplicates");
        for (JsonNode each : duplicates.path("items")) {
            add(
                    distinct,
                    pixel(each),
                    each.path("event").asText(),
                    1 - each.path("times").asInt());
        }
        var warnings = new TreeMap<String, Integer>();
        summary.path("warnings")
                .properties()
                .forEach(w -> warnings.put(w.getKey(), w.getValue().asInt()));
        return new Takings(
                distinct,
                refused,
                duplicates.path("count").asInt(),
                duplicates.path("unexplained").asInt(),
                warnings,
                summary.path("requests").asInt());
    }

    private static PixelPlan pixel(JsonNode row) {
        for (PixelPlan plan : PixelPlan.values()) {
            if (plan.metaId().equals(row.path("pixelId").asText())) {
                return plan;
            }
        }
        throw new IllegalStateException("the sandbox was sent something for a pixel nobody made: " + row);
    }

    private static void add(Map<PixelPlan, Map<String, Integer>> to, PixelPlan pixel, String what, int count) {
        to.computeIfAbsent(pixel, p -> new TreeMap<>()).merge(what, count, Integer::sum);
    }
}
