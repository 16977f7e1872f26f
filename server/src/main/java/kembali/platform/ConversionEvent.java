package kembali.platform;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.identity.BrowserIds;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * What happened, in no platform's words: this person reached this status, here is all we know that
 * could help a platform recognise them. It is fixed when the decision is made, so that every retry
 * builds the same bytes.
 *
 * @param name the platform's event name, from the mapping: {@code Purchase}
 * @param eventId the same on every retry, replay and node
 * @param status the lead status that triggered it: {@code won}
 * @param occurredAt when it happened, not when it is sent
 * @param origin where it happened
 * @param person readable; hashed by the encoder
 * @param leadId our id of the lead: {@code ld_…}; null for the page view of a visitor who is no lead
 * @param code the visitor code, our own id of this person
 * @param externalRef the caller's own id of this person; unlike {@code code} it may be known to the platform
 * @param value null when no value is known for this status
 * @param orderId the caller's transaction id, null when none was said
 * @param campaignId our campaign link or rotator that brought the visitor, null when none did
 * @param whatsappAccountId the WhatsApp Business Account of the number the person writes with, null when unknown
 * @param acceptedKeys names of the identifiers that this person's events carried to this very pixel and that it took
 *     within the last year: a platform may know the person by them still
 * @param trail the campaign click and the reported conversion behind it; null when there is neither
 */
public record ConversionEvent(
        String name,
        String eventId,
        String status,
        Instant occurredAt,
        Origin origin,
        Person person,
        @Nullable String leadId,
        String code,
        @Nullable String externalRef,
        ClickIds clicks,
        BrowserIds browser,
        WebContext web,
        Consent consent,
        @Nullable Money value,
        @Nullable String orderId,
        @Nullable String campaignId,
        @Nullable String whatsappAccountId,
        List<Item> items,
        Map<String, String> custom,
        Set<String> acceptedKeys,
        @Nullable Trail trail) {
    public ConversionEvent {
        items = List.copyOf(items);
        custom = Map.copyOf(custom);
        acceptedKeys = Set.copyOf(acceptedKeys);
    }

    /** The same event of a person whom the pixel was told about before, by these identifiers. */
    public ConversionEvent knownBy(Set<String> keys) {
        return new ConversionEvent(
                name,
                eventId,
                status,
                occurredAt,
                origin,
                person,
                leadId,
                code,
                externalRef,
                clicks,
                browser,
                web,
                consent,
                value,
                orderId,
                campaignId,
                whatsappAccountId,
                items,
                custom,
                keys,
                trail);
    }

    /** Where an event happened, as far as it matters to a platform. */
    public enum Origin {
        /** On a web page or link we saw: page view, rotator click, form. */
        WEB,
        /** In a chat that began with a click-to-message ad. */
        CHAT,
        /** In the advertiser's own pipeline: a status set by a person, a CRM or a script. */
        CRM,
        /** Reported by an affiliate network or tracker. */
        POSTBACK
    }

    /**
     * One thing bought.
     *
     * @param id the advertiser's product id
     * @param quantity at least 1
     * @param price per piece, in the currency of the event's value
     */
    public record Item(String id, int quantity, java.math.@Nullable BigDecimal price) {}
}
