package kembali.platform.googleads;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.Consent;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into a {@link NeutralConversion} and has a transport write it, or says why it must not be sent. Pure; the
 * clock is passed in.
 */
final class GoogleAdsEncoder {
    /** Oldest event that is sent. Google names no limit of its own; a click is good for as long. */
    static final Duration MAX_AGE = ClickChoice.LIFE;

    static final String LOST = "lost";
    static final String PAGE_VIEW = "pageview";

    /** Clocks differ: a time up to this far ahead is taken for now. Google's own tolerance is not documented. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code -> !code.equals("XXX") && !code.equals("XTS"))
            .collect(Collectors.toUnmodifiableSet());

    private final GoogleAdsSettings settings;
    private final Writer writer;

    /** A transport's spelling of a conversion. */
    interface Writer {
        /** The event ready to travel, or null when this transport has nothing left to recognise the person by. */
        Prepared.@Nullable Ready write(NeutralConversion conversion);
    }

    GoogleAdsEncoder(GoogleAdsSettings settings, Writer writer) {
        this.settings = settings;
        this.writer = writer;
    }

    Prepared prepare(ConversionEvent event, Instant now) {
        if (!settings.complete()) {
            return skip(Reasons.MISSING_CONFIGURATION);
        }
        if (event.status().equals(LOST)) {
            return skip(GoogleAdsReasons.LOST_NOT_REPORTED);
        }
        if (event.consent().adUserData() == Consent.Choice.DENIED) {
            return skip(Reasons.CONSENT_DENIED);
        }
        String actionId = event.name().strip();
        if (actionId.isEmpty()) {
            return skip(GoogleAdsReasons.MISSING_ACTION_ID);
        }
        if (!GoogleAdsCatalog.isActionId(actionId)) {
            return skip(GoogleAdsReasons.INVALID_ACTION_ID);
        }
        if (event.occurredAt().isAfter(now.plus(CLOCK_DIFFERENCE))) {
            return skip(Reasons.EVENT_IN_FUTURE);
        }
        if (Duration.between(event.occurredAt(), now).compareTo(MAX_AGE) >= 0) {
            return skip(Reasons.EVENT_TOO_OLD);
        }
        Reason unusable = unusableValue(event.value());
        if (unusable != null) {
            return skip(unusable);
        }
        ClickChoice clicks = ClickChoice.of(event.clicks(), now, settings.sendBraidWithGclid());
        Money value = event.value();
        Prepared.Ready ready = writer.write(new NeutralConversion(
                actionId,
                TransactionIds.of(event),
                timeOf(event.occurredAt(), clicks.clickedAt(), now),
                clicks,
                settings.enhancedConversions() ? GoogleIdentity.of(event.person()) : GoogleIdentity.NOBODY,
                value == null ? null : value.amount(),
                value == null ? null : currency(value),
                event.consent()));
        if (ready != null) {
            return ready;
        }
        return skip(clicks.tooOld() ? GoogleAdsReasons.CLICK_TOO_OLD : GoogleAdsReasons.NOT_RECOGNISABLE);
    }

    /** Never before the click, which Google refuses, and never in the future. */
    private static Instant timeOf(Instant occurred, @Nullable Instant clickedAt, Instant now) {
        Instant at = clickedAt != null && occurred.isBefore(clickedAt) ? clickedAt : occurred;
        return at.isAfter(now) ? now : at;
    }

    private static @Nullable Reason unusableValue(@Nullable Money value) {
        if (value == null) {
            return null;
        }
        BigDecimal amount = value.amount();
        if (amount.signum() < 0 || Double.isInfinite(amount.doubleValue())) {
            return GoogleAdsReasons.INVALID_VALUE;
        }
        if (value.currency().isBlank()) {
            return Reasons.MISSING_CURRENCY;
        }
        return CURRENCIES.contains(currency(value)) ? null : Reasons.INVALID_CURRENCY;
    }

    private static String currency(Money value) {
        return value.currency().strip().toUpperCase(Locale.ROOT);
    }

    private static Prepared.Skip skip(Reason reason) {
        return new Prepared.Skip(reason);
    }
}
