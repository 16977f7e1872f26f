package kembali.bench.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every run of a benchmark, by what was measured, in the order it was first seen. */
public final class Sheet {
    private final Map<String, List<Map<String, Double>>> runs = new LinkedHashMap<>();

    /** One more run; figures are keyed by name with unit. */
    public void add(String subject, Map<String, Double> figures) {
        runs.computeIfAbsent(subject, s -> new ArrayList<>()).add(Map.copyOf(figures));
    }

    /** What was measured, with its runs from first to last. */
    public Map<String, List<Map<String, Double>>> runs() {
        return runs;
    }

    /** Null when the subject was not measured or has no such figure. */
    public @Nullable Stats of(String subject, String figure) {
        List<Double> values = values(subject, figure);
        return values.isEmpty() ? null : Stats.of(values);
    }

    /**
     * One subject's figure divided by another's. Where both ran in turn, run by run: a busy moment
     * then falls on both sides.
     *
     * @return null when either is missing or an anchor's figure is 0
     */
    public @Nullable Stats ratio(String figure, String subject, String anchor) {
        List<Double> own = values(subject, figure);
        List<Double> other = values(anchor, figure);
        if (own.isEmpty() || other.isEmpty() || other.contains(0.0)) {
            return null;
        }
        if (own.size() != other.size()) {
            return Stats.of(List.of(Stats.of(own).median() / Stats.of(other).median()));
        }
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < own.size(); i++) {
            ratios.add(own.get(i) / other.get(i));
        }
        return Stats.of(ratios);
    }

    /** A row a subject; a dash where it has no such figure. */
    public Table table(List<Column> columns) {
        var headings = new ArrayList<String>(List.of(""));
        columns.forEach(c -> headings.add(c.heading()));
        var table = new Table(headings);
        for (String subject : runs.keySet()) {
            var cells = new ArrayList<String>(List.of(subject));
            for (Column c : columns) {
                Stats stats = of(subject, c.figure());
                cells.add(stats == null ? "-" : c.show(stats));
            }
            table.row(cells);
        }
        return table;
    }

    private List<Double> values(String subject, String figure) {
        var values = new ArrayList<Double>();
        for (Map<String, Double> run : runs.getOrDefault(subject, List.of())) {
            Double value = run.get(figure);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}
