package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/** Mekari Qontak: message interactions, at the top or below {@code data}. */
public final class QontakKind extends ChatKind {
    public QontakKind() {
        super(
                "qontak",
                "Mekari Qontak",
                new SourceForm(
                        List.of(Fields.businessNumber(false)),
                        List.of(
                                "Qontak sets webhooks through its interface: ask Qontak's support for an access token, or"
                                        + " have your developer do this.",
                                "Send PUT https://service-chat.qontak.com/api/open/v1/message_interactions with"
                                        + " {\"receive_message_from_customer\": true, \"receive_message_from_agent\": true,"
                                        + " \"broadcast_log_status\": false, \"status_message\": false, \"url\": \"{url}\"}.",
                                "Write a message to your number."),
                        List.of(
                                "Qontak signs nothing: the address is the password. Do not share it.",
                                "Qontak keeps one webhook. If another system uses it, let that system pass messages on.",
                                "Qontak does not say which number of yours a chat came to: enter it above, with one source"
                                        + " for each number.")));
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = body(request);
        if (!body.isObject()) {
            return Reading.unknown(NOT_JSON);
        }
        JsonTree data = body.get("data");
        JsonTree message = body.get("room").isObject() || !data.isObject() ? body : data;
        String event = first(body.text("data_event"), message.text("data_event"));
        JsonTree room = message.get("room");
        JsonTree sender = message.get("sender");
        if (event != null && !event.startsWith("receive_message")) {
            return Reading.nothing(RECEIPT);
        }
        if (!room.isObject()) {
            return Reading.unknown("The body has no \"room\": not a message interaction of Qontak's.");
        }
        String channel = room.text("channel");
        if (channel != null && !isWhatsApp(channel)) {
            return ignored("The message did not come by WhatsApp but by \"" + Clip.name(channel) + "\".");
        }
        String word = message.text("type");
        String customer = room.text("account_uniq_id");
        if (isGroup(customer) || "group".equalsIgnoreCase(room.text("type"))) {
            return ignored(GROUP_MESSAGE);
        }
        if (MessageType.isReaction(word)) {
            return ignored(REACTION);
        }
        String participant = sender.text("participant_type");
        String who = participant == null ? "" : participant.toLowerCase(Locale.ROOT);
        if (who.contains("bot") || who.contains("system")) {
            return ignored("A message of the bot or of Qontak itself.");
        }
        boolean fromAgent = event == null ? !who.equals("customer") : event.endsWith("_from_agent");
        ChatDraft draft = draft(settings, receivedAt)
                .id(message.text("id"))
                .at(message.text("created_at"))
                .customer(customer)
                .channelId(first(message.text("channel_integration_id"), room.text("channel_integration_id")))
                .type(MessageType.of(word))
                .text(message.text("text"));
        if (fromAgent) {
            return reading(draft.out().name(room.text("name")).fact());
        }
        return reading(draft.name(first(sender.text("name"), room.text("name")))
                .referral(AdReferral.find(body, message.get("referral"), room.get("referral")))
                .fact());
    }

    private static boolean isWhatsApp(String channel) {
        String word = channel.toLowerCase(Locale.ROOT);
        return word.startsWith("wa") || word.contains("whatsapp");
    }

    private static @Nullable String first(@Nullable String a, @Nullable String b) {
        return a == null ? b : a;
    }
}
