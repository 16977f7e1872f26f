package kembali.platform.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;

/** Access tokens out of a refresh token or a service account's key. Nothing secret is in any address. */
final class GoogleTokens implements TokenSource {
    static final String DATA_MANAGER_SCOPE = "https://www.googleapis.com/auth/datamanager";
    static final String ADS_API_SCOPE = "https://www.googleapis.com/auth/adwords";

    /** Google says an hour; when it says nothing, this is safe. */
    private static final Duration UNSAID_LIFETIME = Duration.ofMinutes(5);

    private static final int LONGEST_TOKEN = 8192;

    private final GoogleGrant grant;
    private final String scope;
    private final URI uri;
    private final GoogleWords words;
    private final String key;

    GoogleTokens(GoogleAdsSettings settings, String scope, String endpoint) {
        this.grant = settings.grant();
        this.scope = scope;
        this.uri = URI.create(endpoint + "/token");
        this.words = new GoogleWords(settings.secrets());
        this.key = "google:" + Sha256.hex(grant.identity() + "\n" + scope);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public @Nullable String given() {
        return null;
    }

    @Override
    public @Nullable PlatformRequest request(Instant now) {
        String body = switch (grant) {
            case GoogleGrant.RefreshToken r ->
                "grant_type=refresh_token&refresh_token=" + form(r.refreshToken()) + "&client_id=" + form(r.clientId())
                        + "&client_secret=" + form(r.clientSecret());
            case GoogleGrant.ServiceAccount s ->
                "grant_type=" + form("urn:ietf:params:oauth:grant-type:jwt-bearer") + "&assertion="
                        + form(s.key().assertion(scope, now));
            case GoogleGrant.Missing m -> null;
        };
        return body == null
                ? null
                : new PlatformRequest(
                        "POST", uri, uri.toString(), Map.of("Content-Type", "application/x-www-form-urlencoded"), body);
    }

    @Override
    public TokenAnswer read(PlatformReply reply) {
        JsonNode body = GoogleError.object(reply.body());
        if (body == null || (reply.status() >= 500 && !body.has("error"))) {
            return unreadable(reply);
        }
        if (!body.hasNonNull("error")) {
            return GoogleError.isSuccess(reply) ? granted(reply, body) : unreadable(reply);
        }
        return refused(reply, body);
    }

    @Override
    public String toString() {
        return "GoogleTokens[" + grant + "]";
    }

    private TokenAnswer granted(PlatformReply reply, JsonNode body) {
        String token = body.path("access_token").asText();
        boolean usable = !token.isEmpty()
                && token.length() <= LONGEST_TOKEN
                && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!usable) {
            return unreadable(reply);
        }
        long seconds = body.path("expires_in").asLong();
        Duration lifetime = seconds > 0 ? Duration.ofSeconds(Math.min(seconds, 86_400)) : UNSAID_LIFETIME;
        return new TokenAnswer.Granted(token, lifetime);
    }

    private TokenAnswer refused(PlatformReply reply, JsonNode body) {
        JsonNode error = body.path("error");
        String code =
                error.isTextual() ? error.textValue() : error.path("status").asText();
        String said = (code + " "
                        + body.path("error_description")
                                .asText(error.path("message").asText()))
                .strip();
        if (reply.status() == 429 || code.equals("rate_limit_exceeded") || code.equals("RESOURCE_EXHAUSTED")) {
            return throttled(reply, said);
        }
        if (reply.status() >= 500
                || reply.status() == 408
                || code.equals("internal_failure")
                || code.equals("temporarily_unavailable")
                || code.equals("server_error")) {
            return failed(words.explained(Reasons.PLATFORM_DOWN, said), Retry.Later.UNTIL_EXPIRY);
        }
        Reason reason = switch (code) {
            case "invalid_grant" -> reconnect();
            case "invalid_client", "unauthorized_client", "deleted_client", "disabled_client" -> client();
            case "invalid_scope" -> GoogleAdsReasons.SCOPE_MISSING;
            case "" -> null;
            default -> GoogleAdsReasons.TOKEN_REQUEST_REFUSED;
        };
        return reason == null
                ? failed(words.explained(GoogleAdsReasons.UNKNOWN_FAULT, said), new Retry.Later(Meaning.FEW_TRIES))
                : failed(words.explained(reason, said), Retry.AFTER_FIX);
    }

    private Reason reconnect() {
        return switch (grant) {
            case GoogleGrant.ServiceAccount s ->
                new Reason(
                        GoogleAdsReasons.RECONNECT_NEEDED.code(),
                        "Google does not take the service account's key: it was deleted, or this server's clock is wrong.",
                        "Make a new key (Google Cloud, IAM & Admin, Service accounts, Keys) and store it as"
                                + " serviceAccountJson; check the server's clock.");
            case GoogleGrant.RefreshToken r -> GoogleAdsReasons.RECONNECT_NEEDED;
            case GoogleGrant.Missing m -> GoogleAdsReasons.RECONNECT_NEEDED;
        };
    }

    private Reason client() {
        return switch (grant) {
            case GoogleGrant.ServiceAccount s ->
                new Reason(
                        GoogleAdsReasons.CLIENT_REFUSED.code(),
                        "Google does not know the service account, or it is switched off.",
                        "Compare client_email in serviceAccountJson with Google Cloud, IAM & Admin, Service accounts.");
            case GoogleGrant.RefreshToken r -> GoogleAdsReasons.CLIENT_REFUSED;
            case GoogleGrant.Missing m -> GoogleAdsReasons.CLIENT_REFUSED;
        };
    }

    private TokenAnswer throttled(PlatformReply reply, String said) {
        return failed(words.explained(Reasons.RATE_LIMITED, said), new Retry.Throttled(GoogleError.pause(reply, null)));
    }

    private TokenAnswer unreadable(PlatformReply reply) {
        String status = " (HTTP " + reply.status() + " from Google's token server)";
        if (reply.status() == 429) {
            return throttled(reply, "HTTP 429 from the token server");
        }
        Reason reason = reply.status() >= 500 ? Reasons.PLATFORM_DOWN : Reasons.UNREADABLE_ANSWER;
        return failed(reason.saying(reason.message() + status), Retry.Later.UNTIL_EXPIRY);
    }

    private static TokenAnswer failed(Reason reason, Retry retry) {
        return new TokenAnswer.Refused(new Outcome.Failed(reason, retry));
    }

    private static String form(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
