package kembali.platform.s2s;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kembali.identity.Consent;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Trail;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a target is told of an event, and gathers what its macros become. Pure; the clock is passed in. The
 * strategy has no part in it: whether a click is known is what {@code require} asks.
 */
final class S2sEncoder {
    /** Clocks differ: a time up to this far ahead is taken as it is. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final S2sSettings settings;
    private final Set<String> asked;

    S2sEncoder(S2sSettings settings) {
        this.settings = settings;
        Set<String> names = new HashSet<>(settings.url().names());
        if (settings.body() != null) {
            names.addAll(settings.body().names());
        }
        this.asked = Set.copyOf(names);
    }

    Prepared prepare(ConversionEvent event, Instant now) {
        if (event.consent().adUserData() == Consent.Choice.DENIED) {
            return skip(Reasons.CONSENT_DENIED);
        }
        if (event.name().isBlank()) {
            return skip(Reasons.NO_MAPPING);
        }
        if (!isChosen(event)) {
            return skip(
                    S2sReasons.STATUS_NOT_CHOSEN.saying("The target is not told of the status " + event.name() + "."));
        }
        if (Duration.between(event.occurredAt(), now).compareTo(S2sPlatform.MAX_AGE) >= 0) {
            return skip(Reasons.EVENT_TOO_OLD);
        }
        if (event.occurredAt().isAfter(now.plus(CLOCK_DIFFERENCE))) {
            return skip(Reasons.EVENT_IN_FUTURE);
        }
        S2sValues values = S2sValues.of(event, asked);
        if (settings.externalIdRequired() && !values.knowsExternalId()) {
            return skip(S2sReasons.NO_EXTERNAL_ID);
        }
        if (isBelowMinimum(S2sValues.payout(event))) {
            return skip(S2sReasons.BELOW_MINIMUM);
        }
        List<String> keys = new ArrayList<>();
        for (String key : List.of("external_id", "subid")) {
            if (values.byName().containsKey(key)) {
                keys.add(key);
            }
        }
        return new Prepared.Ready(values.json(), keys, "", true);
    }

    /** A conversion by its own status; a lead's status by itself, or by the word it is sent as. */
    private boolean isChosen(ConversionEvent event) {
        Trail.Conversion conversion =
                event.trail() == null ? null : event.trail().conversion();
        return conversion != null
                ? settings.statuses().contains(conversion.status().toLowerCase(Locale.ROOT))
                : settings.statuses().contains(event.name().toLowerCase(Locale.ROOT))
                        || settings.statuses().contains(event.status().toLowerCase(Locale.ROOT));
    }

    private boolean isBelowMinimum(@Nullable Money payout) {
        String currency = settings.minimumCurrency();
        return payout != null
                && settings.minimumPayout() != null
                && (currency == null || currency.equals(payout.currency()))
                && payout.amount().compareTo(settings.minimumPayout()) < 0;
    }

    private static Prepared.Skip skip(Reason reason) {
        return new Prepared.Skip(reason);
    }
}
