package kembali.inbound.whatsapp;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
import org.jspecify.annotations.Nullable;

/** Twilio: flat fields, signed over the public address and all fields; no time is said. */
public final class TwilioKind extends ChatKind {
    private static final Reply EMPTY_TWIML =
            new Reply(200, "text/xml; charset=utf-8", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>");

    public TwilioKind() {
        super(
                "twilio",
                "Twilio",
                new SourceForm(
                        List.of(
                                new Field(
                                        "secret",
                                        "Auth token",
                                        "Twilio Console, Account, API keys and tokens. With it only requests signed by"
                                                + " Twilio are accepted.",
                                        false),
                                Fields.businessNumber(false)),
                        List.of(
                                "In the Twilio Console open Messaging, Senders, WhatsApp senders, and your number. A number"
                                        + " in a messaging service is set in that service, under Integration.",
                                "Enter {url} as webhook for incoming messages, method HTTP POST.",
                                "Save, then write a message to your number."),
                        List.of(
                                "The signature covers the address as you entered it at Twilio: if a proxy stands before"
                                        + " Kembali, its public address must be configured here.",
                                "Kembali answers with an empty TwiML document. If another system answers chats through this"
                                        + " webhook, let it pass the requests on.")));
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        String said = request.header("x-twilio-signature");
        if (said == null) {
            return new Authenticity.Forged("The header X-Twilio-Signature is missing: not a request of Twilio's.");
        }
        // Of a GET the fields are part of the address already.
        String fields =
                request.method().equals("GET") ? "" : BracketForm.of(request).sorted();
        byte[] expected = Signatures.hmacSha1(secret, utf8(request.url()), utf8(fields));
        return Signatures.isBase64(said, "", expected)
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "X-Twilio-Signature does not fit: check the auth token, and that Kembali's public"
                                + " address is the one entered at Twilio.");
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree fields = BracketForm.of(request).tree();
        String from = fields.text("From");
        String to = fields.text("To");
        String status = fields.text("MessageStatus", "SmsStatus");
        if (from == null) {
            return Reading.unknown("The request has no field \"From\": not a message of Twilio's.");
        }
        if (status != null && !status.equalsIgnoreCase("received")) {
            return Reading.nothing(RECEIPT);
        }
        if (!isWhatsApp(from) && fields.text("WaId") == null) {
            return ignored("The message did not come by WhatsApp.");
        }
        String word = fields.text("MessageType");
        if (MessageType.isReaction(word)) {
            return ignored(REACTION);
        }
        String customer = fields.text("WaId");
        return reading(draft(settings, receivedAt)
                .id(fields.text("MessageSid", "SmsMessageSid", "SmsSid"))
                .customer(customer == null ? from : customer)
                .name(fields.text("ProfileName"))
                .businessPhone(to)
                .channelId(fields.text("MessagingServiceSid"))
                .type(type(fields, word))
                .text(fields.text("Body", "ButtonText"))
                .referral(AdReferral.find(fields, fields))
                .fact());
    }

    @Override
    public Reply taken(RawRequest request) {
        return EMPTY_TWIML;
    }

    private static boolean isWhatsApp(String address) {
        return address.toLowerCase(Locale.ROOT).startsWith("whatsapp:");
    }

    private static String type(JsonTree fields, @Nullable String word) {
        String media = fields.text("MediaContentType0");
        if (media != null) {
            return MessageType.ofMedia(media);
        }
        if (fields.text("ButtonText", "ButtonPayload") != null) {
            return "button";
        }
        if (fields.text("Latitude") != null) {
            return "location";
        }
        return MessageType.of(word);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
