package kembali.platform.tiktok;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.ApiVersion;
import kembali.platform.EventCatalog;
import kembali.platform.EventCatalog.Column;
import kembali.platform.EventCatalog.Event;
import org.jspecify.annotations.Nullable;

/** TikTok's events, the default mappings, and the API version. Source: docs/platforms/tiktok.md, read 2026-11-21. */
final class TikTokCatalog {
    /** The newest version, of 2022-08-15; a pixel's {@code apiVersion} overrides it. */
    static final String API_VERSION = "v1.3";

    /** The only mapping column. */
    static final String COLUMN = "tiktok";

    /** Ours: TikTok documents no limit. */
    static final int LONGEST_NAME = 100;

    /** No end is announced. */
    static final List<ApiVersion> VERSIONS = List.of(version(API_VERSION));

    /** What TikTok can optimise campaigns for. */
    static final List<Event> STANDARD = List.of(
            new Event(
                    "Purchase",
                    "Something was paid for. For deals won, orders and payments; send the value with it.",
                    "Called CompletePayment until 2025. A browser pixel beside Kembali should use the same name: whether"
                            + " TikTok recognises twins under the old and the new one is not known."),
            new Event("AddToCart", "Something was put into the cart. For interest in a product.", ""),
            new Event("AddToWishlist", "Something was put on a wish list. For interest in a product.", ""),
            new Event(
                    "InitiateCheckout",
                    "A checkout was begun. For offers and orders under way.",
                    "The default for a proposal."),
            new Event(
                    "AddPaymentInfo",
                    "Payment details were given. For the last step before the payment.",
                    "The default for negotiation and for invoice: reaching both reports it once."),
            new Event(
                    "ViewContent",
                    "A page was viewed. For visits of a page or product.",
                    "The default for a page view, for new and for lost: it is reported once. Consider Contact for new,"
                            + " so that clicks on a rotator can be told from page views, and nothing for lost."),
            new Event("Search", "Something was searched for.", ""),
            new Event(
                    "Lead",
                    "A person left their details. For forms and answered chats.",
                    "Called SubmitForm until 2025. The default for responded and for qualified: reaching both reports it"
                            + " once."),
            new Event("Contact", "A person and the business got in touch. For WhatsApp, calls and chats.", ""),
            new Event("CompleteRegistration", "A registration was completed. For new accounts.", ""),
            new Event("SubmitApplication", "An application was handed in.", "The default for a hot lead."),
            new Event("ApplicationApproval", "An application was approved. For credit, insurance and the like.", ""),
            new Event("StartTrial", "A free trial began.", ""),
            new Event("Subscribe", "A subscription began or was renewed.", ""),
            new Event("Schedule", "An appointment was made.", ""),
            new Event("FindLocation", "A place of the business was searched for. For store locators.", ""),
            new Event("CustomizeProduct", "A product was configured.", ""),
            new Event("Download", "A download was begun. For apps and documents.", ""));

    /** Names of before 2025: accepted and sent as they stand. */
    static final List<Event> OLD_NAMES = List.of(
            new Event(
                    "CompletePayment",
                    "The old name of Purchase.",
                    "TikTok still takes it and shows it as Purchase. Use Purchase."),
            new Event("SubmitForm", "The old name of Lead.", "TikTok still takes it and shows it as Lead. Use Lead."),
            new Event(
                    "PlaceAnOrder",
                    "An order was placed.",
                    "Given up by TikTok in 2025 and to be removed in 2027. Use Purchase."),
            new Event(
                    "ClickButton",
                    "A button was clicked.",
                    "Given up by TikTok in 2025 and to be removed in 2027. Use Lead or ViewContent."));

    static final EventCatalog CATALOG = new EventCatalog(allNames(), List.of(column()));

    private TikTokCatalog() {}

    /** Any other well-formed name is a custom event: TikTok takes it but cannot optimise for it. */
    static @Nullable String complaint(String column, String name) {
        if (!column.equals(COLUMN)) {
            return "TikTok has no mapping column " + column + "; its column is " + COLUMN + ".";
        }
        if (name.isBlank()) {
            return "The event name is empty. Use a name such as Purchase, or null to send nothing.";
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "The event name holds a control character or a line break. Use a name such as Purchase.";
        }
        if (!name.equals(name.strip())) {
            return "The event name begins or ends with a space. Did you mean \"" + name.strip() + "\"?";
        }
        if (name.length() > LONGEST_NAME) {
            return "The event name has " + name.length() + " characters; at most " + LONGEST_NAME
                    + " are taken. Use a name such as Purchase.";
        }
        for (Event known : CATALOG.events()) {
            if (known.name().equalsIgnoreCase(name) && !known.name().equals(name)) {
                return "TikTok tells capitals apart and would treat \"" + name
                        + "\" as another, custom event. Did you mean " + known.name() + "?";
            }
        }
        return null;
    }

    /** What is known of that version: none has an announced end. */
    static ApiVersion version(String name) {
        return new ApiVersion("TikTok API for Business", name, null, false);
    }

    private static Column column() {
        Map<String, String> sales = mapping(
                "pageview", "ViewContent",
                "new", "ViewContent",
                "contacted", "Contact",
                "responded", "Lead",
                "qualified", "Lead",
                "hot", "SubmitApplication",
                "proposal", "InitiateCheckout",
                "negotiation", "AddPaymentInfo",
                "invoice", "AddPaymentInfo",
                "won", "Purchase",
                "lost", "ViewContent");
        Map<String, String> subscription = new LinkedHashMap<>(sales);
        subscription.put("resubscribed", "Subscribe");
        Map<String, String> affiliate = mapping(
                "lead", "Lead",
                "registration", "CompleteRegistration",
                "deposit", "Purchase",
                "sale", "Purchase",
                "rebill", "Subscribe");
        return new Column(
                COLUMN,
                "TikTok",
                false,
                Map.of(
                        "sales",
                        sales,
                        "subscription",
                        Collections.unmodifiableMap(subscription),
                        "affiliate",
                        affiliate));
    }

    /** In the order given, which is the order of the pipeline and of the screen. */
    private static Map<String, String> mapping(String... statusAndEvent) {
        Map<String, String> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < statusAndEvent.length; i += 2) {
            byStatus.put(statusAndEvent[i], statusAndEvent[i + 1]);
        }
        return Collections.unmodifiableMap(byStatus);
    }

    private static List<Event> allNames() {
        List<Event> all = new ArrayList<>(STANDARD);
        all.addAll(OLD_NAMES);
        return all;
    }
}
