package kembali.demo.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.platform.Outcomes;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.report.Screen.Look;
import kembali.demo.report.Table.Cell;
import kembali.demo.report.Table.Column;
import org.jspecify.annotations.Nullable;

/** One person all the way: what each platform's first pixel was told of each step. */
public final class Journey {
    private static final String FIRST = "pageview";
    private static final String LAST = "won";

    private final Screen screen;
    private final Ending ending;

    Journey(Screen screen, Ending ending) {
        this.screen = screen;
        this.ending = ending;
    }

    /** The visitor code of the person it tells of; null when nobody came that way. */
    public static @Nullable String of(Ending ending) {
        List<Entry> rows = chosen(ending);
        return rows.isEmpty() ? null : rows.getFirst().visitor();
    }

    void print() {
        List<Entry> rows = chosen(ending);
        if (rows.isEmpty()) {
            return;
        }
        screen.heading("One of them, " + rows.getFirst().visitor() + ": from a page to a sale");
        var columns = new ArrayList<Column>();
        columns.add(Column.text("status"));
        Platforms.all().forEach(platform -> columns.add(Column.cut(platform.title())));
        var table = new Table(columns.toArray(Column[]::new));
        var steps = new LinkedHashMap<String, Map<Platform, Entry>>();
        for (Entry e : rows) {
            Platform platform = e.line().pixel().platform();
            Map<Platform, Entry> step = steps.computeIfAbsent(e.trigger(), t -> new HashMap<>());
            if (platform.pixels().getFirst().equals(e.line().pixel())) {
                step.putIfAbsent(platform, e);
            }
        }
        steps.forEach((status, step) -> {
            var row = new ArrayList<Cell>();
            row.add(Cell.of(status));
            Platforms.all().forEach(platform -> row.add(cell(step.get(platform))));
            table.row(row.toArray(Cell[]::new));
        });
        table.print(screen);
        Words.wrapped(
                        "What the first pixel of each platform was told: ✓ taken by the platform, – not sent, and why."
                                + " Nothing stands where it was told under an earlier status, or where no ad of that"
                                + " platform brought a page's visitor.",
                        Screen.WIDTH)
                .forEach(line -> screen.line(Look.FAINT, line));
    }

    /**
     * Of those who were seen on a page and bought in the end, the one with most statuses of whom the first platform, and
     * then all of them, took most.
     */
    private static List<Entry> chosen(Ending ending) {
        var byVisitor = new HashMap<String, List<Entry>>();
        ending.entries()
                .forEach(e -> byVisitor
                        .computeIfAbsent(e.visitor(), v -> new ArrayList<>())
                        .add(e));
        return byVisitor.values().stream()
                .filter(rows -> has(rows, FIRST) && has(rows, LAST))
                .max(Comparator.<List<Entry>>comparingLong(rows ->
                                rows.stream().map(Entry::trigger).distinct().count())
                        .thenComparingLong(
                                rows -> taken(rows, List.of(Platforms.all().getFirst())))
                        .thenComparingLong(rows -> taken(rows, Platforms.all())))
                .map(rows ->
                        rows.stream().sorted(Comparator.comparing(Entry::since)).toList())
                .orElse(List.of());
    }

    private static boolean has(List<Entry> rows, String trigger) {
        return rows.stream().anyMatch(e -> e.trigger().equals(trigger));
    }

    private static long taken(List<Entry> rows, List<Platform> platforms) {
        return rows.stream()
                .filter(e -> e.line().outcome().equals(Outcomes.ACCEPTED)
                        && e.line().pixel().strict()
                        && platforms.contains(e.line().pixel().platform()))
                .count();
    }

    private static Cell cell(@Nullable Entry e) {
        if (e == null) {
            return Cell.of("");
        }
        String outcome = e.line().outcome();
        String event = e.line().event();
        boolean taken = outcome.equals(Outcomes.ACCEPTED);
        String text = taken && event != null
                ? e.line().pixel().platform().said(event).replaceFirst(" \\(.*", "")
                : Objects.requireNonNullElse(e.line().reason(), outcome);
        return new Cell((taken ? "✓ " : "– ") + text, Report.look(outcome));
    }
}
