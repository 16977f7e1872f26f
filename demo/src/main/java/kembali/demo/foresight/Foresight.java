package kembali.demo.foresight;

import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import kembali.demo.platform.PixelPlan;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;

/**
 * What must come of a sample.
 *
 * @param leads how many there are in the end
 * @param leadsByStatus how many stand at each status
 * @param deliveries rows of the sync log
 * @param arrivals by pixel and event, how many events the platform must have in the end
 * @param contacts by pixel, how many of those carry a hashed e-mail address ({@code em}) and phone number ({@code ph})
 * @param chats by rotator, how many new visitors tapped it
 * @param requests what other systems send in, and what becomes of it
 */
public record Foresight(
        int leads,
        Map<String, Integer> leadsByStatus,
        Map<Line, Tally> deliveries,
        Map<PixelPlan, Map<String, Integer>> arrivals,
        Map<PixelPlan, Map<String, Integer>> contacts,
        Map<String, Integer> chats,
        Requests requests) {
    public static Foresight of(Sample sample) {
        var byStatus = new TreeMap<String, Integer>();
        var deliveries = new TreeMap<Line, Tally>();
        var arrivals = new TreeMap<PixelPlan, Map<String, Integer>>();
        var contacts = new TreeMap<PixelPlan, Map<String, Integer>>();
        var chats = new TreeMap<String, Integer>();
        var told = new HashSet<Line>();
        int leads = 0;
        for (Story story : sample.stories()) {
            var lead = new LeadForesight(story);
            String status = lead.status();
            if (status != null) {
                leads++;
                byStatus.merge(status, 1, Integer::sum);
            }
            // Of page views that were not reported one an hour is kept for each pixel and reason.
            Stream<LeadForesight.Row> views =
                    lead.views().stream().filter(row -> row.arrives() || row.waits() || told.add(row.line()));
            Stream.concat(views, lead.rows().stream()).forEach(row -> {
                deliveries.merge(row.line(), Tally.one(row.money()), Tally::plus);
                String event = row.line().event();
                if (row.arrives() && event != null) {
                    count(arrivals, row.line().pixel(), event);
                    row.contacts().forEach(what -> count(contacts, row.line().pixel(), what));
                }
            });
            if (!story.visits().isEmpty()) {
                Visit first = story.visits().getFirst();
                chats.merge(first.rotator(), 1, Integer::sum);
            }
        }
        return new Foresight(leads, byStatus, deliveries, arrivals, contacts, chats, Requests.of(sample));
    }

    /** How many events of that name the platform must have stored for that pixel. */
    public int taken(PixelPlan pixel, String event) {
        return arrivals.getOrDefault(pixel, Map.of()).getOrDefault(event, 0);
    }

    private static void count(Map<PixelPlan, Map<String, Integer>> in, PixelPlan pixel, String what) {
        in.computeIfAbsent(pixel, p -> new TreeMap<>()).merge(what, 1, Integer::sum);
    }
}
