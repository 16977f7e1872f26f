package kembali.inbound.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.inbound.Authenticity;
import kembali.inbound.Authenticity.Forged;
import kembali.inbound.Authenticity.Genuine;
import kembali.inbound.Authenticity.Unsigned;
import kembali.inbound.Kind;
import kembali.inbound.RawRequest;
import kembali.inbound.Reply;
import kembali.inbound.SourceKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedRequestsTest {
    private static final Instant NOW = Instant.parse("2026-09-21T14:13:25Z");
    private static final String BODY = "{\"object\":\"whatsapp_business_account\",\"entry\":[]}";
    private static final String META = "0ca28c0f1996234eb6829e59ad3c11a18161f6eb043943d601e420c312432cdf";
    private static final String CHATWOOT = "252de3b4ede120a815277e5e5c39be897a77bea7cd0df5fa706cc04ecca4159c";

    private static final Kind CLOUD = new WhatsAppKind();
    private static final Kind TWILIO = new TwilioKind();

    @Test
    void metaSignsTheRawBytes() {
        assertThat(cloud("sha256=" + META, BODY)).isInstanceOf(Genuine.class);
        assertThat(cloud("sha256=" + META.toUpperCase(Locale.ROOT), BODY)).isInstanceOf(Genuine.class);
        assertThat(cloud("sha256=" + META, BODY + "\n")).isInstanceOf(Forged.class);
        assertThat(cloud("sha256=" + META, BODY.replace(":", ": "))).isInstanceOf(Forged.class);
        assertThat(cloud(META, BODY)).isInstanceOf(Forged.class);
        assertThat(cloud("sha256=", BODY)).isInstanceOf(Forged.class);
        assertThat(cloud("sha256=" + META.replace('c', 'd'), BODY)).isInstanceOf(Forged.class);
    }

    @Test
    void aConfiguredSecretWantsASignatureAndNoneWantsNone() {
        RawRequest bare = post("https://hub.example.com/in/x/y", BODY, Map.of());
        for (Kind kind : List.of(CLOUD, new Dialog360Kind(), TWILIO, new ChatwootKind())) {
            assertThat(kind.check(bare, keys("any"), NOW)).as(kind.key()).isInstanceOf(Forged.class);
            assertThat(kind.check(bare, SourceKeys.NONE, NOW)).as(kind.key()).isInstanceOf(Unsigned.class);
            assertThat(kind.check(bare, keys("  "), NOW)).as(kind.key()).isInstanceOf(Unsigned.class);
        }
        for (Kind kind : List.of(
                new QiscusKind(),
                new QontakKind(),
                new WatiKind(),
                new FonnteKind(),
                new WablasKind(),
                new KommoKind())) {
            assertThat(kind.check(bare, keys("any"), NOW)).as(kind.key()).isInstanceOf(Unsigned.class);
        }
    }

    @Test
    void refusalsNameNoSecret() {
        for (Kind kind : ChatKinds.all()) {
            RawRequest wrong = post(
                    "https://hub.example.com/in/x/y",
                    BODY,
                    Map.of(
                            "x-hub-signature-256", "sha256=00",
                            "x-twilio-signature", "AAAA",
                            "x-chatwoot-timestamp", "1790000000",
                            "x-chatwoot-signature", "sha256=00",
                            "authorization", "Bearer wrong"));
            if (kind.check(wrong, keys("very-secret"), NOW) instanceof Forged forged) {
                assertThat(forged.reason()).isNotBlank().doesNotContain("very-secret");
            }
        }
    }

    @Test
    void metaChecksTheAddressByTheVerifyToken() {
        var keys = new SourceKeys(null, "tok & en/+1", null);
        String good = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + encode("tok & en/+1");

        assertThat(CLOUD.handshake(get(good), keys)).isEqualTo(Reply.text(200, "1158201444"));
        for (String query : List.of(
                "",
                "hub.mode=subscribe&hub.challenge=1158201444",
                good.replace("token=tok", "token=Tok"),
                good.replace("subscribe", "unsubscribe"),
                "%zz=&&&=hub")) {
            assertThat(status(CLOUD.handshake(get(query), keys))).as(query).isEqualTo(403);
        }
        assertThat(status(CLOUD.handshake(get(good), SourceKeys.NONE))).isEqualTo(403);
        assertThat(status(CLOUD.handshake(get("hub.mode=subscribe&hub.verify_token="), new SourceKeys(null, "", null))))
                .isEqualTo(403);
        assertThat(status(CLOUD.handshake(get(good.replace("1158201444", encode("<script>"))), keys)))
                .isEqualTo(400);
    }

    @Test
    void onlyTheCloudApiHasAHandshake() {
        for (Kind kind : ChatKinds.all()) {
            assertThat(kind.handshake(get("hub.mode=subscribe"), SourceKeys.NONE) != null)
                    .as(kind.key())
                    .isEqualTo(kind.key().equals("whatsapp"));
        }
    }

    @Test
    void twilioSignsThePublicAddressAndAllFields() {
        String url = "https://hub.example.com/in/twilio/ws1";
        String body = "WaId=6281234567890&Body=Halo+%5BABC2345%5D&From=whatsapp%3A%2B6281234567890"
                + "&To=whatsapp%3A%2B628119990001&MessageSid=SM0001";

        assertThat(twilio(url, body, "gFRHQvmrbUsgfTE1GLmJ1HQmo2E=", "tok-1")).isInstanceOf(Genuine.class);
        assertThat(twilio(url, body + "&New=1", "gFRHQvmrbUsgfTE1GLmJ1HQmo2E=", "tok-1"))
                .isInstanceOf(Forged.class);
        assertThat(twilio(url.replace("https", "http"), body, "gFRHQvmrbUsgfTE1GLmJ1HQmo2E=", "tok-1"))
                .isInstanceOf(Forged.class);
        assertThat(twilio(url, body, "gFRHQvmrbUsgfTE1GLmJ1HQmo2E=", "tok-2")).isInstanceOf(Forged.class);
        assertThat(twilio(url, body, "rubbish", "tok-1")).isInstanceOf(Forged.class);
    }

    @Test
    void twiliosOwnSampleFits() {
        assertThat(twilio(
                        "https://mycompany.com/myapp.php?foo=1&bar=2",
                        "Digits=1234&To=%2B18005551212&From=%2B12349013030&Caller=%2B12349013030"
                                + "&CallSid=CA1234567890ABCDE",
                        "0/KCTR6DLpKmkAf8muzZqo1nDgQ=",
                        "12345"))
                .isInstanceOf(Genuine.class);
    }

    @Test
    void twilioIsAnsweredWithAnEmptyDocument() {
        Reply reply = TWILIO.taken(post("https://hub.example.com/in/twilio/ws1", "", Map.of()));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).startsWith("text/xml");
        assertThat(reply.body()).endsWith("<Response/>");
    }

    @Test
    void chatwootSignsItsTimeAndTheBody() {
        assertThat(chatwoot("1790000000", "sha256=" + CHATWOOT, NOW)).isInstanceOf(Genuine.class);
        assertThat(chatwoot("1790000001", "sha256=" + CHATWOOT, NOW)).isInstanceOf(Forged.class);
        assertThat(chatwoot("1790000000", CHATWOOT, NOW)).isInstanceOf(Forged.class);
        assertThat(chatwoot("1790000000", "sha256=" + CHATWOOT.replace('5', '6'), NOW))
                .isInstanceOf(Forged.class);
    }

    @Test
    void aRecordedRequestOfChatwootIsRefusedAfterFiveMinutes() {
        Instant signed = Instant.ofEpochSecond(1_790_000_000);

        assertThat(chatwoot("1790000000", "sha256=" + CHATWOOT, signed.plusSeconds(300)))
                .isInstanceOf(Genuine.class);
        assertThat(chatwoot("1790000000", "sha256=" + CHATWOOT, signed.plusSeconds(301)))
                .isInstanceOf(Forged.class);
        assertThat(chatwoot("1790000000", "sha256=" + CHATWOOT, signed.minusSeconds(301)))
                .isInstanceOf(Forged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kata sandi", "Bearer kata sandi", "bearer kata sandi"})
    void dialog360BringsTheHeaderItWasGiven(String header) {
        assertThat(dialog360(header)).isInstanceOf(Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer kata", "Basic kata sandi"})
    void dialog360WithAnotherHeaderIsRefused(String header) {
        assertThat(dialog360(header)).isInstanceOf(Forged.class);
    }

    private static Authenticity cloud(String signature, String body) {
        return CLOUD.check(
                post("https://hub.example.com/in/whatsapp/y", body, Map.of("x-hub-signature-256", signature)),
                keys("app-secret-1"),
                NOW);
    }

    private static Authenticity twilio(String url, String body, String signature, String token) {
        return TWILIO.check(post(url, body, Map.of("x-twilio-signature", signature)), keys(token), NOW);
    }

    private static Authenticity chatwoot(String timestamp, String signature, Instant now) {
        return new ChatwootKind()
                .check(
                        post(
                                "https://hub.example.com/in/chatwoot/y",
                                BODY,
                                Map.of("x-chatwoot-timestamp", timestamp, "x-chatwoot-signature", signature)),
                        keys("cw-secret"),
                        now);
    }

    private static Authenticity dialog360(String header) {
        return new Dialog360Kind()
                .check(
                        post("https://hub.example.com/in/360dialog/y", BODY, Map.of("authorization", header)),
                        keys("kata sandi"),
                        NOW);
    }

    private static SourceKeys keys(String secret) {
        return new SourceKeys(secret, null, null);
    }

    private static RawRequest post(String url, String body, Map<String, String> headers) {
        return new RawRequest("POST", url, "", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static RawRequest get(String query) {
        return new RawRequest("GET", "https://hub.example.com/in/whatsapp/y?" + query, query, Map.of(), new byte[0]);
    }

    private static int status(@Nullable Reply reply) {
        return reply == null ? 0 : reply.status();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
