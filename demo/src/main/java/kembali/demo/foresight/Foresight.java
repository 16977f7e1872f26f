package kembali.demo.foresight;

import java.util.Map;
import java.util.TreeMap;
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
 */
public record Foresight(
        int leads,
        Map<String, Integer> leadsByStatus,
        Map<Line, Tally> deliveries,
        Map<PixelPlan, Map<String, Integer>> arrivals,
        Map<PixelPlan, Map<String, Integer>> contacts,
        Map<String, Integer> chats) {
    public static Foresight of(Sample sample) {
        var byStatus = new TreeMap<String, Integer>();
        var deliveries = new TreeMap<Line, Tally>();
        var arrivals = new TreeMap<PixelPlan, Map<String, Integer>>();
        var contacts = new TreeMap<PixelPlan, Map<String, Integer>>();
        var chats = new TreeMap<String, Integer>();
        for (Story story : sample.stories()) {
            var lead = new LeadForesight(story);
            byStatus.merge(lead.status(), 1, Integer::sum);
            for (LeadForesight.Row row : lead.rows()) {
                deliveries.merge(row.line(), Tally.one(row.money()), Tally::plus);
                String event = row.line().event();
                if (row.arrives() && event != null) {
                    count(arrivals, row.line().pixel(), event);
                    row.contacts().forEach(what -> count(contacts, row.line().pixel(), what));
                }
            }
            if (!story.visits().isEmpty()) {
                Visit first = story.visits().getFirst();
                chats.merge(first.rotator(), 1, Integer::sum);
            }
        }
        return new Foresight(sample.stories().size(), byStatus, deliveries, arrivals, contacts, chats);
    }

    /** How many events of that name the platform must have stored for that pixel. */
    public int taken(PixelPlan pixel, String event) {
        return arrivals.getOrDefault(pixel, Map.of()).getOrDefault(event, 0);
    }

    private static void count(Map<PixelPlan, Map<String, Integer>> in, PixelPlan pixel, String what) {
        in.computeIfAbsent(pixel, p -> new TreeMap<>()).merge(what, 1, Integer::sum);
    }
}
