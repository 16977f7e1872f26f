package kembali.lead;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a lead wrote, was written, or filled in.
 *
 * @param direction {@code in} from the customer, {@code out} to them
 * @param type as {@link ChatMessage}, or {@link #FORM}
 * @param provider the kind of source it came by: {@code whatsapp}, {@code typeform}
 * @param content what was said; stored sealed
 */
public record Message(
        String id, Instant at, String direction, String type, String provider, String sourceId, Content content) {
    /** The type of a form that was filled in. */
    public static final String FORM = "form";

    public static final String IN = "in";
    public static final String OUT = "out";

    /**
     * What was said.
     *
     * @param text the message, or what was written into a form's message field
     * @param referral the ad the chat began with
     * @param fields what a form asked beside our own fields, by its labels
     */
    public record Content(@Nullable String text, ChatMessage.@Nullable Referral referral, Map<String, String> fields) {
        @SuppressWarnings("ConstantValue") // documents stored without it
        public Content {
            fields = fields == null ? Map.of() : java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(fields));
        }
    }
}
