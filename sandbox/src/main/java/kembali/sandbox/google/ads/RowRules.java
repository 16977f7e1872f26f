package kembali.sandbox.google.ads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.sandbox.Warning;
import kembali.sandbox.google.GoogleAccounts;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.WireMessage;
import org.jspecify.annotations.Nullable;

/** Rules for one row of an upload. */
final class RowRules {
    static final Duration TOO_RECENT = Duration.ofHours(6);
    static final Duration LOOKBACK = Duration.ofDays(90);

    private static final int MOST_IDENTIFIERS = 5;
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern CLICK_ID = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern CONTACT = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+|\\+\\d[\\d ()-]{8,}");
    private static final Pattern VARIABLE = Pattern.compile("customers/\\d+/conversionCustomVariables/(\\d+)");
    private static final List<String> ALLOWLISTED_FIELDS = List.of(
            "conversionEnvironment", "userIpAddress", "sessionAttributesEncoded", "sessionAttributesKeyValuePairs");

    /** Words in a click id that make the sandbox answer as if the click were like that. */
    private static final Map<String, String> WORDS = Map.of(
            "expired", "EXPIRED_EVENT",
            "notfound", "EVENT_NOT_FOUND",
            "foreign", "INVALID_CUSTOMER_FOR_CLICK",
            "recent", "TOO_RECENT_EVENT",
            "precedes", "CONVERSION_PRECEDES_EVENT");

    private final Row row;
    private final Instant now;
    private final Duration tolerance;
    private final GoogleAccounts accounts;
    private final GoogleAccounts.Account account;
    private final GoogleKnown known;
    private final List<AdsError> errors = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<String> recognised = new ArrayList<>();

    RowRules(
            Row row,
            Instant now,
            Duration tolerance,
            GoogleAccounts accounts,
            GoogleAccounts.Account account,
            GoogleKnown known) {
        this.row = row;
        this.now = now;
        this.tolerance = tolerance;
        this.accounts = accounts;
        this.account = account;
        this.known = known;
    }

    List<AdsError> errors() {
        return errors;
    }

    List<Warning> warnings() {
        return warnings;
    }

    List<String> recognised() {
        return recognised;
    }

    /** Names of the match keys sent. */
    List<String> matchKeys() {
        List<String> keys = new ArrayList<>(row.clickIds());
        for (JsonNode each : row.userIdentifiers()) {
            each.fieldNames().forEachRemaining(name -> {
                if (!name.equals("userIdentifierSource")) {
                    keys.add(name);
                }
            });
        }
        return keys;
    }

    void check() {
        action();
        time();
        clicks();
        identifiers();
        order();
        variables();
        for (String field : ALLOWLISTED_FIELDS) {
            if (row.json().has(field)) {
                add(
                        "notAllowlistedError",
                        "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE",
                        "Customer is not allowlisted for this feature.",
                        field,
                        null);
            }
        }
        money();
        if (!row.json().path("consent").path("adPersonalization").isMissingNode()) {
            warn("discouraged_key", "consent.adPersonalization is for audiences only");
        }
    }

    private void action() {
        String id = row.actionId();
        String name = row.text("conversionAction");
        if (name.isEmpty()) {
            required("conversionAction");
            return;
        }
        GoogleAccounts.Action action = id == null ? null : accounts.action(id);
        if (id == null) {
            add("requestError", "RESOURCE_NAME_MALFORMED", "Resource name is malformed.", "conversionAction", name);
        } else if (action == null || !action.enabled()) {
            upload("NO_CONVERSION_ACTION_FOUND", "The conversion action cannot be found.", "conversionAction", name);
        } else if (!action.takesUploads()) {
            upload(
                    "INVALID_CONVERSION_ACTION_TYPE",
                    "The conversion action isn't set up for uploading conversions.",
                    "conversionAction",
                    name);
        } else if (action.created() != null
                && Duration.between(action.created(), now).compareTo(TOO_RECENT) < 0) {
            upload(
                    "TOO_RECENT_CONVERSION_ACTION",
                    "The conversion action was just created. Try again in 6 hours.",
                    "conversionAction",
                    name);
        } else if (action.onePerClick() && (braid("gbraid") || braid("wbraid"))) {
            upload(
                    "ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID",
                    "One-per-click actions can't be used with gbraid or wbraid.",
                    "conversionAction",
                    name);
        }
    }

    private void time() {
        String text = row.text("conversionDateTime");
        Instant time = row.time();
        if (text.isEmpty()) {
            required("conversionDateTime");
        } else if (time == null) {
            add(
                    "dateError",
                    "INVALID_STRING_DATE_TIME_SECONDS_WITH_OFFSET",
                    "The format should be yyyy-mm-dd hh:mm:ss+|-hh:mm.",
                    "conversionDateTime",
                    text);
        } else if (time.isAfter(now.plus(tolerance))) {
            add("dateError", "LATER_THAN_MAXIMUM_DATE", "The conversion lies ahead.", "conversionDateTime", text);
        } else if (Duration.between(time, now).compareTo(LOOKBACK) > 0) {
            upload("EXPIRED_EVENT", "The click is older than the click-through window.", "conversionDateTime", text);
        }
    }

    private void clicks() {
        List<String> clicks = row.clickIds();
        if (clicks.isEmpty() && row.userIdentifiers().isEmpty()) {
            required("gclid");
        }
        if (braid("gbraid") && braid("wbraid")) {
            upload("GBRAID_WBRAID_BOTH_SET", "Can't use both gbraid and wbraid.", "gbraid", null);
        } else if (clicks.contains("gclid") && braid("wbraid")) {
            unset("wbraid");
        }
        boolean onlyBraids = !clicks.isEmpty() && !clicks.contains("gclid");
        if (onlyBraids && !row.userIdentifiers().isEmpty()) {
            unset("userIdentifiers");
        }
        if (onlyBraids && !row.json().path("customVariables").isEmpty()) {
            unset("customVariables");
        }
        clicks.forEach(this::click);
    }

    private void click(String field) {
        String id = row.text(field);
        String upper = field.toUpperCase(Locale.ROOT);
        if (!CLICK_ID.matcher(id).matches() || id.contains("unparseable") || id.contains("invalid")) {
            upload("UNPARSEABLE_" + upper, "The imported " + field + " could not be decoded.", field, id);
            return;
        }
        String code = clickCode(id);
        if (code != null) {
            upload(code, "The click does not fit the conversion: " + code + ".", field, id);
        }
    }

    private @Nullable String clickCode(String id) {
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            if (id.contains(word.getKey())) {
                return word.getValue();
            }
        }
        Instant click = accounts.click(id);
        Instant time = row.time();
        if (click == null || time == null) {
            return null;
        }
        if (time.isBefore(click)) {
            return "CONVERSION_PRECEDES_EVENT";
        }
        if (Duration.between(click, now).compareTo(LOOKBACK) > 0) {
            return "EXPIRED_EVENT";
        }
        return Duration.between(click, now).compareTo(TOO_RECENT) < 0 ? "TOO_RECENT_EVENT" : null;
    }

    private void identifiers() {
        JsonNode identifiers = row.userIdentifiers();
        if (identifiers.isEmpty()) {
            return;
        }
        if (identifiers.size() > MOST_IDENTIFIERS) {
            add("collectionSizeError", "TOO_MANY", "Too many user identifiers.", "userIdentifiers", null);
        }
        if (!account.enhancedLeads()) {
            upload(
                    "CUSTOMER_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS",
                    "Enhanced conversions for leads are switched off.",
                    "userIdentifiers",
                    null);
        } else if (!account.terms()) {
            upload(
                    "CUSTOMER_NOT_ACCEPTED_CUSTOMER_DATA_TERMS",
                    "The customer data processing terms are not accepted.",
                    "userIdentifiers",
                    null);
        }
        for (int i = 0; i < identifiers.size(); i++) {
            identifier(i, identifiers.get(i));
        }
    }

    private void identifier(int place, JsonNode identifier) {
        int kinds = 0;
        for (Map.Entry<String, JsonNode> each : identifier.properties()) {
            switch (each.getKey()) {
                case "userIdentifierSource" -> {}
                case "hashedEmail", "hashedPhoneNumber" -> {
                    kinds++;
                    hash(place, each.getKey(), each.getValue().asText());
                }
                default -> {
                    kinds++;
                    identifierError(
                            place, each.getKey(), "UNSUPPORTED_USER_IDENTIFIER", "Use hashed email or phone only.");
                }
            }
        }
        if (kinds != 1) {
            identifierError(place, "identifier", "INVALID_USER_IDENTIFIER", "Exactly one identifier is wanted.");
        }
    }

    private void hash(int place, String field, String hash) {
        if (!HASH.matcher(hash).matches()) {
            identifierError(place, field, "INVALID_USER_IDENTIFIER", "User provided data must be hashed by SHA-256.");
            return;
        }
        GoogleKnown.Finding found = known.look(field.equals("hashedEmail") ? "em" : "ph", field, hash);
        if (found.right()) {
            recognised.add(field);
        }
        Warning warning = found.warning();
        if (warning != null) {
            warnings.add(warning);
        }
    }

    private void identifierError(int place, String field, String code, String message) {
        errors.add(new AdsError(
                AdsError.UPLOAD,
                code,
                message,
                null,
                List.of(
                        new AdsError.Step("conversions", row.index()),
                        new AdsError.Step("user_identifiers", place),
                        new AdsError.Step(WireMessage.snake(field), null))));
    }

    private void order() {
        String order = row.text("orderId");
        if (CONTACT.matcher(order).find()) {
            upload("ORDER_ID_CONTAINS_PII", "Order IDs must not contain personal data.", "orderId", order);
        }
        if (order.isEmpty()) {
            warn("order_id_missing", "without orderId only click and time tell repetitions");
        }
    }

    private void variables() {
        for (JsonNode each : row.json().path("customVariables")) {
            var name = VARIABLE.matcher(each.path("conversionCustomVariable").asText());
            if (!name.matches() || !accounts.enabledVariable(name.group(1))) {
                upload("CUSTOM_VARIABLE_NOT_ENABLED", "The custom variable is not enabled.", "customVariables", null);
            }
            if (CONTACT.matcher(each.path("value").asText()).find()) {
                upload(
                        "CUSTOM_VARIABLE_VALUE_CONTAINS_PII",
                        "Custom variables must not contain personal data.",
                        "customVariables",
                        null);
            }
        }
    }

    private void money() {
        String currency = row.text("currencyCode");
        if (!currency.isEmpty() && !iso(currency)) {
            add("currencyCodeError", "UNSUPPORTED", "The currency code is not supported.", "currencyCode", currency);
        }
        JsonNode value = row.json().path("conversionValue");
        if (value.isNumber() && value.decimalValue().signum() < 0) {
            warn("negative_value", "conversionValue is below 0");
        }
    }

    private boolean braid(String name) {
        return !row.text(name).isEmpty();
    }

    private void required(String field) {
        add("fieldError", "REQUIRED", "The required field was not present.", field, null);
    }

    private void unset(String field) {
        add("fieldError", "VALUE_MUST_BE_UNSET", "The field may not be set together with the click id.", field, null);
    }

    private void upload(String code, String message, String field, @Nullable String trigger) {
        add(AdsError.UPLOAD, code, message, field, trigger);
    }

    private void add(String family, String code, String message, String field, @Nullable String trigger) {
        errors.add(AdsError.row(row.index(), family, code, message, WireMessage.snake(field), trigger));
    }

    private void warn(String code, String detail) {
        warnings.add(new Warning(code, detail));
    }

    private static boolean iso(String currency) {
        try {
            return Currency.getInstance(currency).getCurrencyCode().equals(currency);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
