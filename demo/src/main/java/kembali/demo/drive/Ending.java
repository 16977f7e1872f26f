package kembali.demo.drive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Tally;

/**
 * What stands in the server and in the sandbox at the end.
 *
 * @param entries the sync log
 * @param codes visitor codes by lead id
 * @param slowest the deliveries that took longest, the slowest first
 * @param chats by rotator and agent's number, how many new visitors
 * @param complaints what went wrong on the way
 */
public record Ending(
        List<Entry> entries,
        Map<String, String> codes,
        Map<String, Integer> leadsByStatus,
        List<Slow> slowest,
        Takings takings,
        Map<String, Map<String, Integer>> chats,
        List<String> complaints) {
    private static final int SLOWEST = 5;

    /**
     * A slow delivery.
     *
     * @param answers what each try was answered, such as {@code 503 503 200}
     */
    public record Slow(Entry entry, long millis, String answers) {}

    static Ending read(
            Api api,
            SandboxControl sandbox,
            Shop shop,
            Map<String, Map<String, Integer>> chats,
            List<String> complaints) {
        List<Entry> entries =
                api.all("/sync-logs").stream().map(row -> Entry.of(row, shop)).toList();
        var codes = new HashMap<String, String>();
        var byStatus = new TreeMap<String, Integer>();
        for (JsonNode lead : api.all("/leads")) {
            codes.put(lead.path("id").asText(), lead.path("code").asText());
            byStatus.merge(lead.path("status").asText(), 1, Integer::sum);
        }
        return new Ending(
                entries, codes, byStatus, slowest(api, entries), Takings.of(sandbox.summary()), chats, complaints);
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

    private static List<Slow> slowest(Api api, List<Entry> entries) {
        return entries.stream()
                .filter(e -> e.took() != null)
                .map(e -> new Slow(e, millis(e), ""))
                .sorted(Comparator.comparingLong(Slow::millis).reversed())
                .limit(SLOWEST)
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
