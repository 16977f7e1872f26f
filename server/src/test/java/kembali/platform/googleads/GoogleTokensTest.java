package kembali.platform.googleads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Retry;
import kembali.platform.TokenAnswer;
import kembali.platform.TokenSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleTokensTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TokenSource tokens = source(GoogleAdsContract.REFRESH_TOKEN, false);

    @Test
    void asksWithTheRefreshToken() {
        PlatformRequest request = Objects.requireNonNull(tokens.request(GoogleAdsContract.now()));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri().toString()).isEqualTo("http://127.0.0.1:9100/token");
        assertThat(request.loggedUri()).isEqualTo(request.uri().toString());
        assertThat(request.headers()).containsOnly(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form(request))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "grant_type", "refresh_token",
                        "refresh_token", "1//0gTestRefreshTokenNotReal",
                        "client_id", "1234567890-test.apps.googleusercontent.com",
                        "client_secret", "GOCSPX-TestSecretNotReal"));
        assertThat(tokens.given()).isNull();
    }

    @Test
    void signsForGoogleEvenWhenAskingElsewhere() throws IOException, GeneralSecurityException {
        var key = TestKey.make();
        TokenSource robot = source(Map.of("serviceAccountJson", key.file()), false);
        PlatformRequest request = Objects.requireNonNull(robot.request(GoogleAdsContract.now()));
        assertThat(request.uri().toString()).isEqualTo("http://127.0.0.1:9100/token");
        Map<String, String> form = form(request);
        assertThat(form).containsOnlyKeys("grant_type", "assertion");
        assertThat(form).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        String[] parts = form.getOrDefault("assertion", "").split("\\.", -1);
        assertThat(parts).hasSize(3);
        JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
        assertThat(header.path("alg").asText()).isEqualTo("RS256");
        assertThat(header.path("kid").asText()).isEqualTo("0123456789abcdef");
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").asText()).isEqualTo("kembali@toko-example.iam.gserviceaccount.com");
        assertThat(claims.path("scope").asText()).isEqualTo("https://www.googleapis.com/auth/datamanager");
        assertThat(claims.path("aud").asText()).isEqualTo("https://oauth2.googleapis.com/token");
        assertThat(claims.path("iat").asLong())
                .isEqualTo(GoogleAdsContract.now().getEpochSecond());
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(3600);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key.publicKey());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void asksForTheScopeOfItsTransport() throws IOException, GeneralSecurityException {
        var key = TestKey.make();
        PlatformRequest request = Objects.requireNonNull(
                source(Map.of("serviceAccountJson", key.file()), true).request(GoogleAdsContract.now()));
        String claims = form(request).getOrDefault("assertion", "").split("\\.", -1)[1];
        assertThat(JSON.readTree(Base64.getUrlDecoder().decode(claims))
                        .path("scope")
                        .asText())
                .isEqualTo("https://www.googleapis.com/auth/adwords");
    }

    @Test
    void sharesOneTokenBetweenPixelsOfOneGrantAndScope() {
        assertThat(source(GoogleAdsContract.REFRESH_TOKEN, false).key()).isEqualTo(tokens.key());
        assertThat(source(GoogleAdsContract.REFRESH_TOKEN, true).key()).isNotEqualTo(tokens.key());
        Map<String, String> other = new HashMap<>(GoogleAdsContract.REFRESH_TOKEN);
        other.put("refreshToken", "1//0gAnotherRefreshToken");
        assertThat(source(other, false).key()).isNotEqualTo(tokens.key());
        for (String secret : GoogleAdsContract.REFRESH_TOKEN.values()) {
            assertThat(tokens.key() + tokens).doesNotContain(secret);
        }
    }

    @Test
    void asksNothingWithoutAGrant() {
        assertThat(source(Map.of(), false).request(GoogleAdsContract.now())).isNull();
    }

    @Test
    void takesATokenWithItsLifetime() {
        assertThat(read(
                        200,
                        "{\"access_token\":\"ya29.x\",\"expires_in\":3599,\"scope\":\"…\",\"token_type\":\"Bearer\"}"))
                .isEqualTo(new TokenAnswer.Granted("ya29.x", Duration.ofSeconds(3599)));
        assertThat(read(200, "{\"access_token\":\"ya29.x\"}"))
                .isEqualTo(new TokenAnswer.Granted("ya29.x", Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, reconnect_needed, fix",
        "401, invalid_client, oauth_client_invalid, fix",
        "401, unauthorized_client, oauth_client_invalid, fix",
        "401, deleted_client, oauth_client_invalid, fix",
        "400, invalid_scope, scope_missing, fix",
        "400, admin_policy_enforced, token_request_refused, fix",
        "403, rate_limit_exceeded, rate_limited, throttled",
        "429, anything, rate_limited, throttled",
        "500, internal_failure, platform_unavailable, later",
        "503, anything, platform_unavailable, later"
    })
    void readsRefusals(int status, String error, String reason, String retry) {
        Outcome.Failed failed =
                refused(read(status, "{\"error\":\"" + error + "\",\"error_description\":\"Words of Google.\"}"));
        assertThat(failed.reason().code()).isEqualTo(reason);
        assertThat(failed.reason().message()).contains("Words of Google.");
        assertThat(failed.reason().fix()).isNotBlank();
        assertThat(word(failed.retry())).isEqualTo(retry);
    }

    @Test
    void namesTheFieldsOfAWrongClient() {
        Outcome.Failed failed = refused(read(401, "{\"error\":\"invalid_client\"}"));
        assertThat(failed.reason().fix()).contains("clientId", "clientSecret");
    }

    @Test
    void tellsAServiceAccountWhatIsWrongWithItsKey() throws GeneralSecurityException {
        TokenSource robot = source(Map.of("serviceAccountJson", TestKey.make().file()), false);
        Outcome.Failed failed = refused(robot.read(new PlatformReply(
                400, Map.of(), "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}")));
        assertThat(failed.reason().code()).isEqualTo("reconnect_needed");
        assertThat(failed.reason().message()).contains("service account", "clock", "Invalid JWT Signature.");
    }

    @Test
    void waitsAsLongAsAskedFor() {
        Outcome.Failed failed = refused(tokens.read(new PlatformReply(429, Map.of("retry-after", "17"), "<html>")));
        assertThat(failed.retry()).isEqualTo(new Retry.Throttled(Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @CsvSource({
        "200, ''",
        "200, {}",
        "200, '{\"access_token\":\"\"}'",
        "200, '{\"access_token\":\"a b\"}'",
        "200, '{\"access_token\":\"a\\nb\"}'",
        "200, '<html>Please log in</html>'",
        "302, <html>",
        "404, <html>",
        "500, '{\"access_token\":\"ya29.x\"}'",
        "502, <html>Bad gateway</html>"
    })
    void neverTakesAStrangeAnswerForAToken(int status, String body) {
        assertThat(word(refused(read(status, body)).retry())).isEqualTo("later");
    }

    @Test
    void neverRepeatsASecretThatGoogleEchoes() {
        for (String secret : GoogleAdsContract.REFRESH_TOKEN.values()) {
            assertThat(read(400, "{\"error\":\"invalid_grant\",\"error_description\":\"no " + secret + "\"}")
                            .toString())
                    .contains("no ***")
                    .doesNotContain(secret);
        }
        assertThat(read(200, "{\"access_token\":\"ya29.secret\"}").toString()).doesNotContain("ya29.secret");
    }

    private TokenAnswer read(int status, String body) {
        return tokens.read(new PlatformReply(status, Map.of(), body));
    }

    private static Outcome.Failed refused(TokenAnswer answer) {
        assertThat(answer).isInstanceOf(TokenAnswer.Refused.class);
        return ((TokenAnswer.Refused) answer).failure();
    }

    private static String word(Retry retry) {
        return switch (retry) {
            case Retry.Never n -> "never";
            case Retry.Later l -> "later";
            case Retry.AfterFix f -> "fix";
            case Retry.Throttled t -> "throttled";
        };
    }

    private static Map<String, String> form(PlatformRequest request) {
        return Stream.of(request.body().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static TokenSource source(Map<String, String> credentials, boolean adsApi) {
        Map<String, Object> settings = Map.of(
                "customerId", "1234567890", "actionId", "987654321", "transport", adsApi ? "ads_api" : "data_manager");
        @Nullable TokenSource source = new GoogleAdsPlatform()
                .destination(
                        settings,
                        credentials,
                        new kembali.platform.Endpoints(Map.of("google_oauth", "http://127.0.0.1:9100")))
                .tokens();
        return Objects.requireNonNull(source);
    }
}
