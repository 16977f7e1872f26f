package kembali.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A geo database tells where a click came from, and what the lead says of itself goes before it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LogsOnFailure.class)
class GeoIT {
    private static final Path DATABASE = Path.of("..", "server/src/test/resources/kembali/capture/geo/places.mmdb")
            .toAbsolutePath()
            .normalize();
    private static final Pattern CODE = Pattern.compile("%5B([A-Z]{3}\\d{4})%5D");

    private RunningSandbox sandbox;
    private RunningServer server;
    private Api api;

    @BeforeAll
    void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(
                Database.SQLITE,
                sandbox,
                Map.of("KEMBALI_GEO_DATABASE", DATABASE.toString(), "KEMBALI_TRUSTED_PROXIES", "127.0.0.1"));
        api = server.api();
        api.metaPixel("123456789012345", "sandbox-token-of-places");
        String agent = api.post("/agents", "{\"name\":\"Sari\",\"phone\":\"+628111000111\"}")
                .expect(201)
                .path("id")
                .asText();
        api.post("/rotators", """
                {"slug":"promo","name":"Promo","message":"Halo {code}","agents":[{"agentId":"%s","weight":1}]}""".formatted(agent)).expect(201);
    }

    @AfterAll
    void stop() {
        server.close();
        sandbox.close();
    }

    @Test
    void theClicksPlaceIsShownAndReportedUntilTheLeadSaysItsOwn() {
        String code = click("203.0.113.7");
        JsonNode lead = api.get("/leads/" + code).expect(200);
        assertThat(lead.path("place")).isEqualTo(Json.read("""
                {"countryCode":"ID","region":"West Java","regionCode":"JB","city":"Bandung","postalCode":"40115",
                 "timezone":"Asia/Jakarta"}"""));
        assertThat(Json.names(lead.path("web"))).containsExactlyInAnyOrder("pageUrl", "referrer", "ip", "userAgent");
        assertThat(lead.path("city").isNull()).isTrue();

        JsonNode reported = reported(code, "contacted");
        assertThat(reported.at("/country/0").asText()).isEqualTo(sha256("id"));
        assertThat(reported.at("/ct/0").asText()).isEqualTo(sha256("bandung"));
        assertThat(reported.at("/st/0").asText()).isEqualTo(sha256("westjava"));
        assertThat(reported.at("/zp/0").asText()).isEqualTo(sha256("40115"));

        api.patch("/leads/" + code, "{\"city\":\"Surabaya\"}").expect(200);
        JsonNode later = reported(code, "qualified");
        assertThat(later.at("/ct/0").asText()).isEqualTo(sha256("surabaya"));
        assertThat(later.at("/country/0").asText()).isEqualTo(sha256("id"));
        assertThat(later.has("st") || later.has("zp")).isFalse();
    }

    @Test
    void anAddressNobodyKnowsHasNoPlace() {
        String code = click("198.51.100.200");
        assertThat(api.get("/leads/" + code).expect(200).path("place").isNull()).isTrue();
        assertThat(reported(code, "contacted").has("country")).isFalse();
    }

    @Test
    void clicksOverIpv6HaveAPlaceToo() {
        String code = click("2001:db8::7");
        assertThat(api.get("/leads/" + code)
                        .expect(200)
                        .at("/place/countryCode")
                        .asText())
                .isEqualTo("SG");
    }

    private String click(String address) {
        String location = new Browser()
                .with("X-Forwarded-For", address)
                .open(server.url() + "/wa/promo?fbclid=IwAR-" + address.hashCode() + "-places")
                .header("Location");
        Matcher code = CODE.matcher(location);
        assertThat(code.find()).as(location).isTrue();
        return code.group(1);
    }

    /** What Meta was told of the person. */
    private JsonNode reported(String code, String status) {
        JsonNode answer = api.put("/leads/" + code + "/status", "{\"status\":\"" + status + "\"}")
                .expect(200);
        JsonNode row = api.rowOnce(answer.at("/deliveries/0/id").asText(), "accepted");
        return sandbox.copies(row.path("eventId").asText()).getFirst().at("/body/user_data");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
