package kembali.bench.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import kembali.bench.process.ChildProcess;
import kembali.bench.process.Connection;
import kembali.bench.process.Session;

/** The sink in a process of its own, so that its CPU time is nobody else's. */
public final class SinkProcess {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final Connection asking;

    /**
     * What has arrived since its start.
     *
     * @param connections on which at least one event came
     */
    public record Count(long requests, long events, long connections) {
        Count since(Count before) {
            return new Count(requests - before.requests, events - before.events, connections - before.connections);
        }
    }

    private SinkProcess(int port) throws IOException {
        this.port = port;
        this.asking = new Connection(port);
    }

    /** Ends with the session. */
    public static SinkProcess start(Session session) throws IOException, InterruptedException {
        int port = ChildProcess.freePort();
        session.start("sink", session.ownProgram(Sink.class, Integer.toString(port)), Map.of())
                .awaitPort(port);
        return new SinkProcess(port);
    }

    int port() {
        return port;
    }

    /** What makes a server send here, as fast as it can. */
    public Map<String, String> environment() {
        var environment = new HashMap<>(Map.of("KEMBALI_REQUESTS_PER_SECOND", "-1"));
        for (Advertiser platform : Advertiser.values()) {
            platform.endpoints().forEach(e -> environment.put("KEMBALI_ENDPOINT_" + e, "http://127.0.0.1:" + port));
        }
        return environment;
    }

    public Count count() throws IOException {
        asking.send("GET", Sink.COUNT_PATH, "", new byte[0]);
        JsonNode said = JSON.readTree(asking.body());
        return new Count(
                said.get("requests").asLong(),
                said.get("events").asLong(),
                said.get("connections").asLong());
    }
}
