package kembali.bench.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.bench.UnavailableException;
import kembali.bench.process.Programs;
import kembali.bench.process.Session;
import org.jspecify.annotations.Nullable;

/** The load generator: wrk with two threads, each connection asking again as soon as it is answered. */
final class Wrk {
    private static final int THREADS = 2;

    private final Session session;
    private final Path program;
    private final Path script;
    private final int connections;
    private int runs;

    /**
     * What a run saw.
     *
     * @param requests answered within the run
     * @param refused answers of 400 and above
     * @param broken connections refused, broken or too slow
     */
    record Load(
            long requests,
            double seconds,
            double p50Millis,
            double p99Millis,
            double maxMillis,
            long refused,
            long broken) {
        double rate() {
            return requests / seconds;
        }
    }

    /** @throws UnavailableException when there is no wrk */
    Wrk(Session session, int connections) throws IOException {
        this.session = session;
        this.connections = connections;
        Path found = Programs.find("wrk");
        if (found == null) {
            throw new UnavailableException(
                    "capture needs the load generator wrk: apt install wrk, dnf install wrk or brew install wrk");
        }
        program = found;
        script = session.folder("wrk").resolve("clicks.lua");
        try (InputStream in = Objects.requireNonNull(Wrk.class.getResourceAsStream("clicks.lua"))) {
            Files.copy(in, script);
        }
    }

    /**
     * @param clickIds whether each click carries an fbclid of its own
     * @param trackerKey of the page views to send; null for clicks on a link
     * @param postbacks how many leads postbacks are about; 0 for clicks and page views
     */
    Load run(String url, int seconds, boolean clickIds, @Nullable String trackerKey, int postbacks)
            throws IOException, InterruptedException {
        String said = session.run(
                List.of(
                        program.toString(),
                        "-t" + THREADS,
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        url),
                Map.of(
                        "CLICKS_TAG",
                        "r" + ++runs + "t",
                        "CLICKS_FBCLID",
                        clickIds ? "1" : "0",
                        "CLICKS_TRACKER_KEY",
                        trackerKey == null ? "" : trackerKey,
                        "CLICKS_POSTBACKS",
                        Integer.toString(postbacks)));
        JsonNode result = new ObjectMapper()
                .readTree(said.lines()
                        .filter(l -> l.startsWith("{"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("wrk said nothing of its run: " + said)));
        return new Load(
                result.get("requests").asLong(),
                result.get("seconds").asDouble(),
                result.get("p50").asDouble(),
                result.get("p99").asDouble(),
                result.get("max").asDouble(),
                result.get("refused").asLong(),
                result.get("broken").asLong());
    }
}
