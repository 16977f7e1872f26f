package kembali.platform.tiktok;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.PlatformReply;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TikTokProbeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

    private final Destination pixel = opened("web");

    @ParameterizedTest
    @ValueSource(strings = {"empty-request", "test-event"})
    void asksAsTheGoldenFileSays(String name) throws IOException {
        var json = JsonMapper.builder().build();
        JsonNode golden = json.readTree(Path.of("src/test/resources/platform/tiktok/probe", name + ".json")
                .toFile());
        Instant now = Instant.parse(golden.path("now").asText());
        JsonNode code = golden.path("testCode");
        var request = ((ProbeStep.Ask) pixel.probe(now, code.isTextual() ? code.textValue() : null)).request();
        assertThat(request.method()).isEqualTo(golden.path("method").asText());
        assertThat(request.loggedUri()).isEqualTo(golden.path("url").asText());
        assertThat(json.readTree(request.body())).isEqualTo(golden.path("body"));
    }

    @Test
    void asksWithoutEventsWhenThereIsNoTestCode() {
        var usual = ((ProbeStep.Ask) pixel.probe(NOW)).request();
        assertThat(usual.body()).endsWith("\"data\":[]}");
        assertThat(((ProbeStep.Ask) pixel.probe(NOW, " ")).request()).isEqualTo(usual);
        assertThat(((ProbeStep.Ask) pixel.probe(NOW, null)).request()).isEqualTo(usual);
    }

    @Test
    void testsACrmSetWithoutAPage() {
        var request = ((ProbeStep.Ask) opened("crm").probe(NOW, "TEST1")).request();
        assertThat(request.body()).contains("\"event_source\":\"crm\"", "\"event\":\"ViewContent\"");
        assertThat(request.body()).doesNotContain("page");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200, token_accepted",
        "40000, 200, token_accepted",
        "40002, 200, token_accepted",
        "40061, 200, token_accepted",
        "40001, 200, permission_missing",
        "40003, 403, permission_missing",
        "40130, 401, permission_missing",
        "40102, 401, token_invalid",
        "40104, 401, token_invalid",
        "40105, 401, token_invalid",
        "40105, 200, token_invalid",
        "40007, 200, pixel_not_found",
        "40006, 200, api_version_ended",
        "41001, 200, interface_blocked",
        "40100, 401, rate_limited",
        "61000, 200, rate_limited",
        "50000, 200, platform_unavailable",
        "60001, 200, platform_unavailable",
        "40062, 200, user_data_not_hashed",
        "20001, 200, taken_in_part",
        "70001, 200, unknown_platform_error"
    })
    void readsTheAnswerToAnEmptyRequest(int code, int status, String verdict) {
        ProbeResult result = answered(null, status, code, "Error");
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.ok()).isEqualTo(verdict.equals("token_accepted"));
        assertThat(result.fix().isEmpty()).isEqualTo(result.ok());
    }

    @Test
    void saysThatAnEmptyRequestProvesNoPixel() {
        assertThat(answered(null, 200, 40002, "data: Shorter than minimum length 1.")
                        .message())
                .startsWith("The token is accepted, the pixel is not verified");
    }

    @Test
    void knowsACodeOfTheWrongSourceByTikToksWords() {
        assertThat(answered(null, 200, 40002, "event_source_id: Not a valid string")
                        .verdict())
                .isEqualTo("pixel_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 200, connected",
        "40002, 200, event_refused",
        "40001, 200, permission_missing",
        "40105, 200, token_invalid",
        "20001, 200, taken_in_part",
        "40050, 200, unknown_platform_error",
        "40100, 401, rate_limited"
    })
    void takesOnlyCodeZeroForSuccessOfATestEvent(int code, int status, String verdict) {
        ProbeResult result = answered("TEST1", status, code, "Error");
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.ok()).isEqualTo(verdict.equals("connected"));
    }

    @Test
    void saysThatAThrottledTikTokCanBeReached() {
        ProbeResult result = answered(null, 401, 40100, "Too many requests");
        assertThat(result.message()).startsWith("TikTok can be reached").contains("40100");
        assertThat(result.fix()).isEqualTo("Try again later.");
    }

    @Test
    void doesNotTakeAStrangersPageForTikTok() {
        assertThat(read(null, new PlatformReply(200, Map.of(), "<html>")).verdict())
                .isEqualTo("unreadable_answer");
        assertThat(read(null, new PlatformReply(200, Map.of(), "{}")).ok()).isFalse();
        assertThat(read("TEST1", new PlatformReply(200, Map.of(), "{}")).ok()).isFalse();
        assertThat(read(null, new PlatformReply(503, Map.of(), "")).verdict()).isEqualTo("platform_unavailable");
        assertThat(read(null, new PlatformReply(404, Map.of(), "not found")).verdict())
                .isEqualTo("request_refused");
    }

    private ProbeResult answered(@Nullable String testCode, int status, int code, String message) {
        String body = "{\"code\":" + code + ",\"message\":\"" + message + "\",\"request_id\":\"1\",\"data\":{}}";
        return read(testCode, new PlatformReply(status, Map.of(), body));
    }

    private ProbeResult read(@Nullable String testCode, PlatformReply reply) {
        var ask = (ProbeStep.Ask) pixel.probe(NOW, testCode);
        return ((ProbeStep.Found) ask.next().apply(reply)).result();
    }

    private static Destination opened(String source) {
        return new TikTokPlatform()
                .destination(
                        Map.of("pixelCode", TikTokPlatformTest.PIXEL, "eventSource", source),
                        Map.of("accessToken", TikTokPlatformTest.TOKEN),
                        Endpoints.USUAL);
    }
}
