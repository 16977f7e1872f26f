package kembali.platform.meta;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.ClickIds;
import kembali.identity.ClickIds.ClickId;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.identity.WebContext;
import kembali.platform.ConversionEvent;
import kembali.platform.ConversionEvent.Origin;
import kembali.platform.JsonText;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.platform.meta.MetaUserData.MatchKey;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into Meta's JSON, or says why it must not be sent. Pure; the clock is passed in.
 *
 * <p>Every check that Meta makes and we can make is made here, because Meta refuses the whole request for one bad
 * event.
 */
final class MetaEncoder {
    /** Oldest event Meta takes. */
    static final Duration MAX_AGE = Duration.ofDays(7);

    /** Clocks differ: a time up to this far ahead is taken for now. Meta's own tolerance is not documented. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final String WEBSITE = "website";
    private static final String SYSTEM_GENERATED = "system_generated";
    private static final String BUSINESS_MESSAGING = "business_messaging";
    private static final String OTHER = "other";

    private static final String PAGE_VIEW_STATUS = "pageview";

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code -> !code.equals("XXX") && !code.equals("XTS"))
            .collect(Collectors.toUnmodifiableSet());

    private final MetaSettings settings;

    MetaEncoder(MetaSettings settings) {
        this.settings = settings;
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

        ClickId chat = MetaMessaging.click(event.clicks(), event.origin());
        if (chat != null) {
            return message(event, name, chat, now);
        }

        String url = webAddress(event.web().pageUrl());
        boolean seen = url != null && isFilled(event.web().userAgent());
        long leadId = leadId(event.clicks());
        // What happened on a page is a web event even if an instant form once brought the person.
        boolean leadAds = leadId > 0 && !(event.origin() == Origin.WEB && seen);
        String source = leadAds ? SYSTEM_GENERATED : actionSource(event.origin(), seen);

        String fbc = FbCookies.fbc(event.clicks(), event.browser().fbc(), at);
        MetaUserData user = userData(event, fbc, leadAds ? leadId : 0);
        if (!user.identifies()) {
            return skip(Reasons.INSUFFICIENT_USER_DATA);
        }
        if (strategy == Strategy.STRICT) {
            if (fbc == null && !leadAds && event.clicks().value(ClickIds.CTWA_CLID) == null) {
                return skip(Reasons.MISSING_CLICK_ID);
            }
            // A status may honestly be called system generated; a page view without page and browser is nothing.
            if (!seen && event.origin() == Origin.WEB && event.status().equals(PAGE_VIEW_STATUS)) {
                return skip(MetaReasons.MISSING_WEB_CONTEXT);
            }
        }
        Reason unusable = unusable(name, event);
        if (unusable != null) {
            return skip(unusable);
        }

        StringBuilder out = begun(event, name, source, now);
        if (source.equals(WEBSITE) && url != null) {
            JsonText.string(out.append(",\"event_source_url\":"), url);
            String referrer = webAddress(event.web().referrer());
            if (referrer != null) {
                JsonText.string(out.append(",\"referrer_url\":"), referrer);
            }
        }
        // Meta refuses a whole request for one lead id it does not know, and only Meta knows which those are.
        return new Prepared.Ready(finished(out, user, event, name, leadAds), user.keys(), "", leadAds);
    }

    /** What a person does after a click-to-WhatsApp ad. The click is all the proof that either strategy asks for. */
    private Prepared message(ConversionEvent event, String name, ClickId click, Instant now) {
        if (!MetaCatalog.MESSAGING_NAMES.contains(name)) {
            return skip(MetaReasons.EVENT_NOT_ALLOWED_FOR_MESSAGING.saying(
                    "Meta does not take \"" + name + "\" of people who came by a click-to-WhatsApp ad."));
        }
        MetaUserData user = MetaMessaging.userData(event, click, settings);
        if (user == null) {
            return skip(MetaReasons.MISSING_WABA_ID);
        }
        Reason unusable = unusable(name, event);
        if (unusable != null) {
            return skip(unusable);
        }
        StringBuilder out = begun(event, name, BUSINESS_MESSAGING, now).append(",\"messaging_channel\":\"whatsapp\"");
        // Alone: Meta refuses a whole request for one click it does not know, and drops no twins of messages.
        return new Prepared.Ready(
                finished(out, user, event, name, false),
                user.keys(),
                MetaMessaging.route(event.whatsappAccountId(), settings),
                true,
                click.firstSeenMs() > 0 ? Instant.ofEpochMilli(click.firstSeenMs()) : null);
    }

    private static StringBuilder begun(ConversionEvent event, String name, String source, Instant now) {
        Instant at = event.occurredAt();
        StringBuilder out = new StringBuilder(1536);
        JsonText.string(out.append("{\"event_name\":"), name);
        out.append(",\"event_time\":").append((at.isAfter(now) ? now : at).getEpochSecond());
        if (!event.eventId().isBlank()) {
            JsonText.string(out.append(",\"event_id\":"), event.eventId());
        }
        return out.append(",\"action_source\":\"").append(source).append('"');
    }

    private String finished(StringBuilder out, MetaUserData user, ConversionEvent event, String name, boolean leadAds) {
        if (settings.limitedDataUse()) {
            // Country and state 0: Meta finds out by the address where the person is.
            out.append(",\"data_processing_options\":[\"LDU\"],\"data_processing_options_country\":0")
                    .append(",\"data_processing_options_state\":0");
        }
        user.writeTo(out.append(",\"user_data\":"));
        MetaCustomData.write(out, event, name, leadAds);
        return out.append('}').toString();
    }

    /** Where it happened, in Meta's words; the sender answers for its truth. */
    private static String actionSource(Origin origin, boolean seen) {
        return switch (origin) {
            case WEB, CRM -> seen ? WEBSITE : SYSTEM_GENERATED;
            case POSTBACK -> seen ? WEBSITE : OTHER; // we hold page and browser only of clicks that were ours
            case CHAT -> SYSTEM_GENERATED; // a chat that no ad began
        };
    }

    private static MetaUserData userData(ConversionEvent event, @Nullable String fbc, long leadId) {
        Person person = event.person();
        String country =
                person.country() == null ? null : MetaIdentity.country(MetaIdentity.prepared(person.country()));
        MetaUserData user = new MetaUserData();
        user.hash(MatchKey.EM, MetaIdentity.hashed(person.email(), MetaIdentity::email));
        user.hash(MatchKey.PH, MetaIdentity.phone(person));
        user.hash(MatchKey.FN, MetaIdentity.hashed(person.firstName(), MetaIdentity::name));
        user.hash(MatchKey.LN, MetaIdentity.hashed(person.lastName(), MetaIdentity::name));
        user.hash(MatchKey.GE, MetaIdentity.hashed(person.gender(), MetaIdentity::gender));
        LocalDate born = person.birthDate();
        if (born != null) {
            LocalDate today = LocalDate.ofInstant(event.occurredAt(), ZoneOffset.UTC);
            user.hash(MatchKey.DB, MetaIdentity.hashed(MetaIdentity.birthDate(born, today), text -> text));
        }
        user.hash(MatchKey.CT, MetaIdentity.hashed(person.city(), MetaIdentity::city));
        user.hash(MatchKey.ST, MetaIdentity.hashed(person.state(), text -> MetaIdentity.state(text, country)));
        user.hash(MatchKey.ZP, MetaIdentity.hashed(person.postalCode(), text -> MetaIdentity.zip(text, country)));
        user.hash(MatchKey.COUNTRY, MetaIdentity.hashed(person.country(), MetaIdentity::country));
        MetaPlaces.hint(user, person, country, event.web().place());
        user.externalIds(
                MetaIdentity.hashed(event.code(), MetaIdentity::externalId),
                MetaIdentity.hashed(event.externalRef(), MetaIdentity::externalId));
        WebContext web = event.web();
        user.plain(MatchKey.CLIENT_IP_ADDRESS, web.ip() == null ? null : PublicAddress.of(web.ip()));
        user.plain(
                MatchKey.CLIENT_USER_AGENT,
                web.userAgent() == null ? null : web.userAgent().strip());
        user.plain(MatchKey.FBC, fbc);
        user.plain(MatchKey.FBP, FbCookies.fbp(event.browser().fbp()));
        if (leadId > 0) {
            user.number(MatchKey.LEAD_ID, leadId);
        }
        return user;
    }

    private static @Nullable Reason unusable(String name, ConversionEvent event) {
        Reason value = unusableValue(name, event.value());
        return value == null && !MetaCustomData.isSound(event) ? MetaReasons.INVALID_CONTENTS : value;
    }

    private static @Nullable Reason unusableValue(String name, @Nullable Money value) {
        if (value == null) {
            return name.equals(MetaCatalog.PURCHASE) ? Reasons.MISSING_VALUE : null;
        }
        if (value.amount().signum() < 0) {
            return MetaReasons.INVALID_VALUE;
        }
        if (value.currency().isBlank()) {
            return Reasons.MISSING_CURRENCY;
        }
        return CURRENCIES.contains(currency(value)) ? null : Reasons.INVALID_CURRENCY;
    }

    static String currency(Money value) {
        return value.currency().strip().toUpperCase(Locale.ROOT);
    }

    /** The lead id of an instant form: 15 to 17 digits; 0 when there is none that can be one. */
    private static long leadId(ClickIds clicks) {
        String id = clicks.value(ClickIds.META_LEAD_ID);
        if (id == null || id.length() < 15 || id.length() > 17) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static @Nullable String webAddress(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String text = url.strip();
        boolean web = text.regionMatches(true, 0, "https://", 0, 8) || text.regionMatches(true, 0, "http://", 0, 7);
        return web ? text : null;
    }

    private static boolean isFilled(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static Prepared.Skip skip(Reason reason) {
        return new Prepared.Skip(reason);
    }
}
