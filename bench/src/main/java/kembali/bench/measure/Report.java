package kembali.bench.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The result of a benchmark: its runs, what they are compared with, and whether they are true.
 *
 * @param anchors the anchor of each subject that has some
 * @param notes lines a reader needs, such as what could not be measured
 */
public record Report(
        String benchmark,
        Map<String, String> options,
        Sheet sheet,
        List<Column> columns,
        List<Anchor> anchors,
        List<Target> targets,
        List<Check> checks,
        List<String> notes) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Column RATIO = new Column("ratio", "ratio", 3);

    /** Subject and anchor whose figures are divided. */
    public record Anchor(String subject, String anchor, List<Column> columns) {}

    /** Whether every check is true. */
    public boolean isTrue() {
        return checks.stream().allMatch(Check::ok);
    }

    /** For people. */
    public String text() {
        var text = new StringBuilder("\n").append(sheet.table(columns)).append('\n');
        var ratios = new Table(List.of("ratio to an anchor of this sitting", "figure", "median (range)"));
        eachRatio((a, c, r) -> ratios.row(List.of(a.subject + " / " + a.anchor, c.heading(), RATIO.show(r))));
        var goals = new Table(List.of("goal", "figure", "wanted", "median", ""));
        eachTarget((t, median) -> goals.row(List.of(
                t.goal() + "  " + t.subject(),
                t.column().heading(),
                t.limits(),
                t.column().show(median),
                t.verdict(median))));
        var truths = new Table(List.of("check", "", "by"));
        checks.forEach(c -> truths.row(List.of(c.what(), c.ok() ? "true" : "FALSE", c.detail())));
        text.append(ratios).append('\n').append(goals).append('\n').append(truths);
        notes.forEach(n -> text.append('\n').append(n));
        return text.append('\n').toString();
    }

    /** Writes all of it as {@code <benchmark>-<instant>.json} and returns the file. */
    public Path writeTo(Path folder) throws IOException {
        Instant now = Instant.now();
        ObjectNode root = JSON.createObjectNode();
        root.put("benchmark", benchmark).put("at", now.toString());
        root.putObject("machine")
                .put("processors", Runtime.getRuntime().availableProcessors())
                .put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"))
                .put("java", Runtime.version().toString());
        ObjectNode given = root.putObject("options");
        options.forEach(given::put);
        ArrayNode runs = root.putArray("runs");
        ObjectNode medians = root.putObject("medians");
        sheet.runs().forEach((subject, rows) -> {
            var names = new ArrayList<String>();
            for (int i = 0; i < rows.size(); i++) {
                ObjectNode run = runs.addObject().put("subject", subject).put("run", i + 1);
                rows.get(i).forEach((name, value) -> {
                    run.put(name, value);
                    if (!names.contains(name)) {
                        names.add(name);
                    }
                });
            }
            ObjectNode own = medians.putObject(subject);
            for (String name : names) {
                Stats s = sheet.of(subject, name);
                if (s != null) {
                    own.set(name, json(s));
                }
            }
        });
        ArrayNode ratios = root.putArray("ratios");
        eachRatio((a, c, r) -> ratios.addObject()
                .put("subject", a.subject)
                .put("anchor", a.anchor)
                .put("figure", c.figure())
                .setAll(json(r)));
        ArrayNode goals = root.putArray("targets");
        eachTarget((t, median) -> goals.addObject()
                .put("goal", t.goal())
                .put("subject", t.subject())
                .put("figure", t.column().figure())
                .put("first", t.first())
                .put("then", t.then())
                .put("median", median)
                .put("verdict", t.verdict(median)));
        ArrayNode truths = root.putArray("checks");
        checks.forEach(
                c -> truths.addObject().put("what", c.what()).put("ok", c.ok()).put("detail", c.detail()));
        notes.forEach(root.putArray("notes")::add);
        Files.createDirectories(folder);
        Path file = folder.resolve(benchmark + "-" + STAMP.format(now) + ".json");
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        return file;
    }

    private static ObjectNode json(Stats s) {
        return JSON.createObjectNode()
                .put("median", s.median())
                .put("min", s.min())
                .put("max", s.max());
    }

    private interface RatioReader {
        void read(Anchor anchor, Column column, Stats ratio);
    }

    private void eachRatio(RatioReader reader) {
        for (Anchor a : anchors) {
            for (Column c : a.columns) {
                Stats r = sheet.ratio(c.figure(), a.subject, a.anchor);
                if (r != null) {
                    reader.read(a, c, r);
                }
            }
        }
    }

    private interface TargetReader {
        void read(Target target, double median);
    }

    private void eachTarget(TargetReader reader) {
        for (Target t : targets) {
            Stats s = sheet.of(t.subject(), t.column().figure());
            if (s != null) {
                reader.read(t, s.median());
            }
        }
    }
}
