package kembali.platform.ga4;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.identity.Consent;
import kembali.platform.ConversionEvent;
import kembali.platform.JsonText;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/**
 * Turns an event into the whole body of a request, or says why it must not be sent. Pure; the clock is passed in.
 *
 * <p>Every check Google fails to report is made here, because what is wrong simply never appears in GA4.
 */
final class Ga4Encoder {
    /** Oldest event worth sending: Google Ads imports nothing later after the last visit, and GA4's reports have moved on. */
    static final Duration MAX_AGE = Duration.ofDays(63);

    /** How far ahead of ours a clock may be; GA4 is said to refuse what is further in the future. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(15);

    private static final String SYNTHETIC = "synthetic_client_id";
    private static final String TIME = "{\"timestamp_micros\":";
    private static final int LONGEST_USER_ID = 256;

    /** GA4 takes 130 kB; the rest is for {@code debug_mode} and the debug endpoint's additions. */
    private static final int MOST_BYTES = 130_000 - 200;

    private static final int MOST_BYTES_OF_A_CHARACTER = 3;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code -> !code.equals("XXX") && !code.equals("XTS"))
            .collect(Collectors.toUnmodifiableSet());

    private final Ga4Settings settings;

    Ga4Encoder(Ga4Settings settings) {
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
        String complaint = Ga4Names.eventComplaint(name);
        if (complaint != null) {
            return skip(Ga4Reasons.INVALID_EVENT_NAME.saying(complaint));
        }
        Instant at = event.occurredAt();
        if (Duration.between(at, now).compareTo(MAX_AGE) >= 0) {
            return skip(Reasons.EVENT_TOO_OLD);
        }
        if (at.isAfter(now.plus(CLOCK_DIFFERENCE))) {
            return skip(Reasons.EVENT_IN_FUTURE);
        }
        String clientId = Ga4ClientId.of(event.browser().gaClientId());
        if (clientId == null && strategy == Strategy.STRICT) {
            return skip(Ga4Reasons.MISSING_CLIENT_ID);
        }
        String page =
                name.equals(Ga4Catalog.PAGE_VIEW) ? Ga4Privacy.page(event.web().pageUrl()) : null;
        Reason unusable = unusable(event, name, page, strategy);
        if (unusable != null) {
            return skip(unusable);
        }
        StringBuilder out = new StringBuilder(1024);
        List<String> keys = write(out, event, name, clientId, page, at.isAfter(now) ? now : at);
        if (out.length() * MOST_BYTES_OF_A_CHARACTER > MOST_BYTES && Ga4Json.bytes(out) > MOST_BYTES) {
            return skip(Ga4Reasons.PAYLOAD_TOO_LARGE);
        }
        // GA4 would take 25 events in one request, but the client id stands beside them, so only one person's.
        return new Prepared.Ready(out.toString(), keys, "", true);
    }

    /** Whether Kembali made up the client id of an encoded event. */
    static boolean isSynthetic(Prepared.Ready sent) {
        return sent.matchKeys().contains(SYNTHETIC);
    }

    /** When an encoded event happened, in microseconds; it is the first thing written. 0 when it does not say. */
    static long micros(String json) {
        if (!json.startsWith(TIME)) {
            return 0;
        }
        long micros = 0;
        for (int i = TIME.length(); i < json.length(); i++) {
            int digit = json.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            micros = micros * 10 + digit;
        }
        return micros;
    }

    private List<String> write(
            StringBuilder out,
            ConversionEvent event,
            String name,
            @Nullable String clientId,
            @Nullable String page,
            Instant at) {
        List<String> keys = new ArrayList<>(6);
        out.append(TIME).append(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000);
        JsonText.string(
                out.append(",\"client_id\":"), clientId != null ? clientId : Ga4ClientId.synthetic(event.code()));
        keys.add(clientId != null ? "client_id" : SYNTHETIC);
        String session = clientId == null ? null : session(event.browser().gaSessionId());
        if (session != null) {
            keys.add("session_id");
        }
        String userId = userId(event);
        if (userId != null) {
            JsonText.string(out.append(",\"user_id\":"), userId);
            keys.add("user_id");
            // Google demands a user id beside it.
            Ga4UserData.write(out, event.person(), keys);
        }
        Ga4UserData.writeLocation(out, event.person(), event.web(), event.consent(), settings.region());
        consent(out, event.consent());
        JsonText.string(out.append(",\"events\":[{\"name\":"), name).append(",\"params\":");
        Ga4Params.write(
                out,
                event,
                name,
                clientId != null ? session : day(event.occurredAt()),
                event.value() == null ? null : currency(event.value()),
                page);
        out.append("}]}");
        return keys;
    }

    private @Nullable String userId(ConversionEvent event) {
        return switch (settings.userId()) {
            case CODE -> event.code().isBlank() ? null : event.code().strip();
            case EXTERNAL_REF -> {
                String ref =
                        event.externalRef() == null ? "" : event.externalRef().strip();
                boolean usable = !ref.isEmpty()
                        && ref.length() <= LONGEST_USER_ID
                        && Ga4Privacy.isAnonymousId(ref, event.person());
                yield usable ? ref : null;
            }
            case NONE -> null;
        };
    }

    /** The GA session, or null for what is none. */
    private static @Nullable String session(@Nullable String raw) {
        String text = raw == null ? "" : raw.strip();
        return text.length() <= 20 && Ga4ClientId.isDigits(text, 0, text.length()) ? text : null;
    }

    /** One session a day for a made-up visitor: GA4's standard reports leave out events without one. */
    private static String day(Instant at) {
        return Long.toString(at.getEpochSecond() - Math.floorMod(at.getEpochSecond(), 86_400L));
    }

    private static void consent(StringBuilder out, Consent consent) {
        String data = word(consent.adUserData());
        String ads = word(consent.adPersonalization());
        if (data == null && ads == null) {
            return;
        }
        out.append(",\"consent\":{");
        if (data != null) {
            out.append("\"ad_user_data\":\"").append(data).append('"');
        }
        if (ads != null) {
            out.append(data == null ? "" : ",")
                    .append("\"ad_personalization\":\"")
                    .append(ads)
                    .append('"');
        }
        out.append('}');
    }

    private static @Nullable String word(Consent.Choice choice) {
        return switch (choice) {
            case GRANTED -> "GRANTED";
            case DENIED -> "DENIED";
            case UNKNOWN -> null;
        };
    }

    private static @Nullable Reason unusable(
            ConversionEvent event, String name, @Nullable String page, Strategy strategy) {
        Money value = event.value();
        if (value != null) {
            if (value.amount().signum() < 0) {
                return Ga4Reasons.INVALID_VALUE;
            }
            if (value.currency().isBlank()) {
                return Reasons.MISSING_CURRENCY;
            }
            if (!CURRENCIES.contains(currency(value))) {
                return Reasons.INVALID_CURRENCY;
            }
        }
        if (!Ga4Params.isSound(event)) {
            return Ga4Reasons.INVALID_CONTENTS;
        }
        if (name.equals(Ga4Catalog.REFUND)
                && (event.orderId() == null || event.orderId().isBlank())) {
            return Ga4Reasons.MISSING_ORDER_ID;
        }
        boolean nowhere = name.equals(Ga4Catalog.PAGE_VIEW) && page == null;
        return nowhere && strategy == Strategy.STRICT ? Ga4Reasons.MISSING_WEB_CONTEXT : null;
    }

    private static String currency(Money value) {
        return value.currency().strip().toUpperCase(Locale.ROOT);
    }

    private static Prepared.Skip skip(Reason reason) {
        return new Prepared.Skip(reason);
    }
}
