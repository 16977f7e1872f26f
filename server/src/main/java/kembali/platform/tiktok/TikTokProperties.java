package kembali.platform.tiktok;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kembali.platform.ConversionEvent;
import kembali.platform.ConversionEvent.Item;
import kembali.platform.JsonText;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/** {@code properties}: value, order, items, and those of the advertiser's own properties that TikTok knows. */
final class TikTokProperties {
    /** What TikTok takes. Sent with any other currency the event would be refused. */
    private static final Set<String> CURRENCIES = Set.of(("AED ARS AUD BDT BHD BIF BOB BRL CAD CHF CLP CNY COP CRC CZK"
                    + " DKK DZD EGP EUR GBP GTQ HKD HNL HUF IDR ILS INR ISK JPY KES KHR KRW KWD KZT MAD MOP MXN MYR NGN"
                    + " NIO NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VES VND ZAR")
            .split(" "));

    private static final Set<String> DELIVERY_CATEGORIES = Set.of("in_store", "curbside", "home_delivery");
    private static final Set<String> CONTENT_TYPES = Set.of("product", "product_group");

    private TikTokProperties() {}

    /** False when the event has a value in a currency TikTok does not take. */
    static boolean takes(@Nullable Money value) {
        return value == null || CURRENCIES.contains(currency(value));
    }

    /** False when an item has no id, a quantity below 1 or a negative price. */
    static boolean isSound(List<Item> items) {
        for (Item item : items) {
            BigDecimal price = item.price();
            if (item.id().isBlank() || item.quantity() < 1 || (price != null && price.signum() < 0)) {
                return false;
            }
        }
        return true;
    }

    /** Writes {@code ,"properties":{…}}, or nothing when there is nothing to say. */
    static void write(StringBuilder out, ConversionEvent event) {
        StringBuilder json = new StringBuilder(256).append('{');
        Money value = event.value();
        if (value != null && takes(value)) {
            JsonText.number(TikTokJson.key(json, "value"), value.amount());
            JsonText.string(TikTokJson.key(json, "currency"), currency(value));
        }
        text(json, "order_id", event.orderId());
        Map<String, String> own = event.custom();
        if (event.items().isEmpty()) {
            oneOf(json, "content_type", own, CONTENT_TYPES);
            number(json, "num_items", own, true);
        } else {
            items(json, event.items());
        }
        oneOf(json, "delivery_category", own, DELIVERY_CATEGORIES);
        for (String name : List.of("description", "query", "search_string", "shop_id")) {
            text(json, name, own.get(name));
        }
        number(json, "predicted_ltv", own, false);
        if (json.length() > 1) {
            TikTokJson.key(out, "properties").append(json).append('}');
        }
    }

    private static String currency(Money value) {
        return value.currency().strip().toUpperCase(Locale.ROOT);
    }

    private static void items(StringBuilder json, List<Item> items) {
        StringBuilder ids = new StringBuilder();
        StringBuilder contents = new StringBuilder();
        long pieces = 0;
        String comma = "";
        for (Item item : items) {
            JsonText.string(ids.append(comma), item.id());
            JsonText.string(contents.append(comma).append("{\"content_id\":"), item.id());
            contents.append(",\"quantity\":").append(item.quantity());
            BigDecimal price = item.price();
            if (price != null) {
                JsonText.number(contents.append(",\"price\":"), price);
            }
            contents.append('}');
            pieces += item.quantity();
            comma = ",";
        }
        TikTokJson.key(json, "contents").append('[').append(contents).append(']');
        TikTokJson.key(json, "content_ids").append('[').append(ids).append(']');
        TikTokJson.key(json, "content_type").append("\"product\"");
        TikTokJson.key(json, "num_items").append(pieces);
    }

    private static void oneOf(StringBuilder json, String name, Map<String, String> own, Set<String> words) {
        String value = own.get(name);
        if (value != null && words.contains(value)) {
            text(json, name, value);
        }
    }

    private static void number(StringBuilder json, String name, Map<String, String> own, boolean whole) {
        String text = own.get(name);
        BigDecimal number = text == null ? null : number(text.strip());
        if (number != null && !(whole && number.stripTrailingZeros().scale() > 0)) {
            JsonText.number(TikTokJson.key(json, name), number);
        }
    }

    private static @Nullable BigDecimal number(String text) {
        if (text.length() > 40 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static void text(StringBuilder json, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            JsonText.string(TikTokJson.key(json, name), value);
        }
    }
}
