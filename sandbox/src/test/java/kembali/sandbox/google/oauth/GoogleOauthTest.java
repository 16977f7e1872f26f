package kembali.sandbox.google.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kembali.sandbox.Fault;
import kembali.sandbox.Fault.Mode;
import kembali.sandbox.Json;
import kembali.sandbox.SandboxClient;
import kembali.sandbox.SandboxClient.Answer;
import kembali.sandbox.google.GoogleClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleOauthTest {
    private static final String DATA_MANAGER = "https://www.googleapis.com/auth/datamanager";
    private static final String ADS = "https://www.googleapis.com/auth/adwords";
    private static final String ISSUER = "sender@project.iam.gserviceaccount.com";
    private static final long NOW = SandboxClient.NOW.getEpochSecond();

    private GoogleClient client;
    private KeyPair keys;

    @BeforeAll
    void makeKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
    }

    @BeforeEach
    void start() {
        client = new GoogleClient();
    }

    @AfterEach
    void stop() {
        client.close();
    }

    @Test
    void handsOutATokenForARefreshToken() {
        Answer answer = client.refresh("1//sandbox-refresh");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("access_token").asText()).startsWith("ya29.");
        assertThat(answer.body().path("expires_in").asInt()).isEqualTo(3599);
        assertThat(answer.body().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.body().path("scope").asText()).contains(DATA_MANAGER).contains(ADS);
        assertThat(client.refresh("1//sandbox-refresh").body().path("access_token"))
                .isNotEqualTo(answer.body().path("access_token"));
    }

    @Test
    void countsTokensByClient() {
        client.refresh("1//sandbox-refresh");
        client.refresh("1//sandbox-refresh");
        assertThat(client.rows()).containsExactly("google_oauth client-1 refresh_token accepted: 2");
        JsonNode received =
                client.get("/_sandbox/received?platform=google_oauth").body().path("items");
        assertThat(received).hasSize(2);
        assertThat(received.at("/0/body/grant_type").asText()).isEqualTo("refresh_token");
        assertThat(received.at("/0/duplicate").asBoolean()).isFalse();
        assertThat(client.get("/_sandbox/summary")
                        .body()
                        .at("/platforms/google_oauth/accepted")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void neverShowsASecret() {
        String token = client.accessToken("1//very-secret-refresh");
        client.postAs(token, GoogleClient.INGEST, GoogleClient.ingest().toString());
        for (String list : new String[] {"received", "requests", "summary"}) {
            assertThat(client.get("/_sandbox/" + list).text())
                    .doesNotContain("very-secret")
                    .doesNotContain("client-secret-1")
                    .doesNotContain(token);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1//revoked-by-user, 400, invalid_grant",
        "1//expired-after-7-days, 400, invalid_grant",
        "1//invalid, 400, invalid_grant",
        "1//wrongclient, 401, invalid_client",
        "1//unauthorized, 401, unauthorized_client",
    })
    void refusesARefreshTokenByItsWords(String token, int status, String error) {
        Answer answer = client.refresh(token);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error").asText()).isEqualTo(error);
        assertThat(client.stored()).isZero();
        assertThat(client.rows()).containsExactly("google_oauth client-1  refused " + error + ": 1");
    }

    @Test
    void refusesAProgrammedRefreshToken() {
        client.control("tokens", "{\"token\":\"1//mine\",\"standing\":\"revoked\"}");
        assertThat(client.refresh("1//mine").body().path("error").asText()).isEqualTo("invalid_grant");
        client.delete("/_sandbox/tokens");
        assertThat(client.refresh("1//mine").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_type", "client_id", "client_secret", "refresh_token"})
    void refusesAFormWithAMissingField(String missing) {
        Map<String, String> form = new HashMap<>(
                Map.of("grant_type", "refresh_token", "client_id", "c", "client_secret", "s", "refresh_token", "1//r"));
        form.remove(missing);
        Answer answer = client.token(form);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("error").asText()).isEqualTo("invalid_request");
        assertThat(answer.body().path("error_description").asText()).contains(missing);
    }

    @Test
    void refusesOtherGrantsOtherMethodsAndJson() {
        assertThat(client.token(Map.of("grant_type", "password"))
                        .body()
                        .path("error")
                        .asText())
                .isEqualTo("unsupported_grant_type");
        assertThat(client.get("/token").status()).isEqualTo(405);
        Answer json = client.call("POST", "/token", "{}", Map.of("Content-Type", "application/json"));
        assertThat(json.body().path("error").asText()).isEqualTo("invalid_request");
    }

    @Test
    void givesNoScopeThatWasNotConsentedTo() {
        Map<String, String> form = Map.of(
                "grant_type", "refresh_token",
                "client_id", "c",
                "client_secret", "s",
                "refresh_token", "1//adwords",
                "scope", DATA_MANAGER);
        assertThat(client.token(form).body().path("error").asText()).isEqualTo("invalid_scope");
        assertThat(client.refresh("1//adwords").body().path("scope").asText()).isEqualTo(ADS);
    }

    @Test
    void aTokenEndsWhenItsTimeIsOver() {
        client.control("platforms/google_oauth", "{\"expiresIn\":0}");
        Answer answer = client.refresh("1//r");
        assertThat(answer.body().path("expires_in").asInt()).isZero();
        String token = answer.body().path("access_token").asText();
        assertThat(client.postAs(
                                token,
                                GoogleClient.INGEST,
                                GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(401);
        client.delete("/_sandbox/platforms/google_oauth");
        assertThat(client.refresh("1//r").body().path("expires_in").asInt()).isEqualTo(3599);
    }

    @Test
    void aServiceAccountGetsATokenOfTheScopeItAsksFor() throws GeneralSecurityException {
        know(keys);
        Answer answer = assertion(jwt(header(), claims(), keys.getPrivate()));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("scope")).isFalse();
        String token = answer.body().path("access_token").asText();
        assertThat(client.postAs(
                                token,
                                GoogleClient.INGEST,
                                GoogleClient.ingest().toString())
                        .status())
                .isEqualTo(200);
        assertThat(client.postAs(token, GoogleClient.SEARCH, "{}").status()).isEqualTo(403);
        assertThat(client.rows()).contains("google_oauth " + ISSUER + " jwt-bearer accepted: 1");
    }

    @Test
    void takesItsOwnAddressAsAudienceToo() throws GeneralSecurityException {
        String own = client.sandbox().url() + "/token";
        assertThat(assertion(jwt(header(), claims().put("aud", own), keys.getPrivate()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void refusesASignatureOfAnotherKey() throws GeneralSecurityException {
        know(keys);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String forged = jwt(header(), claims(), generator.generateKeyPair().getPrivate());
        Answer answer = assertion(forged);
        assertThat(answer.body().path("error").asText()).isEqualTo("invalid_grant");
        assertThat(answer.body().path("error_description").asText()).isEqualTo("Invalid JWT Signature.");
        client.delete("/_sandbox/platforms/google_oauth");
        assertThat(assertion(forged).status()).isEqualTo(200);
    }

    static Stream<Arguments> assertions() {
        return Stream.of(
                wrong("invalid_grant", header -> header.put("alg", "HS256"), claims -> {}),
                wrong("invalid_grant", header -> header.put("alg", "none"), claims -> {}),
                wrong("invalid_client", header -> {}, claims -> claims.remove("iss")),
                wrong("invalid_grant", header -> {}, claims -> claims.put("aud", "https://example.com/token")),
                wrong("invalid_grant", header -> {}, claims -> claims.put("exp", NOW + 3_661)),
                wrong("invalid_grant", header -> {}, claims -> claims.put("exp", NOW)),
                wrong("invalid_grant", header -> {}, claims -> claims.put("iat", NOW + 300)),
                wrong("invalid_grant", header -> {}, claims -> claims.put("iat", "now")),
                wrong("invalid_scope", header -> {}, claims -> claims.remove("scope")),
                wrong("invalid_scope", header -> {}, claims -> claims.put("scope", "datamanager")),
                wrong("invalid_grant", header -> {}, claims -> claims.put("iss", "revoked@p.iam.gserviceaccount.com")));
    }

    private static Arguments wrong(String error, Consumer<ObjectNode> header, Consumer<ObjectNode> claims) {
        return Arguments.of(error, header, claims);
    }

    @ParameterizedTest
    @MethodSource("assertions")
    void refusesAWrongAssertion(String error, Consumer<ObjectNode> header, Consumer<ObjectNode> claims)
            throws GeneralSecurityException {
        ObjectNode head = GoogleClient.changed(header(), header);
        ObjectNode body = GoogleClient.changed(claims(), claims);
        Answer answer = assertion(jwt(head, body, keys.getPrivate()));
        assertThat(answer.body().path("error").asText()).isEqualTo(error);
        assertThat(client.stored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "a.b", "a.b.c", "e30.e30.", "!.!.!"})
    void refusesWhatIsNoAssertion(String text) {
        assertThat(assertion(text).status()).isEqualTo(400);
    }

    @Test
    void faultsSpeakOauth() {
        client.arm(Fault.of("google_oauth", Mode.REVOKE).times(1));
        assertThat(client.refresh("1//r").body().path("error").asText()).isEqualTo("invalid_grant");
        client.arm(Fault.of("google_oauth", Mode.THROTTLE).times(1));
        Answer throttled = client.refresh("1//r");
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.raw().headers().firstValue("Retry-After")).contains("60");
        client.arm(Fault.of("google_oauth", Mode.FAIL).times(1));
        assertThat(client.refresh("1//r").status()).isEqualTo(503);
        client.arm(Fault.of("google_oauth", Mode.FAIL).because("invalid_client").times(1));
        Answer told = client.refresh("1//r");
        assertThat(told.status()).isEqualTo(400);
        assertThat(told.body().path("error").asText()).isEqualTo("invalid_client");
        client.arm(Fault.of("google_oauth", Mode.FAIL).at("another-client"));
        assertThat(client.refresh("1//r").status()).isEqualTo(200);
        assertThat(client.stored()).isEqualTo(1);
    }

    @Test
    void saysWhatInstructionsItKnows() {
        assertThat(client.control("platforms/google_oauth", "{\"colour\":\"blue\"}")
                        .status())
                .isEqualTo(400);
        assertThat(client.control("platforms/google_oauth", "{\"publicKeys\":{\"a@b\":\"no key\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(client.control("platforms/google_oauth", "{\"expiresIn\":-1}")
                        .status())
                .isEqualTo(400);
        assertThat(client.control("platforms/meta", "{}").status()).isEqualTo(400);
        assertThat(client.control("platforms/nobody", "{}").status()).isEqualTo(404);
        assertThat(client.get("/_sandbox/platforms/google_oauth").status()).isEqualTo(405);
    }

    private void know(KeyPair pair) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        ObjectNode told = Json.MAPPER.createObjectNode();
        told.putObject("publicKeys").put(ISSUER, pem);
        Answer answer = client.control("platforms/google_oauth", told.toString());
        assertThat(answer.body().path("publicKeys").asInt()).isEqualTo(1);
    }

    private Answer assertion(String jwt) {
        return client.token(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion", jwt));
    }

    private static ObjectNode header() {
        return Json.MAPPER.createObjectNode().put("alg", "RS256").put("typ", "JWT");
    }

    private static ObjectNode claims() {
        return Json.MAPPER
                .createObjectNode()
                .put("iss", ISSUER)
                .put("scope", DATA_MANAGER)
                .put("aud", "https://oauth2.googleapis.com/token")
                .put("iat", NOW)
                .put("exp", NOW + 3_600);
    }

    private static String jwt(ObjectNode header, ObjectNode claims, PrivateKey key) throws GeneralSecurityException {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String signed = base64.encodeToString(Json.bytes(header)) + "." + base64.encodeToString(Json.bytes(claims));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64.encodeToString(signature.sign());
    }
}
