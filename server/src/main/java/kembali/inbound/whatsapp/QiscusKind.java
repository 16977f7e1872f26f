package kembali.inbound.whatsapp;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import kembali.identity.PhoneNumbers;
import kembali.inbound.JsonTree;
import kembali.inbound.RawRequest;
import kembali.inbound.Reading;
import kembali.inbound.SourceForm;
import kembali.inbound.SourceSettings;
import org.jspecify.annotations.Nullable;

/**
 * Qiscus Omnichannel: bot webhook, new-session webhook and allocation webhook at one address. What is called
 * e-mail is a WhatsApp number; {@code room.options} and {@code extras} are JSON written into texts.
 */
public final class QiscusKind extends ChatKind {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{7,20}(@s\\.whatsapp\\.net|@c\\.us)?");
    private static final Pattern BOT = Pattern.compile("(?i)(?<![a-z])bot(?![a-z])");

    public QiscusKind() {
        super(
                "qiscus",
                "Qiscus Omnichannel",
                new SourceForm(
                        List.of(Fields.businessNumber(false)),
                        List.of(
                                "In Qiscus Omnichannel open Settings, Webhook (or App center, Webhook).",
                                "Enter {url} as bot webhook; every message then comes here.",
                                "If your bot needs that place, enter {url} as new-session webhook instead: then only the"
                                        + " first message of a conversation comes, which is enough to recognise leads.",
                                "Save, then write a message to your number."),
                        List.of(
                                "Qiscus signs nothing: the address is the password. Do not share it.",
                                "Qiscus does not document where it puts the click of a click-to-WhatsApp ad. Kembali looks"
                                        + " for it everywhere in the request.")));
    }

    @Override
    public Reading read(RawRequest request, SourceSettings settings, Instant receivedAt) {
        JsonTree body = body(request);
        if (!body.isObject()) {
            return Reading.unknown(NOT_JSON);
        }
        JsonTree payload = body.get("payload");
        if (!payload.isObject()) {
            return body.get("candidate_agent").isThere()
                    ? Reading.nothing("Tells which agent takes the room.")
                    : Reading.unknown("The body has no \"payload\": not a webhook of Qiscus we know.");
        }
        JsonTree room = payload.get("room");
        JsonTree message = payload.get("message");
        JsonTree log = body.get("room_log");
        JsonTree options = room.get("options");
        String channel = body.at("channel", "source").text();
        if (channel == null) {
            channel = log.text("source");
        }
        if (channel != null && !channel.equalsIgnoreCase("wa") && !channel.equalsIgnoreCase("whatsapp")) {
            return ignored("The message did not come by WhatsApp but by \"" + Clip.name(channel) + "\".");
        }
        String word = message.text("type");
        if ("system_event".equals(word)) {
            return ignored("A notice of Qiscus in the room, not a message.");
        }
        if (MessageType.isReaction(word)) {
            return ignored(REACTION);
        }
        String from = payload.at("from", "email").text();
        if (isGroup(from) || "group".equals(options.text("chat_type"))) {
            return ignored(GROUP_MESSAGE);
        }
        boolean api = "post_comment_rest".equals(body.text("type"));
        boolean customerWrote = !api && isNumber(from);
        String customer = isNumber(from) ? from : participant(room, log);
        ChatDraft draft = draft(settings, receivedAt)
                .id(message.text("unique_temp_id"))
                .orId(realId(message.text("id")))
                .at(message.text("unix_timestamp", "timestamp"))
                .customer(customer)
                .businessPhone(options.at("channel_details", "phone").text())
                .channelId(channelId(body, log))
                .type(type(message, word))
                .text(text(message, word));
        if (!customerWrote) {
            if (from != null && BOT.matcher(from).find()) {
                return ignored("A message of the bot.");
            }
            return api && isNumber(from)
                    ? ignored("A message sent through Qiscus's interface.")
                    : reading(draft.out().fact());
        }
        return reading(draft.name(payload.at("from", "name").text())
                .referral(AdReferral.find(
                        body,
                        message.at("extras", "referral"),
                        message.at("payload", "referral"),
                        log.at("extras", "referral")))
                .fact());
    }

    /** The customer of the room: the participant whose e-mail is a number. */
    private static @Nullable String participant(JsonTree room, JsonTree log) {
        for (JsonTree participant : room.get("participants").each()) {
            String email = participant.text("email");
            if (isNumber(email)) {
                return email;
            }
        }
        String user = log.text("user_id");
        return isNumber(user) ? user : null;
    }

    private static @Nullable String channelId(JsonTree body, JsonTree log) {
        String id = body.at("channel", "id").text();
        return id == null ? log.text("channel_id") : id;
    }

    /** Webhooks sent before the message is stored carry the id 0. */
    private static @Nullable String realId(@Nullable String id) {
        return "0".equals(id) ? null : id;
    }

    private static String type(JsonTree message, @Nullable String word) {
        String url = message.at("payload", "url").text();
        return "file_attachment".equals(word) && url != null ? MessageType.ofFile(url) : MessageType.of(word);
    }

    private static @Nullable String text(JsonTree message, @Nullable String word) {
        return "file_attachment".equals(word)
                ? message.at("payload", "caption").text() // the text is "[file] https://… [/file]"
                : message.text("text");
    }

    /** Customers' e-mails are numbers; one of an agent may be {@code 6281…@gmail.com}. */
    private static boolean isNumber(@Nullable String email) {
        return email != null && NUMBER.matcher(email).matches() && PhoneNumbers.fromWhatsApp(email) != null;
    }
}
