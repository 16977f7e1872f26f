package kembali.bench.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kembali.bench.Benchmark;
import kembali.bench.Option;
import kembali.bench.Options;
import kembali.bench.deliver.Delivering.Round;
import kembali.bench.deliver.Delivering.Truth;
import kembali.bench.measure.Check;
import kembali.bench.measure.Column;
import kembali.bench.measure.Profile;
import kembali.bench.measure.Report;
import kembali.bench.measure.Report.Anchor;
import kembali.bench.measure.Sheet;
import kembali.bench.measure.Target;
import kembali.bench.measure.Watch;
import kembali.bench.process.Session;

/** Won leads become events at a platform: what storing the change costs, and what sending a backlog costs. */
public final class DeliverBench implements Benchmark {
    private static final String LEADS = "new leads, 1,000 a request";
    private static final String STATUS = "status change, pixel paused";
    private static final String STEADY_STATUS = "steady: status change answered";
    private static final String STEADY = "steady: stored to accepted";
    private static final int STEADY_BATCH = 100;

    /** A server that is measured: one platform, one size of requests. */
    private record Way(Advertiser platform, int batch) {
        String words() {
            return batch + " a request";
        }
    }

    private static final Column RATE = new Column("per_s", "events/s", 0);
    private static final Column P99 = new Column("p99_ms", "p99 ms", 1);
    private static final Column CPU = new Column("cpu_s_per_1000", "CPU s/1,000", 4);
    private static final Column PEAK = new Column("peak_rss_mb", "peak MB", 0);
    private static final List<Column> COLUMNS = List.of(
            RATE,
            new Column("p50_ms", "p50 ms", 1),
            P99,
            new Column("max_ms", "max ms", 0),
            CPU,
            new Column("rss_mb", "RSS MB", 0),
            PEAK,
            new Column("requests", "requests", 0),
            new Column("new_connections", "new connections", 0));

    @Override
    public String name() {
        return "deliver";
    }

    @Override
    public String about() {
        return "status changes, and their events sent to a sink, one a request and in batches (goals G3, G4)";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("events", "10000", "events of a run"),
                new Option(
                        "platform", "meta", "meta, ga4, google_ads, tiktok or linkedin, or several parted by commas"),
                new Option(
                        "batch",
                        "1,100",
                        "most events of a request, one or several sizes, at most 1,000; GA4 takes 1 only"),
                new Option("warmup", "2", "rounds before the first run that are not measured"),
                new Option("connections", "64", "connections that change statuses, and of the bare sender"),
                new Option("latency", "", "afterwards changes at a steady rate, with the time until accepted"),
                new Option("rate", "1000", "status changes a second of --latency"),
                new Option("seconds", "10", "length of a --latency run and, a third of it, of the bare sender's"));
    }

    @Override
    public Report run(Options options, Session session) throws Exception {
        SinkProcess sink = SinkProcess.start(session);
        List<Advertiser> platforms = Advertiser.named(options.text("platform"));
        List<Integer> sizes = sizes(options);
        Map<Way, Delivering> servers = new LinkedHashMap<>();
        if (options.number("runs") > 0) {
            for (Advertiser platform : platforms) {
                for (Way way : ways(platform, sizes)) {
                    servers.put(way, new Delivering(session, sink, platform, way.batch));
                }
            }
        }
        var sheet = new Sheet();
        var checks = new ArrayList<Check>();
        var names = new Names(platforms);
        backlog(options, session, sink, servers, names, sheet, checks);
        if (options.isOn("latency")) {
            for (Advertiser platform : platforms) {
                Way way = ways(platform, List.of(STEADY_BATCH)).getFirst();
                Delivering known = servers.get(way);
                Delivering server = known != null ? known : new Delivering(session, sink, platform, way.batch);
                steady(options, session, server, platform, names, sheet, checks);
            }
        }
        return report(options, session, servers.keySet(), names, sheet, checks);
    }

    /** Each size once, none of them larger than the server ever sends. */
    private static List<Way> ways(Advertiser platform, List<Integer> sizes) {
        return sizes.stream()
                .map(size -> new Way(platform, Math.min(size, platform.most())))
                .distinct()
                .toList();
    }

    private static List<Integer> sizes(Options options) {
        return Stream.of(options.text("batch").split(",", -1))
                .map(DeliverBench::batch)
                .toList();
    }

    /** What the rows are called: Meta's alone as ever, any other with the platform before it. */
    private record Names(List<Advertiser> platforms) {
        String of(Advertiser platform, String row) {
            return platforms.equals(List.of(Advertiser.META)) ? row : platform.title() + ": " + row;
        }

        String ours(Way way) {
            return of(way.platform, "backlog sent, " + way.words());
        }

        String bare(Way way) {
            return of(way.platform, "floor: bare sender, " + way.words());
        }
    }

    private static int batch(String size) {
        try {
            return Integer.parseUnsignedInt(size.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--batch must be numbers parted by commas, not \"" + size + "\"", e);
        }
    }

    private static void backlog(
            Options options,
            Session session,
            SinkProcess sink,
            Map<Way, Delivering> servers,
            Names names,
            Sheet sheet,
            List<Check> checks)
            throws Exception {
        int events = options.number("events");
        int connections = options.number("connections");
        Map<Way, Truth> truths = new LinkedHashMap<>();
        int warmups = options.number("warmup");
        for (int i = 0; i < warmups + options.number("runs"); i++) {
            boolean measured = i >= warmups;
            for (var each : servers.entrySet()) {
                Way way = each.getKey();
                System.out.printf(
                        "%s: %s, %d events, %s%n",
                        measured ? "run " + (i - warmups + 1) + " of " + options.number("runs") : "warm-up",
                        way.platform.title(),
                        events,
                        way.words());
                Round round = each.getValue().round(events, connections, Watch.NOBODY);
                truths.merge(way, round.truth(), Truth::plus);
                if (measured) {
                    sheet.add(names.of(way.platform, LEADS), round.leads());
                    sheet.add(names.of(way.platform, STATUS), round.statusChanges());
                    sheet.add(names.ours(way), round.events());
                    sheet.add(names.bare(way), bareRun(options, session, sink, way, names.bare(way), checks));
                }
            }
        }
        if (options.isOn("profile")) {
            for (var each : servers.entrySet()) {
                Delivering server = each.getValue();
                server.round(events, connections, profile(session, server, names.ours(each.getKey())));
            }
        }
        truths.forEach((way, t) -> checks.add(truth(names.ours(way), t)));
    }

    private static Map<String, Double> bareRun(
            Options options, Session session, SinkProcess sink, Way way, String name, List<Check> checks)
            throws Exception {
        double seconds = Math.max(1, options.number("seconds") / 3.0);
        long before = sink.count().events();
        JsonNode said = new ObjectMapper()
                .readTree(session.runOwn(
                        BareSender.class,
                        way.platform.key(),
                        Integer.toString(sink.port()),
                        Integer.toString(way.batch),
                        Integer.toString(options.number("connections")),
                        Double.toString(seconds / 2),
                        Double.toString(seconds)));
        long arrived = sink.count().events() - before;
        if (arrived != said.get("sent").asLong()) {
            checks.add(new Check(name + ": sink count = events sent", false, arrived + " of " + said));
        }
        double events = said.get("events").asDouble();
        return Map.of(
                "per_s",
                events / said.get("seconds").asDouble(),
                "cpu_s_per_1000",
                said.get("cpuSeconds").asDouble() / events * 1_000);
    }

    private static void steady(
            Options options,
            Session session,
            Delivering server,
            Advertiser platform,
            Names names,
            Sheet sheet,
            List<Check> checks)
            throws Exception {
        int rate = options.number("rate");
        int seconds = options.number("seconds");
        int runs = Math.max(1, options.number("runs"));
        System.out.printf("steady: %s, warm-up%n", platform.title());
        Truth truth = server.steady(rate, seconds, Watch.NOBODY).truth();
        for (int run = 1; run <= runs; run++) {
            System.out.printf(
                    "steady: %s, run %d of %d, %d status changes a second%n", platform.title(), run, runs, rate);
            Round round = server.steady(rate, seconds, Watch.NOBODY);
            sheet.add(names.of(platform, STEADY_STATUS), round.statusChanges());
            sheet.add(names.of(platform, STEADY), round.events());
            truth = truth.plus(round.truth());
        }
        if (options.isOn("profile")) {
            server.steady(rate, seconds, profile(session, server, names.of(platform, rate + " a second")));
        }
        checks.add(truth(names.of(platform, "steady"), truth));
    }

    private static Check truth(String what, Truth t) {
        return new Check(
                what + ": changes = events at the sink = accepted rows",
                t.holds(),
                t.changed() + " changes, " + t.arrived() + " arrived, " + t.accepted() + " accepted");
    }

    private static Watch profile(Session session, Delivering server, String name) {
        return Profile.of(session.java(), server.pid(), name, session.folder("profile"));
    }

    private static Report report(
            Options options, Session session, Iterable<Way> ways, Names names, Sheet sheet, List<Check> checks) {
        var anchors = new ArrayList<Anchor>();
        var targets = new ArrayList<Target>();
        for (Way way : ways) {
            String ours = names.ours(way);
            boolean alone = way.batch == 1;
            anchors.add(new Anchor(ours, names.bare(way), List.of(RATE, CPU)));
            String goal = alone ? "G3" : "G4";
            targets.add(new Target(goal, ours, RATE, true, alone ? 8_000 : 40_000, alone ? 20_000 : 100_000));
            targets.add(new Target(goal, ours, CPU, false, alone ? 0.15 : 0.04, alone ? 0.05 : 0.015));
            targets.add(new Target("guard", ours, PEAK, false, 256, 192));
        }
        for (Advertiser platform : names.platforms) {
            targets.add(new Target("guard", names.of(platform, STEADY), P99, false, 50, 15));
        }
        return new Report(
                "deliver", options.shown(), sheet, COLUMNS, anchors, targets, checks, new ArrayList<>(session.notes()));
    }
}
