package kembali.bench.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import kembali.bench.process.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADERS = "Content-Type: application/json\r\n";

    private int port;
    private Thread sink;

    @BeforeEach
    void start() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        sink = Thread.ofPlatform().start(() -> {
            try {
                Sink.main(new String[] {Integer.toString(port)});
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterEach
    void stop() throws InterruptedException {
        sink.interrupt();
        sink.join();
    }

    @Test
    void answersEachPlatformAsItWouldAndCountsItsEvents() throws IOException {
        try (Connection c = connect()) {
            assertThat(send(c, Advertiser.META, 3)).isEqualTo(200);
            assertThat(JSON.readTree(c.body()).get("events_received").asInt()).isEqualTo(3);
            assertThat(send(c, Advertiser.GA4, 1)).isEqualTo(204);
            assertThat(c.body()).isEmpty();
            assertThat(send(c, Advertiser.GOOGLE_ADS, 5)).isEqualTo(200);
            assertThat(JSON.readTree(c.body()).get("requestId").asText()).isNotEmpty();
            assertThat(send(c, Advertiser.TIKTOK, 4)).isEqualTo(200);
            assertThat(JSON.readTree(c.body()).get("code").asInt(-1)).isZero();
            assertThat(send(c, Advertiser.LINKEDIN, 1)).isEqualTo(201);
            assertThat(c.body()).isEmpty();
            assertThat(send(c, Advertiser.LINKEDIN, 2)).isEqualTo(200);
            assertThat(JSON.readTree(c.body()).get("elements"))
                    .allMatch(e -> e.get("status").asInt() == 201)
                    .hasSize(2);
            assertThat(counts(c)).isEqualTo(JSON.readTree("{\"requests\":6,\"events\":16,\"connections\":1}"));
        }
    }

    @Test
    void handsOutATokenAndCountsNothingForIt() throws IOException {
        try (Connection c = connect()) {
            assertThat(c.send("POST", "/token", "", "grant_type=refresh_token".getBytes()))
                    .isEqualTo(200);
            assertThat(JSON.readTree(c.body()).get("access_token").asText()).isNotEmpty();
            assertThat(counts(c)).isEqualTo(JSON.readTree("{\"requests\":0,\"events\":0,\"connections\":0}"));
        }
    }

    @Test
    void writesByHandWhatIsJsonAndTellsOneEventFromAnother() throws IOException {
        for (Advertiser platform : Advertiser.values()) {
            int events = Math.min(4, platform.most());
            String body = new String(platform.handWritten().of(7, events, 1_795_228_800_000L));
            JSON.readTree(body);
            assertThat(body.split(java.util.regex.Pattern.quote(platform.mark()), -1))
                    .hasSize(events + 1);
            assertThat(platform.handWritten().path()).startsWith(platform.path());
        }
    }

    @Test
    void readsPlatformsByName() {
        assertThat(Advertiser.named("ga4, meta,ga4")).isEqualTo(List.of(Advertiser.GA4, Advertiser.META));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Advertiser.named("meta,bing"))
                .withMessageContaining("meta, ga4, google_ads, tiktok, linkedin")
                .withMessageContaining("\"bing\"");
    }

    private static int send(Connection c, Advertiser platform, int events) throws IOException {
        HandWritten body = platform.handWritten();
        return c.send("POST", body.path(), HEADERS, body.of(1, events, 1_795_228_800_000L));
    }

    private static JsonNode counts(Connection c) throws IOException {
        c.send("GET", Sink.COUNT_PATH, "", new byte[0]);
        return JSON.readTree(c.body());
    }

    /** The sink needs a moment to listen. */
    private Connection connect() throws IOException {
        long end = System.nanoTime() + 10_000_000_000L;
        while (true) {
            try {
                return new Connection(port);
            } catch (IOException notYet) {
                if (System.nanoTime() > end) {
                    throw notYet;
                }
                Thread.onSpinWait();
            }
        }
    }
}
