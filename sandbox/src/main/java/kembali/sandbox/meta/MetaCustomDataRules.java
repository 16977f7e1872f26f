package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules for {@code custom_data}. Keys Meta does not know are custom properties and pass. */
final class MetaCustomDataRules {
    private static final Map<String, Shape> KEYS = Map.ofEntries(
            Map.entry("currency", Shape.TEXT),
            Map.entry("value", Shape.NUMBER),
            Map.entry("content_ids", Shape.ARRAY),
            Map.entry("contents", Shape.ARRAY),
            Map.entry("content_type", Shape.TEXT),
            Map.entry("content_name", Shape.TEXT),
            Map.entry("content_category", Shape.TEXT),
            Map.entry("order_id", Shape.TEXT),
            Map.entry("num_items", Shape.WHOLE),
            Map.entry("search_string", Shape.TEXT),
            Map.entry("status", Shape.TEXT),
            Map.entry("predicted_ltv", Shape.NUMBER),
            Map.entry("net_revenue", Shape.NUMBER),
            Map.entry("delivery_category", Shape.TEXT),
            Map.entry("item_number", Shape.TEXT),
            Map.entry("lead_event_source", Shape.TEXT),
            Map.entry("event_source", Shape.TEXT));

    private static final Map<String, Shape> CONTENT_KEYS = Map.of(
            "id", Shape.SCALAR,
            "quantity", Shape.WHOLE,
            "item_price", Shape.NUMBER,
            "delivery_category", Shape.TEXT,
            "title", Shape.TEXT,
            "description", Shape.TEXT,
            "brand", Shape.TEXT,
            "category", Shape.TEXT);

    private static final Set<String> DELIVERY_CATEGORIES = Set.of("in_store", "curbside", "home_delivery");
    private static final Set<String> CONTENT_TYPES = Set.of("product", "product_group");

    /** Names that betray personal data outside {@code user_data}. */
    private static final Set<String> PERSONAL = Set.of(
            "email",
            "phone",
            "name",
            "first_name",
            "last_name",
            "gender",
            "city",
            "country",
            "state",
            "zip",
            "birthday");

    private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private MetaCustomDataRules() {}

    /** The whole of {@code custom_data}, and what {@code Purchase} demands of it. */
    static @Nullable MetaComplaint check(MetaEvent event) {
        for (Map.Entry<String, JsonNode> member : event.customData().properties()) {
            MetaComplaint complaint = member(event, member.getKey(), member.getValue());
            if (complaint != null) {
                return complaint;
            }
        }
        return money(event);
    }

    private static @Nullable MetaComplaint member(MetaEvent event, String key, JsonNode value) {
        String place = event.place("custom_data", key);
        Shape shape = KEYS.getOrDefault(key, Shape.SCALAR);
        if (value.isNull()) {
            return MetaComplaint.parameter("Param " + place + " must be left out rather than null");
        }
        MetaComplaint complaint = shape.complaint(value, place);
        if (complaint != null) {
            return complaint;
        }
        if (PERSONAL.contains(key.toLowerCase(Locale.ROOT))
                || (value.isTextual() && MAIL.matcher(value.textValue()).matches())) {
            event.warn(
                    "personal_data_in_custom_data",
                    key + " looks like personal data; it belongs, hashed, in user_data");
        }
        return switch (key) {
            case "currency" ->
                CURRENCIES.contains(value.textValue().toUpperCase(Locale.ROOT))
                        ? null
                        : MetaComplaint.parameter("Param " + place + " must be a currency of ISO 4217");
            case "content_ids" -> Shape.TEXTS.complaint(value, place);
            case "contents" -> contents(event, value);
            case "content_type" -> oneOf(value, CONTENT_TYPES, place);
            case "delivery_category" -> oneOf(value, DELIVERY_CATEGORIES, place);
            default -> null;
        };
    }

    private static @Nullable MetaComplaint contents(MetaEvent event, JsonNode contents) {
        String place = event.place("custom_data", "contents");
        if (contents.isEmpty()) {
            return MetaComplaint.parameter("Param " + place + " must be left out rather than empty");
        }
        for (JsonNode item : contents) {
            if (!item.isObject() || !item.has("id")) {
                return MetaComplaint.parameter("Param " + place + " must hold objects with an id");
            }
            for (Map.Entry<String, JsonNode> member : item.properties()) {
                Shape shape = CONTENT_KEYS.getOrDefault(member.getKey(), Shape.SCALAR);
                MetaComplaint complaint = shape.complaint(member.getValue(), place + "[]['" + member.getKey() + "']");
                if (complaint == null && member.getKey().equals("delivery_category")) {
                    complaint = oneOf(member.getValue(), DELIVERY_CATEGORIES, place + "[]['delivery_category']");
                }
                if (complaint != null) {
                    return complaint;
                }
            }
        }
        return null;
    }

    private static @Nullable MetaComplaint oneOf(JsonNode value, Set<String> words, String place) {
        return words.contains(value.textValue())
                ? null
                : MetaComplaint.parameter("Param " + place + " must be one of "
                        + String.join(", ", words.stream().sorted().toList()));
    }

    private static @Nullable MetaComplaint money(MetaEvent event) {
        JsonNode custom = event.customData();
        boolean value = custom.has("value");
        boolean currency = custom.has("currency");
        if (event.name().equals("Purchase")) {
            if (!value) {
                return MetaComplaint.parameter(
                        2804009,
                        "Missing Value for Purchase Event",
                        event.place("custom_data", "value") + " is required for Purchase.");
            }
            if (!currency) {
                return MetaComplaint.parameter(
                        2804010,
                        "Missing Currency for Purchase Event",
                        event.place("custom_data", "currency") + " is required for Purchase.");
            }
        } else if (value && !currency) {
            event.warn("value_without_currency", "value means nothing without currency");
        }
        if (value && custom.get("value").decimalValue().compareTo(BigDecimal.ZERO) < 0) {
            event.warn("negative_value", "value is below zero");
        }
        return null;
    }
}
