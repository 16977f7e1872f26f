package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Reply;
import kembali.sandbox.Tokens;

/** {@code /oauth/v2/accessToken}: renews access tokens of apps. */
final class LinkedInOauth {
    static final String PATH = "/oauth/v2/accessToken";

    /** Documented life of an access token. */
    static final Duration LIFE = Duration.ofDays(60);

    private static final Duration REFRESH_LIFE = Duration.ofDays(365);
    private static final Duration REFRESH_ENDING = Duration.ofDays(21);
    private static final int MAX_SEEN = 10_000;
    private static final String PREFIX = "AQX";
    private static final String SCOPE = "rw_conversions";
    private static final String REVOKED =
            "The provided authorization grant or refresh token is invalid, expired or revoked.";

    private final Tokens tokens;
    private final Map<String, Instant> refreshEnds = new ConcurrentHashMap<>();

    LinkedInOauth(Tokens tokens) {
        this.tokens = tokens;
    }

    /** What an access token is worth at a conversion rule; one of Campaign Manager was not issued here. */
    Tokens.Standing standing(String token, String ruleId, Instant now) {
        return token.startsWith(PREFIX + "issued-by-the-sandbox-")
                ? tokens.standing(token, ruleId, SCOPE, now)
                : tokens.standing(token, ruleId);
    }

    /** The answer to a {@code throttle}, {@code fail} or {@code revoke} fault. */
    Reply fault(Fault fault) {
        return switch (fault.mode()) {
            case THROTTLE -> error(429, "too_many_requests", "Too many requests");
            case REVOKE -> error(400, "invalid_grant", REVOKED);
            default ->
                error(
                        fault.status() == null ? 503 : fault.status(),
                        "temporarily_unavailable",
                        "On demand of the sandbox");
        };
    }

    Judgement judge(Call call) {
        if (!call.method().equals("POST")) {
            return refused(405, "invalid_request", "Method not allowed");
        }
        if (!call.mediaType().equals("application/x-www-form-urlencoded")) {
            return refused(400, "invalid_request", "Send Content-Type: application/x-www-form-urlencoded");
        }
        Map<String, String> form;
        try {
            form = Call.form(new String(call.body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badEscape) {
            return refused(400, "invalid_request", "The form cannot be read");
        }
        for (String name : List.of("grant_type", "client_id", "client_secret")) {
            if (form.getOrDefault(name, "").isBlank()) {
                return refused(400, "invalid_request", "A required parameter \"" + name + "\" is missing");
            }
        }
        if (!"refresh_token".equals(form.get("grant_type"))) {
            return refused(400, "unsupported_grant_type", "The sandbox knows the grant type refresh_token only");
        }
        String app = form.getOrDefault("client_id", "") + form.getOrDefault("client_secret", "");
        if (app.contains("wrong")) {
            return refused(401, "invalid_client", "Client authentication failed");
        }
        String refresh = form.getOrDefault("refresh_token", "");
        if (refresh.isBlank()) {
            return refused(400, "invalid_request", "A required parameter \"refresh_token\" is missing");
        }
        Instant now = call.receivedAt();
        Instant refreshEnd = end(refresh, now);
        if (tokens.standing(refresh, "") != Tokens.Standing.GOOD || !now.isBefore(refreshEnd)) {
            return refused(400, "invalid_grant", REVOKED);
        }
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("access_token", tokens.issue(PREFIX, SCOPE + " r_ads", now.plus(LIFE)));
        body.put("expires_in", LIFE.toSeconds());
        body.put("refresh_token", refresh);
        body.put("refresh_token_expires_in", Duration.between(now, refreshEnd).toSeconds());
        body.put("scope", "r_ads,rw_conversions");
        return new Judgement.Looked(Reply.json(200, Json.bytes(body)));
    }

    /** A refresh token keeps the end it had when it was first used here: a year, or three weeks when it says "ending". */
    private Instant end(String refresh, Instant now) {
        if (refreshEnds.size() > MAX_SEEN) {
            refreshEnds.clear();
        }
        return refreshEnds.computeIfAbsent(
                refresh, first -> now.plus(first.contains("ending") ? REFRESH_ENDING : REFRESH_LIFE));
    }

    private static Judgement refused(int status, String error, String description) {
        return new Judgement.Refused(error(status, error, description), error, description, null);
    }

    private static Reply error(int status, String error, String description) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("error", error).put("error_description", description);
        return Reply.json(status, Json.bytes(body));
    }
}
