package kembali.e2e;

import static kembali.e2e.Eventually.eventually;
import static kembali.e2e.Pixels.deliveryAt;
import static kembali.e2e.Pixels.tries;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import kembali.e2e.Pixels.Pixel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Access tokens that live for an hour: how they are got, kept, renewed, and what happens when Google takes them away. */
@ParameterizedClass(name = "{0}")
@EnumSource(GoogleAdsTransport.class)
@ExtendWith(LogsOnFailure.class)
class GoogleAccessIT {
    private static RunningSandbox sandbox;
    private static RunningServer server;
    private static Api api;

    private final GoogleAdsTransport transport;
    private final Pixels pixels;

    GoogleAccessIT(GoogleAdsTransport transport) {
        this.transport = transport;
        this.pixels = new Pixels(api);
    }

    @BeforeAll
    static void start() {
        sandbox = RunningSandbox.start();
        server = RunningServer.start(Database.SQLITE, sandbox, Map.of("KEMBALI_RETRY_FIRST_DELAY", "10ms"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
        sandbox.close();
    }

    @AfterEach
    void forgetThePixels() {
        sandbox.clearFaults();
        pixels.forget();
    }

    @Test
    void manyEventsThatWaitForATokenAskForOne() {
        Pixel pixel = pixels.add(transport);
        pixels.pause(pixel, true);
        var deliveries = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            deliveries.add(pixels.won(pixel, "Bersama " + i));
        }
        sandbox.fault("google_oauth", client(pixel), "\"mode\":\"slow\",\"delayMs\":600,\"count\":1");
        pixels.pause(pixel, false);
        // These find the first question under way.
        for (int i = 0; i < 6; i++) {
            deliveries.add(pixels.won(pixel, "Menyusul " + i));
        }
        deliveries.forEach(d -> api.rowOnce(d, "accepted"));
        assertThat(tokens(pixel)).hasSize(1);
        assertThat(sandbox.requests(pixel.platformId())).hasSizeGreaterThan(1);
    }

    @Test
    void anExpiredTokenIsRenewedAndTheEventGoesOutAtOnce() {
        Pixel pixel = pixels.add(transport);
        api.rowOnce(pixels.won(pixel, "Pertama"), "accepted");
        sandbox.fault(transport.word(), pixel.platformId(), "\"mode\":\"expire_token\",\"count\":1");
        JsonNode row = api.rowOnce(pixels.won(pixel, "Kedua"), "accepted");
        assertThat(tries(row)).hasSize(1);
        assertThat(statuses(pixel)).containsExactly(200, 401, 200);
        assertThat(tokens(pixel)).hasSize(2);
        assertThat(pixels.health(pixel).path("state").asText()).isEqualTo("ok");
    }

    @Test
    void aTokenRefusedTwiceParksThePixelAndAsksToReconnect() {
        Pixel pixel = pixels.add(transport);
        sandbox.fault(transport.word(), pixel.platformId(), "\"mode\":\"revoke\"");
        String delivery = pixels.won(pixel, "Ditolak");
        pixels.awaitHealth(pixel, "parked");
        JsonNode row = api.row(delivery);
        assertThat(row.path("status").asText()).isEqualTo("pending");
        assertThat(row.at("/reason/code").asText()).isEqualTo("token_invalid");
        assertThat(row.at("/reason/fix").asText()).contains("Connect the Google account again");
        // The pixel is parked a moment before the attempt is stored.
        eventually(
                () -> assertThat(api.row(delivery).at("/attempts/0/httpStatus").asInt())
                        .isEqualTo(401));
        // One with the token at hand, one with a fresh one, and only then was it parked.
        List<JsonNode> requests = sandbox.requests(pixel.platformId()).reversed();
        assertThat(requests.get(0).at("/headers/Authorization").asText())
                .isNotEqualTo(requests.get(1).at("/headers/Authorization").asText());
        sandbox.clearFaults();
        api.rowOnce(delivery, "accepted");
        pixels.awaitHealth(pixel, "ok");
        assertThat(sandbox.received(pixel.platformId())).hasSize(1);
    }

    @Test
    void aTroubledTokenServerIsWaitedFor() {
        var troubles = List.of(
                "\"mode\":\"throttle\",\"retryAfterSeconds\":60,\"count\":2",
                "\"mode\":\"throttle\",\"retryAfterSeconds\":0,\"count\":2",
                "\"mode\":\"fail\",\"count\":2",
                "\"mode\":\"html\",\"count\":1",
                "\"mode\":\"garbage\",\"count\":1",
                "\"mode\":\"reset\",\"count\":1",
                "\"mode\":\"lose_answer\",\"count\":1");
        var met = new ArrayList<Pixel>();
        for (String trouble : troubles) {
            Pixel pixel = pixels.add(transport);
            sandbox.fault("google_oauth", client(pixel), trouble);
            met.add(pixel);
        }
        JsonNode answer = api.won(pixels.lead("Menunggu"), "1000");
        for (Pixel pixel : met) {
            JsonNode row = api.rowOnce(deliveryAt(pixel, answer), "accepted");
            // No event travelled without a token, so none can have been lost.
            assertThat(row.path("answerLost").asBoolean()).isFalse();
            assertThat(row.path("attempts").size()).isGreaterThan(1);
            assertThat(row.at("/attempts/0/request/url").asText()).endsWith("/token");
            assertThat(sandbox.received(pixel.platformId())).hasSize(1);
        }
    }

    @Test
    void aServiceAccountsKeyGivesAccess() throws NoSuchAlgorithmException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        String sender = transport.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                + "@project.iam.gserviceaccount.com";
        sandbox.instruct(
                "google_oauth",
                "{\"publicKeys\":{\"%s\":%s}}"
                        .formatted(
                                sender,
                                Json.quoted(pem("PUBLIC KEY", keys.getPublic().getEncoded()))));
        String keyFile =
                """
                {"type":"service_account","project_id":"project","private_key_id":"1","private_key":%s,
                 "client_email":"%s","client_id":"1","token_uri":"https://oauth2.googleapis.com/token"}""".formatted(Json.quoted(pem("PRIVATE KEY", keys.getPrivate().getEncoded())), sender);
        Pixel pixel = pixels.add(
                transport,
                "{\"mapping\":{\"new\":null},\"credentials\":{\"serviceAccountJson\":%s}}"
                        .formatted(Json.quoted(keyFile)));
        assertThat(api.post("/pixels/" + pixel.id() + "/test")
                        .expect(200)
                        .path("verdict")
                        .asText())
                .isEqualTo("connected");
        api.rowOnce(pixels.won(pixel, "Kunci"), "accepted");
        assertThat(sandbox.received(sender, "jwt-bearer")).isNotEmpty();
        assertThat(pixels.get(pixel).toString()).doesNotContain("BEGIN PRIVATE");
    }

    @Test
    void noTokenIsEverShown() {
        Pixel pixel = pixels.add(transport);
        String row = api.rowOnce(pixels.won(pixel, "Rahasia"), "accepted").toString();
        eventually(() -> assertThat(tokens(pixel)).hasSize(1));
        assertThat(row + pixels.get(pixel) + server.process().output())
                .doesNotContain("ya29.", "1//sandbox-" + pixel.platformId(), "secret-of-" + pixel.platformId());
    }

    private static String client(Pixel pixel) {
        return GoogleAdsTransport.client(pixel.platformId());
    }

    /** Tokens handed out to a pixel's OAuth client. */
    private static List<JsonNode> tokens(Pixel pixel) {
        return sandbox.received(client(pixel));
    }

    /** What the platform answered to a pixel, oldest first. */
    private static List<Integer> statuses(Pixel pixel) {
        return sandbox.requests(pixel.platformId()).reversed().stream()
                .map(r -> r.path("status").asInt())
                .toList();
    }

    private static String pem(String what, byte[] key) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END " + what + "-----\n";
    }
}
