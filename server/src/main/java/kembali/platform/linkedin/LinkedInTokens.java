package kembali.platform.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.Sha256;
import kembali.platform.Outcome;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Retry;
import kembali.platform.TokenAnswer;
import kembali.platform.TokenSource;
import kembali.platform.linkedin.LinkedInSettings.Grant;
import org.jspecify.annotations.Nullable;

/**
 * The access token of the settings, and with an app's refresh token a fresh one. A token of Campaign Manager does not
 * end and cannot be renewed; an app's ends after 60 days.
 */
final class LinkedInTokens implements TokenSource {
    /** Documented life of an access token, for an answer that does not say. */
    private static final Duration USUAL_LIFE = Duration.ofDays(60);

    /** A fresh token is fetched when fewer days remain, so that a bad day at LinkedIn costs nothing. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(7);

    private final LinkedInSettings settings;
    private final LinkedInWords words;
    private final URI uri;
    private final String key;

    LinkedInTokens(LinkedInSettings settings, String endpoint, LinkedInWords words) {
        this.settings = settings;
        this.words = words;
        this.uri = URI.create(endpoint + "/oauth/v2/accessToken");
        Grant grant = settings.grant();
        String secret = grant == null ? settings.accessToken() : grant.clientId() + "\n" + grant.refreshToken();
        this.key = "linkedin:" + Sha256.hex(secret).substring(0, 24);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public @Nullable String given() {
        return settings.accessToken().isEmpty() ? null : settings.accessToken();
    }

    @Override
    public @Nullable PlatformRequest request(Instant now) {
        Grant grant = settings.grant();
        if (grant == null) {
            return null;
        }
        String form = "grant_type=refresh_token&refresh_token=" + encoded(grant.refreshToken()) + "&client_id="
                + encoded(grant.clientId()) + "&client_secret=" + encoded(grant.clientSecret());
        return new PlatformRequest(
                "POST", uri, uri.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"), form);
    }

    @Override
    public TokenAnswer read(PlatformReply reply) {
        JsonNode body = LinkedInWords.object(reply.body());
        String token = body == null ? "" : body.path("access_token").asText("");
        if (LinkedInReplyReader.isSuccess(reply) && !token.isBlank()) {
            long seconds = body == null ? 0 : body.path("expires_in").asLong(0);
            Duration life = seconds > 0 ? Duration.ofSeconds(seconds) : USUAL_LIFE;
            boolean lasting = life.compareTo(RENEWED_BEFORE.multipliedBy(2)) > 0;
            // The refresh token's own end does not move when it is used.
            long grant =
                    body == null ? 0 : body.path("refresh_token_expires_in").asLong(0);
            return new TokenAnswer.Granted(
                    token, lasting ? life.minus(RENEWED_BEFORE) : life, grant > 0 ? Duration.ofSeconds(grant) : null);
        }
        String error = body == null ? "" : body.path("error").asText("");
        int status = reply.status();
        if (status == 429) {
            return refused(
                    Reasons.RATE_LIMITED, reply, body, new Retry.Throttled(LinkedInReplyReader.retryAfter(reply)));
        }
        if (status >= 500 || status == 408) {
            return refused(Reasons.PLATFORM_DOWN, reply, body, Retry.Later.UNTIL_EXPIRY);
        }
        if (status < 400 || error.isEmpty()) {
            return refused(Reasons.UNREADABLE_ANSWER, reply, body, Retry.Later.UNTIL_EXPIRY);
        }
        boolean app = error.equals("invalid_client") || error.equals("unauthorized_client");
        Reason reason = app ? LinkedInReasons.APP_REFUSED : LinkedInReasons.REFRESH_REFUSED;
        return refused(reason, reply, body, Retry.AFTER_FIX);
    }

    @Override
    public String toString() {
        return "LinkedInTokens[" + key + "]";
    }

    private TokenAnswer refused(Reason reason, PlatformReply reply, @Nullable JsonNode body, Retry retry) {
        return new TokenAnswer.Refused(new Outcome.Failed(words.explained(reason, reply, body, List.of()), retry));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
