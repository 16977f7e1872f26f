package kembali.demo.foresight;

import java.util.Map;
import java.util.TreeMap;
import kembali.demo.sample.Sample;
import kembali.demo.sample.Story;
import kembali.demo.sample.Visit;

/**
 * What must come of a sample.
 *
 * @param leads how many there are in the end
 * @param leadsByStatus how many stand at each status
 * @param deliveries rows of the sync log
 * @param chats by rotator, how many new visitors tapped it
 */
public record Foresight(
        int leads, Map<String, Integer> leadsByStatus, Map<Line, Tally> deliveries, Map<String, Integer> chats) {
    public static Foresight of(Sample sample) {
        var byStatus = new TreeMap<String, Integer>();
        var deliveries = new TreeMap<Line, Tally>();
        var chats = new TreeMap<String, Integer>();
        for (Story story : sample.stories()) {
            var lead = new LeadForesight(story);
            byStatus.merge(lead.status(), 1, Integer::sum);
            lead.rows().forEach(row -> deliveries.merge(row.line(), Tally.one(row.money()), Tally::plus));
            if (!story.visits().isEmpty()) {
                Visit first = story.visits().getFirst();
                chats.merge(first.rotator(), 1, Integer::sum);
            }
        }
        return new Foresight(sample.stories().size(), byStatus, deliveries, chats);
    }

    /** How many events of that name the platform must have stored for that pixel. */
    public int taken(PixelPlan pixel, String event) {
        return deliveries.entrySet().stream()
                .filter(e ->
                        e.getKey().pixel() == pixel && event.equals(e.getKey().event()))
                .filter(e -> Outcomes.TAKEN.contains(e.getKey().outcome()))
                .mapToInt(e -> e.getValue().count())
                .sum();
    }
}
