package kembali.platform.meta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import kembali.platform.Destination;
import kembali.platform.PlatformReply;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaProbeTest {
    private final Destination pixel = new MetaPlatform()
            .destination(
                    Map.of("pixelId", "1234567890123456"),
                    Map.of("accessToken", MetaPlatformTest.TOKEN),
                    kembali.platform.Endpoints.USUAL);

    @Test
    void asksWithAnEventThatIsEightDaysOld() throws IOException {
        var json = JsonMapper.builder().build();
        var golden = json.readTree(
                Path.of("src/test/resources/platform/meta/probe/request.json").toFile());
        var request =
                ((ProbeStep.Ask) pixel.probe(Instant.parse(golden.path("now").asText()))).request();
        assertThat(request.method()).isEqualTo(golden.path("method").asText());
        assertThat(request.loggedUri()).isEqualTo(golden.path("url").asText());
        assertThat(json.readTree(request.body())).isEqualTo(golden.path("body"));
    }

    @ParameterizedTest
    @CsvSource({
        "100, 2804003, connected",
        "190, 0, token_invalid",
        "190, 463, token_invalid",
        "102, 0, token_invalid",
        "100, 33, pixel_not_found",
        "803, 0, pixel_not_found",
        "3, 0, permission_missing",
        "10, 0, permission_missing",
        "200, 0, permission_missing",
        "294, 0, permission_missing",
        "299, 0, permission_missing",
        "4, 0, rate_limited",
        "80004, 0, rate_limited",
        "368, 0, temporarily_blocked",
        "2635, 0, api_version_ended",
        "2, 0, platform_unavailable",
        "100, 2804050, insufficient_user_data"
    })
    void readsTheRefusal(int code, int subcode, String verdict) {
        ProbeResult result = refused(code, subcode, "Invalid parameter");
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.ok()).isEqualTo(verdict.equals("connected"));
        assertThat(result.fix().isEmpty()).isEqualTo(result.ok());
    }

    @Test
    void knowsAForeignPixelByMetasWordsToo() {
        assertThat(refused(100, 0, "Unsupported post request. Object with ID '1' does not exist")
                        .verdict())
                .isEqualTo("pixel_not_found");
    }

    @Test
    void saysThatAThrottledMetaCanBeReached() {
        ProbeResult result = refused(17, 0, "User request limit reached");
        assertThat(result.message()).startsWith("Meta can be reached").contains("(code 17)");
        assertThat(result.fix()).isEqualTo("Try again later.");
    }

    @Test
    void warnsWhenTheProbeWasStored() {
        ProbeResult result = answered(new PlatformReply(200, Map.of(), "{\"events_received\":1,\"messages\":[]}"));
        assertThat(result.ok()).isTrue();
        assertThat(result.verdict()).isEqualTo("connected");
        assertThat(result.message()).contains("stored");
    }

    @Test
    void doesNotTakeAStrangersPageForMeta() {
        assertThat(answered(new PlatformReply(200, Map.of(), "<html>")).verdict())
                .isEqualTo("unreadable_answer");
        assertThat(answered(new PlatformReply(200, Map.of(), "{}")).ok()).isFalse();
        assertThat(answered(new PlatformReply(503, Map.of(), "")).verdict()).isEqualTo("platform_unavailable");
    }

    private ProbeResult answered(PlatformReply reply) {
        var ask = (ProbeStep.Ask) pixel.probe(Instant.parse("2026-11-21T03:00:00Z"));
        return ((ProbeStep.Found) ask.next().apply(reply)).result();
    }

    private ProbeResult refused(int code, int subcode, String message) {
        String body = "{\"error\":{\"message\":\"" + message + "\",\"type\":\"OAuthException\",\"code\":" + code
                + (subcode == 0 ? "" : ",\"error_subcode\":" + subcode) + "}}";
        return answered(new PlatformReply(400, Map.of(), body));
    }
}
