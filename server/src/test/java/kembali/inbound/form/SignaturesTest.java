package kembali.inbound.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import kembali.inbound.Authenticity;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.SourceKeys;
import kembali.platform.Endpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures computed with other tools over this body of 49 bytes. */
class SignaturesTest {
    private static final String BODY = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
    private static final Instant NOW = Instant.parse("2026-11-20T03:00:00Z");

    private static Kind kind(String key) {
        return switch (key) {
            case "meta-leads" -> new MetaLeads(Endpoints.USUAL);
            case "google-leads" -> new GoogleLeads();
            case "typeform" -> new Typeform();
            case "tally" -> new Tally();
            default -> new AnyForm();
        };
    }

    private static Authenticity check(String kind, String secret, String header, String signature, String body) {
        var request = new RawRequest(
                "POST",
                "https://hub.example.com/in/x/t",
                "",
                Map.of(header, signature),
                body.getBytes(StandardCharsets.UTF_8));
        return kind(kind).check(request, new SourceKeys(secret, null, null), NOW);
    }

    private static final String VECTORS = """
            meta-leads | app-secret-1 | x-hub-signature-256 | sha256=0ca28c0f1996234eb6829e59ad3c11a18161f6eb043943d601e420c312432cdf
            typeform | tf-secret | typeform-signature | sha256=+FyP2YEb6VHz8wi/l1b62Y3WJGdJ+YuG68tBwsaeTXI=
            tally | tally-secret | tally-signature | fI04rlHD/iYbEjhUKgJ370qWC7/+WPiHA7oY9edmORU=
            tally | tally-secret | tally-signature | 7c8d38ae51c3fe261b1238542a0277ef4a960bbffe58f88703ba18f5e7663915
            form | form-secret | x-kembali-signature | sha256=98ba56e10a5643cdcac2bf6894d921db04888fa31f9cf7f43b84454cbd11a3eb
            form | app-secret-1 | x-hub-signature-256 | sha256=0ca28c0f1996234eb6829e59ad3c11a18161f6eb043943d601e420c312432cdf
            form | form-secret | x-webhook-secret | form-secret
            form | form-secret | authorization | Bearer form-secret
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = VECTORS)
    void acceptsTheSenderWhoKnowsTheSecret(String kind, String secret, String header, String signature) {
        assertThat(check(kind, secret, header, signature, BODY)).isInstanceOf(Authenticity.Genuine.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = VECTORS)
    void refusesAnotherSecretAndAnotherBody(String kind, String secret, String header, String signature) {
        assertThat(check(kind, "another", header, signature, BODY)).isInstanceOf(Authenticity.Forged.class);
        if (header.contains("signature")) {
            assertThat(check(kind, secret, header, signature, BODY + " ")).isInstanceOf(Authenticity.Forged.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "meta-leads, x-hub-signature-256",
        "typeform, typeform-signature",
        "tally, tally-signature",
        "form, x-kembali-signature"
    })
    void refusesBrokenAndMissingSignaturesWithoutNamingTheSecret(String kind, String header) {
        for (String signature :
                new String[] {"", "sha256=", "sha256=zz", "sha1=00", "=", "sha256=" + "0".repeat(5_000)}) {
            assertThat(check(kind, "s3cr3t-word", header, signature, BODY))
                    .isInstanceOfSatisfying(
                            Authenticity.Forged.class,
                            forged -> assertThat(forged.reason()).isNotBlank().doesNotContain("s3cr3t-word"));
        }
        assertThat(check(kind, "s3cr3t-word", "x-other", "1", BODY)).isInstanceOf(Authenticity.Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta-leads", "google-leads", "typeform", "tally", "form"})
    void callsASourceWithoutSecretUnsigned(String kind) {
        var request = new RawRequest("POST", "u", "", Map.of(), BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(kind(kind).check(request, SourceKeys.NONE, NOW)).isInstanceOf(Authenticity.Unsigned.class);
        assertThat(kind(kind).check(request, new SourceKeys(" ", null, null), NOW))
                .isInstanceOf(Authenticity.Unsigned.class);
    }

    @Test
    void findsGooglesKeyInTheBody() {
        assertThat(check("google-leads", "g-key-1", "x", "", "{\"google_key\":\"g-key-1\",\"lead_id\":\"1\"}"))
                .isInstanceOf(Authenticity.Genuine.class);
        for (String body :
                new String[] {"{\"google_key\":\"g-key-2\"}", "{\"google_key\":\"\"}", "{}", "", "g-key-1", "[]"}) {
            assertThat(check("google-leads", "g-key-1", "x", "", body)).isInstanceOf(Authenticity.Forged.class);
        }
    }
}
