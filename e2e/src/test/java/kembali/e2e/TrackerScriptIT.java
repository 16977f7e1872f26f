package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tracker is in the package and reaches pages. */
class TrackerScriptIT {
    @Test
    void isServedWithTheServer() {
        try (var sandbox = RunningSandbox.start();
                var server = RunningServer.start(Database.SQLITE, sandbox)) {
            Http.Answer script = Http.send("GET", server.url() + "/track.min.js", null, Map.of());
            assertThat(script.status()).isEqualTo(200);
            assertThat(script.header("Content-Type")).isEqualTo("application/javascript; charset=utf-8");
            assertThat(script.body()).contains("kembali");
            assertThat(Http.send(
                                    "GET",
                                    server.url() + "/track.min.js",
                                    null,
                                    Map.of("If-None-Match", script.header("ETag")))
                            .status())
                    .isEqualTo(304);
        }
    }
}
