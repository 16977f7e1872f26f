package kembali.platform.tiktok;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import kembali.identity.ClickIds;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.platform.ConversionEvent;
import kembali.platform.JsonText;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.platform.tiktok.TikTokSettings.EventSource;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into TikTok's JSON, or says why it must not be sent. Pure; the clock is passed in.
 *
 * <p>TikTok takes an event without any identifier and without a word, so who is worth reporting is decided here.
 */
final class TikTokEncoder {
    /** TikTok's limit for offline events and its largest click window; for the web it names none. */
    static final Duration MAX_AGE = Duration.ofDays(28);

    /** Route of events whose value stayed behind: they share no request with others, so the answer can say so. */
    static final String VALUE_LEFT_OUT = "value_left_out";

    /** Clocks differ: a time up to this far ahead is taken for now. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final String CRM_NAME = "Kembali";

    private final TikTokSettings settings;
    private final boolean web;

    TikTokEncoder(TikTokSettings settings) {
        this.settings = settings;
        this.web = settings.eventSource() == EventSource.WEB;
    }

    Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        if (!settings.complete()) {
            return skip(Reasons.MISSING_CONFIGURATION);
        }
        if (event.consent().adUserData() == Consent.Choice.DENIED) {
            return skip(Reasons.CONSENT_DENIED);
        }
        String name = event.name().strip();
        if (name.isEmpty()) {
            return skip(Reasons.NO_MAPPING);
        }
        Instant at = event.occurredAt();
        if (Duration.between(at, now).compareTo(MAX_AGE) >= 0) {
            return skip(Reasons.EVENT_TOO_OLD);
        }
        if (at.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            return skip(Reasons.EVENT_IN_FUTURE);
        }
        String formLead = web ? null : TikTokIdentity.opaque(event.clicks().value(ClickIds.TIKTOK_LEAD_ID));
        TikTokUser user = user(event);
        Reason unknown = unknown(user, formLead, strategy);
        if (unknown != null) {
            return skip(unknown);
        }
        String url = web ? webAddress(event.web().pageUrl()) : null;
        if (web && url == null) {
            return skip(TikTokReasons.MISSING_PAGE_URL);
        }
        if (event.value() != null && event.value().amount().signum() < 0) {
            return skip(TikTokReasons.INVALID_VALUE);
        }
        if (!TikTokProperties.isSound(event.items())) {
            return skip(TikTokReasons.INVALID_CONTENTS);
        }

        StringBuilder out = new StringBuilder(1536);
        JsonText.string(out.append("{\"event\":"), name);
        out.append(",\"event_time\":").append((at.isAfter(now) ? now : at).getEpochSecond());
        JsonText.string(out.append(",\"event_id\":"), event.eventId());
        user.writeTo(out.append(",\"user\":"));
        if (url != null) {
            JsonText.string(out.append(",\"page\":{\"url\":"), url);
            String referrer = webAddress(event.web().referrer());
            if (referrer != null) {
                JsonText.string(out.append(",\"referrer\":"), referrer);
            }
            out.append('}');
        }
        TikTokProperties.write(out, event);
        List<String> keys = new ArrayList<>(user.keys());
        if (formLead != null) {
            JsonText.string(out.append(",\"lead\":{\"lead_id\":"), formLead);
            JsonText.string(out.append(",\"lead_event_source\":"), CRM_NAME).append('}');
            keys.add("lead_id");
        }
        if (web && event.consent().adPersonalization() == Consent.Choice.DENIED) {
            // TikTok knows the flag for web and app only.
            out.append(",\"limited_data_use\":true");
        }
        out.append('}');
        String route = TikTokProperties.takes(event.value()) ? "" : VALUE_LEFT_OUT;
        return new Prepared.Ready(out.toString(), keys, route, false);
    }

    /** Why this person is not worth reporting under that strategy, or null. */
    private @Nullable Reason unknown(TikTokUser user, @Nullable String formLead, Strategy strategy) {
        boolean clicked = web ? user.has("ttclid") || user.has("ttp") : formLead != null;
        return switch (strategy) {
            case STRICT -> clicked ? null : web ? Reasons.MISSING_CLICK_ID : TikTokReasons.MISSING_LEAD_ID;
            case SEND_ALL -> {
                boolean seen = web && user.has("ip") && user.has("user_agent");
                yield clicked || user.named() || seen ? null : Reasons.INSUFFICIENT_USER_DATA;
            }
        };
    }

    private TikTokUser user(ConversionEvent event) {
        Person person = event.person();
        String country = TikTokIdentity.plain(person.country(), TikTokIdentity::country);
        TikTokUser user = new TikTokUser();
        user.naming("email", TikTokIdentity.hashed(person.email(), TikTokIdentity::email));
        user.naming("phone", phone(person));
        user.externalIds(
                TikTokIdentity.hashed(event.leadId(), TikTokIdentity::externalId),
                TikTokIdentity.hashed(event.externalRef(), TikTokIdentity::externalId));
        user.telling("first_name", TikTokIdentity.hashed(person.firstName(), TikTokIdentity::name));
        user.telling("last_name", TikTokIdentity.hashed(person.lastName(), TikTokIdentity::name));
        user.telling("city", TikTokIdentity.plain(person.city(), TikTokIdentity::city));
        user.telling("state", TikTokIdentity.plain(person.state(), text -> TikTokIdentity.state(text, country)));
        user.telling("country", country);
        user.telling("zip_code", TikTokIdentity.hashed(person.postalCode(), text -> TikTokIdentity.zip(text, country)));
        if (web) {
            user.naming("ttclid", TikTokIdentity.opaque(event.clicks().value(ClickIds.TTCLID)));
            user.naming("ttp", TikTokIdentity.opaque(event.browser().ttp()));
        }
        WebContext visit = event.web();
        String browser = visit.userAgent();
        user.telling("ip", TikTokIdentity.publicAddress(visit.ip()));
        user.telling("user_agent", browser == null || browser.isBlank() ? null : browser);
        user.telling("locale", TikTokIdentity.locale(event.custom().get("locale")));
        return user;
    }

    /** The number a person can be reached by; as typed only if it was given to us hashed. */
    private static @Nullable String phone(Person person) {
        String e164 = person.phoneE164();
        return e164 != null
                ? TikTokIdentity.hashed(e164, TikTokIdentity::phone)
                : TikTokIdentity.hashed(person.phone(), text -> null);
    }

    private static @Nullable String webAddress(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String text = url.strip();
        boolean http = text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7);
        return http ? text : null;
    }

    private static Prepared.Skip skip(Reason reason) {
        return new Prepared.Skip(reason);
    }
}
