package kembali.platform.meta;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kembali.platform.ConversionEvent;
import kembali.platform.ConversionEvent.Item;
import kembali.platform.JsonText;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/** {@code custom_data}: value, order, items, and the advertiser's own properties. */
final class MetaCustomData {
    private static final Set<String> DELIVERY_CATEGORIES = Set.of("in_store", "curbside", "home_delivery");

    /** Written from the event itself; a custom property of that name is left out. */
    private static final Set<String> OURS = Set.of(
            "value",
            "currency",
            "order_id",
            "contents",
            "content_ids",
            "content_type",
            "lead_status",
            "event_source",
            "lead_event_source");

    /** Meta's own keys that must be numbers. */
    private static final Set<String> NUMBERS = Set.of("predicted_ltv", "net_revenue", "num_items");

    /** Personal data never travels as a custom property. Compared by letters only, so {@code firstName} is one too. */
    private static final Set<String> PERSONAL = Set.of(
            "email",
            "em",
            "phone",
            "ph",
            "phonenumber",
            "name",
            "fullname",
            "firstname",
            "fn",
            "lastname",
            "ln",
            "gender",
            "ge",
            "city",
            "ct",
            "country",
            "state",
            "st",
            "zip",
            "zp",
            "zipcode",
            "postalcode",
            "birthday",
            "birthdate",
            "dateofbirth",
            "db",
            "dob",
            "address");

    private MetaCustomData() {}

    /** False when Meta would refuse the items or the delivery category. */
    static boolean isSound(ConversionEvent event) {
        for (Item item : event.items()) {
            BigDecimal price = item.price();
            if (item.id().isBlank() || item.quantity() < 1 || (price != null && price.signum() < 0)) {
                return false;
            }
        }
        String category = event.custom().get("delivery_category");
        return category == null || category.isBlank() || DELIVERY_CATEGORIES.contains(category);
    }

    /** Writes {@code ,"custom_data":{…}}, or nothing when there is nothing to say. */
    static void write(StringBuilder out, ConversionEvent event, String name, boolean leadAds) {
        int start = out.length();
        out.append(",\"custom_data\":{");
        int empty = out.length();
        Money value = event.value();
        if (value != null) {
            JsonText.number(key(out, "value", empty), value.amount());
            JsonText.string(key(out, "currency", empty), MetaEncoder.currency(value));
        }
        text(out, "order_id", event.orderId(), empty);
        if (!event.items().isEmpty()) {
            items(out, event, name, empty);
        }
        text(out, "lead_status", event.status(), empty);
        if (leadAds) {
            text(out, "event_source", "crm", empty);
            text(out, "lead_event_source", "Kembali", empty);
        }
        if (!event.custom().isEmpty()) {
            // Sorted: the order of an immutable map differs from process to process, the bytes must not.
            for (Map.Entry<String, String> property : new TreeMap<>(event.custom()).entrySet()) {
                property(
                        out,
                        property.getKey(),
                        property.getValue(),
                        empty,
                        event.items().isEmpty());
            }
        }
        if (out.length() == empty) {
            out.setLength(start);
        } else {
            out.append('}');
        }
    }

    private static void items(StringBuilder out, ConversionEvent event, String name, int empty) {
        key(out, "content_ids", empty).append('[');
        String comma = "";
        for (Item item : event.items()) {
            JsonText.string(out.append(comma), item.id());
            comma = ",";
        }
        out.append("],\"content_type\":\"product\",\"contents\":[");
        comma = "";
        long pieces = 0;
        for (Item item : event.items()) {
            JsonText.string(out.append(comma).append("{\"id\":"), item.id());
            out.append(",\"quantity\":").append(item.quantity());
            BigDecimal price = item.price();
            if (price != null) {
                JsonText.number(out.append(",\"item_price\":"), price);
            }
            out.append('}');
            comma = ",";
            pieces += item.quantity();
        }
        out.append(']');
        if (name.equals("InitiateCheckout")) {
            out.append(",\"num_items\":").append(pieces);
        }
    }

    private static void property(StringBuilder out, String name, String value, int empty, boolean withoutItems) {
        if (OURS.contains(name) || !isName(name) || value.isBlank() || isPersonal(name)) {
            return;
        }
        if (!NUMBERS.contains(name)) {
            text(out, name, value, empty);
            return;
        }
        BigDecimal number = number(value);
        boolean count = name.equals("num_items");
        if (number == null
                || (count && (!withoutItems || number.stripTrailingZeros().scale() > 0))) {
            return;
        }
        JsonText.number(key(out, name, empty), number);
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isPersonal(String name) {
        return PERSONAL.contains(MetaIdentity.lettersOnly(name).toLowerCase(Locale.ROOT));
    }

    private static @Nullable BigDecimal number(String text) {
        String bare = text.strip();
        if (bare.length() > 40 || bare.indexOf('e') >= 0 || bare.indexOf('E') >= 0) {
            return null;
        }
        try {
            return new BigDecimal(bare);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void text(StringBuilder out, String name, @Nullable String value, int empty) {
        if (value != null && !value.isBlank()) {
            JsonText.string(key(out, name, empty), value);
        }
    }

    private static StringBuilder key(StringBuilder out, String name, int empty) {
        if (out.length() > empty) {
            out.append(',');
        }
        return JsonText.string(out, name).append(':');
    }
}
