package kembali.platform.linkedin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Retry;
import kembali.platform.TokenAnswer;
import kembali.platform.TokenSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkedInTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");
    private static final String ACCESS = "AQXTestTokenNotReal1234567";
    private static final Map<String, String> GRANT = Map.of(
            "refreshToken", "AQY/Test+Refresh=Not&Real",
            "clientId", "86testclientid",
            "clientSecret", "WPL_AP1.Test+Secret/Not==Real");

    @Test
    void givesTheTokenOfTheSettingsAndCannotRenewIt() {
        TokenSource direct = tokens(Map.of("accessToken", ACCESS));
        assertThat(direct.given()).isEqualTo(ACCESS);
        assertThat(direct.request(NOW)).isNull();
    }

    @Test
    void renewsWithTheGrant() {
        TokenSource app = tokens(GRANT);
        assertThat(app.given()).isNull();
        PlatformRequest request = Objects.requireNonNull(app.request(NOW));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri().toString()).isEqualTo("https://www.linkedin.com/oauth/v2/accessToken");
        assertThat(request.loggedUri()).isEqualTo(request.uri().toString());
        assertThat(request.headers()).containsOnly(Map.entry("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(request.body())
                .isEqualTo("grant_type=refresh_token&refresh_token=AQY%2FTest%2BRefresh%3DNot%26Real"
                        + "&client_id=86testclientid&client_secret=WPL_AP1.Test%2BSecret%2FNot%3D%3DReal");
        assertThat(app.request(NOW)).isEqualTo(request);
    }

    @Test
    void triesTheGivenTokenFirstWhenThereIsAGrantToo() {
        Map<String, String> both = new HashMap<>(GRANT);
        both.put("accessToken", ACCESS);
        assertThat(tokens(both).given()).isEqualTo(ACCESS);
        assertThat(tokens(both).request(NOW)).isNotNull();
    }

    @Test
    void sharesATokenByGrantAndTellsNoSecret() {
        Map<String, String> both = new HashMap<>(GRANT);
        both.put("accessToken", ACCESS);
        assertThat(tokens(both).key()).isEqualTo(tokens(GRANT).key());
        Map<String, String> other = new HashMap<>(GRANT);
        other.put("refreshToken", "another");
        assertThat(tokens(other).key()).isNotEqualTo(tokens(GRANT).key());
        assertThat(tokens(Map.of("accessToken", ACCESS)).key())
                .isNotEqualTo(tokens(Map.of("accessToken", ACCESS + "8")).key());
        GRANT.values().forEach(secret -> {
            assertThat(tokens(GRANT).key()).doesNotContain(secret);
            assertThat(tokens(GRANT).toString()).doesNotContain(secret);
            assertThat(Objects.requireNonNull(tokens(GRANT).request(NOW)).toString())
                    .doesNotContain(secret);
        });
    }

    /** Sixty days are the documented life, and the last seven are kept in reserve. */
    @ParameterizedTest
    @CsvSource({"5184000, 4579200", "1209601, 604801", "1209600, 1209600", "3600, 3600", "0, 4579200"})
    void renewsSevenDaysBeforeTheEnd(long expiresIn, long lifetime) {
        TokenAnswer answer = tokens(GRANT)
                .read(
                        new PlatformReply(
                                200,
                                Map.of(),
                                "{\"access_token\":\"AQXfresh\",\"expires_in\":" + expiresIn
                                        + ",\"refresh_token\":\"AQY\",\"refresh_token_expires_in\":31536000,\"scope\":\"rw_conversions\"}"));
        assertThat(answer)
                .isEqualTo(new TokenAnswer.Granted("AQXfresh", Duration.ofSeconds(lifetime), Duration.ofDays(365)));
        assertThat(answer.toString()).doesNotContain("AQXfresh");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, refresh_token_invalid",
        "401, invalid_grant, refresh_token_invalid",
        "400, invalid_request, refresh_token_invalid",
        "401, invalid_client, client_invalid",
        "400, unauthorized_client, client_invalid"
    })
    void asksToSignInAgain(int status, String error, String reason) {
        Outcome.Failed failed = refused(
                status, "{\"error\":\"" + error + "\",\"error_description\":\"The provided grant has been revoked\"}");
        assertThat(failed.reason().code()).isEqualTo(reason);
        assertThat(failed.reason().message()).contains(error, "The provided grant has been revoked");
        assertThat(failed.reason().fix()).isNotBlank();
        assertThat(failed.retry()).isInstanceOf(Retry.AfterFix.class);
    }

    @ParameterizedTest
    @CsvSource({
        "500, , platform_unavailable",
        "503, '{\"error\":\"temporarily_unavailable\"}', platform_unavailable",
        "408, , platform_unavailable",
        "200, , unreadable_answer",
        "200, '{}', unreadable_answer",
        "200, '{\"access_token\":\"\"}', unreadable_answer",
        "400, <html>, unreadable_answer",
        "302, , unreadable_answer"
    })
    void triesAgainAfterABadMoment(int status, String body, String reason) {
        Outcome.Failed failed = refused(status, body == null ? "" : body);
        assertThat(failed.reason().code()).isEqualTo(reason);
        assertThat(failed.retry()).isEqualTo(Retry.Later.UNTIL_EXPIRY);
    }

    @Test
    void waitsWhenThrottled() {
        assertThat(refused(429, "").retry()).isEqualTo(new Retry.Throttled(null));
    }

    @Test
    void repeatsNoSecret() {
        for (String secret : GRANT.values()) {
            Outcome.Failed failed =
                    refused(400, "{\"error\":\"invalid_grant\",\"error_description\":\"bad " + secret + "\"}");
            assertThat(failed.toString()).contains("bad ***").doesNotContain(secret);
        }
    }

    private static Outcome.Failed refused(int status, String body) {
        TokenAnswer answer = tokens(GRANT).read(new PlatformReply(status, Map.of(), body));
        return ((TokenAnswer.Refused) answer).failure();
    }

    private static TokenSource tokens(Map<String, String> credentials) {
        LinkedInSettings settings =
                LinkedInSettings.of(Map.of("adAccountId", "1", "conversionIds", Map.of("LEAD", "1")), credentials);
        return new LinkedInTokens(settings, "https://www.linkedin.com", new LinkedInWords(settings.secrets()));
    }
}
