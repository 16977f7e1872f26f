package kembali.platform.googleads;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import kembali.platform.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * A service account's key file, and the signature it makes (RS256, RFC 7523).
 *
 * @param clientEmail the robot's address, which is invited like a person
 * @param keyId {@code private_key_id}; null when the file has none
 * @param projectId null when the file has none
 * @param tokenUri whom the signature is for; Google's token address, also when requests are sent elsewhere
 */
record ServiceAccountKey(
        String clientEmail,
        @Nullable String keyId,
        @Nullable String projectId,
        String tokenUri,
        String pem,
        PrivateKey key) {
    static final String TOKEN_URI = "https://oauth2.googleapis.com/token";

    /** Google takes no longer one. */
    private static final Duration LIFE = Duration.ofHours(1);

    /** Line breaks that were pasted into the middle of a string are forgiven. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    static final String EXAMPLE =
            "{\"type\":\"service_account\",\"project_id\":\"my-project\",\"private_key_id\":\"…\","
                    + "\"private_key\":\"-----BEGIN PRIVATE KEY-----\\n…\\n-----END PRIVATE KEY-----\\n\","
                    + "\"client_email\":\"kembali@my-project.iam.gserviceaccount.com\","
                    + "\"token_uri\":\"" + TOKEN_URI + "\"}";

    /** What reading a key file gives. */
    sealed interface Parsed {
        record Key(ServiceAccountKey key) implements Parsed {}

        /** @param complaint for the user, without any part of the file */
        record Wrong(String complaint) implements Parsed {}
    }

    static Parsed parse(String file) {
        JsonNode json;
        try {
            json = JSON.readTree(file);
        } catch (JsonProcessingException e) {
            return wrong("is not JSON; paste the whole key file");
        }
        if (json == null || !json.isObject()) {
            return wrong("is not the JSON object of a key file");
        }
        if (!json.path("type").asText().equals("service_account")) {
            return wrong(
                    "lacks \"type\":\"service_account\", so it is another kind of file (an OAuth client's is not the"
                            + " right one)");
        }
        String email = json.path("client_email").asText().strip();
        if (email.indexOf('@') <= 0) {
            return wrong("lacks client_email");
        }
        String tokenUri = json.path("token_uri").asText(TOKEN_URI).strip();
        if (!tokenUri.startsWith("https://")) {
            return wrong("has a token_uri that is no https address");
        }
        String pem = json.path("private_key").asText();
        PrivateKey key = privateKey(pem);
        if (key == null) {
            return wrong("has no private_key that can be read; it must be the RSA key between BEGIN PRIVATE KEY and END"
                    + " PRIVATE KEY, with its line breaks as \\n");
        }
        return new Parsed.Key(new ServiceAccountKey(
                email, text(json.path("private_key_id")), text(json.path("project_id")), tokenUri, pem, key));
    }

    /** A signed request for an access token of that scope. */
    String assertion(String scope, Instant now) {
        StringBuilder header = new StringBuilder("{\"alg\":\"RS256\",\"typ\":\"JWT\"");
        if (keyId != null) {
            JsonText.string(header.append(",\"kid\":"), keyId);
        }
        StringBuilder claims = new StringBuilder("{\"iss\":");
        JsonText.string(claims, clientEmail);
        JsonText.string(claims.append(",\"scope\":"), scope);
        JsonText.string(claims.append(",\"aud\":"), tokenUri);
        claims.append(",\"iat\":").append(now.getEpochSecond());
        claims.append(",\"exp\":").append(now.plus(LIFE).getEpochSecond()).append('}');
        String signed = base64(header.append('}').toString().getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an RSA key that was read cannot sign", e);
        }
    }

    List<String> secrets() {
        return keyId == null ? List.of(pem, body(pem)) : List.of(pem, body(pem), keyId);
    }

    @Override
    public String toString() {
        return "ServiceAccountKey[***]";
    }

    private static @Nullable PrivateKey privateKey(String pem) {
        if (!pem.contains(BEGIN) || !pem.contains(END)) {
            return null;
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(body(pem));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static String body(String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        return begin < 0 || end < begin
                ? pem
                : pem.substring(begin + BEGIN.length(), end).strip();
    }

    private static @Nullable String text(JsonNode node) {
        String text = node.asText().strip();
        return text.isEmpty() ? null : text;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Parsed wrong(String fault) {
        return new Parsed.Wrong("The service account key " + fault + ". A right one looks like " + EXAMPLE);
    }
}
