package kembali.bench.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import kembali.bench.capture.Wrk.Load;
import kembali.bench.measure.ProcFigures;
import kembali.bench.process.ServerProcess;
import kembali.bench.process.Workplace;
import org.jspecify.annotations.Nullable;

/**
 * Something that is clicked on: one of our servers, or an anchor.
 *
 * @param clickIds whether its clicks carry an fbclid
 * @param trackerKey of page views; null for clicks on a link
 * @param counted by which figure of the server its requests are counted
 * @param server null for an anchor
 * @param pixelId null when nothing is delivered
 * @param postbacks how many leads its postbacks are about; 0 for clicks and page views
 */
record Clicked(
        String name,
        long pid,
        String url,
        boolean clickIds,
        @Nullable String trackerKey,
        Counted counted,
        @Nullable ServerProcess server,
        @Nullable String pixelId,
        int postbacks) {
    /** The figure of the server that counts requests of a kind which it stored and answered. */
    enum Counted {
        ROTATOR("kembali_rotator_requests_total", "outcome=\"click\""),
        CAMPAIGN("kembali_campaign_requests_total", "outcome=\"click\""),
        PAGE_VIEW("kembali_tracker_requests_total", "outcome=\"accepted\""),
        POSTBACK("kembali_postback_requests_total", "result=\"recorded\"");

        private final String metric;
        private final String label;

        Counted(String metric, String label) {
            this.metric = metric;
            this.label = label;
        }
    }

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    static Clicked anchor(String name, long pid, int port) {
        return new Clicked(
                name, pid, "http://127.0.0.1:" + port + "/wa/promo-eid", true, null, Counted.ROTATOR, null, null, 0);
    }

    /** The same server's other kind of click: what it delivers must be over before its run is. */
    Clicked withPixelOf(Clicked other) {
        return new Clicked(name, pid, url, clickIds, trackerKey, counted, server, other.pixelId, postbacks);
    }

    /** Clicks, page views or postbacks the server says it stored and answered; of an anchor nobody knows. */
    long answered() throws IOException, InterruptedException {
        if (server == null) {
            return 0;
        }
        return (long) server.api().metric(counted.metric, counted.label);
    }

    /** One measured run, then all that its clicks cause. */
    Map<String, Double> measure(Wrk wrk, int seconds, Answers answers) throws IOException, InterruptedException {
        long clicksBefore = answered();
        ProcFigures before = ProcFigures.of(pid);
        Load load = wrk.run(url, seconds, clickIds, trackerKey, postbacks);
        ProcFigures after = ProcFigures.of(pid);
        answers.add(load.requests());
        var figures = new LinkedHashMap<String, Double>();
        figures.put("requests_per_s", load.rate());
        figures.put("p50_ms", load.p50Millis());
        figures.put("p99_ms", load.p99Millis());
        figures.put("max_ms", load.maxMillis());
        double perThousand = load.requests() / 1_000.0;
        figures.put("cpu_s_per_1000", (after.cpuSeconds() - before.cpuSeconds()) / perThousand);
        figures.put("requests", (double) load.requests());
        figures.put("broken", (double) load.broken());
        if (server == null) {
            figures.put("not_302", (double) load.refused());
        } else {
            // wrk tells refusals from answers, not a redirect from a page; the server's own count does.
            long clicks = answered() - clicksBefore;
            figures.put("not_302", (double) load.refused() + Math.max(0, load.requests() - load.refused() - clicks));
            if (pixelId != null && !Workplace.awaitDrained(server.api(), pixelId, PATIENCE)) {
                throw new IOException(name + ": events still wait to be sent after " + PATIENCE);
            }
            figures.put(
                    "cpu_s_per_1000_with_delivery",
                    (ProcFigures.of(pid).cpuSeconds() - before.cpuSeconds()) / perThousand);
        }
        ProcFigures end = ProcFigures.of(pid);
        figures.put("rss_mb", after.rssMb());
        figures.put("peak_rss_mb", end.peakRssMb());
        return figures;
    }

    /** What the load generator saw answered, over all runs. */
    static final class Answers {
        private long requests;
        private int runs;

        void add(long more) {
            requests += more;
            runs++;
        }

        long requests() {
            return requests;
        }

        int runs() {
            return runs;
        }
    }
}
