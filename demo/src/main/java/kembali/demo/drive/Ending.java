package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Requests;
import kembali.demo.foresight.Tally;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Subject;
import kembali.demo.sample.Person;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the server and in the sandbox at the end.
 *
 * @param entries the sync log
 * @param codes visitor codes by lead id
 * @param slowest the delivery of each pixel that took longest, the slowest first
 * @param chats by rotator and agent's number, how many new visitors
 * @param requests what became of what other systems sent in
 * @param complaints what went wrong on the way
 */
public record Ending(
        List<Entry> entries,
        Map<String, String> codes,
        Map<String, Integer> leadsByStatus,
        List<Slow> slowest,
        Takings takings,
        Map<String, Map<String, Integer>> chats,
        Requests requests,
        List<String> complaints) {
    /**
     * A slow delivery.
     *
     * @param answers what each try was answered, such as {@code 503 503 200}
     */
    public record Slow(Entry entry, long millis, String answers) {}

    /** @param people who a lead is, by its id or its visitor code; null for nobody of the sample */
    static Ending read(
            Api api,
            SandboxControl sandbox,
            Witness witness,
            Shop shop,
            Map<String, Map<String, Integer>> chats,
            Function<String, @Nullable Person> people,
            int messages,
            List<String> complaints)
            throws InterruptedException {
        List<Entry> entries =
                api.all("/sync-logs").stream().map(row -> Entry.of(row, shop)).toList();
        var codes = new HashMap<String, String>();
        var byStatus = new TreeMap<String, Integer>();
        for (JsonNode lead : api.all("/leads")) {
            codes.put(lead.path("id").asText(), lead.path("code").asText());
            byStatus.merge(lead.path("status").asText(), 1, Integer::sum);
        }
        return new Ending(
                entries,
                codes,
                byStatus,
                slowest(api, entries),
                takings(sandbox, witness, entries, entry -> {
                    String lead = Objects.requireNonNullElse(entry.leadId(), "");
                    String code = codes.getOrDefault(lead, entry.visitor());
                    Person byId = people.apply(lead);
                    Person person = byId != null ? byId : people.apply(code);
                    return person == null ? null : new Subject(person, lead, code);
                }),
                chats,
                requests(api, shop, messages),
                complaints);
    }

    private static Requests requests(Api api, Shop shop, int messages) {
        var chats = new TreeMap<String, Integer>();
        var forms = new TreeMap<String, Integer>();
        var postbacks = new TreeMap<String, Integer>();
        shop.sources().forEach((kind, source) -> {
            Map<String, Integer> of = switch (kind) {
                case Shop.FORM -> forms;
                case Shop.POSTBACK -> postbacks;
                default -> chats;
            };
            api.get("/sources/" + source.id()).path("lastDay").properties().forEach(e -> {
                if (e.getValue().asInt() > 0) {
                    of.merge(e.getKey(), e.getValue().asInt(), Integer::sum);
                }
            });
        });
        return new Requests(chats, forms, postbacks, messages);
    }

    private static Takings takings(
            SandboxControl sandbox, Witness witness, List<Entry> entries, Function<Entry, @Nullable Subject> people)
            throws InterruptedException {
        var events = new HashMap<String, Entry>();
        for (Entry e : entries) {
            events.put(e.eventId(), e);
            String lead = e.leadId();
            if (lead != null) {
                events.put("kbl-" + lead.substring(lead.indexOf('_') + 1), e);
            }
        }
        var count = new Takings.Count(whose -> {
            Entry entry = events.get(whose);
            return entry == null ? null : people.apply(entry);
        });
        count.summary(sandbox.summary());
        sandbox.received(count::event);
        witness.tell(count::request);
        return count.takings();
    }

    /** Equal ends, counted. */
    public Map<Line, Tally> deliveries() {
        var counted = new TreeMap<Line, Tally>();
        entries.forEach(e -> counted.merge(e.line(), e.tally(), Tally::plus));
        return counted;
    }

    public int leads() {
        return leadsByStatus.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The slowest of each pixel, the slowest of them first. */
    private static List<Slow> slowest(Api api, List<Entry> entries) {
        var byPixel = new TreeMap<PixelPlan, Slow>();
        for (Entry e : entries) {
            if (e.took() != null) {
                var own = new Slow(e, millis(e), "");
                byPixel.merge(e.line().pixel(), own, (one, other) -> other.millis > one.millis ? other : one);
            }
        }
        return byPixel.values().stream()
                .sorted(Comparator.comparingLong(Slow::millis).reversed())
                .map(s -> new Slow(s.entry, s.millis, answers(api.get("/sync-logs/" + s.entry.id()))))
                .toList();
    }

    private static long millis(Entry e) {
        var took = e.took();
        return took == null ? 0 : took.toMillis();
    }

    private static String answers(JsonNode row) {
        return row.path("attempts")
                .valueStream()
                .map(a -> a.path("httpStatus").isNumber() ? a.path("httpStatus").asText() : "lost")
                .collect(Collectors.joining(" "));
    }
}
