package kembali.bench.capture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kembali.bench.Benchmark;
import kembali.bench.Option;
import kembali.bench.Options;
import kembali.bench.capture.Clicked.Answers;
import kembali.bench.capture.Clicked.Counted;
import kembali.bench.deliver.SinkProcess;
import kembali.bench.measure.Check;
import kembali.bench.measure.Column;
import kembali.bench.measure.Profile;
import kembali.bench.measure.Report;
import kembali.bench.measure.Report.Anchor;
import kembali.bench.measure.Sheet;
import kembali.bench.measure.Target;
import kembali.bench.process.ChildProcess;
import kembali.bench.process.ServerProcess;
import kembali.bench.process.Session;
import kembali.bench.process.StoreFile;
import kembali.bench.process.Workplace;

/**
 * New visitors click an ad's WhatsApp or campaign link, view pages, and a network reports sales: what a durable answer
 * costs, and whether it is durable.
 */
public final class CaptureBench implements Benchmark {
    private static final String PLAIN = "click, no pixel";
    private static final String REPORTED = "click with fbclid, Meta pixel";
    private static final String UNKNOWN = "click without id, Meta pixel";
    private static final String VIEWED = "page view with fbclid, no pixel";
    private static final String CAMPAIGN = "campaign click with fbclid, no pixel";
    private static final String REPORTED_SALE = "postback of a sale, no pixel";
    private static final int PEOPLE = 20_000;
    private static final int OPEN_RATE = 2_000;
    private static final String OPEN = "click with fbclid, no pixel, 2,000/s open loop";
    private static final String FLOOR = "floor: bare JVM, synced file";
    private static final String NGINX = "limit: nginx, fixed 302";
    private static final int CRASH_AFTER_MS = 1_200;
    private static final int CRASH_SECONDS = 2;

    private static final Column RATE = new Column("requests_per_s", "requests/s", 0);
    private static final Column P99 = new Column("p99_ms", "p99 ms", 1);
    private static final Column CPU = new Column("cpu_s_per_1000", "CPU s/1,000", 4);
    private static final List<Column> COLUMNS = List.of(
            RATE,
            new Column("p50_ms", "p50 ms", 1),
            P99,
            new Column("max_ms", "max ms", 0),
            new Column("not_302", "not taken", 0),
            CPU,
            new Column("cpu_s_per_1000_with_delivery", "with delivery", 4),
            new Column("rss_mb", "RSS MB", 0),
            new Column("peak_rss_mb", "peak MB", 0));

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public String about() {
        return "durable clicks on rotator and campaign links, with and without a pixel, page views and postbacks; needs wrk (goals G1, G2)";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("seconds", "8", "length of a run"),
                new Option("warmup", "12", "seconds of load before the first run that are not measured"),
                new Option("connections", "64", "connections of the load generator"));
    }

    @Override
    public Report run(Options options, Session session) throws Exception {
        int connections = options.number("connections");
        var wrk = new Wrk(session, connections);
        SinkProcess sink = SinkProcess.start(session);
        List<Clicked> all = new ArrayList<>();
        ServerProcess plain = session.startServer("server-plain", Map.of());
        all.add(server(PLAIN, plain, Workplace.rotator(plain.api()), true, false));
        ServerProcess reporting = session.startServer("server-meta", sink.environment());
        String link = Workplace.rotator(reporting.api());
        all.add(server(REPORTED, reporting, link, true, true));
        all.add(server(UNKNOWN, reporting, link, false, false).withPixelOf(all.get(1)));
        ServerProcess pages = session.startServer("server-pages", Map.of());
        all.add(pageViews(pages));
        ServerProcess campaigns = session.startServer("server-campaigns", Map.of());
        all.add(campaignClicks(campaigns));
        ServerProcess network = session.startServer("server-postbacks", Map.of());
        all.add(postbacks(network));
        all.addAll(anchors(session));

        Map<Long, Answers> answers = new HashMap<>();
        all.forEach(c -> answers.putIfAbsent(c.pid(), new Answers()));
        var sheet = new Sheet();
        int runs = options.number("runs");
        for (int run = 0; run <= runs; run++) {
            for (Clicked c : all) {
                System.out.printf("%s: %s%n", run == 0 ? "warm-up" : "run " + run + " of " + runs, c.name());
                int seconds = run == 0 ? Math.max(1, options.number("warmup")) : options.number("seconds");
                var figures = c.measure(wrk, seconds, of(answers, c));
                if (run > 0) {
                    sheet.add(c.name(), figures);
                }
            }
        }
        for (int run = 1; run <= runs; run++) {
            System.out.printf("run %d of %d: %s%n", run, runs, OPEN);
            int seconds = options.number("seconds");
            sheet.add(OPEN, OpenLoop.run(plain.port(), Workplace.LINK, OPEN_RATE, seconds, "o" + run));
            of(answers, all.get(0)).add((long) OPEN_RATE * seconds);
        }
        if (options.isOn("profile")) {
            profile(session, wrk, options.number("seconds"), all, answers);
        }
        var checks = new ArrayList<Check>();
        checks.add(allStored(PLAIN, plain, of(answers, all.get(0)), all.get(0), connections));
        checks.add(allStored("click, Meta pixel", reporting, of(answers, all.get(1)), all.get(1), connections));
        checks.add(allViewsStored(pages, of(answers, all.get(3)), all.get(3), connections));
        checks.add(allClicksStored(campaigns, of(answers, all.get(4)), all.get(4), connections));
        checks.add(allSalesStored(network, of(answers, all.get(5)), all.get(5), connections));
        long events = sink.count().events();
        long accepted = StoreFile.accepted(reporting.data());
        checks.add(new Check(
                "events at the sink = accepted rows of the sync log",
                events == accepted,
                events + " events, " + accepted + " rows"));
        checks.add(survivesCrash(wrk, all.get(1), reporting));
        return report(options, session, sheet, checks);
    }

    private static Clicked server(String name, ServerProcess server, String path, boolean clickIds, boolean pixel)
            throws Exception {
        return new Clicked(
                name,
                server.pid(),
                "http://127.0.0.1:" + server.port() + path,
                clickIds,
                null,
                Counted.ROTATOR,
                server,
                pixel ? Workplace.pixel(server.api(), true) : null,
                0);
    }

    private static Clicked postbacks(ServerProcess server) throws Exception {
        String path = Workplace.postbacks(server.api(), PEOPLE);
        return new Clicked(
                REPORTED_SALE,
                server.pid(),
                "http://127.0.0.1:" + server.port() + path,
                false,
                null,
                Counted.POSTBACK,
                server,
                null,
                PEOPLE);
    }

    private static Clicked pageViews(ServerProcess server) throws Exception {
        String key = server.api().get("/workspace").path("trackerKey").asText();
        String url = "http://127.0.0.1:" + server.port() + "/t";
        return new Clicked(VIEWED, server.pid(), url, true, key, Counted.PAGE_VIEW, server, null, 0);
    }

    private static Clicked campaignClicks(ServerProcess server) throws Exception {
        String url = "http://127.0.0.1:" + server.port() + Workplace.campaign(server.api());
        return new Clicked(CAMPAIGN, server.pid(), url, true, null, Counted.CAMPAIGN, server, null, 0);
    }

    private static List<Clicked> anchors(Session session) throws Exception {
        var anchors = new ArrayList<Clicked>();
        int port = ChildProcess.freePort();
        Path file = session.folder("floor").resolve("clicks.log");
        ChildProcess floor = session.start(
                        "floor", session.ownProgram(Floor.class, Integer.toString(port), file.toString()), Map.of())
                .awaitPort(port);
        anchors.add(Clicked.anchor(FLOOR, floor.pid(), port));
        int nginxPort = ChildProcess.freePort();
        ChildProcess nginx = StaticNginx.start(session, nginxPort);
        if (nginx != null) {
            anchors.add(Clicked.anchor(NGINX, nginx.pid(), nginxPort));
        }
        return anchors;
    }

    private static Answers of(Map<Long, Answers> answers, Clicked c) {
        return java.util.Objects.requireNonNull(answers.get(c.pid()));
    }

    /** A visitor a click, so: as many leads as clicks, and no fewer than the load generator saw answered. */
    private static Check allStored(String name, ServerProcess server, Answers seen, Clicked clicked, int connections)
            throws Exception {
        long clicks = clicked.answered();
        long leads = StoreFile.leads(server.data());
        // A run's end cuts off what is on its way; the server has answered it, nobody has read it.
        long mostUnread = (long) connections * seen.runs();
        boolean ok = leads == clicks && seen.requests() <= leads && leads <= seen.requests() + mostUnread;
        return new Check(
                name + ": one lead for every 302",
                ok,
                leads + " leads, " + clicks + " redirects by the server, " + seen.requests() + " read by wrk, at most "
                        + mostUnread + " more unread");
    }

    /** As many clicks in the store as redirects. */
    private static Check allClicksStored(ServerProcess server, Answers seen, Clicked clicked, int connections)
            throws Exception {
        long redirected = clicked.answered();
        long clicks = StoreFile.clicks(server.data());
        long mostUnread = (long) connections * seen.runs();
        boolean ok = clicks == redirected && seen.requests() <= clicks && clicks <= seen.requests() + mostUnread;
        return new Check(
                CAMPAIGN + ": one click for every 302",
                ok,
                clicks + " clicks, " + redirected + " redirects by the server, " + seen.requests()
                        + " read by wrk, at most " + mostUnread + " more unread");
    }

    /** Every page view of the load is another browser's, so: as many visitors as hits that were taken. */
    private static Check allViewsStored(ServerProcess server, Answers seen, Clicked pages, int connections)
            throws Exception {
        long taken = pages.answered();
        long visitors = StoreFile.visitors(server.data());
        long mostUnread = (long) connections * seen.runs();
        boolean ok = visitors == taken && seen.requests() <= visitors && visitors <= seen.requests() + mostUnread;
        return new Check(
                VIEWED + ": one visitor for every hit taken",
                ok,
                visitors + " visitors, " + taken + " taken by the server, " + seen.requests() + " read by wrk, at most "
                        + mostUnread + " more unread");
    }

    /** Every postback of the load is another transaction, so: as many conversions as were booked. */
    private static Check allSalesStored(ServerProcess server, Answers seen, Clicked sales, int connections)
            throws Exception {
        long booked = sales.answered();
        long conversions = StoreFile.conversions(server.data());
        long mostUnread = (long) connections * seen.runs();
        boolean ok = conversions == booked && seen.requests() <= booked && booked <= seen.requests() + mostUnread;
        return new Check(
                REPORTED_SALE + ": one conversion for every postback booked",
                ok,
                conversions + " conversions, " + booked + " booked by the server, " + seen.requests()
                        + " read by wrk, at most " + mostUnread + " more unread");
    }

    /** Kills the server amid clicks, and looks for what it had answered. */
    private static Check survivesCrash(Wrk wrk, Clicked clicked, ServerProcess server) throws Exception {
        long before = StoreFile.leads(server.data());
        var killing = CompletableFuture.runAsync(
                () -> {
                    try {
                        server.process().kill();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                CompletableFuture.delayedExecutor(CRASH_AFTER_MS, TimeUnit.MILLISECONDS));
        long answered = wrk.run(clicked.url(), CRASH_SECONDS, true, null, 0).requests();
        killing.join();
        long stored = StoreFile.leads(server.data()) - before;
        return new Check(
                "killed amid clicks: every answered one is in the store",
                answered > 0 && stored >= answered,
                answered + " answered, " + stored + " stored");
    }

    private static void profile(Session session, Wrk wrk, int seconds, List<Clicked> all, Map<Long, Answers> answers)
            throws Exception {
        for (Clicked c : all) {
            if (c.server() != null) {
                Profile.of(session.java(), c.pid(), c.name(), session.folder("profile"))
                        .during("all that it causes", () -> c.measure(wrk, seconds, of(answers, c)));
            }
        }
    }

    private static Report report(Options options, Session session, Sheet sheet, List<Check> checks) {
        var anchors = new ArrayList<Anchor>();
        var targets = new ArrayList<Target>();
        for (String subject : List.of(PLAIN, REPORTED, UNKNOWN, VIEWED, CAMPAIGN, REPORTED_SALE)) {
            for (String anchor : List.of(FLOOR, NGINX)) {
                anchors.add(new Anchor(subject, anchor, List.of(RATE, CPU)));
            }
            targets.add(new Target("G1", subject, RATE, true, 11_000, 25_000));
            targets.add(new Target("G1", subject, P99, false, 30, 10));
            targets.add(new Target("G2", subject, CPU, false, 0.10, 0.04));
            targets.add(new Target("guard", subject, new Column("peak_rss_mb", "peak MB", 0), false, 256, 192));
        }
        var notes = new ArrayList<>(session.notes());
        if (!sheet.runs().containsKey(NGINX)) {
            notes.add("nginx is not installed, so its anchor is missing: apt install nginx or brew install nginx");
        }
        return new Report("capture", options.shown(), sheet, COLUMNS, anchors, targets, checks, notes);
    }
}
