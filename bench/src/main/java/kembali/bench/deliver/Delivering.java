package kembali.bench.deliver;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kembali.bench.deliver.StatusChanges.Changed;
import kembali.bench.measure.ProcFigures;
import kembali.bench.measure.Stats;
import kembali.bench.measure.Watch;
import kembali.bench.process.ServerProcess;
import kembali.bench.process.Session;
import kembali.bench.process.Workplace;

/** One of our servers with one pixel of a platform that leads to a sink. */
final class Delivering {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ServerProcess server;
    private final SinkProcess sink;
    private final String pixelId;
    private final Advertiser platform;
    private final SampleLeads people;
    private final StatusChanges changes;

    /** Events sent, arrived, and accepted, of one round; all three are the same number when nothing was lost. */
    record Truth(long changed, long arrived, long accepted) {
        boolean holds() {
            return changed == arrived && changed == accepted;
        }

        Truth plus(Truth other) {
            return new Truth(changed + other.changed, arrived + other.arrived, accepted + other.accepted);
        }
    }

    /** Figures of one round: leads stored, their status changes, and the events those caused. */
    record Round(
            Map<String, Double> leads, Map<String, Double> statusChanges, Map<String, Double> events, Truth truth) {}

    private record Stored(List<String> ids, Map<String, Double> figures) {}

    /** @param batch most events of a request */
    Delivering(Session session, SinkProcess sink, Advertiser platform, int batch) throws Exception {
        this.sink = sink;
        this.platform = platform;
        this.people = new SampleLeads(platform);
        var environment = new HashMap<>(sink.environment());
        environment.put("KEMBALI_BATCH_SIZE", Integer.toString(batch));
        server = session.startServer("server-" + platform.key() + "-batch-" + batch, environment);
        pixelId = Workplace.pixel(server.api(), platform.pixel(), false);
        changes = new StatusChanges(server);
    }

    long pid() {
        return server.pid();
    }

    /** Leads become won while the pixel is paused; then all that waits is sent. */
    Round round(int events, int connections, Watch watch) throws Exception {
        server.api().post("/pixels/" + pixelId + "/pause");
        Stored leads = watch.during("new leads", () -> store(events));
        Instant from = Instant.now();
        ProcFigures before = ProcFigures.of(pid());
        Changed changed = watch.during("status changes", () -> changes.closedLoop(leads.ids(), connections));
        ProcFigures after = ProcFigures.of(pid());
        int done = events - changed.refused();

        Drained drained = watch.during("backlog", () -> drain(done));
        long accepted = SyncLogReader.accepted(server.api(), pixelId, platform.event(), from).length;
        return new Round(
                leads.figures(),
                figures(changed, before, after),
                drained.figures(),
                new Truth(done, drained.arrived().events(), accepted));
    }

    private record Drained(Map<String, Double> figures, SinkProcess.Count arrived) {}

    /** Sends all that waits, to the last outcome stored. */
    private Drained drain(int events) throws IOException, InterruptedException {
        SinkProcess.Count countBefore = sink.count();
        ProcFigures before = ProcFigures.of(pid());
        long begun = System.nanoTime();
        server.api().post("/pixels/" + pixelId + "/resume");
        long end = begun + PATIENCE.toNanos();
        while (sink.count().events() - countBefore.events() < events && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        // The last outcomes are stored a moment after the sink saw the last event; the drain ends with them.
        Workplace.awaitDrained(server.api(), pixelId, PATIENCE);
        double seconds = (System.nanoTime() - begun) / 1e9;
        ProcFigures after = ProcFigures.of(pid());
        SinkProcess.Count arrived = sink.count().since(countBefore);
        var figures = new LinkedHashMap<String, Double>();
        figures.put("per_s", arrived.events() / seconds);
        figures.put("cpu_s_per_1000", perThousand(before, after, arrived.events()));
        figures.put("rss_mb", after.rssMb());
        figures.put("peak_rss_mb", after.peakRssMb());
        figures.put("requests", (double) arrived.requests());
        figures.put("new_connections", (double) arrived.connections());
        return new Drained(figures, arrived);
    }

    private Stored store(int count) throws IOException, InterruptedException {
        ProcFigures before = ProcFigures.of(pid());
        long begun = System.nanoTime();
        List<String> ids = people.create(server.api(), count);
        double seconds = (System.nanoTime() - begun) / 1e9;
        ProcFigures after = ProcFigures.of(pid());
        return new Stored(
                ids,
                Map.of(
                        "per_s", count / seconds,
                        "cpu_s_per_1000", perThousand(before, after, count),
                        "rss_mb", after.rssMb(),
                        "peak_rss_mb", after.peakRssMb()));
    }

    /** Status changes at a steady rate with the pixel live: how long until the platform has accepted. */
    Round steady(int perSecond, int seconds, Watch watch) throws Exception {
        Stored leads = store(perSecond * seconds);
        Instant from = Instant.now();
        SinkProcess.Count countBefore = sink.count();
        ProcFigures before = ProcFigures.of(pid());
        Changed changed = watch.during("steady", () -> changes.openLoop(leads.ids(), perSecond));
        Workplace.awaitDrained(server.api(), pixelId, PATIENCE);
        ProcFigures after = ProcFigures.of(pid());
        SinkProcess.Count arrived = sink.count().since(countBefore);
        long[] millis = SyncLogReader.accepted(server.api(), pixelId, platform.event(), from);
        var acceptance = new LinkedHashMap<String, Double>();
        acceptance.put("per_s", millis.length / changed.seconds());
        acceptance.put("p50_ms", Stats.percentile(millis, 0.50));
        acceptance.put("p99_ms", Stats.percentile(millis, 0.99));
        acceptance.put("max_ms", Stats.percentile(millis, 1));
        acceptance.put("requests", (double) arrived.requests());
        acceptance.put("new_connections", (double) arrived.connections());
        return new Round(
                leads.figures(),
                figures(changed, before, after),
                acceptance,
                new Truth(leads.ids().size() - changed.refused(), arrived.events(), millis.length));
    }

    private static Map<String, Double> figures(Changed changed, ProcFigures before, ProcFigures after) {
        int count = changed.nanos().length;
        var figures = new LinkedHashMap<String, Double>();
        figures.put("per_s", count / changed.seconds());
        figures.put("p50_ms", Stats.percentile(changed.nanos(), 0.50) / 1e6);
        figures.put("p99_ms", Stats.percentile(changed.nanos(), 0.99) / 1e6);
        figures.put("max_ms", Stats.percentile(changed.nanos(), 1) / 1e6);
        figures.put("cpu_s_per_1000", perThousand(before, after, count));
        figures.put("rss_mb", after.rssMb());
        figures.put("peak_rss_mb", after.peakRssMb());
        figures.put("refused", (double) changed.refused());
        return figures;
    }

    private static double perThousand(ProcFigures before, ProcFigures after, long events) {
        return events == 0 ? 0 : (after.cpuSeconds() - before.cpuSeconds()) / events * 1_000;
    }
}
