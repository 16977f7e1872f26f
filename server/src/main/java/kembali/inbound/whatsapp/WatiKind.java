package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import kembali.inbound.Fact;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/** Wati: {@code owner} says who wrote; events whose name ends in {@code _bsuid} know people by their user id first. */
public final class WatiKind extends ChatKind {
    private static final String BSUID_FIRST = "_bsuid";

    public WatiKind() {
        super(
                "wati",
                "Wati",
                new SourceForm(
                        List.of(Fields.businessNumber(true)),
                        List.of(
                                "In Wati open Connectors, Webhooks, and add a webhook.",
                                "Enter {url}, status enabled, and choose Message received (and Session message sent, if what"
                                        + " your people write should be seen, too).",
                                "Leave out New contact message received: the message itself says the same.",
                                "Save, then write a message to your number."),
                        List.of(
                                "Wati signs nothing: the address is the password. Do not share it.",
                                "Wati's older webhooks do not say which number of yours a chat came to: make one source, and"
                                        + " one webhook, for each number.",
                                "Of click-to-WhatsApp ads Wati documents the ad but not the click, so such leads may lack"
                                        + " the click id Meta wants.")));
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = body(request);
        String said = body.text("eventType");
        if (!body.isObject()) {
            return Reading.unknown(NOT_JSON);
        }
        if (said == null) {
            return Reading.unknown("The body has no \"eventType\": not a webhook of Wati's.");
        }
        String event = said.endsWith(BSUID_FIRST) ? said.substring(0, said.length() - BSUID_FIRST.length()) : said;
        return switch (event) {
            case "message", "messageReceived" -> message(body, settings, receivedAt);
            case "newContactMessageReceived" -> newContact(body, settings, receivedAt);
            case "contactRequestTyping" ->
                reading(chat(body, settings, receivedAt)
                        .name(body.text("name", "senderName"))
                        .type("contacts")
                        .fact());
            default ->
                event.toLowerCase(Locale.ROOT).endsWith("messagesent")
                        ? sent(event, body, settings, receivedAt)
                        : Reading.nothing("The event \"" + Clip.name(said) + "\" is no message.");
        };
    }

    private Reading message(JsonTree body, SourceSettings settings, Instant receivedAt) {
        String word = body.text("type");
        if (isGroup(body.text("waId"))) {
            return ignored(GROUP_MESSAGE);
        }
        if (MessageType.isReaction(word)) {
            return ignored(REACTION);
        }
        ChatDraft draft = chat(body, settings, receivedAt)
                .id(body.text("whatsappMessageId", "id"))
                .type(MessageType.of(word))
                .text(text(body));
        return reading(
                body.get("owner").isTrue()
                        ? draft.out().fact()
                        : draft.name(body.text("senderName"))
                                .referral(AdReferral.find(body, body.get("referral"), body))
                                .fact());
    }

    /** Tells of the ad before the message does; without an ad it tells nothing the message does not. */
    private Reading newContact(JsonTree body, SourceSettings settings, Instant receivedAt) {
        var referral = AdReferral.find(body, body.get("referral"), body);
        if (referral == null) {
            return Reading.nothing("A new contact; the message itself comes beside it.");
        }
        return reading(chat(body, settings, receivedAt)
                .id(body.text("id"))
                .name(body.text("senderName"))
                .type(MessageType.OTHER)
                .text(text(body))
                .referral(referral)
                .fact());
    }

    private Reading sent(String event, JsonTree body, SourceSettings settings, Instant receivedAt) {
        if (event.toLowerCase(Locale.ROOT).startsWith("template")) {
            return reading(new Fact.Ignored("A template message or broadcast, not written in the chat."));
        }
        return reading(chat(body, settings, receivedAt)
                .out()
                .id(body.text("whatsappMessageId", "id"))
                .type(MessageType.of(body.text("type")))
                .text(text(body))
                .fact());
    }

    private ChatDraft chat(JsonTree body, SourceSettings settings, Instant receivedAt) {
        return draft(settings, receivedAt)
                .at(body.text("timestamp", "created"))
                .customer(body.text("waId", "phone"))
                .bsuid(body.text("bsuid"))
                .username(body.text("username"))
                .businessPhone(body.text("channelPhoneNumber"))
                .channelId(body.text("channelId"));
    }

    private static @Nullable String text(JsonTree body) {
        String text = body.text("text");
        if (text != null) {
            return text;
        }
        for (String reply : List.of("listReply", "interactiveButtonReply", "buttonReply")) {
            String chosen = body.get(reply).text("title", "text");
            if (chosen != null) {
                return chosen;
            }
        }
        return null;
    }
}
