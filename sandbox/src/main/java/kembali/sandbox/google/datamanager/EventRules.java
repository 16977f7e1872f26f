package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import kembali.sandbox.Warning;
import kembali.sandbox.google.GoogleAccounts;
import org.jspecify.annotations.Nullable;

/**
 * Rules for one event.
 *
 * @param path such as {@code events.events[0]}
 * @param destinations those it goes to
 * @param validateOnly such a request does not find purely numeric transaction ids
 */
record EventRules(
        JsonNode event, String path, List<JsonNode> destinations, boolean validateOnly, Violations violations) {
    /** Assumed; the sheet could not confirm it. */
    static final Duration OLDEST = Duration.ofDays(90);

    private static final int LONGEST_TRANSACTION_ID = 64;
    private static final Set<String> PLACEHOLDERS =
            Set.of("null", "undefined", "none", "123", "1234", "transaction_id");

    void check(Instant now, Duration tolerance) {
        time(now, tolerance);
        boolean ads = goesTo(DestinationRules.ADS);
        if (ads && !event.has("eventSource")) {
            missing("event_source");
        }
        if (goesTo(DestinationRules.ANALYTICS)) {
            analytics();
        }
        String transaction = transactionId();
        if (!validateOnly && transaction.matches("\\d+")) {
            violations.add(path, "INVALID_ARGUMENT", "transaction_id must not be purely numeric.");
        }
        JsonNode identifiers = event.path("userData").path("userIdentifiers");
        if (ads && clickIds().isEmpty() && identifiers.isEmpty()) {
            violations.add(path, "NO_IDENTIFIERS_PROVIDED", "Neither user identifiers nor ad identifiers.");
        }
        if (event.has("userData") && identifiers.isEmpty()) {
            missing("user_data.user_identifiers");
        }
        JsonNode currency = event.path("currency");
        if (!currency.isMissingNode() && !iso(currency.asText())) {
            violations.add(path + ".currency", "INVALID_CURRENCY_CODE", "The currency code is not supported.");
        }
    }

    /** What the real one takes without a word. */
    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        String id = transactionId();
        if (id.isEmpty()) {
            warnings.add(new Warning("transaction_id_missing", "without transactionId a repetition counts again"));
        } else if (id.length() == 1 || PLACEHOLDERS.contains(id)) {
            warnings.add(new Warning("placeholder_transaction_id", "transactionId is " + id));
        } else if (id.length() > LONGEST_TRANSACTION_ID || !id.matches("[A-Za-z0-9-]+")) {
            warnings.add(
                    new Warning("transaction_id_form", "transactionId should be 64 letters, digits, dashes at most"));
        }
        boolean value = event.has("conversionValue");
        if (value && !event.has("currency")) {
            warnings.add(new Warning("value_without_currency", "conversionValue without currency"));
        }
        if (value && event.path("conversionValue").decimalValue().signum() < 0) {
            warnings.add(new Warning("negative_value", "conversionValue is below 0"));
        }
        return warnings;
    }

    /** Why processing will fail at a destination, or null. */
    @Nullable String failure(String actionId, String adUserData, GoogleAccounts accounts, Instant now) {
        if (Duration.between(eventTime(now), now).compareTo(OLDEST) > 0) {
            return "PROCESSING_ERROR_REASON_EVENT_TOO_OLD";
        }
        if (adUserData.equals("CONSENT_DENIED")) {
            return "PROCESSING_ERROR_REASON_DENIED_CONSENT";
        }
        JsonNode identifiers = event.path("adIdentifiers");
        for (String name : List.of("gclid", "gbraid", "wbraid")) {
            String id = identifiers.path(name).asText();
            if (id.contains("invalid")) {
                return "PROCESSING_ERROR_REASON_INVALID_" + name.toUpperCase(Locale.ROOT);
            }
            if (id.contains("foreign")) {
                return "PROCESSING_ERROR_OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER";
            }
        }
        GoogleAccounts.Action action = accounts.action(actionId);
        boolean braid = identifiers.has("gbraid") || identifiers.has("wbraid");
        return action != null && action.onePerClick() && braid
                ? "PROCESSING_ERROR_REASON_ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID"
                : null;
    }

    String transactionId() {
        return event.path("transactionId").asText();
    }

    Instant eventTime(Instant otherwise) {
        String time = event.path("eventTimestamp").asText();
        return time.isEmpty() ? otherwise : OffsetDateTime.parse(time).toInstant();
    }

    /** Names of the ad identifiers sent. */
    List<String> clickIds() {
        List<String> sent = new ArrayList<>();
        for (String name :
                List.of("gclid", "gbraid", "wbraid", "sessionAttributes", "dclid", "impressionId", "matchId")) {
            if (!event.path("adIdentifiers").path(name).asText().isEmpty()) {
                sent.add(name);
            }
        }
        return sent;
    }

    private void time(Instant now, Duration tolerance) {
        if (!event.has("eventTimestamp")) {
            missing("event_timestamp");
        } else if (eventTime(now).isAfter(now.plus(tolerance))) {
            violations.add(path + ".event_timestamp", "EVENT_TIME_INVALID", "The event time lies ahead.");
        }
    }

    private void analytics() {
        if (event.path("eventName").asText().isEmpty()) {
            missing("event_name");
        }
        if (event.path("clientId").asText().isEmpty()
                && event.path("appInstanceId").asText().isEmpty()) {
            missing("client_id");
        }
        long properties = destinations.stream()
                .filter(each -> isOf(each, DestinationRules.ANALYTICS))
                .count();
        if (properties > 1) {
            violations.add(
                    path,
                    "MULTIPLE_DESTINATIONS_FOR_GOOGLE_ANALYTICS_EVENT",
                    "An event may go to one Google Analytics property.");
        }
    }

    private boolean goesTo(String accountType) {
        return destinations.stream().anyMatch(each -> isOf(each, accountType));
    }

    static boolean isOf(JsonNode destination, String accountType) {
        return destination.path("operatingAccount").path("accountType").asText().equals(accountType);
    }

    private void missing(String field) {
        violations.add(path + "." + field, "REQUIRED_FIELD_MISSING", "Required field is missing.");
    }

    private static boolean iso(String currency) {
        try {
            return Currency.getInstance(currency).getCurrencyCode().equals(currency);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
