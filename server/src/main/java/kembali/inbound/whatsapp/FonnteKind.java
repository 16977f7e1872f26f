package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/** Fonnte: a flat body; {@code sender} is the customer, {@code device} our number. */
public final class FonnteKind extends ChatKind {
    public FonnteKind() {
        super(
                "fonnte",
                "Fonnte",
                new SourceForm(
                        List.of(Fields.businessNumber(false)),
                        List.of(
                                "In Fonnte open Device and edit the device with your number.",
                                "Enter {url} as Webhook. Leave the webhooks for status and connection as they are.",
                                "Switch on Inbox, so that messages have an id, then save.",
                                "Write a message to your number."),
                        List.of(
                                "While a webhook is set, Fonnte's own autoreply is off.",
                                "Fonnte signs nothing: the address is the password. Do not share it.",
                                "Fonnte does not tell the click of a click-to-WhatsApp ad: such leads are recognised by the"
                                        + " code in their message only.")));
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = body(request);
        if (!body.isObject()) {
            return Reading.unknown(NOT_JSON);
        }
        String sender = body.text("sender");
        if (sender == null) {
            return body.text("device") != null && body.text("status", "state") != null
                    ? Reading.nothing(RECEIPT)
                    : Reading.unknown("The body has no \"sender\": not a message of Fonnte's.");
        }
        if (body.text("member") != null
                || isGroup(sender)
                || body.get("isgroup").isTrue()) {
            return ignored(GROUP_MESSAGE);
        }
        if (MessageType.isReaction(body.text("type"))) {
            return ignored(REACTION);
        }
        String message = words(body.text("message"));
        return reading(draft(settings, receivedAt)
                .id(realId(body.text("inboxid")))
                .at(body.text("timestamp"))
                .customer(sender)
                .name(body.text("name"))
                .businessPhone(body.text("device"))
                .type(type(body))
                .text(message == null ? words(body.text("text")) : message)
                .referral(AdReferral.search(body))
                .fact());
    }

    private static String type(JsonTree body) {
        String file = body.text("extension", "filename", "url");
        if (file != null) {
            return MessageType.ofFile(file);
        }
        if (body.text("location") != null) {
            return "location";
        }
        if (body.text("pollname") != null) {
            return MessageType.OTHER;
        }
        return words(body.text("message")) == null && words(body.text("text")) != null ? "button" : MessageType.TEXT;
    }

    /** What Fonnte writes where nothing was written: seen as {@code non-text message}, {@code non-button message}. */
    private static @Nullable String words(@Nullable String text) {
        return text == null || text.matches("(?i)non-\\w{1,20} message") ? null : text;
    }

    /** Without its inbox Fonnte has no ids. */
    private static @Nullable String realId(@Nullable String id) {
        return id == null || id.equals("0") || id.equalsIgnoreCase("false") ? null : id;
    }
}
