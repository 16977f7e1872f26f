package kembali.sandbox.google.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import kembali.sandbox.Arrival;
import kembali.sandbox.Call;
import kembali.sandbox.Fault;
import kembali.sandbox.Json;
import kembali.sandbox.Judgement;
import kembali.sandbox.Reply;
import kembali.sandbox.SandboxOptions;
import kembali.sandbox.StandIn;
import kembali.sandbox.Tokens;
import org.jspecify.annotations.Nullable;

/** {@code oauth2.googleapis.com/token}. The pixel is the OAuth client, or the service account. */
public final class GoogleOauthStandIn implements StandIn {
    static final Set<String> SCOPES = Set.of(
            "https://www.googleapis.com/auth/datamanager",
            "https://www.googleapis.com/auth/adwords",
            "https://www.googleapis.com/auth/analytics.edit",
            "openid",
            "email");

    private static final String DATA_MANAGER = "https://www.googleapis.com/auth/datamanager";
    private static final String ADS = "https://www.googleapis.com/auth/adwords";
    private static final String REFRESH = "refresh_token";
    private static final String SERVICE_ACCOUNT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final int USUAL_SECONDS = 3_599;
    private static final int MAX_KEYS = 1_000;

    private final SandboxOptions options;
    private final Tokens tokens;
    private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
    private volatile int seconds = USUAL_SECONDS;

    /** A stand-in that issues into {@code tokens}. */
    public GoogleOauthStandIn(SandboxOptions options, Tokens tokens) {
        this.options = options;
        this.tokens = tokens;
    }

    @Override
    public String platform() {
        return "google_oauth";
    }

    @Override
    public boolean serves(String path) {
        return path.equals("/token");
    }

    @Override
    public @Nullable String pixelOf(Call call) {
        try {
            return form(call).get("client_id");
        } catch (IllegalArgumentException noForm) {
            return null;
        }
    }

    @Override
    public Judgement judge(Call call) {
        if (!call.method().equals("POST")) {
            return refuse(new TokenError(405, "invalid_request", "only POST"));
        }
        if (!call.mediaType().equals("application/x-www-form-urlencoded")) {
            return refuse(TokenError.request("Content-Type must be application/x-www-form-urlencoded"));
        }
        Map<String, String> form;
        try {
            form = form(call);
        } catch (IllegalArgumentException wrong) {
            return refuse(TokenError.request("Malformed form: " + wrong.getMessage()));
        }
        String grant = form.getOrDefault("grant_type", "");
        return switch (grant) {
            case REFRESH -> refresh(call, form);
            case SERVICE_ACCOUNT -> serviceAccount(call, form);
            case "" -> refuse(TokenError.request("Required parameter is missing: grant_type"));
            default -> refuse(new TokenError(400, "unsupported_grant_type", "Invalid grant_type: " + grant));
        };
    }

    private Judgement refresh(Call call, Map<String, String> form) {
        for (String name : List.of("client_id", "client_secret", REFRESH)) {
            if (form.getOrDefault(name, "").isBlank()) {
                return refuse(TokenError.request("Required parameter is missing: " + name));
            }
        }
        String token = form.getOrDefault(REFRESH, "");
        String client = form.getOrDefault("client_id", "");
        if (token.contains("wrongclient") || client.contains("wrongclient")) {
            return refuse(new TokenError(401, "invalid_client", "The OAuth client was not found."));
        }
        if (token.contains("unauthorized")) {
            return refuse(new TokenError(401, "unauthorized_client", "Unauthorized"));
        }
        // A refresh token has no shape to go by; one made up is as good as any unless its words say otherwise.
        return switch (tokens.standing(token, client, each -> !each.contains("invalid"))) {
            case GOOD -> scoped(call, form, client, token);
            case EXPIRED, REVOKED -> refuse(TokenError.grant("Token has been expired or revoked."));
            case MALFORMED -> refuse(TokenError.grant("Bad Request"));
            case NO_PERMISSION, WRONG_PIXEL -> refuse(new TokenError(401, "unauthorized_client", "Unauthorized"));
        };
    }

    private Judgement scoped(Call call, Map<String, String> form, String client, String refreshToken) {
        // What the user consented to. A real refresh token knows; this one says it by a word.
        String consented = refreshToken.contains("adwords")
                ? ADS
                : refreshToken.contains("datamanager") ? DATA_MANAGER : ADS + " " + DATA_MANAGER;
        String asked = form.getOrDefault("scope", consented);
        if (!List.of(consented.split(" ")).containsAll(List.of(asked.split(" ")))) {
            return refuse(new TokenError(400, "invalid_scope", "Not granted: " + asked));
        }
        return granted(call, client, REFRESH, asked, true);
    }

    private Judgement serviceAccount(Call call, Map<String, String> form) {
        String jwt = form.getOrDefault("assertion", "");
        if (jwt.isEmpty()) {
            return refuse(TokenError.request("Required parameter is missing: assertion"));
        }
        try {
            String own = "http://" + call.header("Host") + "/token";
            Assertion assertion = Assertion.read(jwt, call.receivedAt(), options.futureTolerance(), own, keys::get);
            if (assertion.issuer().contains("revoked")) {
                return refuse(TokenError.grant("Invalid grant: account not found"));
            }
            return granted(call, assertion.issuer(), "jwt-bearer", assertion.scopes(), false);
        } catch (Assertion.Rejected rejected) {
            return refuse(rejected.error());
        }
    }

    private Judgement granted(Call call, String client, String grant, String scopes, boolean sayScope) {
        int lifetime = seconds;
        String token = tokens.issue("ya29.", scopes, call.receivedAt().plusSeconds(lifetime));
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("access_token", token).put("expires_in", lifetime);
        if (sayScope) {
            body.put("scope", scopes);
        }
        body.put("token_type", "Bearer");
        ObjectNode kept = Json.MAPPER.createObjectNode();
        kept.put("grant_type", grant).put("client_id", client).put("scope", scopes);
        Arrival arrival = new Arrival(
                client,
                grant,
                null,
                call.receivedAt(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                Json.bytes(kept));
        Reply reply = Reply.json(200, Json.bytes(body)).with(Map.of("Cache-Control", "no-store"));
        return new Judgement.Accepted(reply, List.of(arrival));
    }

    private static Map<String, String> form(Call call) {
        return Call.form(new String(call.body(), StandardCharsets.UTF_8));
    }

    private static Judgement refuse(TokenError error) {
        return new Judgement.Refused(error.reply(), error.error(), error.reason(), null);
    }

    @Override
    public Reply faultReply(Fault fault, Call call) {
        return switch (fault.mode()) {
            case REVOKE ->
                TokenError.grant("Token has been expired or revoked.").reply();
            case THROTTLE -> throttled(fault);
            default -> {
                String word = fault.reason() == null ? "internal_failure" : fault.reason();
                int usual = fault.reason() == null ? 503 : 400;
                yield new TokenError(fault.status() == null ? usual : fault.status(), word, null).reply();
            }
        };
    }

    private static Reply throttled(Fault fault) {
        int status = fault.status() == null ? 429 : fault.status();
        String word = fault.reason() == null ? "rate_limit_exceeded" : fault.reason();
        Reply reply = new TokenError(status, word, "Rate limit exceeded").reply();
        int wait = fault.retryAfterSeconds() == null ? 60 : fault.retryAfterSeconds();
        return wait == 0 ? reply : reply.with(Map.of("Retry-After", Integer.toString(wait)));
    }

    @Override
    public Judgement.Accepted disturbed(Judgement.Accepted whole, Fault fault, Call call) {
        return whole; // a token is handed out or not
    }

    @Override
    public int learn(JsonNode plain) {
        return 0;
    }

    @Override
    public void forget() {}

    /**
     * Takes {@code publicKeys} (service account e-mail to PEM) and {@code expiresIn} (seconds a token lives).
     */
    @Override
    public ObjectNode instruct(ObjectNode instructions) {
        for (Map.Entry<String, JsonNode> each : instructions.properties()) {
            switch (each.getKey()) {
                case "publicKeys" -> {
                    if (keys.size() >= MAX_KEYS) {
                        throw new IllegalArgumentException("at most " + MAX_KEYS + " keys are kept");
                    }
                    each.getValue()
                            .properties()
                            .forEach(key -> keys.put(
                                    key.getKey(), publicKey(key.getValue().asText())));
                }
                case "expiresIn" -> {
                    int wanted = each.getValue().asInt(-1);
                    if (wanted < 0 || wanted > 86_400) {
                        throw new IllegalArgumentException("expiresIn must be 0 to 86400 seconds");
                    }
                    seconds = wanted;
                }
                default -> throw new IllegalArgumentException("known are publicKeys and expiresIn");
            }
        }
        return Json.MAPPER.createObjectNode().put("publicKeys", keys.size()).put("expiresIn", seconds);
    }

    private static PublicKey publicKey(String pem) {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
        } catch (IllegalArgumentException | GeneralSecurityException wrong) {
            throw new IllegalArgumentException("a public key must be an RSA key in PEM (BEGIN PUBLIC KEY)", wrong);
        }
    }

    @Override
    public void reset() {
        keys.clear();
        seconds = USUAL_SECONDS;
    }
}
