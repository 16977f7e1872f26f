package kembali.sandbox.google.oauth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * The signed request of a service account (RFC 7523).
 *
 * @param issuer e-mail address of the service account
 * @param scopes what it asks for, separated by blanks
 */
record Assertion(String issuer, String scopes) {
    static final String AUDIENCE = "https://oauth2.googleapis.com/token";

    private static final Duration LONGEST = Duration.ofHours(1);

    /** The assertion is not good; the error says why. */
    static final class Rejected extends Exception {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("serial") // thrown and caught within the folder
        private final TokenError error;

        Rejected(TokenError error) {
            super(error.reason());
            this.error = error;
        }

        TokenError error() {
            return error;
        }
    }

    /**
     * Reads and checks an assertion.
     *
     * @param now the time of the call
     * @param ownAudience address of this sandbox's token endpoint, accepted beside the real one
     * @param keys the public key of an issuer, or null when none was made known: then only the shape is checked
     */
    static Assertion read(
            String jwt, Instant now, Duration tolerance, String ownAudience, Function<String, @Nullable PublicKey> keys)
            throws Rejected {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3 || parts[2].isEmpty()) {
            throw invalid("Invalid JWT: three parts between dots are needed.");
        }
        JsonNode header = json(parts[0], "header");
        JsonNode claims = json(parts[1], "claims");
        byte[] signature = decoded(parts[2], "signature");
        if (!header.path("alg").asText().equals("RS256")) {
            throw invalid("Invalid JWT: the algorithm must be RS256.");
        }
        JsonNode type = header.get("typ");
        if (type != null && !type.asText().equals("JWT")) {
            throw invalid("Invalid JWT: the type must be JWT.");
        }
        String issuer = claims.path("iss").asText();
        if (!issuer.contains("@")) {
            throw new Rejected(new TokenError(401, "invalid_client", "The OAuth client was not found."));
        }
        String audience = claims.path("aud").asText();
        if (!audience.equals(AUDIENCE) && !audience.equals(ownAudience)) {
            throw invalid("Invalid JWT: aud must be " + AUDIENCE + ".");
        }
        times(claims, now, tolerance);
        String scopes = claims.path("scope").asText();
        if (scopes.isBlank() || !GoogleOauthStandIn.SCOPES.containsAll(List.of(scopes.split(" ")))) {
            throw new Rejected(new TokenError(400, "invalid_scope", "Invalid OAuth scope: " + scopes));
        }
        PublicKey key = keys.apply(issuer);
        if (key != null && !verifies(key, parts[0] + "." + parts[1], signature)) {
            throw invalid("Invalid JWT Signature.");
        }
        return new Assertion(issuer, scopes);
    }

    private static void times(JsonNode claims, Instant now, Duration tolerance) throws Rejected {
        JsonNode issuedAt = claims.path("iat");
        JsonNode expires = claims.path("exp");
        if (!issuedAt.isIntegralNumber() || !expires.isIntegralNumber()) {
            throw invalid("Invalid JWT: iat and exp must be numbers of seconds.");
        }
        Instant from = Instant.ofEpochSecond(issuedAt.longValue());
        Instant until = Instant.ofEpochSecond(expires.longValue());
        boolean tooLong = Duration.between(from, until).compareTo(LONGEST) > 0;
        if (tooLong || !until.isAfter(now) || from.isAfter(now.plus(tolerance))) {
            throw invalid("Invalid JWT: the token must be short-lived (60 minutes) and of now; check iat and exp.");
        }
    }

    private static boolean verifies(PublicKey key, String signed, byte[] signature) {
        try {
            Signature rs256 = Signature.getInstance("SHA256withRSA");
            rs256.initVerify(key);
            rs256.update(signed.getBytes(StandardCharsets.US_ASCII));
            return rs256.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }

    private static JsonNode json(String part, String what) throws Rejected {
        try {
            JsonNode read = Json.MAPPER.readTree(decoded(part, what));
            if (read.isObject()) {
                return read;
            }
        } catch (JsonProcessingException wrong) {
            throw invalid("Invalid JWT: the " + what + " is no JSON.");
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible); // bytes are at hand
        }
        throw invalid("Invalid JWT: the " + what + " is no object.");
    }

    private static byte[] decoded(String part, String what) throws Rejected {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException wrong) {
            throw invalid("Invalid JWT: the " + what + " is no base64url.");
        }
    }

    private static Rejected invalid(String description) {
        return new Rejected(TokenError.grant(description));
    }
}
