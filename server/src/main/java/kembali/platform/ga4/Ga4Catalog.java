package kembali.platform.ga4;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import kembali.platform.EventCatalog;
import kembali.platform.EventCatalog.Column;
import kembali.platform.EventCatalog.Event;
import org.jspecify.annotations.Nullable;

/** GA4's recommended events and the default mappings. Source: docs/platforms/ga4.md, read 2026-11-21. */
final class Ga4Catalog {
    /** The one mapping column. */
    static final String COLUMN = "ga4";

    static final String PAGE_VIEW = "page_view";
    static final String PURCHASE = "purchase";
    static final String REFUND = "refund";

    private static final String IMPORTABLE =
            "Google Ads can import it as a conversion once it is marked as a key event in GA4 (Admin, Events).";
    private static final String WITH_ITEMS =
            "GA4's commerce reports want items; without any, Kembali sends the lead as one item.";
    private static final String BY_THE_TAG = "The Google tag may send it by itself (enhanced measurement).";

    /** In the order to offer them: what leads do, then shops, promotions, accounts, content, games. */
    static final List<Event> EVENTS = List.of(
            new Event(
                    PAGE_VIEW,
                    "A page was opened: somebody arrived by an ad or link.",
                    "Where the Google tag runs on the page, it sends this too, and GA4 counts the view twice: map page views"
                            + " to nothing then."),
            new Event(
                    "generate_lead",
                    "A person became a lead: a form, a chat, a first message.",
                    IMPORTABLE + " Carries lead_source."),
            new Event("qualify_lead", "The lead fits: it meets what you ask of a prospective customer.", IMPORTABLE),
            new Event(
                    "disqualify_lead",
                    "The lead does not fit: wrong place, spam, no budget.",
                    "Give the reason as the property disqualified_lead_reason."),
            new Event(
                    "working_lead",
                    "Somebody is working on the lead: contacted, answered, offered, negotiating.",
                    "Carries lead_status, the stage; register it as a custom dimension to see stages apart. It counts once a"
                            + " lead, so of several statuses mapped to it only the first is reported. Google Ads has no"
                            + " conversion type for it."),
            new Event(
                    "close_convert_lead",
                    "The lead became a customer.",
                    IMPORTABLE + " It brings no revenue into GA4's reports; purchase does."),
            new Event(
                    "close_unconvert_lead",
                    "The lead was lost.",
                    "Give the reason as the property unconvert_lead_reason. Never import it into Google Ads as a conversion to"
                            + " bid for."),
            new Event(
                    PURCHASE,
                    "Something was paid for: the deal is won. The only event that counts as revenue.",
                    IMPORTABLE
                            + " GA4 recognises twins by transaction_id (your orderId, else one made of lead and status), so a"
                            + " purchase is safe to send again. " + WITH_ITEMS),
            new Event(REFUND, "Money went back.", "Needs the orderId the purchase was reported with."),
            new Event("add_payment_info", "Payment details were given, or an invoice was sent.", WITH_ITEMS),
            new Event("add_shipping_info", "Shipping details were given.", WITH_ITEMS),
            new Event("add_to_cart", "Something was put into the cart.", WITH_ITEMS),
            new Event("add_to_wishlist", "Something was put on a wish list.", WITH_ITEMS),
            new Event("begin_checkout", "A checkout was begun.", WITH_ITEMS),
            new Event("remove_from_cart", "Something was taken out of the cart.", WITH_ITEMS),
            new Event("view_cart", "The cart was looked at.", WITH_ITEMS),
            new Event("view_item", "A product was looked at.", WITH_ITEMS),
            new Event("view_item_list", "A category or list of products was looked at.", ""),
            new Event("select_item", "A product was chosen from a list.", ""),
            new Event("view_promotion", "A banner or offer was seen.", ""),
            new Event("select_promotion", "A banner or offer was chosen.", ""),
            new Event("sign_up", "An account was created.", "Say how as the property method."),
            new Event("login", "Somebody logged in.", "Say how as the property method."),
            new Event("search", "Something was searched for.", "Say what as the property search_term."),
            new Event("view_search_results", "Results of a search on the site were shown.", BY_THE_TAG),
            new Event("select_content", "A piece of content was chosen.", ""),
            new Event("share", "Something was shared.", ""),
            new Event("join_group", "A group or community was joined.", ""),
            new Event("tutorial_begin", "A tutorial was begun.", ""),
            new Event("tutorial_complete", "A tutorial was finished.", ""),
            new Event("earn_virtual_currency", "Virtual money was earned.", "For games; its value is no money."),
            new Event("spend_virtual_currency", "Virtual money was spent.", "For games; its value is no money."),
            new Event("level_start", "A level was begun.", "For games."),
            new Event("level_up", "A level was reached.", "For games."),
            new Event("level_end", "A level was finished.", "For games."),
            new Event("post_score", "A score was posted.", "For games."),
            new Event("unlock_achievement", "An achievement was unlocked.", "For games."));

    static final EventCatalog CATALOG = new EventCatalog(EVENTS, List.of(column()));

    private Ga4Catalog() {}

    static @Nullable String complaint(String column, String name) {
        if (!column.equals(COLUMN)) {
            return "Google Analytics 4 has no mapping column " + column + "; its column is " + COLUMN + ".";
        }
        if (name.isBlank()) {
            return "The event name is empty. Use a name such as generate_lead, or null to send nothing.";
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "The event name holds a control character or a line break. Use a name such as generate_lead.";
        }
        if (!name.equals(name.strip())) {
            return "The event name begins or ends with a space. Did you mean \"" + name.strip() + "\"?";
        }
        String meant = meant(name);
        return meant == null
                ? Ga4Names.eventComplaint(name)
                : "GA4 would treat " + name + " as another, custom event, or drop it. Use " + meant + " instead of "
                        + name + ".";
    }

    /** The recommended event that was meant by another spelling ({@code Purchase}, {@code add-to-cart}, {@code AddToCart}). */
    private static @Nullable String meant(String name) {
        String letters = letters(name);
        for (Event event : EVENTS) {
            if (event.name().equals(name)) {
                return null;
            }
            // log_in may be meant so: it has GA4's form and no capitals.
            boolean own = Ga4Names.isSpelledRight(name) && name.equals(name.toLowerCase(Locale.ROOT));
            if (!own && letters(event.name()).equals(letters)) {
                return event.name();
            }
        }
        return null;
    }

    private static String letters(String name) {
        return Ga4Names.repaired(name).replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Column column() {
        Map<String, String> sales = mapping(
                "pageview", PAGE_VIEW,
                "new", "generate_lead",
                "contacted", "working_lead",
                "responded", "working_lead",
                "qualified", "qualify_lead",
                "hot", "working_lead",
                "proposal", "working_lead",
                "negotiation", "working_lead",
                "invoice", "add_payment_info",
                "won", PURCHASE,
                "lost", "close_unconvert_lead");
        // Not purchase: an event counts once a lead, so after won it would report nothing. As this event, which no
        // other
        // status uses, the person's return shows in GA4 and can be imported into Google Ads.
        Map<String, String> subscription = new LinkedHashMap<>(sales);
        subscription.put("resubscribed", "close_convert_lead");
        // A network says each deposit, sale and rebill with its own transaction; GA4 tells purchases apart by it.
        Map<String, String> affiliate = mapping(
                "lead", "generate_lead",
                "registration", "sign_up",
                "deposit", PURCHASE,
                "sale", PURCHASE,
                "rebill", PURCHASE);
        return new Column(
                COLUMN,
                "Google (GA4)",
                false,
                Map.of(
                        "sales", sales,
                        "subscription", Collections.unmodifiableMap(subscription),
                        "affiliate", affiliate));
    }

    /** In the order given, which is the order of the pipeline and of the screen. */
    private static Map<String, String> mapping(String... statusAndEvent) {
        Map<String, String> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < statusAndEvent.length; i += 2) {
            byStatus.put(statusAndEvent[i], statusAndEvent[i + 1]);
        }
        return Collections.unmodifiableMap(byStatus);
    }
}
