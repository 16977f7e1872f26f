package kembali.platform.ga4;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ga4ProbeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/platform/ga4/probe");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final String VALID = "{\"validationMessages\":[]}";
    private static final String STRICT = "ENFORCE_RECOMMENDATIONS";

    private final Destination pixel = opened(Map.of("measurementId", "G-4T7KQ2M9XD"));

    @Test
    void asksTheDebugEndpointWithAMadeUpLead() throws IOException {
        var golden = JSON.readTree(GOLDEN.resolve("request.json").toFile());
        var request = asked(pixel.probe(Instant.parse(golden.path("now").asText())));
        assertThat(request.method()).isEqualTo(golden.path("method").asText());
        assertThat(request.loggedUri()).isEqualTo(golden.path("url").asText());
        assertThat(request.uri().getRawQuery()).endsWith("&api_secret=Zk3vX9Q%2B%2FR2a7Lw0TnB5sYg");
        assertThat(JSON.readTree(request.body())).isEqualTo(golden.path("body"));
    }

    @Test
    void saysPlainlyThatTheSecretIsNotProved() {
        ProbeResult result = connection(200, VALID);
        assertThat(result.ok()).isTrue();
        assertThat(result.verdict()).isEqualTo("payload_valid");
        assertThat(result.message()).contains("Google cannot confirm the API secret", "test mode", "DebugView");
        assertThat(result.fix()).isEmpty();
    }

    @Test
    void repeatsWhatGoogleObjectsTo() throws IOException {
        ProbeResult result = connection(200, Files.readString(GOLDEN.resolve("name-invalid.json")));
        assertThat(result.ok()).isFalse();
        assertThat(result.verdict()).isEqualTo("payload_invalid");
        assertThat(result.message())
                .contains(
                        "events: Event at index: [0] has invalid name [_x]. Names must start with an alphabetic character."
                                + " (NAME_INVALID)");
        assertThat(result.fix()).isNotBlank();
    }

    @Test
    void takesAnyMessageForAnObjection() {
        assertThat(connection(200, "{\"validationMessages\":[{\"validationCode\":\"NEVER_SEEN\"}]}")
                        .message())
                .contains("no description (NEVER_SEEN)");
        assertThat(connection(200, "{\"validationMessages\":[null]}").ok()).isFalse();
        assertThat(connection(200, "{\"validationMessages\":[\"text\"]}").message())
                .endsWith("objects: text");
        String many = "{\"validationMessages\":[" + "{\"description\":\"x\"},".repeat(8) + "{}]}";
        assertThat(connection(200, many).message()).endsWith("; 4 more");
    }

    @Test
    void masksASecretThatIsEchoed() {
        String echo = "{\"validationMessages\":[{\"description\":\"bad " + Ga4PlatformTest.SECRET + "\"}]}";
        assertThat(connection(200, echo).message()).contains("bad ***").doesNotContain(Ga4PlatformTest.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>",
                "{}",
                "[]",
                "null",
                "{",
                "{\"validationMessages\":null}",
                "{\"validationMessages\":{}}",
                "{\"validationMessages\":[]}{}"
            })
    void doesNotTakeAStrangersPageForGoogle(String body) {
        assertThat(connection(200, body).verdict()).isEqualTo("unreadable_answer");
        assertThat(connection(200, body).ok()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "204, unreadable_answer",
        "302, unreadable_answer",
        "403, unreadable_answer",
        "404, unreadable_answer",
        "407, unreadable_answer",
        "429, rate_limited",
        "500, platform_unavailable",
        "503, platform_unavailable"
    })
    void readsOtherAnswers(int status, String verdict) {
        ProbeResult result = connection(status, status == 204 ? "" : VALID);
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.message()).contains("(HTTP " + status + ")");
        assertThat(result.ok()).isFalse();
        assertThat(result.fix()).isNotBlank();
    }

    @Test
    void asksNothingWithoutAnIdOrSecret() {
        assertThat(opened(Map.of()).probe(NOW))
                .isInstanceOfSatisfying(
                        ProbeStep.Found.class,
                        found -> assertThat(found.result().verdict()).isEqualTo("missing_configuration"));
    }

    @Test
    void rehearsesAnEventAsItWouldTravelButMoreStrictly() throws IOException {
        String json = event("1234567890.1763520000", NOW.minusSeconds(60));
        PlatformRequest request = asked(rehearsal(json));
        assertThat(request.loggedUri()).startsWith("https://www.google-analytics.com/debug/mp/collect?");
        JsonNode body = JSON.readTree(request.body());
        assertThat(body.path("validation_behavior").asText()).isEqualTo(STRICT);
        assertThat(((com.fasterxml.jackson.databind.node.ObjectNode) body)
                        .without("validation_behavior")
                        .toString())
                .isEqualTo(json);
        ProbeResult result = answered(rehearsal(json), 200, VALID);
        assertThat(result.verdict()).isEqualTo("payload_valid");
        assertThat(result.message())
                .contains("nothing wrong", "Nothing was stored")
                .doesNotContain("72 hours");
    }

    /** Google's recommendations would object to both, although both are meant so and GA4 takes them. */
    @Test
    void rehearsesOldEventsAndServerMadeClientsAsTheyAre() {
        String old = event("1234567890.1763520000", NOW.minusSeconds(73 * 3600));
        assertThat(asked(rehearsal(old)).body()).isEqualTo(old);
        assertThat(answered(rehearsal(old), 200, VALID).message()).contains("more than 72 hours old");
        String server = event("HVjzj3k9WQm/2+Ls0aXz5w==.1763520000", NOW);
        assertThat(asked(rehearsal(server)).body()).isEqualTo(server);
    }

    private ProbeResult connection(int status, String body) {
        return answered(pixel.probe(NOW), status, body);
    }

    private ProbeStep rehearsal(String json) {
        return Objects.requireNonNull(pixel.rehearse(new Prepared.Ready(json, List.of("client_id"), "", true), NOW));
    }

    private static String event(String client, Instant at) {
        return "{\"timestamp_micros\":" + at.getEpochSecond() + "000000,\"client_id\":\"" + client
                + "\",\"events\":[{\"name\":\"working_lead\",\"params\":{\"engagement_time_msec\":1}}]}";
    }

    private static Destination opened(Map<String, Object> settings) {
        return new Ga4Platform().destination(settings, Map.of("apiSecret", Ga4PlatformTest.SECRET), Endpoints.USUAL);
    }

    private static PlatformRequest asked(ProbeStep step) {
        return ((ProbeStep.Ask) step).request();
    }

    private static ProbeResult answered(ProbeStep step, int status, String body) {
        return ((ProbeStep.Found) ((ProbeStep.Ask) step).next().apply(new PlatformReply(status, Map.of(), body)))
                .result();
    }
}
