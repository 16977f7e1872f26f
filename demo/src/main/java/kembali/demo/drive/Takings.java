package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import kembali.demo.platform.Hashed;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Place;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.platform.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What the sandbox received.
 *
 * @param distinct by pixel and event, how many different events it stored
 * @param others by pixel and verdict, how many requests it did not take
 * @param tokens by pixel, how many access tokens it handed out
 * @param repeated stored events that came a second time
 * @param unexplained those of them that no lost answer excuses
 * @param warnings by platform and code, what it would have done otherwise
 * @param requests in all
 * @param contacts by pixel, how many different events carry a hashed e-mail address ({@code em}) and phone number
 *     ({@code ph})
 * @param unrecognised hashes of those two kinds that the sandbox does not know to be right
 * @param hashes how many hashes were compared with the demo's own
 * @param wrong those that were not the right one of the person whose event it was
 * @param crowded events that must be alone in their request and were not
 */
public record Takings(
        Map<PixelPlan, Map<String, Integer>> distinct,
        Map<PixelPlan, Map<String, Integer>> others,
        Map<PixelPlan, Integer> tokens,
        int repeated,
        int unexplained,
        Map<Platform, Map<String, Integer>> warnings,
        int requests,
        Map<PixelPlan, Map<String, Integer>> contacts,
        int unrecognised,
        int hashes,
        List<String> wrong,
        int crowded) {

    /** Adds up what the sandbox tells, piece by piece. */
    static final class Count {
        private final Function<String, @Nullable Subject> people;
        private final Map<PixelPlan, Map<String, Integer>> distinct = new TreeMap<>();
        private final Map<PixelPlan, Map<String, Integer>> others = new TreeMap<>();
        private final Map<PixelPlan, Integer> tokens = new TreeMap<>();
        private final Map<Platform, Map<String, Integer>> warnings = new java.util.LinkedHashMap<>();
        private final Map<PixelPlan, Map<String, Integer>> contacts = new TreeMap<>();
        private final Set<List<Object>> met = new HashSet<>();
        private final List<String> wrong = new ArrayList<>();
        private final Map<Long, Integer> eventsOf = new HashMap<>();
        private final Set<Long> alone = new HashSet<>();
        private int repeated;
        private int unexplained;
        private int requests;
        private int unrecognised;
        private int hashes;

        /** @param people who somebody is, by what {@link Platform#whose} gives; null for nobody */
        Count(Function<String, @Nullable Subject> people) {
            this.people = people;
        }

        Takings takings() {
            return new Takings(
                    distinct,
                    others,
                    tokens,
                    repeated,
                    unexplained,
                    warnings,
                    requests,
                    contacts,
                    unrecognised,
                    hashes,
                    List.copyOf(wrong),
                    alone.stream()
                            .mapToInt(request -> eventsOf.getOrDefault(request, 0))
                            .filter(events -> events > 1)
                            .sum());
        }

        /** The counts of everything, of which an event that came twice counts once. */
        void summary(JsonNode summary) {
            for (JsonNode row : summary.path("rows")) {
                Place place = place(row);
                String verdict = row.path("verdict").asText();
                int count = row.path("count").asInt();
                if (!verdict.equals("accepted")) {
                    add(others, place.pixel(), verdict, count);
                } else if (place.event() == null) {
                    tokens.merge(place.pixel(), count, Integer::sum);
                } else {
                    add(distinct, place.pixel(), place.event(), count);
                }
            }
            JsonNode duplicates = summary.path("duplicates");
            for (JsonNode each : duplicates.path("items")) {
                Place place = place(each);
                if (place.event() != null) {
                    add(
                            distinct,
                            place.pixel(),
                            place.event(),
                            1 - each.path("times").asInt());
                }
            }
            repeated = duplicates.path("count").asInt();
            unexplained = duplicates.path("unexplained").asInt();
            requests = summary.path("requests").asInt();
        }

        /** One stored event. */
        void event(JsonNode event) {
            Platform platform = Platforms.of(event.path("platform").asText());
            Place place = place(event);
            if (place.event() == null) {
                return;
            }
            for (JsonNode warning : event.path("warnings")) {
                warnings.computeIfAbsent(platform, p -> new TreeMap<>())
                        .merge(warning.path("code").asText(), 1, Integer::sum);
            }
            long request = event.path("request").asLong();
            eventsOf.merge(request, 1, Integer::sum);
            if (platform.alone(event.path("body"))) {
                alone.add(request);
            }
            if (!platform.personBesideEvent()) {
                compare(platform, event.path("body"));
            }
            if (!met.add(
                    List.of(place.pixel(), place.event(), event.path("eventId").asText()))) {
                return;
            }
            platform.contacts().forEach((what, name) -> {
                if (has(event.path("matchKeys"), name)) {
                    add(contacts, place.pixel(), what, 1);
                    unrecognised += has(event.path("recognised"), name) ? 0 : 1;
                }
            });
        }

        /** One request, of a platform whose events do not show the person. */
        void request(Platform platform, JsonNode body) {
            compare(platform, body);
        }

        private void compare(Platform platform, JsonNode body) {
            List<Hashed> sent = platform.hashes(body);
            String whose = platform.whose(body);
            int all = Platforms.hashesIn(body);
            if (all != sent.size()) {
                hashes += all - sent.size();
                wrong.add(platform.title() + " of " + whose + ": " + (all - sent.size())
                        + " hashes the demo knows nothing about");
            }
            if (sent.isEmpty()) {
                return;
            }
            Subject subject = people.apply(whose);
            for (Hashed each : sent) {
                hashes++;
                String right = subject == null ? null : platform.right(each.what(), subject);
                if (!each.hash().equals(right)) {
                    wrong.add(platform.title() + " " + each.what() + " of " + whose + ": " + each.hash()
                            + (subject == null ? " (nobody's event)" : " instead of " + right));
                }
            }
        }

        private static boolean has(JsonNode names, String name) {
            return names.valueStream().anyMatch(n -> n.asText().equals(name));
        }

        private static Place place(JsonNode row) {
            String sandbox = row.path("platform").asText();
            Place place = Platforms.of(sandbox)
                    .place(
                            sandbox,
                            row.path("pixelId").asText(),
                            row.path("event").asText());
            if (place == null) {
                throw new IllegalStateException("the sandbox was sent something for a pixel nobody made: " + row);
            }
            return place;
        }

        private static void add(Map<PixelPlan, Map<String, Integer>> to, PixelPlan pixel, String what, int count) {
            to.computeIfAbsent(pixel, p -> new TreeMap<>()).merge(what, count, Integer::sum);
        }
    }
}
