package kembali.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kembali.bench.Benchmark;
import kembali.bench.Option;
import kembali.bench.Options;
import kembali.bench.capture.OpenLoop;
import kembali.bench.measure.Check;
import kembali.bench.measure.Column;
import kembali.bench.measure.ProcFigures;
import kembali.bench.measure.Profile;
import kembali.bench.measure.Report;
import kembali.bench.measure.Sheet;
import kembali.bench.measure.Target;
import kembali.bench.measure.Watch;
import kembali.bench.process.ServerProcess;
import kembali.bench.process.Session;
import kembali.bench.process.StoreFile;
import kembali.bench.process.Workplace;

/** Imports a file of leads, clicks a link meanwhile, and imports the file again. */
public final class ImportBench implements Benchmark {
    private static final String FIRST = "new leads";
    private static final String AGAIN = "the same file again";
    private static final String EXPORT = "export of all leads";
    private static final int WINDOW_SECONDS = 5;
    private static final Column ROWS = new Column("rows_per_s", "rows/s", 0);
    private static final Column PEAK = new Column("peak_rss_mb", "peak MB", 0);
    private static final Column CLICK = new Column("click_p50_ms", "click p50 ms", 1);
    private static final List<Column> COLUMNS = List.of(
            ROWS,
            new Column("seconds", "s", 1),
            new Column("upload_seconds", "upload s", 1),
            CLICK,
            new Column("click_p99_ms", "p99 ms", 1),
            new Column("click_max_ms", "max ms", 0),
            new Column("clicks", "clicks", 0),
            new Column("cpu_s_per_1000", "CPU s/1,000 rows", 2),
            PEAK);

    @Override
    public String name() {
        return "import";
    }

    @Override
    public String about() {
        return "a long CSV file of leads beside clicks on a rotator link: rows a second, memory, how long clicks wait";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("rows", "100000", "leads in the file"),
                new Option("clicks-per-second", "20", "clicks meanwhile; 0 for none"));
    }

    @Override
    public Report run(Options options, Session session) throws Exception {
        int rows = options.number("rows");
        int rate = options.number("clicks-per-second");
        Path file = session.folder("file").resolve("leads.csv");
        long bytes = LeadFile.write(file, rows);
        ServerProcess server = session.startServer("server", Map.of());
        String link = Workplace.rotator(server.api());
        var sheet = new Sheet();
        var checks = new ArrayList<Check>();
        long clicks = 0;
        for (String subject : List.of(FIRST, AGAIN)) {
            System.out.printf("%s: %,d rows, %,d bytes%n", subject, rows, bytes);
            Watch watch = options.isOn("profile")
                    ? Profile.of(session.java(), server.pid(), subject, session.folder("profile"))
                    : Watch.NOBODY;
            Map<String, Double> figures = watch.during("the import", () -> load(server, file, link, rate, subject));
            clicks += Math.round(figures.getOrDefault("clicks", 0.0));
            long counted = Math.round(figures.getOrDefault("counted", 0.0));
            checks.add(new Check(
                    subject + ": every row is " + (subject.equals(FIRST) ? "created" : "unchanged"),
                    counted == rows,
                    counted + " of " + rows));
            sheet.add(subject, figures);
        }
        long leads = StoreFile.leads(server.data());
        checks.add(new Check(
                "leads in the store = rows + clicks", leads == rows + clicks, leads + " leads, " + clicks + " clicks"));
        long begin = System.nanoTime();
        long lines = server.api().lines("/leads/export.csv");
        double seconds = (System.nanoTime() - begin) / 1e9;
        sheet.add(EXPORT, Map.of("rows_per_s", (lines - 1) / seconds, "seconds", seconds, "peak_rss_mb", peak(server)));
        checks.add(new Check("the export has every lead", lines == leads + 1, lines + " lines"));
        double peak = peak(server);
        checks.add(new Check("memory stays within 256 MB", peak <= 256, "%.0f MB".formatted(peak)));
        return new Report(
                name(),
                options.shown(),
                sheet,
                COLUMNS,
                List.of(),
                List.of(
                        new Target("import", FIRST, CLICK, false, 50, 25),
                        new Target("import", EXPORT, PEAK, false, 256, 224)),
                checks,
                session.notes());
    }

    private static double peak(ServerProcess server) {
        return ProcFigures.of(server.pid()).peakRssMb();
    }

    private static Map<String, Double> load(ServerProcess server, Path file, String link, int rate, String subject)
            throws Exception {
        double cpu = ProcFigures.of(server.pid()).cpuSeconds();
        long begin = System.nanoTime();
        JsonNode job = server.api().upload("/imports?kind=leads", file);
        double uploaded = (System.nanoTime() - begin) / 1e9;
        String path = "/imports/" + job.get("id").asText();
        var p50 = new ArrayList<Double>();
        var p99 = new ArrayList<Double>();
        double longest = 0;
        int windows = 0;
        JsonNode now = server.api().get(path);
        while (now.get("endedAt").isNull()) {
            if (rate > 0) {
                Map<String, Double> window =
                        OpenLoop.run(server.port(), link, rate, WINDOW_SECONDS, "i" + subject.length() + "w" + windows);
                p50.add(window.getOrDefault("p50_ms", 0.0));
                p99.add(window.getOrDefault("p99_ms", 0.0));
                longest = Math.max(longest, window.getOrDefault("max_ms", 0.0));
                windows++;
            } else {
                TimeUnit.MILLISECONDS.sleep(500);
            }
            now = server.api().get(path);
            System.out.printf(
                    "  %,d rows, %,d a second, %.0f MB%s%n",
                    now.at("/rows/read").asLong(),
                    now.path("rowsPerSecond").asLong(),
                    ProcFigures.of(server.pid()).rssMb(),
                    p50.isEmpty() ? "" : ", clicks p50 %.1f ms, p99 %.1f ms".formatted(p50.getLast(), p99.getLast()));
        }
        if (!now.get("state").asText().equals("done")) {
            throw new IllegalStateException("the import ended: " + now);
        }
        double seconds = java.time.Duration.between(
                                java.time.Instant.parse(now.get("startedAt").asText()),
                                java.time.Instant.parse(now.get("endedAt").asText()))
                        .toMillis()
                / 1e3;
        var figures = new LinkedHashMap<String, Double>();
        figures.put("rows_per_s", now.at("/rows/read").asLong() / seconds);
        figures.put("seconds", seconds);
        figures.put("upload_seconds", uploaded);
        figures.put("click_p50_ms", median(p50));
        figures.put("click_p99_ms", median(p99));
        figures.put("click_max_ms", longest);
        figures.put("clicks", (double) windows * rate * WINDOW_SECONDS);
        figures.put("peak_rss_mb", peak(server));
        figures.put(
                "cpu_s_per_1000",
                (ProcFigures.of(server.pid()).cpuSeconds() - cpu)
                        / now.at("/rows/read").asLong()
                        * 1_000);
        figures.put("counted", (double) now.at(subject.equals(FIRST) ? "/rows/created" : "/rows/unchanged")
                .asLong());
        return figures;
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? 0 : values.stream().sorted().toList().get(values.size() / 2);
    }
}
