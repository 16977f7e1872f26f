package kembali.demo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.drive.Shop;
import kembali.demo.drive.Takings;
import kembali.demo.foresight.Foresight;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Tally;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platforms;
import kembali.demo.sample.Sample;

/** Compares what came with what was foreseen. */
public final class Check {
    /**
     * Something that came otherwise.
     *
     * @param what which figure
     */
    public record Difference(String what, String expected, String actual) {}

    private final Foresight foreseen;
    private final Ending ending;
    private final Shop shop;
    private final List<Difference> differences = new ArrayList<>();

    private Check(Foresight foreseen, Ending ending, Shop shop) {
        this.foreseen = foreseen;
        this.ending = ending;
        this.shop = shop;
    }

    /** Everything that came otherwise; empty when all is well. */
    public static List<Difference> differences(Foresight foreseen, Ending ending, Shop shop) {
        var check = new Check(foreseen, ending, shop);
        check.deliveries();
        check.leads();
        check.takings();
        check.chats();
        check.requests();
        check.connections();
        ending.complaints().forEach(c -> check.differences.add(new Difference("on the way", "nothing to report", c)));
        return check.differences;
    }

    private void deliveries() {
        Map<Line, Tally> actual = ending.deliveries();
        var lines = new TreeSet<>(foreseen.deliveries().keySet());
        lines.addAll(actual.keySet());
        for (Line line : lines) {
            compare(
                    line.toString(),
                    tally(foreseen.deliveries().getOrDefault(line, Tally.NONE)),
                    tally(actual.getOrDefault(line, Tally.NONE)));
        }
    }

    private void leads() {
        compare("leads (people and forms; machines make none)", foreseen.leads(), ending.leads());
        compare("leads by status", foreseen.leadsByStatus(), ending.leadsByStatus());
    }

    private void takings() {
        Takings takings = ending.takings();
        compare("events the platform got twice without need", 0, takings.unexplained());
        // An event may travel twice where its answer was lost, and then its row says so.
        long marked = ending.entries().stream().filter(Entry::answerLost).count();
        if (marked < takings.repeated()) {
            differences.add(new Difference(
                    "rows that say their answer was lost", "at least " + takings.repeated(), Long.toString(marked)));
        }
        compare("events that must be alone in their request and were not", 0, takings.crowded());
        hashes(takings);
        for (PixelPlan pixel : Platforms.pixels()) {
            var events = new TreeSet<>(
                    foreseen.arrivals().getOrDefault(pixel, Map.of()).keySet());
            Map<String, Integer> got = takings.distinct().getOrDefault(pixel, Map.of());
            events.addAll(got.keySet());
            for (String event : events) {
                compare(
                        "events at the platform: " + pixel + " · "
                                + pixel.platform().said(event),
                        foreseen.taken(pixel, event),
                        got.getOrDefault(event, 0));
            }
            takings.others().getOrDefault(pixel, Map.of()).forEach((verdict, count) -> {
                if (verdict.startsWith("swallowed")) {
                    compare("events dropped without a word: " + pixel + " · " + verdict, 0, count);
                }
            });
        }
    }

    private void hashes(Takings takings) {
        takings.warnings()
                .forEach((platform, codes) -> platform.mustNotWarn()
                        .forEach(code -> compare(
                                "warnings of " + platform.title() + ": " + code, 0, codes.getOrDefault(code, 0))));
        for (PixelPlan pixel : Platforms.pixels()) {
            compare(
                    "events with a hashed e-mail address (em) or phone number (ph): " + pixel,
                    foreseen.contacts().getOrDefault(pixel, Map.of()),
                    takings.contacts().getOrDefault(pixel, Map.of()));
        }
        compare("hashes the sandbox does not recognise", 0, takings.unrecognised());
        if (!takings.wrong().isEmpty()) {
            differences.add(new Difference(
                    "hashes the demo works out otherwise",
                    "0 of " + Words.number(takings.hashes()),
                    Words.number(takings.wrong().size()) + ", the first: "
                            + takings.wrong().getFirst()));
        }
    }

    /** New visitors are shared out by turns: nobody is more than one away from their exact part. */
    private void chats() {
        foreseen.chats().forEach((rotator, people) -> {
            Map<String, Integer> given = ending.chats().getOrDefault(rotator, Map.of());
            compare(
                    "new visitors of " + rotator,
                    people,
                    given.values().stream().mapToInt(Integer::intValue).sum());
            boolean weighted = rotator.equals(Sample.ROTATORS.get(1));
            int sum = weighted
                    ? Shop.WEIGHTS.stream().mapToInt(Integer::intValue).sum()
                    : shop.agents().size();
            int i = 0;
            for (Map.Entry<String, String> agent : shop.agents().entrySet()) {
                int weight = weighted ? Shop.WEIGHTS.get(i) : 1;
                i++;
                double part = (double) people * weight / sum;
                int actual = given.getOrDefault(agent.getKey(), 0);
                if (Math.abs(actual - part) > 1) {
                    differences.add(new Difference(
                            "chats of " + agent.getValue() + " by " + rotator,
                            "about " + Math.round(part),
                            Integer.toString(actual)));
                }
            }
        });
    }

    private void requests() {
        compare(
                "requests of WhatsApp providers",
                foreseen.requests().chats(),
                ending.requests().chats());
        compare(
                "posts of the form on the page",
                foreseen.requests().forms(),
                ending.requests().forms());
        compare(
                "postbacks of the partner network",
                foreseen.requests().postbacks(),
                ending.requests().postbacks());
        compare(
                "messages on the timelines of leads, each once",
                foreseen.requests().messages(),
                ending.requests().messages());
    }

    private void connections() {
        shop.connections().forEach((pixel, said) -> compare("Test Connection of " + pixel, pixel.works(), said.ok()));
    }

    private void compare(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            differences.add(new Difference(what, expected.toString(), actual.toString()));
        }
    }

    private static String tally(Tally t) {
        var said = new StringBuilder(Words.number(t.count()));
        t.money()
                .forEach((currency, sum) ->
                        said.append(" worth ").append(currency).append(' ').append(Words.money(sum)));
        return said.toString();
    }
}
