package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.inbound.Fact;
import kembali.inbound.JsonTree;
import kembali.inbound.Reading;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/**
 * The body of Meta's Cloud API, which partners pass on unchanged: any number of entries, changes and messages.
 * The customer may have no number, only a business-scoped user id.
 */
final class CloudBody {
    private static final String ACCOUNT = "whatsapp_business_account";

    /** What {@code origin} says when a shared contact answers our request for the number, not a friend's card. */
    private static final String OWN_CONTACT = "contact_request";

    private final String provider;
    private final SourceSettings settings;
    private final Instant receivedAt;
    private final List<Fact> facts = new ArrayList<>();

    private CloudBody(String provider, SourceSettings settings, Instant receivedAt) {
        this.provider = provider;
        this.settings = settings;
        this.receivedAt = receivedAt;
    }

    static Reading read(JsonTree body, String provider, SourceSettings settings, Instant receivedAt) {
        if (!body.isObject()) {
            return Reading.unknown(ChatKind.NOT_JSON);
        }
        String object = body.text("object");
        if (object != null && !object.equals(ACCOUNT)) {
            return Reading.unknown("The webhook is subscribed to \"" + Clip.name(object)
                    + "\", not to the WhatsApp Business account.");
        }
        boolean bare = body.get("messages").isThere() || body.get("statuses").isThere();
        if (object == null && !body.get("entry").isThere() && !bare) {
            return Reading.unknown("The body has no \"entry\": not a delivery of the Cloud API.");
        }
        var reader = new CloudBody(provider, settings, receivedAt);
        if (bare) {
            reader.value(body, null);
        }
        for (JsonTree entry : body.get("entry").each()) {
            String waba = entry.text("id");
            for (JsonTree change : entry.get("changes").each()) {
                reader.change(change, waba);
            }
        }
        return ChatKind.reading(reader.facts, ChatKind.RECEIPT);
    }

    private void change(JsonTree change, @Nullable String waba) {
        String field = change.text("field");
        if ("0".equals(waba) && change.at("value", "messages").isThere()) {
            facts.add(new Fact.Ignored("Meta's sample message from the Test button; it makes no lead."));
            return;
        }
        JsonTree value = change.get("value");
        switch (field == null ? "messages" : field) {
            case "messages" -> value(value, waba);
            case "smb_message_echoes", "message_echoes" -> echoes(value, waba);
            case "automatic_events" ->
                facts.add(
                        new Fact.Ignored("Meta detected a lead or purchase in the chat by itself (automatic_events). It"
                                + " may count it beside the event Kembali sends: switch one of the two off."));
            default -> facts.add(new Fact.Ignored("The field \"" + Clip.name(field) + "\" is not read."));
        }
    }

    private void value(JsonTree value, @Nullable String waba) {
        List<JsonTree> contacts = value.get("contacts").each();
        Map<String, JsonTree> byId = new HashMap<>();
        for (JsonTree contact : contacts) {
            for (String name : List.of("wa_id", "user_id")) {
                String id = contact.text(name);
                if (id != null) {
                    byId.put(id, contact);
                }
            }
        }
        List<JsonTree> messages = value.get("messages").each();
        for (int i = 0; i < messages.size(); i++) {
            JsonTree message = messages.get(i);
            JsonTree contact = contact(message, byId);
            if (!contact.isThere() && contacts.size() == messages.size()) {
                contact = contacts.get(i); // wa_id and from differ by a digit in Brazil and Mexico
            } else if (!contact.isThere() && contacts.size() == 1) {
                contact = contacts.getFirst();
            }
            facts.add(message(message, contact, value.get("metadata"), waba));
        }
    }

    private static JsonTree contact(JsonTree message, Map<String, JsonTree> byId) {
        for (String name : List.of("from", "from_user_id")) {
            JsonTree contact = byId.get(message.text(name));
            if (contact != null) {
                return contact;
            }
        }
        return JsonTree.NOTHING;
    }

    private Fact message(JsonTree message, JsonTree contact, JsonTree metadata, @Nullable String waba) {
        String type = message.text("type");
        String from = message.text("from");
        if (message.text("group_id") != null || ChatKind.isGroup(from)) {
            return new Fact.Ignored(ChatKind.GROUP_MESSAGE);
        }
        if (MessageType.isReaction(type)) {
            return new Fact.Ignored(ChatKind.REACTION);
        }
        if ("system".equals(type)) {
            return new Fact.Ignored("A notice of WhatsApp, such as a changed number.");
        }
        var referral = AdReferral.find(message, message.get("referral"));
        if ("request_welcome".equals(type) && referral == null) {
            return new Fact.Ignored("The chat was opened, nothing was written yet.");
        }
        String number = from == null || ChatDraft.isBsuid(from) ? contact.text("wa_id") : from;
        JsonTree profile = contact.get("profile");
        return draft(message, metadata, waba)
                .customer(number == null ? ownContact(message) : number)
                .bsuid(from)
                .bsuid(contact.text("user_id"))
                .bsuid(message.text("from_user_id"))
                .username(profile.text("username"))
                .name(profile.text("name"))
                .referral(referral)
                .fact();
    }

    /** What was typed in the WhatsApp Business app, for numbers that use both. */
    private void echoes(JsonTree value, @Nullable String waba) {
        JsonTree list = value.get("message_echoes");
        for (JsonTree echo : (list.isThere() ? list : value.get("messages")).each()) {
            if (echo.text("group_id") != null || ChatKind.isGroup(echo.text("to"))) {
                facts.add(new Fact.Ignored(ChatKind.GROUP_MESSAGE));
            } else if (MessageType.isReaction(echo.text("type"))) {
                facts.add(new Fact.Ignored(ChatKind.REACTION));
            } else {
                facts.add(draft(echo, value.get("metadata"), waba)
                        .out()
                        .customer(echo.text("to"))
                        .bsuid(echo.text("to_user_id"))
                        .fact());
            }
        }
    }

    private ChatDraft draft(JsonTree message, JsonTree metadata, @Nullable String waba) {
        String type = message.text("type");
        return new ChatDraft(provider, settings, receivedAt)
                .id(message.text("id"))
                .at(message.text("timestamp"))
                .businessPhone(metadata.text("display_phone_number"))
                .phoneNumberId(metadata.text("phone_number_id"))
                .wabaId(waba)
                .type(MessageType.of(type))
                .text(text(message, type == null ? "text" : type));
    }

    private static @Nullable String text(JsonTree message, String type) {
        JsonTree content = message.get(type);
        return switch (type) {
            case "text" -> content.text("body");
            case "button" -> content.text("text");
            case "interactive" -> {
                String button = content.at("button_reply", "title").text();
                yield button == null ? content.at("list_reply", "title").text() : button;
            }
            case "image", "video", "document" -> content.text("caption");
            default -> null;
        };
    }

    /** The number in the answer to our request for it; a card somebody passed on is not the sender's. */
    private static @Nullable String ownContact(JsonTree message) {
        for (JsonTree card : message.get("contacts").each()) {
            String origin = card.text("origin");
            if (!OWN_CONTACT.equalsIgnoreCase(origin == null ? message.text("origin") : origin)) {
                continue;
            }
            for (JsonTree phone : card.get("phones").each()) {
                String number = phone.text("wa_id", "phone");
                if (number != null) {
                    return number;
                }
            }
        }
        return null;
    }
}
