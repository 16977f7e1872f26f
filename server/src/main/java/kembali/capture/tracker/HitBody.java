package kembali.capture.tracker;

import java.math.BigDecimal;
import java.util.Map;
import kembali.identity.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A hit as the page's script sent it. What was missing, of a wrong type or out of bounds is null.
 *
 * @param name of an event, 1 to 40 characters; set for every {@link Type#EVENT}
 * @param cookies raw values by name
 * @param consent the choices the page told, without anything else; nothing said where it told none
 * @param gdpr whether the page's consent tool says the GDPR applies; null when it does not say
 * @param visitor the code of the visitor as the page passes it
 * @param ageMs how long the hit waited in the browser, 0 to two days
 * @param leftOut how many members were not usable
 */
record HitBody(
        String key,
        Type type,
        String eventId,
        @Nullable String name,
        @Nullable BigDecimal value,
        @Nullable String currency,
        @Nullable String orderId,
        @Nullable String url,
        @Nullable String referrer,
        @Nullable String timezone,
        @Nullable String language,
        Map<String, String> cookies,
        Consent consent,
        @Nullable String tcString,
        @Nullable Boolean gdpr,
        boolean gpc,
        @Nullable String visitor,
        @Nullable String personName,
        @Nullable String personEmail,
        @Nullable String personPhone,
        long ageMs,
        int leftOut) {
    /** What a hit is about. */
    enum Type {
        PAGEVIEW,
        EVENT,
        IDENTIFY,
        CONSENT
    }

    boolean namesSomebody() {
        return personName != null || personEmail != null || personPhone != null;
    }
}
