package kembali.bench.deliver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.bench.process.Api;

/** The sync log as the API tells it. */
final class SyncLogReader {
    private static final int PAGE = 200;

    private SyncLogReader() {}

    /**
     * Events accepted of those decided since then.
     *
     * @param event the platform's name of them
     * @return milliseconds from the decision to the acceptance, one each
     */
    static long[] accepted(Api api, String pixelId, String event, Instant from)
            throws IOException, InterruptedException {
        String query = "/sync-logs?status=accepted&event=" + event + "&limit=" + PAGE + "&pixelId=" + pixelId + "&from="
                + from;
        List<Long> millis = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = api.get(cursor == null ? query : query + "&cursor=" + cursor);
            for (JsonNode row : page.get("items")) {
                millis.add(Duration.between(
                                Instant.parse(row.get("createdAt").asText()),
                                Instant.parse(row.get("deliveredAt").asText()))
                        .toMillis());
            }
            cursor = page.path("nextCursor").asText(null);
        } while (cursor != null);
        return millis.stream().mapToLong(Long::longValue).toArray();
    }
}
