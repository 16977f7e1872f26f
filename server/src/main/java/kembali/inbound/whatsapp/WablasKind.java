package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/** Wablas: a flat body, and a trap in its names: {@code phone} is the customer, {@code sender} our own device. */
public final class WablasKind extends ChatKind {
    public WablasKind() {
        super(
                "wablas",
                "Wablas",
                new SourceForm(
                        List.of(Fields.businessNumber(false)),
                        List.of(
                                "In Wablas open Device, then Settings of the device with your number.",
                                "Enter {url} as Webhook URL for incoming messages. Leave the tracking URL empty.",
                                "Save, then write a message to your number."),
                        List.of(
                                "Wablas signs nothing: the address is the password. Do not share it.",
                                "Wablas does not tell the click of a click-to-WhatsApp ad: such leads are recognised by the"
                                        + " code in their message only.")));
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = body(request);
        if (!body.isObject()) {
            return Reading.unknown(NOT_JSON);
        }
        String customer = body.text("phone");
        if (customer == null) {
            return Reading.unknown("The body has no \"phone\": not a message of Wablas's.");
        }
        String word = body.text("messageType");
        String message = body.text("message");
        String file = body.text("file", "url");
        if (message == null && word == null && file == null && body.text("status") != null) {
            return Reading.nothing(RECEIPT);
        }
        if (body.get("isGroup").isTrue() || isGroup(customer)) {
            return ignored(GROUP_MESSAGE);
        }
        if (MessageType.isReaction(word)) {
            return ignored(REACTION);
        }
        ChatDraft draft = draft(settings, receivedAt)
                .id(body.text("id"))
                .at(body.text("timestamp"))
                .customer(customer)
                .businessPhone(body.text("sender"))
                .type(type(word, body.text("mimeType"), file))
                .text(message);
        return reading(
                body.get("isFromMe").isTrue()
                        ? draft.out().fact()
                        : draft.name(body.text("pushName"))
                                .referral(AdReferral.search(body))
                                .fact());
    }

    private static String type(@Nullable String word, @Nullable String media, @Nullable String file) {
        if (word != null) {
            return MessageType.of(word);
        }
        if (media != null) {
            return MessageType.ofMedia(media);
        }
        return file == null ? MessageType.TEXT : MessageType.ofFile(file);
    }
}
