package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import kembali.inbound.Authenticity;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.Reply;
import kembali.inbound.Signatures;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceForm.Field;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;

/** WhatsApp Cloud API, directly from Meta: handshake by verify token, bodies signed with the app secret. */
public final class WhatsAppKind extends ChatKind {
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_.~-]{1,256}");

    public WhatsAppKind() {
        super(
                "whatsapp",
                "WhatsApp Cloud API",
                new SourceForm(
                        List.of(
                                new Field(
                                        "verifyToken",
                                        "Verify token",
                                        "Any long text you make up; Meta repeats it when it checks the address.",
                                        true),
                                new Field(
                                        "secret",
                                        "App secret",
                                        "App settings, Basic, App secret. With it only requests signed by Meta are"
                                                + " accepted.",
                                        false),
                                Fields.businessNumber(false)),
                        List.of(
                                "Open your app at developers.facebook.com, then WhatsApp, Configuration.",
                                "Under Webhook choose Edit: enter {url} as callback URL and the verify token from above,"
                                        + " then Verify and save.",
                                "Under Webhook fields subscribe to messages. Subscribe to smb_message_echoes too if your"
                                        + " people also write in the WhatsApp Business app.",
                                "Make sure the app is subscribed to your WhatsApp Business account and is live, then write"
                                        + " a message to your number."),
                        List.of(
                                "Meta has one callback URL per app. If another inbox uses this app already, create a"
                                        + " second app for Kembali or let the inbox pass messages on.",
                                "If Meta detects leads and purchases in chats by itself (automatic_events), it may count"
                                        + " them beside the events Kembali sends. Use one of the two.",
                                "The address needs a certificate that browsers trust; Meta refuses self-signed ones.")));
    }

    @Override
    public Reply handshake(RawRequest request, SourceKeys keys) {
        JsonTree asked = BracketForm.of(request).tree();
        String challenge = asked.text("hub.challenge");
        String token = keys.verifyToken();
        boolean ours = token != null
                && Signatures.isSet(token)
                && "subscribe".equals(asked.text("hub.mode"))
                && Signatures.same(token, asked.text("hub.verify_token"));
        if (!ours) {
            return Reply.text(403, "The verify token is not the one of this source.");
        }
        return challenge != null && CHALLENGE.matcher(challenge).matches()
                ? Reply.text(200, challenge)
                : Reply.text(400, "hub.challenge is missing.");
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        String said = request.header("x-hub-signature-256");
        if (said == null) {
            return new Authenticity.Forged("The header X-Hub-Signature-256 is missing: not a request of Meta's.");
        }
        return Signatures.isHex(said, "sha256=", Signatures.hmacSha256(secret, request.body()))
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "X-Hub-Signature-256 does not fit: check that the app secret is the one of the"
                                + " app whose webhook this is.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        return CloudBody.read(JsonTree.parse(request.body()), key(), settings, receivedAt);
    }
}
