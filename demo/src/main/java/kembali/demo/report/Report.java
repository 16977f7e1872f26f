package kembali.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.drive.Shop;
import kembali.demo.foresight.Line;
import kembali.demo.foresight.Outcomes;
import kembali.demo.foresight.PixelPlan;
import kembali.demo.foresight.Tally;
import kembali.demo.report.Screen.Look;
import kembali.demo.report.Table.Cell;
import kembali.demo.report.Table.Column;

/** The tables at the end. */
public final class Report {
    private static final int OLDEST = 5;
    private static final int BAR = 40;
    private static final List<String> PIPELINE = List.of(
            "new", "contacted", "responded", "qualified", "hot", "proposal", "negotiation", "invoice", "won", "lost");

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
        reasons();
        slowest();
        waiting(now);
        leads();
        chats();
        platform();
    }

    private void syncLog() {
        screen.heading("Sync log: what became of every conversion at every pixel");
        var table = new Table(
                Column.text("platform"),
                Column.text("pixel"),
                Column.text("outcome"),
                Column.text("reason"),
                Column.number("deliveries"),
                Column.number("IDR"));
        var byOutcome = new TreeMap<Line, Tally>();
        Tally all = Tally.NONE;
        for (Map.Entry<Line, Tally> e : ending.deliveries().entrySet()) {
            byOutcome.merge(e.getKey().ofAllEvents(), e.getValue(), Tally::plus);
            all = all.plus(e.getValue());
        }
        byOutcome.forEach((line, tally) -> table.row(
                Cell.of("Meta"),
                Cell.of(line.pixel().title()),
                outcome(line.outcome()),
                Cell.of(Objects.requireNonNullElse(line.reason(), "")),
                Cell.of(Words.number(tally.count())),
                Cell.of(Words.money(tally.money()))));
        table.row(
                new Cell("all", Look.STRONG),
                Cell.of(""),
                Cell.of(""),
                Cell.of(""),
                new Cell(Words.number(all.count()), Look.STRONG),
                new Cell(Words.money(all.money()), Look.STRONG));
        table.print(screen);
    }

    private void reasons() {
        screen.heading("What the reasons mean");
        var seen = new TreeMap<String, Entry>();
        for (Entry e : ending.entries()) {
            String code = e.line().reason();
            if (code != null) {
                seen.putIfAbsent(code, e);
            }
        }
        int width = seen.keySet().stream().mapToInt(String::length).max().orElse(0);
        seen.forEach((code, e) -> {
            List<String> lines = Words.wrapped(Objects.requireNonNullElse(e.message(), ""), Screen.WIDTH - width - 2);
            for (int i = 0; i < lines.size(); i++) {
                String left = i == 0 ? code : "";
                screen.line(screen.styled(Look.ACCENT, left) + " ".repeat(width - left.length() + 2) + lines.get(i));
            }
        });
    }

    private void slowest() {
        long lost = ending.entries().stream().filter(Entry::answerLost).count();
        screen.heading("Slowest deliveries: from the status change to the platform's answer");
        var table = new Table(
                Column.number("ms"),
                Column.text("pixel"),
                Column.text("event"),
                Column.text("lead"),
                Column.number("tries"),
                Column.cut("the platform answered"));
        for (Ending.Slow s : ending.slowest()) {
            Entry e = s.entry();
            table.row(
                    Cell.of(Words.number(s.millis())),
                    Cell.of(e.line().pixel().title()),
                    Cell.of(Objects.requireNonNullElse(e.line().event(), "")),
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
                    Words.number(lost) + " deliveries whose answer was lost were sent again with the same event id.");
        }
    }

    private void waiting(Instant now) {
        List<Entry> waiting = ending.entries().stream()
                .filter(Entry::waits)
                .sorted(Comparator.comparing(Entry::since))
                .toList();
        screen.heading("Oldest of " + Words.number(waiting.size()) + " waiting deliveries");
        var table = new Table(
                Column.number("waits"),
                Column.text("pixel"),
                Column.text("event"),
                Column.text("lead"),
                Column.text("reason"));
        for (Entry e : waiting.subList(0, Math.min(OLDEST, waiting.size()))) {
            table.row(
                    Cell.of(Words.seconds(Duration.between(e.since(), now))),
                    Cell.of(e.line().pixel().title()),
                    Cell.of(Objects.requireNonNullElse(e.line().event(), "")),
                    Cell.of(code(e)),
                    new Cell(Objects.requireNonNullElse(e.line().reason(), ""), Look.WARN));
        }
        table.print(screen);
        waiting.stream()
                .map(Entry::fix)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(fix -> Words.wrapped("What to do: " + fix, Screen.WIDTH)
                        .forEach(line -> screen.line(Look.FAINT, line)));
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

    private void platform() {
        var takings = ending.takings();
        screen.heading("What the sandbox received in Meta's place");
        var columns = new ArrayList<Column>();
        columns.add(Column.text("event"));
        for (PixelPlan pixel : PixelPlan.values()) {
            columns.add(Column.number(pixel.title()));
        }
        var table = new Table(columns.toArray(Column[]::new));
        var events = new TreeSet<String>();
        takings.distinct().values().forEach(byEvent -> events.addAll(byEvent.keySet()));
        for (String event : events) {
            row(
                    table,
                    event,
                    pixel -> takings.distinct().getOrDefault(pixel, Map.of()).getOrDefault(event, 0));
        }
        var refusals = new LinkedHashMap<String, String>();
        takings.refused()
                .values()
                .forEach(byVerdict -> byVerdict.keySet().forEach(verdict -> refusals.put(verdict, explained(verdict))));
        refusals.forEach((verdict, words) -> row(
                table,
                words,
                pixel -> takings.refused().getOrDefault(pixel, Map.of()).getOrDefault(verdict, 0)));
        table.print(screen);
        screen.line(
                Look.FAINT,
                "In " + Words.number(takings.requests()) + " requests. "
                        + Words.number((long) takings.repeated() - takings.unexplained())
                        + " events came twice because the first answer was lost, "
                        + Words.number(takings.unexplained()) + " without need.");
    }

    private static void row(Table table, String title, java.util.function.ToIntFunction<PixelPlan> count) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.of(title));
        for (PixelPlan pixel : PixelPlan.values()) {
            int n = count.applyAsInt(pixel);
            cells.add(n == 0 ? new Cell("–", Look.FAINT) : Cell.of(Words.number(n)));
        }
        table.row(cells.toArray(Cell[]::new));
    }

    /** A verdict of the sandbox in words. */
    private static String explained(String verdict) {
        return switch (verdict) {
            case "refused 190/463" -> "requests refused: token expired";
            case "refused 100/2804003" -> "requests refused: Test Connection's";
            default ->
                verdict.startsWith("faulted ")
                        ? "requests disturbed: " + verdict.substring("faulted ".length())
                        : "requests " + verdict;
        };
    }

    private static Cell outcome(String outcome) {
        return new Cell(
                outcome,
                switch (outcome) {
                    case Outcomes.ACCEPTED -> Look.GOOD;
                    case Outcomes.PARTIAL_FAILURE, Outcomes.PENDING -> Look.WARN;
                    case Outcomes.FAILED -> Look.BAD;
                    default -> Look.FAINT;
                });
    }

    private String code(Entry e) {
        String lead = e.leadId();
        return lead == null ? "" : ending.codes().getOrDefault(lead, lead);
    }
}
