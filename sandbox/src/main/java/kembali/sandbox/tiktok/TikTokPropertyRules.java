package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules for {@code properties}. */
final class TikTokPropertyRules {
    private static final Map<String, Shape> KEYS = Map.ofEntries(
            Map.entry("value", Shape.NUMBER),
            Map.entry("currency", Shape.TEXT),
            Map.entry("contents", Shape.ARRAY),
            Map.entry("content_ids", Shape.TEXTS),
            Map.entry("content_type", Shape.TEXT),
            Map.entry("num_items", Shape.WHOLE),
            Map.entry("order_id", Shape.TEXT),
            Map.entry("shop_id", Shape.TEXT),
            Map.entry("query", Shape.TEXT),
            Map.entry("search_string", Shape.TEXT),
            Map.entry("description", Shape.TEXT),
            Map.entry("delivery_category", Shape.TEXT),
            Map.entry("predicted_ltv", Shape.NUMBER));

    private static final Map<String, Shape> CONTENT = Map.of(
            "content_id", Shape.TEXT,
            "content_name", Shape.TEXT,
            "content_category", Shape.TEXT,
            "brand", Shape.TEXT,
            "price", Shape.NUMBER,
            "quantity", Shape.WHOLE);

    private static final Map<String, Set<String>> WORDS = Map.of(
            "content_type", Set.of("product", "product_group"),
            "delivery_category", Set.of("in_store", "curbside", "home_delivery"),
            "currency",
                    Set.of(("AED ARS AUD BDT BHD BIF BOB BRL CAD CHF CLP CNY COP CRC CZK DKK DZD EGP EUR GBP"
                                    + " GTQ HKD HNL HUF IDR ILS INR ISK JPY KES KHR KRW KWD KZT MAD MOP MXN MYR NGN NIO NOK"
                                    + " NZD OMR PEN PHP PKR PLN PYG QAR RON RUB SAR SEK SGD THB TRY TWD UAH USD VES VND ZAR")
                            .split(" ")));

    private TikTokPropertyRules() {}

    /** The whole of {@code properties}. Keys TikTok does not know pass and are of no use. */
    static @Nullable TikTokComplaint check(TikTokEvent event) {
        for (Map.Entry<String, JsonNode> member : event.properties().properties()) {
            TikTokComplaint complaint = member(event, member.getKey(), member.getValue());
            if (complaint != null) {
                return complaint;
            }
        }
        JsonNode value = event.properties().get("value");
        if (value != null && !event.properties().has("currency")) {
            event.warn("value_without_currency", "value means nothing without currency");
        }
        if (value != null && value.decimalValue().signum() < 0) {
            event.warn("negative_value", "value is below zero");
        }
        return null;
    }

    private static @Nullable TikTokComplaint member(TikTokEvent event, String key, JsonNode value) {
        Shape shape = KEYS.get(key);
        if (shape == null) {
            event.warn("unknown_key", "properties." + key + " has no meaning to TikTok");
            return null;
        }
        String path = event.path("properties", key);
        TikTokComplaint complaint = shape.complaint(value, path);
        if (complaint != null) {
            return complaint;
        }
        Set<String> words = WORDS.get(key);
        if (words != null && !words.contains(value.textValue())) {
            List<String> some = words.stream().sorted().limit(5).toList();
            return TikTokComplaint.parameter(
                    path, "Must be one of: " + String.join(", ", some) + (words.size() > 5 ? ", …" : "."));
        }
        return key.equals("contents") ? contents(event, value) : null;
    }

    private static @Nullable TikTokComplaint contents(TikTokEvent event, JsonNode contents) {
        for (int i = 0; i < contents.size(); i++) {
            JsonNode item = contents.get(i);
            String[] place = {"properties", "contents", Integer.toString(i)};
            TikTokComplaint complaint = Shape.OBJECT.complaint(item, event.path(place));
            if (complaint == null) {
                complaint = event.shapes(item, CONTENT, place);
            }
            if (complaint != null) {
                return complaint;
            }
            if (!item.has("content_id")) {
                event.warn("content_without_id", "an item without content_id matches no catalogue");
            }
        }
        return null;
    }
}
