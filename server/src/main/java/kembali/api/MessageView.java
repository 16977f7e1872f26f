package kembali.api;

import java.time.Instant;
import java.util.Map;
import kembali.lead.ChatMessage;
import kembali.lead.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message of a lead, or a form they filled in.
 *
 * @param direction {@code in} from the lead, {@code out} to them
 * @param type {@code text}, {@code image}, …, or {@code form}
 * @param provider the kind of source it came by
 * @param referral the click-to-WhatsApp ad it came from, or null
 * @param fields of a form, what has no field of a lead, by the form's own labels
 */
public record MessageView(
        String id,
        Instant at,
        String direction,
        String type,
        String provider,
        String sourceId,
        @Nullable String text,
        ChatMessage.@Nullable Referral referral,
        Map<String, String> fields) {
    static MessageView of(Message m) {
        return new MessageView(
                m.id(),
                m.at(),
                m.direction(),
                m.type(),
                m.provider(),
                m.sourceId(),
                m.content().text(),
                m.content().referral(),
                m.content().fields());
    }
}
