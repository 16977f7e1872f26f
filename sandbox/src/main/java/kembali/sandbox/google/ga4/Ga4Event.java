package kembali.sandbox.google.ga4;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import kembali.sandbox.google.ga4.Ga4Findings.Code;

/**
 * Rules for one event.
 *
 * @param index its place in {@code events}, from 0
 */
record Ga4Event(int index, JsonNode json, Ga4Findings findings) {
    private static final int MOST_PARAMS = 25;
    private static final int LONGEST_VALUE = 100;
    private static final int LONGEST_VALUE_ANYWHERE = 1_000;
    private static final int MOST_ITEMS = 200;
    /** The guide says 10, the reference 27. */
    private static final int ITEM_PARAMS_SAFE = 10;

    private static final int ITEM_PARAMS_MOST = 27;
    private static final Set<String> KEYS = Set.of("name", "params", "timestamp_micros");
    private static final Set<String> MONEY_EVENTS = Set.of("purchase", "refund");
    private static final Set<String> ITEM_EVENTS = Set.of("purchase", "add_payment_info");

    String name() {
        return json.path("name").asText();
    }

    JsonNode params() {
        return json.path("params");
    }

    /** Checks all of it. */
    void check(Instant now, Duration tolerance) {
        if (!json.isObject()) {
            lost("wrong_type", Code.VALUE_INVALID, "events", "Event at index: [" + index + "] must be an object.");
            return;
        }
        json.fieldNames().forEachRemaining(key -> {
            if (!KEYS.contains(key)) {
                findings.lostCall(
                        "unknown_key",
                        Code.VALUE_INVALID,
                        "events",
                        "Unable to parse Measurement Protocol JSON payload. Unknown name \"" + key + "\" at 'events["
                                + index + "]'");
            }
        });
        checkName();
        Ga4Call.time(json.get("timestamp_micros"), index, "events.timestamp_micros", now, tolerance, findings);
        if (params().isMissingNode()) {
            needs();
            return;
        }
        if (!params().isObject()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, "events.params", "params must be an object");
            return;
        }
        if (params().size() > MOST_PARAMS) {
            lost("too_many_params", Code.EXCEEDED_MAX_ENTITIES, "events.params", "at most 25 params");
        }
        for (Map.Entry<String, JsonNode> each : params().properties()) {
            param(each.getKey(), each.getValue());
        }
        session();
        money();
        needs();
    }

    private void checkName() {
        JsonNode name = json.path("name");
        String start = "Event at index: [" + index + "] has invalid name [" + name.asText() + "]. ";
        if (!name.isTextual() || name.textValue().isEmpty()) {
            lost("name_missing", Code.VALUE_REQUIRED, "events", "Event at index: [" + index + "] has no name.");
        } else if (!Character.isLetter(name.textValue().charAt(0))) {
            lost("name_invalid", Code.NAME_INVALID, "events", start + "Names must start with an alphabetic character.");
        } else if (Ga4Names.RESERVED_EVENTS.contains(name()) || Ga4Names.reservedPrefix(name())) {
            lost("name_reserved", Code.NAME_RESERVED, "events", start + "The name is reserved.");
        } else if (!Ga4Names.NAME.matcher(name()).matches()) {
            lost("name_invalid", Code.NAME_INVALID, "events", start + "Letters, digits and underscores only.");
        } else if (name().length() > Ga4Names.LONGEST_NAME) {
            lost("name_too_long", Code.NAME_INVALID, "events", start + "At most 40 characters.");
        } else if (Ga4Names.wrongCase(name())) {
            flaw("wrong_case", Code.NAME_INVALID, "events", name() + " is a custom event, not the recommended one");
        }
    }

    private void param(String name, JsonNode value) {
        String path = "events.params";
        if (name.equals("items")) {
            items(value);
            return;
        }
        if (name.equals("firebase_conversion")) {
            flaw("param_dropped", Code.NAME_RESERVED, path, name + " is dropped");
        } else if (Ga4Names.reservedPrefix(name)) {
            lost("param_reserved", Code.NAME_RESERVED, path, "param " + name + " begins with a reserved word");
        } else if (!Ga4Names.NAME.matcher(name).matches()) {
            lost("param_invalid", Code.NAME_INVALID, path, "param name [" + name + "] is invalid");
        } else if (name.length() > Ga4Names.LONGEST_NAME) {
            lost("param_too_long", Code.NAME_INVALID, path, "param name [" + name + "] is over 40 characters");
        }
        value(name, value, path);
    }

    private void value(String name, JsonNode value, String path) {
        if (value.isNull() || value.isContainerNode()) {
            lost("param_type", Code.VALUE_INVALID, path, "param " + name + " must be a string or a number");
        } else if (value.isBoolean()) {
            flaw("param_boolean", Code.VALUE_INVALID, path, "param " + name + " should be a string or a number");
        } else if (value.isTextual() && value.textValue().isEmpty()) {
            flaw("empty_string", Code.VALUE_INVALID, path, "param " + name + " is empty; leave it out");
        } else if (value.isTextual()) {
            int most = Ga4Names.LONG_PARAMS.contains(name) ? LONGEST_VALUE_ANYWHERE : LONGEST_VALUE;
            if (value.textValue().length() > most) {
                flaw("value_truncated", Code.VALUE_INVALID, path, "param " + name + " is over " + most + " characters");
            }
        }
    }

    private void items(JsonNode items) {
        String path = "events.params.items";
        if (!items.isArray()) {
            lost("param_type", Code.VALUE_INVALID, path, "items must be an array");
            return;
        }
        if (items.size() > MOST_ITEMS) {
            flaw("too_many_items", Code.EXCEEDED_MAX_ENTITIES, path, "at most 200 items");
        }
        for (JsonNode item : items) {
            if (!item.isObject()) {
                lost("param_type", Code.VALUE_INVALID, path, "an item must be an object");
                return;
            }
            if (item.path("item_id").asText().isEmpty()
                    && item.path("item_name").asText().isEmpty()) {
                advice("item_unnamed", Code.VALUE_REQUIRED, path, "an item needs item_id or item_name");
            }
            long custom = item.properties().stream()
                    .filter(each -> !Ga4Names.ITEM_PARAMS.contains(each.getKey()))
                    .count();
            if (custom > ITEM_PARAMS_MOST) {
                lost("item_params", Code.EXCEEDED_MAX_ENTITIES, path, "at most 27 custom params of an item");
            } else if (custom > ITEM_PARAMS_SAFE) {
                flaw("item_params", Code.EXCEEDED_MAX_ENTITIES, path, "over 10 custom params of an item");
            }
            for (Map.Entry<String, JsonNode> each : item.properties()) {
                value("items." + each.getKey(), each.getValue(), path);
                if (Set.of("price", "quantity").contains(each.getKey())
                        && !each.getValue().isNumber()) {
                    flaw("value_not_a_number", Code.VALUE_INVALID, path, each.getKey() + " should be a number");
                }
            }
        }
    }

    private void session() {
        JsonNode session = params().path("session_id");
        if (!session.isMissingNode() && !session.asText().matches("\\d+")) {
            flaw("session_id_form", Code.VALUE_INVALID, "events.params", "session_id should be digits");
        }
        JsonNode engaged = params().path("engagement_time_msec");
        if (!engaged.isMissingNode() && !engaged.asText().matches("[1-9]\\d*")) {
            flaw("engagement_form", Code.VALUE_INVALID, "events.params", "engagement_time_msec should be 1 or more");
        }
    }

    private void money() {
        JsonNode value = params().path("value");
        JsonNode currency = params().path("currency");
        if (!value.isMissingNode() && !value.isNumber()) {
            advice("value_not_a_number", Code.VALUE_INVALID, "events.params.value", "value must be a number");
        } else if (value.isNumber() && value.decimalValue().signum() < 0) {
            flaw("negative_value", Code.VALUE_INVALID, "events.params.value", "value is below 0");
        }
        if (!value.isMissingNode() && currency.isMissingNode()) {
            advice(
                    "value_without_currency",
                    Code.VALUE_REQUIRED,
                    "events.params.currency",
                    "value without currency computes no revenue");
        } else if (!currency.isMissingNode() && !iso(currency.asText())) {
            advice(
                    "currency_unknown",
                    Code.VALUE_INVALID,
                    "events.params.currency",
                    "currency must be three upper-case letters of ISO 4217, not " + currency);
        }
    }

    private void needs() {
        if (MONEY_EVENTS.contains(name())) {
            JsonNode transaction = params().path("transaction_id");
            if (transaction.isTextual() && transaction.textValue().isBlank()) {
                lost(
                        "transaction_id_empty",
                        Code.VALUE_REQUIRED,
                        "events.params.transaction_id",
                        "all events with an empty transaction_id count as one");
            } else if (transaction.isMissingNode()) {
                advice(
                        "transaction_id_missing",
                        Code.VALUE_REQUIRED,
                        "events.params.transaction_id",
                        name() + " needs transaction_id");
            }
        }
        if (name().equals("purchase") && params().path("value").isMissingNode()) {
            advice("value_missing", Code.VALUE_REQUIRED, "events.params.value", "purchase needs value and currency");
        }
        if (ITEM_EVENTS.contains(name()) && params().path("items").isEmpty()) {
            advice("items_missing", Code.VALUE_REQUIRED, "events.params.items", name() + " needs items");
        }
    }

    private static boolean iso(String currency) {
        try {
            return Currency.getInstance(currency).getCurrencyCode().equals(currency);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private void lost(String word, Code code, String path, String description) {
        findings.lostEvent(index, word, code, path, description);
    }

    private void flaw(String word, Code code, String path, String description) {
        findings.flaw(index, word, code, path, description);
    }

    private void advice(String word, Code code, String path, String description) {
        findings.advice(index, word, code, path, description);
    }
}
