package kembali.inbound.whatsapp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import kembali.inbound.Authenticity;
import kembali.inbound.Fact;
import kembali.inbound.JsonTree;
import kembali.inbound.ProviderTime;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.Signatures;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceForm.Field;
import kembali.inbound.SourceKeys;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/** Chatwoot: messages of WhatsApp inboxes, and states and labels of conversations as words for a lead's status. */
public final class ChatwootKind extends ChatKind {
    /** An older request may be a recorded one, sent again. */
    static final Duration REPLAY_WINDOW = Duration.ofMinutes(5);

    public ChatwootKind() {
        super(
                "chatwoot",
                "Chatwoot",
                new SourceForm(
                        List.of(
                                new Field(
                                        "secret",
                                        "Webhook secret",
                                        "Shown by newer Chatwoot versions beside the webhook. With it only requests signed by"
                                                + " Chatwoot in the last five minutes are accepted.",
                                        false),
                                Fields.businessNumber(false),
                                Fields.statusMap(
                                        "What a conversation's state (open, pending, snoozed, resolved) or a label means"
                                                + " for the lead.")),
                        List.of(
                                "In Chatwoot open Settings, Integrations, Webhooks, and add a webhook.",
                                "Enter {url} and choose Message created. Choose Conversation status changed and Conversation"
                                        + " updated too if states or labels should move leads.",
                                "Copy the secret, if Chatwoot shows one, into the field above.",
                                "Write a message to your number."),
                        List.of(
                                "Older Chatwoot versions sign nothing: then the address is the password.",
                                "Chatwoot names inboxes, not numbers: with several WhatsApp inboxes make one source, and an"
                                        + " inbox's own webhook, for each number.",
                                "The click of a click-to-WhatsApp ad is passed on by versions from the middle of 2026.")));
    }

    @Override
    public Authenticity check(RawRequest request, SourceKeys keys, Instant now) {
        String secret = keys.secret();
        if (secret == null || !Signatures.isSet(secret)) {
            return new Authenticity.Unsigned();
        }
        String timestamp = request.header("x-chatwoot-timestamp");
        String said = request.header("x-chatwoot-signature");
        if (timestamp == null || said == null) {
            return new Authenticity.Forged(
                    "X-Chatwoot-Signature or X-Chatwoot-Timestamp is missing. Chatwoot versions that"
                            + " sign nothing need a source without a secret.");
        }
        byte[] signed = (timestamp + ".").getBytes(StandardCharsets.UTF_8);
        if (!Signatures.isHex(said, "sha256=", Signatures.hmacSha256(secret, signed, request.body()))) {
            return new Authenticity.Forged(
                    "X-Chatwoot-Signature does not fit: check that the secret is the one of this webhook.");
        }
        return isRecent(timestamp, now)
                ? new Authenticity.Genuine()
                : new Authenticity.Forged(
                        "The request was signed more than five minutes ago or ahead: a recording, or one of"
                                + " the two clocks is wrong.");
    }

    private static boolean isRecent(String timestamp, Instant now) {
        if (!timestamp.strip().matches("\\d{9,11}")) {
            return false;
        }
        Instant signed = Instant.ofEpochSecond(Long.parseLong(timestamp.strip()));
        return Duration.between(signed, now).abs().compareTo(REPLAY_WINDOW) <= 0;
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = body(request);
        if (!body.isObject()) {
            return Reading.unknown(NOT_JSON);
        }
        String event = body.text("event");
        return switch (event == null ? "" : event) {
            case "" -> Reading.unknown("The body has no \"event\": not a webhook of Chatwoot's.");
            case "message_created" -> message(body, settings, receivedAt);
            case "conversation_status_changed" -> status(body, delivery(request), settings, receivedAt);
            case "conversation_updated" -> labels(body, delivery(request), settings, receivedAt);
            default -> Reading.nothing("The event \"" + Clip.name(event) + "\" is not read.");
        };
    }

    private Reading message(JsonTree body, SourceSettings settings, Instant receivedAt) {
        JsonTree conversation = body.get("conversation");
        JsonTree sender = body.get("sender");
        JsonTree contact = conversation.at("meta", "sender");
        JsonTree attributes = body.get("content_attributes");
        String address = conversation.at("contact_inbox", "source_id").text();
        String reason = notOurs(body, conversation, address);
        if (reason != null) {
            return ignored(reason);
        }
        String direction = body.text("message_type");
        boolean in = "incoming".equals(direction) || "0".equals(direction);
        boolean out = "outgoing".equals(direction) || "1".equals(direction);
        if (!in && !out) {
            return ignored("A notice or template of Chatwoot's, not written in the chat.");
        }
        if (body.get("private").isTrue()) {
            return ignored("A private note between agents.");
        }
        if (out && "agent_bot".equals(sender.text("type"))) {
            return ignored("A message of the bot.");
        }
        if (isGroup(contact.text("identifier")) || isGroup(sender.text("identifier")) || isGroup(address)) {
            return ignored(GROUP_MESSAGE);
        }
        if (attributes.get("is_reaction").isTrue()) {
            return ignored(REACTION);
        }
        JsonTree customer = in && sender.text("phone_number") != null || !contact.isObject() ? sender : contact;
        String phone = customer.text("phone_number");
        ChatDraft draft = draft(settings, receivedAt)
                .id(body.text("source_id"))
                .orId(body.text("id"))
                .at(body.text("created_at"))
                .customer(phone == null ? address : phone)
                .name(customer.text("name"))
                .businessPhone(body.at("inbox", "phone_number").text())
                .channelId(channelId(body, conversation))
                .type(type(body))
                .text(body.text("content"));
        if (out) {
            return reading(draft.out().fact());
        }
        JsonTree further = conversation.get("additional_attributes");
        var referral = AdReferral.find(attributes, attributes.get("referral"), further.get("referral"));
        return reading(draft.referral(referral == null ? AdReferral.search(further) : referral)
                .fact());
    }

    /** Why this inbox is none of ours; null when it may be WhatsApp. Gateways use inboxes of the kind API. */
    private static @Nullable String notOurs(JsonTree body, JsonTree conversation, @Nullable String address) {
        String channel = conversation.text("channel");
        if (channel == null) {
            channel = body.at("inbox", "channel_type").text();
        }
        if (channel == null) {
            return null;
        }
        String word = channel.toLowerCase(Locale.ROOT);
        boolean sms = word.contains("twilio") && address != null && !address.startsWith("whatsapp:");
        return !sms && (word.contains("whatsapp") || word.endsWith("api") || word.contains("twilio"))
                ? null
                : "The inbox is none of WhatsApp but \"" + Clip.name(channel) + "\".";
    }

    private static @Nullable String channelId(JsonTree body, JsonTree conversation) {
        String id = body.at("inbox", "id").text();
        return id == null ? conversation.text("inbox_id") : id;
    }

    private static String type(JsonTree body) {
        String file = body.get("attachments").get("file_type").text();
        return file == null ? MessageType.TEXT : MessageType.of(file);
    }

    private static Reading status(
            JsonTree conversation, @Nullable String delivery, SourceSettings settings, Instant receivedAt) {
        String status = conversation.text("status");
        if (status == null) {
            return Reading.unknown("The conversation has no \"status\".");
        }
        return reading(List.of(said(conversation, status, delivery, settings, receivedAt)), "");
    }

    /** The labels just put on; without a list of changes every one of them would be said again and again. */
    private static Reading labels(
            JsonTree conversation, @Nullable String delivery, SourceSettings settings, Instant receivedAt) {
        List<Fact> facts = new ArrayList<>();
        for (JsonTree changed : conversation.get("changed_attributes").each()) {
            for (String name : List.of("label_list", "cached_label_list", "labels")) {
                JsonTree change = changed.get(name);
                List<String> before = words(change.get("previous_value"));
                for (String label : words(change.get("current_value"))) {
                    if (!before.contains(label)) {
                        facts.add(said(conversation, label, delivery, settings, receivedAt));
                    }
                }
            }
        }
        return reading(facts, "No label was put on the conversation.");
    }

    /** Labels as a list or, in the cached form, as words with commas; no more than people put on. */
    private static List<String> words(JsonTree labels) {
        List<String> words = new ArrayList<>();
        for (JsonTree label : labels.each()) {
            String text = label.text();
            for (String word : (text == null ? "" : text).split(",")) {
                if (!word.isBlank() && words.size() < 100) {
                    words.add(word.strip());
                }
            }
        }
        return words;
    }

    private static Fact said(
            JsonTree conversation,
            String word,
            @Nullable String delivery,
            SourceSettings settings,
            Instant receivedAt) {
        JsonTree contact = conversation.at("meta", "sender");
        String said = conversation.text("updated_at", "timestamp");
        String moment = delivery == null ? said : delivery;
        String id = "conversation:" + conversation.text("id") + ":" + word + ":" + moment;
        return new Fact.StatusSaid(
                moment == null ? null : Clip.id(id),
                ProviderTime.read(said, receivedAt, settings.defaultCountry()),
                cut(word),
                contact.text("phone_number"),
                contact.text("email"),
                Clip.id(contact.text("identifier")),
                null,
                null);
    }

    private static String cut(String word) {
        return word.substring(0, Math.min(word.length(), 200));
    }

    private static @Nullable String delivery(RawRequest request) {
        return Clip.id(request.header("x-chatwoot-delivery"));
    }
}
