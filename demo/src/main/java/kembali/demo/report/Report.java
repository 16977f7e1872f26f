package kembali.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.drive.Shop;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Money;
import kembali.demo.foresight.Tally;
import kembali.demo.platform.Outcomes;
import kembali.demo.platform.PixelPlan;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.report.Screen.Look;
import kembali.demo.report.Table.Cell;
import kembali.demo.report.Table.Column;

/** The tables at the end. */
public final class Report {
    private static final int BAR = 40;
    private static final List<String> PIPELINE = List.of(
            "new", "contacted", "responded", "qualified", "hot", "proposal", "negotiation", "invoice", "won", "lost");

    private static final List<String> OUTCOMES =
            List.of(Outcomes.ACCEPTED, Outcomes.PARTIAL_FAILURE, Outcomes.FAILED, Outcomes.PENDING, Outcomes.SKIPPED);

    private final Screen screen;
    private final Ending ending;
    private final Shop shop;

    public Report(Screen screen, Ending ending, Shop shop) {
        this.screen = screen;
        this.ending = ending;
        this.shop = shop;
    }

    /** Prints all of it. */
    public void print(Instant now) {
        syncLog();
        new Journey(screen, ending).print();
        new Reasons(screen, ending).print();
        waiting(now);
        slowest();
        leads();
        chats();
        requests();
        platforms();
    }

    private void syncLog() {
        Tally all = Tally.NONE;
        var byPixel = new TreeMap<PixelPlan, Map<String, Tally>>();
        for (Map.Entry<Line, Tally> e : ending.deliveries().entrySet()) {
            Line line = e.getKey();
            byPixel.computeIfAbsent(line.pixel(), p -> new TreeMap<>())
                    .merge(line.outcome(), e.getValue(), Tally::plus);
            all = all.plus(e.getValue());
        }
        screen.heading("Sync log: what became of all " + Words.number(all.count())
                + " deliveries, one for each conversion and pixel");
        var columns = new ArrayList<Column>(List.of(Column.text("platform"), Column.text("pixel")));
        OUTCOMES.forEach(outcome -> columns.add(Column.number(outcome.replaceFirst("_.*", ""))));
        columns.add(Column.number("IDR accepted"));
        var table = new Table(columns.toArray(Column[]::new));
        var sums = new TreeMap<String, Tally>();
        String before = "";
        for (Map.Entry<PixelPlan, Map<String, Tally>> e : byPixel.entrySet()) {
            String platform = e.getKey().platform().title();
            e.getValue().forEach((outcome, tally) -> sums.merge(outcome, tally, Tally::plus));
            table.row(outcomes(
                    Cell.of(platform.equals(before) ? "" : platform), e.getKey().title(), e.getValue()));
            before = platform;
        }
        table.row(outcomes(new Cell("all", Look.STRONG), "", sums));
        table.print(screen);
        sums.getOrDefault(Outcomes.ACCEPTED, Tally.NONE).money().forEach((currency, sum) -> {
            if (!currency.equals(Money.IDR)) {
                screen.line(
                        Look.FAINT,
                        "And accepted sales of the partner network worth " + currency + " " + Words.money(sum) + ".");
            }
        });
    }

    private static Cell[] outcomes(Cell platform, String pixel, Map<String, Tally> tallies) {
        var row = new ArrayList<Cell>(List.of(platform, Cell.of(pixel)));
        for (String outcome : OUTCOMES) {
            int count = tallies.getOrDefault(outcome, Tally.NONE).count();
            row.add(count == 0 ? new Cell("–", Look.FAINT) : new Cell(Words.number(count), look(outcome)));
        }
        row.add(Cell.of(
                Words.money(tallies.getOrDefault(Outcomes.ACCEPTED, Tally.NONE).in(Money.IDR))));
        return row.toArray(Cell[]::new);
    }

    private void slowest() {
        long again = ending.entries().stream()
                .filter(e -> e.answerLost() && !Outcomes.FAILED.equals(e.line().outcome()))
                .count();
        screen.heading("Slowest delivery of each pixel: from the status change to the platform's answer");
        var table = new Table(
                Column.number("ms"),
                Column.text("platform"),
                Column.text("pixel"),
                Column.text("event"),
                Column.text("lead"),
                Column.number("tries"),
                Column.cut("the platform answered"));
        for (Ending.Slow s : ending.slowest()) {
            Entry e = s.entry();
            table.row(
                    Cell.of(Words.number(s.millis())),
                    Cell.of(e.line().pixel().platform().title()),
                    Cell.of(e.line().pixel().title()),
                    Cell.of(event(e)),
                    Cell.of(code(e)),
                    Cell.of(Words.number(e.attempts())),
                    Cell.of(s.answers().replace(" ", " → ")));
        }
        table.print(screen);
        List<Long> all = ending.entries().stream()
                .map(Entry::took)
                .filter(Objects::nonNull)
                .map(Duration::toMillis)
                .sorted()
                .toList();
        if (!all.isEmpty()) {
            screen.line(
                    Look.FAINT,
                    "Half of all " + Words.number(all.size()) + " took at most "
                            + Words.number(all.get(all.size() / 2))
                            + " ms. The sandbox failed, throttled and lost answers"
                            + " on purpose;");
            screen.line(
                    Look.FAINT,
                    Words.number(again) + " deliveries whose answer was lost were sent again with the same event id.");
        }
    }

    private void waiting(Instant now) {
        var waiting = new TreeMap<PixelPlan, List<Entry>>();
        ending.entries().stream()
                .filter(Entry::waits)
                .sorted(Comparator.comparing(Entry::since))
                .forEach(e -> waiting.computeIfAbsent(e.line().pixel(), p -> new ArrayList<>())
                        .add(e));
        screen.heading("Waiting for somebody to mend their pixel, then sent by itself");
        var table = new Table(
                Column.text("platform"),
                Column.text("pixel"),
                Column.text("reason"),
                Column.number("deliveries"),
                Column.number("oldest"));
        waiting.forEach((pixel, entries) -> table.row(
                Cell.of(pixel.platform().title()),
                Cell.of(pixel.title()),
                new Cell(Objects.requireNonNullElse(entries.getFirst().line().reason(), ""), Look.WARN),
                Cell.of(Words.number(entries.size())),
                Cell.of(Words.seconds(Duration.between(entries.getFirst().since(), now)))));
        table.print(screen);
        waiting.forEach((pixel, entries) -> {
            String fix = entries.getFirst().fix();
            if (fix != null) {
                Words.wrapped(pixel.platform().title() + ", what to do: " + fix, Screen.WIDTH)
                        .forEach(line -> screen.line(Look.FAINT, line));
            }
        });
    }

    private void leads() {
        screen.heading("Leads by status: " + Words.number(ending.leads()));
        int most = ending.leadsByStatus().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(1);
        for (String status : PIPELINE) {
            int count = ending.leadsByStatus().getOrDefault(status, 0);
            int bar = (int) Math.ceil((double) count * BAR / most);
            screen.line("%-12s %6s  %s"
                    .formatted(status, Words.number(count), screen.styled(Look.ACCENT, "─".repeat(bar)))
                    .stripTrailing());
        }
    }

    private void chats() {
        screen.heading("New chats by agent");
        var columns = new ArrayList<Column>();
        columns.add(Column.text("rotator"));
        shop.agents().values().forEach(name -> columns.add(Column.number(name)));
        var table = new Table(columns.toArray(Column[]::new));
        ending.chats().forEach((rotator, given) -> {
            var row = new ArrayList<Cell>();
            row.add(Cell.of("/wa/" + rotator));
            shop.agents().keySet().forEach(phone -> row.add(Cell.of(Words.number(given.getOrDefault(phone, 0)))));
            table.row(row.toArray(Cell[]::new));
        });
        table.print(screen);
    }

    private void requests() {
        screen.heading("What other systems sent in");
        var table = new Table(
                Column.text("from"),
                Column.number("used"),
                Column.number("again or no news"),
                Column.number("refused"),
                Column.text("such as"));
        sent(table, "WhatsApp providers", ending.requests().chats(), "told twice, receipts; not signed by Meta");
        sent(table, "form on the page", ending.requests().forms(), "sent twice, filled in by machines");
        if (!ending.requests().postbacks().isEmpty()) {
            sent(table, "partner network", ending.requests().postbacks(), "told twice, unknown word, unknown click");
        }
        table.print(screen);
    }

    private static void sent(Table table, String from, Map<String, Integer> by, String suchAs) {
        table.row(
                Cell.of(from),
                Cell.of(Words.number(sum(by, "done", "booked"))),
                Cell.of(Words.number(sum(by, "ignored", "duplicate", "kept"))),
                Cell.of(Words.number(sum(by, "refused"))),
                new Cell(suchAs, Look.FAINT));
    }

    private static int sum(Map<String, Integer> by, String... words) {
        return Arrays.stream(words).mapToInt(w -> by.getOrDefault(w, 0)).sum();
    }

    private void platforms() {
        var takings = ending.takings();
        for (Platform platform : Platforms.all()) {
            screen.heading("What the sandbox received in the place of " + platform.title());
            var columns = new ArrayList<Column>();
            columns.add(Column.text("event, or request not taken"));
            platform.pixels().forEach(pixel -> columns.add(Column.number(pixel.title())));
            var table = new Table(columns.toArray(Column[]::new));
            var events = new TreeSet<String>();
            var others = new TreeSet<String>();
            for (PixelPlan pixel : platform.pixels()) {
                events.addAll(takings.distinct().getOrDefault(pixel, Map.of()).keySet());
                others.addAll(takings.others().getOrDefault(pixel, Map.of()).keySet());
            }
            for (String event : events) {
                row(
                        table,
                        platform,
                        platform.said(event),
                        pixel ->
                                takings.distinct().getOrDefault(pixel, Map.of()).getOrDefault(event, 0));
            }
            if (platform.pixels().stream().anyMatch(takings.tokens()::containsKey)) {
                row(
                        table,
                        platform,
                        "access tokens handed out",
                        pixel -> takings.tokens().getOrDefault(pixel, 0));
            }
            for (String verdict : others) {
                row(
                        table,
                        platform,
                        said(platform, verdict),
                        pixel -> takings.others().getOrDefault(pixel, Map.of()).getOrDefault(verdict, 0));
            }
            table.print(screen);
        }
        screen.line("");
        screen.line(
                Look.FAINT,
                "In " + Words.number(takings.requests()) + " requests. "
                        + Words.number((long) takings.repeated() - takings.unexplained())
                        + " events came twice because the first answer was lost, "
                        + Words.number(takings.unexplained()) + " without need.");
        screen.line(
                Look.FAINT,
                Words.number((long) takings.hashes() - takings.wrong().size()) + " of "
                        + Words.number(takings.hashes())
                        + " hashes of personal data and ids are those the demo works out itself.");
    }

    private static void row(
            Table table, Platform platform, String title, java.util.function.ToIntFunction<PixelPlan> count) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.of(title));
        for (PixelPlan pixel : platform.pixels()) {
            int n = count.applyAsInt(pixel);
            cells.add(n == 0 ? new Cell("–", Look.FAINT) : Cell.of(Words.number(n)));
        }
        table.row(cells.toArray(Cell[]::new));
    }

    /** A verdict of the sandbox in words. */
    private static String said(Platform platform, String verdict) {
        String explained = platform.explained(verdict);
        if (explained != null) {
            return explained;
        }
        return verdict.startsWith("faulted ") ? "disturbed: " + verdict.substring("faulted ".length()) : verdict;
    }

    private static String event(Entry e) {
        String event = e.line().event();
        return event == null ? "" : e.line().pixel().platform().said(event);
    }

    static Look look(String outcome) {
        return switch (outcome) {
            case Outcomes.ACCEPTED -> Look.GOOD;
            case Outcomes.PARTIAL_FAILURE, Outcomes.PENDING -> Look.WARN;
            case Outcomes.FAILED -> Look.BAD;
            default -> Look.FAINT;
        };
    }

    private String code(Entry e) {
        String lead = e.leadId();
        return lead == null ? "" : ending.codes().getOrDefault(lead, lead);
    }
}
