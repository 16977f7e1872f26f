package kembali.lead;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message of a chat, in no provider's words.
 *
 * @param provider the kind of source it came by: {@code whatsapp}, {@code twilio}
 * @param messageId the provider's id; the same message has the same one
 * @param type {@code text}, {@code image}, {@code video}, {@code audio}, {@code document}, {@code location},
 *     {@code contacts}, {@code button}, {@code interactive}, {@code order}, {@code other}
 * @param text what was written, or the caption; null when there is none
 * @param referral the click-to-WhatsApp ad it came from, or null
 */
public record ChatMessage(
        String provider,
        String messageId,
        Instant at,
        Direction direction,
        Customer customer,
        Business business,
        String type,
        @Nullable String text,
        @Nullable Referral referral) {
    /** Who wrote it. */
    public enum Direction {
        /** The customer. */
        IN,
        /** The advertiser's people or machines. */
        OUT
    }

    /**
     * The customer as the provider knows them; at least one of phone and BSUID is there.
     *
     * @param phoneE164 {@code +} and digits, or null: people with a user name may hide it
     * @param bsuid Meta's business-scoped user id, {@code ID.1349…}, or null
     * @param name the profile's name, or null
     */
    public record Customer(
            @Nullable String phoneE164,
            @Nullable String bsuid,
            @Nullable String username,
            @Nullable String name) {}

    /**
     * The number the chat is with.
     *
     * @param phoneE164 {@code +} and digits, or null when the provider does not say it
     * @param phoneNumberId the Cloud API's id of the number
     * @param wabaId the WhatsApp Business Account the number belongs to
     * @param channelId the provider's own id of the channel or inbox
     */
    public record Business(
            @Nullable String phoneE164,
            @Nullable String phoneNumberId,
            @Nullable String wabaId,
            @Nullable String channelId) {
        public static final Business UNKNOWN = new Business(null, null, null, null);
    }

    /**
     * The ad a chat began with.
     *
     * @param ctwaClid null for ads in WhatsApp Status: an ad id, but no click to report
     * @param sourceId the ad's or post's id
     * @param sourceType {@code ad} or {@code post}
     */
    public record Referral(
            @Nullable String ctwaClid,
            @Nullable String sourceId,
            @Nullable String sourceType,
            @Nullable String sourceUrl,
            @Nullable String headline,
            @Nullable String body,
            @Nullable String mediaType,
            @Nullable String mediaUrl,
            @Nullable String welcomeText) {}
}
