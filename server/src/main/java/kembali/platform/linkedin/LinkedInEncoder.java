package kembali.platform.linkedin;

import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.Consent;
import kembali.identity.Person;
import kembali.platform.ConversionEvent;
import kembali.platform.JsonText;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into LinkedIn's JSON, or says why it must not be sent. Pure; the clock is passed in.
 *
 * <p>LinkedIn refuses a whole request for one bad event, and takes invented currencies and addresses without a word; so
 * everything that can be checked is checked here.
 */
final class LinkedInEncoder {
    /** Oldest event LinkedIn takes. */
    static final Duration MAX_AGE = Duration.ofDays(90);

    /** Given up this long before, so that waiting in the queue does not cross the limit. */
    static final Duration AGE_MARGIN = Duration.ofMinutes(10);

    private static final Duration OLDEST = MAX_AGE.minus(AGE_MARGIN);

    /** Clocks differ: a time up to this far ahead is taken for now. LinkedIn itself takes none that lies ahead. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code -> !code.equals("XXX") && !code.equals("XTS"))
            .collect(Collectors.toUnmodifiableSet());

    private static final String BEGINNING = "{\"conversion\":\"" + LinkedInSettings.CONVERSION_URN;

    private final LinkedInSettings settings;

    LinkedInEncoder(LinkedInSettings settings) {
        this.settings = settings;
    }

    Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        if (!settings.complete()) {
            return skip(Reasons.MISSING_CONFIGURATION);
        }
        if (event.consent().adUserData() == Consent.Choice.DENIED) {
            return skip(Reasons.CONSENT_DENIED);
        }
        String category = event.name().strip();
        if (category.isEmpty()) {
            return skip(Reasons.NO_MAPPING);
        }
        String conversionId = settings.conversionIds().get(category);
        if (conversionId == null) {
            return skip(LinkedInReasons.noRuleFor(category, LinkedInCatalog.hint(category)));
        }
        Instant at = event.occurredAt();
        if (Duration.between(at, now).compareTo(OLDEST) >= 0) {
            return skip(Reasons.EVENT_TOO_OLD);
        }
        if (at.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            return skip(Reasons.EVENT_IN_FUTURE);
        }
        LinkedInUser user = LinkedInUser.of(event, settings.hashNames());
        Reason missing = missingIdentity(user, event, strategy);
        if (missing == null) {
            missing = unusableValue(event.value());
        }
        if (missing != null) {
            return skip(missing);
        }

        StringBuilder out = new StringBuilder(768).append(BEGINNING).append(conversionId);
        out.append("\",\"conversionHappenedAt\":").append((at.isAfter(now) ? now.minusSeconds(1) : at).toEpochMilli());
        Money value = event.value();
        if (value != null) {
            out.append(",\"conversionValue\":{\"currencyCode\":\"").append(currency(value));
            LinkedInJson.amount(out.append("\",\"amount\":"), value.amount()).append('}');
        }
        if (!event.eventId().isBlank()) {
            JsonText.string(out.append(",\"eventId\":"), event.eventId());
        }
        user.writeTo(out.append(",\"user\":"));
        out.append('}');
        // One rule per request: an id LinkedIn does not know refuses all of it, and holds up its own category only.
        return new Prepared.Ready(out.toString(), user.keys(), category, false);
    }

    /**
     * The event with the conversion rule its category has today, so that an event that waited for a corrected id is sent
     * with it.
     */
    String current(Prepared.Ready event) {
        String json = event.json();
        String id = settings.conversionIds().get(event.route());
        if (id == null || !json.startsWith(BEGINNING)) {
            return json;
        }
        return BEGINNING + id + json.substring(json.indexOf('"', BEGINNING.length()));
    }

    private static @Nullable Reason missingIdentity(LinkedInUser user, ConversionEvent event, Strategy strategy) {
        // Our id of the person, sent before together with an identifier that matched, is as good as that identifier.
        boolean knownByAd = LinkedInUser.anyOfAd(event.acceptedKeys());
        boolean known = knownByAd || LinkedInUser.anyIdentifying(event.acceptedKeys());
        if (!known && !user.identifies()) {
            Person person = event.person();
            boolean phone = isFilled(person.phone()) || isFilled(person.phoneE164());
            return phone ? LinkedInReasons.NO_PHONE_MATCHING : LinkedInReasons.INSUFFICIENT_USER_DATA;
        }
        return strategy == Strategy.STRICT && !knownByAd && !user.provesAd() ? Reasons.MISSING_CLICK_ID : null;
    }

    private static @Nullable Reason unusableValue(@Nullable Money value) {
        if (value == null) {
            return null;
        }
        if (value.amount().signum() < 0) {
            return LinkedInReasons.INVALID_VALUE;
        }
        if (value.currency().isBlank()) {
            return Reasons.MISSING_CURRENCY;
        }
        return CURRENCIES.contains(currency(value)) ? null : Reasons.INVALID_CURRENCY;
    }

    private static String currency(Money value) {
        return value.currency().strip().toUpperCase(Locale.ROOT);
    }

    private static boolean isFilled(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static Prepared.Skip skip(Reason reason) {
        return new Prepared.Skip(reason);
    }
}
