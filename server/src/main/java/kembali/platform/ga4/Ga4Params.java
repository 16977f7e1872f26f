package kembali.platform.ga4;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import kembali.identity.Sha256;
import kembali.platform.ConversionEvent;
import kembali.platform.ConversionEvent.Item;
import kembali.platform.JsonText;
import kembali.support.Money;
import org.jspecify.annotations.Nullable;

/** The event's {@code params}: session, value, order, items, stage of the lead, and the advertiser's own properties. */
final class Ga4Params {
    /** Longest text GA4 stores; it cuts or drops what is longer. Analytics 360 stores 500. */
    static final int LONGEST_TEXT = 100;

    /** GA4 takes 25; one place is kept free for {@code debug_mode}. */
    static final int MOST = 24;

    static final int MOST_ITEMS = 200;

    /** Longer limits of page addresses; unconfirmed by Google's own text. */
    private static final int LONGEST_PAGE = 1000;

    private static final int LONGEST_REFERRER = 420;
    private static final int LONGEST_TITLE = 300;

    /** A double, which is what GA4 computes with, holds as many digits exactly. */
    private static final int MOST_DIGITS = 15;

    /** Events about goods, which GA4's commerce reports leave out when they name none. */
    private static final Set<String> ABOUT_GOODS = Set.of(
            Ga4Catalog.PURCHASE,
            "add_payment_info",
            "add_shipping_info",
            "add_to_cart",
            "add_to_wishlist",
            "begin_checkout",
            "remove_from_cart",
            "view_cart",
            "view_item");

    /** Written from the event itself, or no event's business; a custom property of that name is left out. */
    private static final Set<String> OURS = Set.of(
            "session_id",
            "engagement_time_msec",
            "debug_mode",
            "event_id",
            "currency",
            "value",
            "transaction_id",
            "items",
            "lead_status",
            "page_location",
            "page_referrer");

    /** Params that are texts even when they look like numbers. */
    private static final Set<String> TEXTS = Set.of(
            "affiliation",
            "achievement_id",
            "character",
            "content_id",
            "content_type",
            "coupon",
            "creative_name",
            "creative_slot",
            "disqualified_lead_reason",
            "group_id",
            "item_id",
            "item_list_id",
            "item_list_name",
            "item_name",
            "lead_source",
            "level_name",
            "location_id",
            "method",
            "page_title",
            "payment_type",
            "promotion_id",
            "promotion_name",
            "search_term",
            "shipping_tier",
            "unconvert_lead_reason",
            "virtual_currency_name");

    private final StringBuilder out;
    private final ConversionEvent event;
    private final String name;
    private int count;

    private Ga4Params(StringBuilder out, ConversionEvent event, String name) {
        this.out = out;
        this.event = event;
        this.name = name;
    }

    /** False when an item is none: GA4 would count nonsense or nothing. */
    static boolean isSound(ConversionEvent event) {
        for (Item item : event.items()) {
            BigDecimal price = item.price();
            if (item.id().isBlank() || item.quantity() < 1 || (price != null && price.signum() < 0)) {
                return false;
            }
        }
        return true;
    }

    /** The id GA4 recognises a purchase by; never empty, because GA4 takes all empty ones for the same purchase. */
    static String transactionId(ConversionEvent event) {
        String order = event.orderId() == null ? "" : event.orderId().strip();
        String leadId = event.leadId() == null ? event.code() : event.leadId();
        String lead = leadId.substring(leadId.indexOf('_') + 1);
        String id = order.isEmpty() ? "kbl-" + lead + "-" + event.status() : order;
        // Cut alone it could become another order's.
        return id.length() <= LONGEST_TEXT
                ? id
                : cut(id, 67) + "-" + Sha256.hex(id).substring(0, 32);
    }

    /**
     * Writes the object.
     *
     * @param session the GA session; null when none is known
     * @param currency ISO 4217, null without a value
     * @param page null when it is unknown or no web address
     */
    static void write(
            StringBuilder out,
            ConversionEvent event,
            String name,
            @Nullable String session,
            @Nullable String currency,
            @Nullable String page) {
        var params = new Ga4Params(out.append('{'), event, name);
        params.session(session);
        params.money(currency);
        params.lead();
        if (name.equals(Ga4Catalog.PAGE_VIEW)) {
            params.page(page);
        }
        params.items();
        params.custom();
        out.append('}');
    }

    private void session(@Nullable String session) {
        if (session != null) {
            key("session_id").append('"').append(session).append('"');
        }
        // Without it GA4 leaves the person out of its active users.
        key("engagement_time_msec").append('1');
        if (!event.eventId().isBlank() && event.eventId().length() <= LONGEST_TEXT) {
            // Finds the row of the sync log from BigQuery.
            JsonText.string(key("event_id"), event.eventId());
        }
    }

    private void money(@Nullable String currency) {
        Money value = event.value();
        if (value != null && currency != null) {
            key("currency").append('"').append(currency).append('"');
            JsonText.number(key("value"), value.amount());
        }
        if (name.equals(Ga4Catalog.PURCHASE) || name.equals(Ga4Catalog.REFUND)) {
            JsonText.string(key("transaction_id"), transactionId(event));
        }
    }

    private void lead() {
        if (name.equals(Ga4Catalog.PAGE_VIEW)) {
            return;
        }
        text("lead_status", event.status(), LONGEST_TEXT);
        if (name.equals("generate_lead") && !event.custom().containsKey("lead_source")) {
            text("lead_source", source(), LONGEST_TEXT);
        }
    }

    /** {@code google / cpc}, as GA4 writes source and medium: from the caller, else from the address the person came to. */
    private @Nullable String source() {
        String source = known("utm_source");
        String medium = known("utm_medium");
        return source == null || medium == null ? source : source + " / " + medium;
    }

    private @Nullable String known(String parameter) {
        String own = event.custom().get(parameter);
        return own != null && !own.isBlank()
                ? own.strip()
                : Ga4Privacy.parameter(event.web().pageUrl(), parameter);
    }

    private void page(@Nullable String page) {
        if (page != null) {
            JsonText.string(key("page_location"), cut(page, LONGEST_PAGE));
        }
        String referrer = Ga4Privacy.page(event.web().referrer());
        if (referrer != null) {
            JsonText.string(key("page_referrer"), cut(referrer, LONGEST_REFERRER));
        }
    }

    private void items() {
        if (event.items().isEmpty()) {
            if (ABOUT_GOODS.contains(name)) {
                leadAsItem();
            }
            return;
        }
        key("items").append('[');
        int written = 0;
        for (Item item : event.items()) {
            if (written++ == MOST_ITEMS) {
                break;
            }
            JsonText.string(
                    out.append(written == 1 ? "{\"item_id\":" : ",{\"item_id\":"),
                    shortened(item.id().strip()));
            if (item.price() != null) {
                JsonText.number(out.append(",\"price\":"), item.price());
            }
            out.append(",\"quantity\":").append(item.quantity()).append('}');
        }
        out.append(']');
    }

    /** One item that stands for what was sold: the lead has no basket, and GA4 wants one. Few names, so that reports group them. */
    private void leadAsItem() {
        String product = event.custom().get("product");
        String title = product == null || product.isBlank() || Ga4Privacy.isPersonal(product, event.person())
                ? "Lead " + event.status()
                : product.strip();
        JsonText.string(key("items").append("[{\"item_id\":"), shortened("lead-" + event.status()));
        JsonText.string(out.append(",\"item_name\":"), shortened(title));
        if (event.value() != null) {
            JsonText.number(out.append(",\"price\":"), event.value().amount());
        }
        out.append(",\"quantity\":1}]");
    }

    /** Sorted: the order of an immutable map differs from process to process, the bytes must not. */
    private void custom() {
        if (event.custom().isEmpty()) {
            return;
        }
        Set<String> written = new HashSet<>();
        for (Map.Entry<String, String> property : new TreeMap<>(event.custom()).entrySet()) {
            String key = Ga4Names.param(renamed(property.getKey()));
            String value = property.getValue().strip();
            if (key == null
                    || value.isEmpty()
                    || OURS.contains(key)
                    || Ga4Privacy.isPersonalName(key)
                    || Ga4Privacy.isPersonal(value, event.person())
                    || !written.add(key)) {
                continue;
            }
            if (!TEXTS.contains(key) && isPlainNumber(value)) {
                if (count < MOST) {
                    key(key).append(value);
                }
            } else {
                text(key, value, key.equals("page_title") ? LONGEST_TITLE : LONGEST_TEXT);
            }
        }
    }

    /** {@code reason}, the word of our own forms, under the name GA4 has for it. */
    private String renamed(String property) {
        if (!property.equals("reason")) {
            return property;
        }
        return switch (name) {
            case "close_unconvert_lead" -> "unconvert_lead_reason";
            case "disqualify_lead" -> "disqualified_lead_reason";
            default -> property;
        };
    }

    private void text(String key, @Nullable String value, int longest) {
        if (value != null && !value.isBlank() && count < MOST && !Ga4Privacy.isPersonal(value, event.person())) {
            String text = value.strip();
            JsonText.string(key(key), text.length() <= longest ? text : cut(text, longest - 1) + "…");
        }
    }

    private StringBuilder key(String key) {
        if (count++ > 0) {
            out.append(',');
        }
        return JsonText.string(out, key).append(':');
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : cut(text, LONGEST_TEXT - 1) + "…";
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** {@code -12.50}, but not {@code 007}, {@code 1e3} or more digits than GA4 keeps: those are texts. */
    private static boolean isPlainNumber(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int dot = text.indexOf('.', from);
        int whole = dot < 0 ? text.length() : dot;
        boolean leadingZero = whole - from > 1 && text.charAt(from) == '0';
        return text.length() - from <= MOST_DIGITS
                && !leadingZero
                && Ga4ClientId.isDigits(text, from, whole)
                && (dot < 0 || Ga4ClientId.isDigits(text, dot + 1, text.length()));
    }
}
