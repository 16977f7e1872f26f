package kembali.demo.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.drive.Shop;
import kembali.demo.foresight.Line;
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
        platforms();
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
        PixelPlan before = null;
        for (Map.Entry<Line, Tally> e : byOutcome.entrySet()) {
            PixelPlan pixel = e.getKey().pixel();
            boolean first = pixel != before;
            before = pixel;
            table.row(
                    Cell.of(first ? pixel.platform().title() : ""),
                    Cell.of(first ? pixel.title() : ""),
                    outcome(e.getKey().outcome()),
                    Cell.of(Objects.requireNonNullElse(e.getKey().reason(), "")),
                    Cell.of(Words.number(e.getValue().count())),
                    Cell.of(Words.money(e.getValue().money())));
        }
        table.row(
                new Cell("all", Look.STRONG),
                Cell.of(""),
                Cell.of(""),
                Cell.of(""),
                new Cell(Words.number(all.count()), Look.STRONG),
                Cell.of(""));
        table.print(screen);
    }

    /** Each reason in the server's words, once for each platform that puts it differently. */
    private void reasons() {
        screen.heading("What the reasons mean, in the words of the sync log");
        var seen = new TreeMap<String, Map<Platform, String>>();
        for (Entry e : ending.entries()) {
            String code = e.line().reason();
            if (code != null) {
                seen.computeIfAbsent(code, c -> new TreeMap<>(Comparator.comparingInt(Platforms.all()::indexOf)))
                        .putIfAbsent(e.line().pixel().platform(), Objects.requireNonNullElse(e.message(), ""));
            }
        }
        int width = seen.keySet().stream().mapToInt(String::length).max().orElse(0);
        seen.forEach((code, messages) -> {
            boolean same = Set.copyOf(messages.values()).size() == 1;
            var lines = new ArrayList<String>();
            messages.forEach((platform, message) -> {
                if (!same || lines.isEmpty()) {
                    String text = same ? message : platform.title() + ": " + message;
                    lines.addAll(Words.wrapped(text, Screen.WIDTH - width - 2));
                }
            });
            for (int i = 0; i < lines.size(); i++) {
                String left = i == 0 ? code : "";
                screen.line(screen.styled(Look.ACCENT, left) + " ".repeat(width - left.length() + 2) + lines.get(i));
            }
        });
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
