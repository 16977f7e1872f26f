package kembali.platform.meta;

import java.time.LocalDate;
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

/** Meta's events, the default mappings, and the API versions. Source: docs/platforms/meta.md, read 2026-11-21. */
final class MetaCatalog {
    /** The one place that says which Graph API version we speak; a pixel's {@code apiVersion} overrides it. */
    static final String API_VERSION = "v26.0";

    /** Mapping column of everything but chats. */
    static final String WEB = "meta";

    /** Mapping column of leads from click-to-WhatsApp ads, for which Meta takes only a closed list of names. */
    static final String MESSAGING = "metaMessaging";

    static final String PURCHASE = "Purchase";

    /** Limit of the browser pixel for custom names; whether the server API has one is not documented. */
    static final int LONGEST_NAME = 50;

    /** Oldest first. */
    static final List<ApiVersion> VERSIONS = List.of(
            graph("v20.0", LocalDate.of(2026, 9, 24)),
            graph("v21.0", LocalDate.of(2027, 1, 21)),
            graph("v22.0", LocalDate.of(2027, 5, 20)),
            graph("v23.0", LocalDate.of(2027, 10, 8)),
            graph("v24.0", LocalDate.of(2028, 2, 18)),
            graph("v25.0", LocalDate.of(2028, 7, 29)),
            graph(API_VERSION, null));

    /** The day the version list was read: what had ended by then is refused. */
    static final LocalDate READ_ON = LocalDate.of(2026, 11, 21);

    private static final String MESSAGING_TOO = "Also allowed for click-to-WhatsApp leads.";
    private static final String MESSAGING_ONLY =
            "A standard event of click-to-WhatsApp leads only; in the web column it is a custom event.";

    static final List<Event> STANDARD = List.of(
            new Event(
                    "PageView",
                    "A page was opened.",
                    "Sent by the browser pixel by itself too; both need the same event id."),
            new Event("ViewContent", "A product or landing page that matters was looked at.", MESSAGING_TOO),
            new Event("Search", "Something was searched for.", ""),
            new Event(
                    "AddToCart",
                    "Something was put into the cart.",
                    "The default for a new lead: the cart stands for the first sign of interest. " + MESSAGING_TOO),
            new Event("AddToWishlist", "Something was put on a wish list.", ""),
            new Event("InitiateCheckout", "A checkout was begun.", "The default for a proposal. " + MESSAGING_TOO),
            new Event(
                    "AddPaymentInfo",
                    "Payment details were given.",
                    "The default for negotiation and for invoice: reaching both reports it once."),
            new Event(
                    PURCHASE,
                    "Something was paid for.",
                    "The only event that needs a value and a currency. " + MESSAGING_TOO),
            new Event(
                    "Lead",
                    "A person left their details.",
                    "The default for responded and for qualified: reaching both reports it once."),
            new Event("CompleteRegistration", "A registration was completed.", ""),
            new Event("Contact", "A person and the business got in touch.", ""),
            new Event("SubmitApplication", "An application was handed in.", "The default for a hot lead."),
            new Event("Subscribe", "A paid subscription began or was renewed.", ""),
            new Event("StartTrial", "A free trial began.", ""),
            new Event("Schedule", "An appointment was made.", ""),
            new Event("FindLocation", "A place of the business was searched for.", ""),
            new Event("CustomizeProduct", "A product was configured.", ""),
            new Event("Donate", "Money was donated.", ""));

    private static final List<Event> OTHERS = List.of(
            new Event("Archive", "The lead was lost.", "Not one of Meta's names: it arrives as a custom event."),
            new Event("LeadSubmitted", "A chat brought a lead.", MESSAGING_ONLY),
            new Event(
                    "QualifiedLead",
                    "The lead of a chat proved worth pursuing.",
                    MESSAGING_ONLY + " Meta offers it to lead-objective campaigns."),
            new Event("OrderCreated", "An order was written.", MESSAGING_ONLY),
            new Event("OrderShipped", "The goods left.", MESSAGING_ONLY),
            new Event("OrderDelivered", "The goods arrived.", MESSAGING_ONLY),
            new Event("OrderCanceled", "An order was cancelled.", MESSAGING_ONLY),
            new Event("OrderReturned", "The goods came back.", MESSAGING_ONLY),
            new Event("CartAbandoned", "A cart was left without an order.", MESSAGING_ONLY),
            new Event("RatingProvided", "The customer rated.", MESSAGING_ONLY),
            new Event("ReviewProvided", "The customer wrote a review.", MESSAGING_ONLY));

    /** All that Meta accepts with {@code action_source} business_messaging; anything else is refused with 2804066. */
    static final List<String> MESSAGING_NAMES = List.of(
            PURCHASE,
            "LeadSubmitted",
            "InitiateCheckout",
            "AddToCart",
            "ViewContent",
            "OrderCreated",
            "OrderShipped",
            "OrderDelivered",
            "OrderCanceled",
            "OrderReturned",
            "CartAbandoned",
            "QualifiedLead",
            "RatingProvided",
            "ReviewProvided");

    static final EventCatalog CATALOG = new EventCatalog(joined(STANDARD, OTHERS), columns());

    private MetaCatalog() {}

    static @Nullable String complaint(String column, String name) {
        return switch (column) {
            case WEB -> webComplaint(name);
            case MESSAGING -> messagingComplaint(name);
            default -> "Meta has no mapping column " + column + "; its columns are " + WEB + " and " + MESSAGING + ".";
        };
    }

    private static @Nullable String webComplaint(String name) {
        String form = formComplaint(name);
        if (form != null) {
            return form;
        }
        for (Event standard : STANDARD) {
            if (standard.name().equalsIgnoreCase(name) && !standard.name().equals(name)) {
                return "Meta tells capitals apart and would treat \"" + name
                        + "\" as another, custom event. Did you mean " + standard.name() + "?";
            }
        }
        return null;
    }

    private static @Nullable String messagingComplaint(String name) {
        String form = formComplaint(name);
        if (form != null || MESSAGING_NAMES.contains(name)) {
            return form;
        }
        for (String allowed : MESSAGING_NAMES) {
            if (allowed.equalsIgnoreCase(name)) {
                return "Meta tells capitals apart. Did you mean " + allowed + "?";
            }
        }
        return "Meta refuses \"" + name + "\" for click-to-WhatsApp leads. It takes only "
                + String.join(", ", MESSAGING_NAMES) + ".";
    }

    private static @Nullable String formComplaint(String name) {
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
            return "The event name has " + name.length() + " characters; Meta takes at most " + LONGEST_NAME + ".";
        }
        return null;
    }

    private static List<Column> columns() {
        Map<String, String> sales = mapping(
                "pageview", "PageView",
                "new", "AddToCart",
                "contacted", "Contact",
                "responded", "Lead",
                "qualified", "Lead",
                "hot", "SubmitApplication",
                "proposal", "InitiateCheckout",
                "negotiation", "AddPaymentInfo",
                "invoice", "AddPaymentInfo",
                "won", PURCHASE,
                "lost", "Archive");
        Map<String, String> subscription = new LinkedHashMap<>(sales);
        subscription.put("resubscribed", "Subscribe");
        Map<String, String> affiliate = mapping(
                "lead", "Lead",
                "registration", "CompleteRegistration",
                "deposit", PURCHASE,
                "sale", PURCHASE,
                "rebill", "Subscribe");
        Map<String, String> chat = mapping(
                "new", "LeadSubmitted",
                "qualified", "QualifiedLead",
                "hot", "AddToCart",
                "proposal", "InitiateCheckout",
                "negotiation", "InitiateCheckout",
                "invoice", "OrderCreated",
                "won", PURCHASE);
        return List.of(
                new Column(
                        WEB,
                        "Meta",
                        false,
                        Map.of(
                                "sales", sales,
                                "subscription", Collections.unmodifiableMap(subscription),
                                "affiliate", affiliate)),
                new Column(
                        MESSAGING,
                        "Meta, click-to-WhatsApp",
                        false,
                        // Affiliate postbacks never come from a chat.
                        Map.of("sales", chat, "subscription", chat, "affiliate", Map.of())));
    }

    /** In the order given, which is the order of the pipeline and of the screen. */
    private static Map<String, String> mapping(String... statusAndEvent) {
        Map<String, String> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < statusAndEvent.length; i += 2) {
            byStatus.put(statusAndEvent[i], statusAndEvent[i + 1]);
        }
        return Collections.unmodifiableMap(byStatus);
    }

    private static List<Event> joined(List<Event> first, List<Event> second) {
        List<Event> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static ApiVersion graph(String version, @Nullable LocalDate endsOn) {
        return new ApiVersion("Graph API", version, endsOn, false);
    }

    /** What is known of that version; one nobody knows yet has no end. */
    static ApiVersion version(String name) {
        return VERSIONS.stream()
                .filter(v -> v.version().equals(name))
                .findFirst()
                .orElseGet(() -> graph(name, null));
    }
}
