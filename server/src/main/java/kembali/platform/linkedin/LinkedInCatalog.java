package kembali.platform.linkedin;

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

/**
 * LinkedIn's conversion categories, the default mappings, and the API versions. Source: docs/platforms/linkedin.md, read
 * 2026-11-21.
 */
final class LinkedInCatalog {
    /** The one place that says which version we speak; a pixel's {@code apiVersion} overrides it. */
    static final String API_VERSION = "202609";

    /** The first version that takes hashed names. */
    static final String HASHED_NAMES_SINCE = "202609";

    /** The only mapping column. */
    static final String COLUMN = "linkedin";

    /** Custom categories are labels of ours; LinkedIn never sees them. */
    static final int LONGEST_NAME = 100;

    /** The day the version list was read: what had ended by then is refused. */
    static final LocalDate READ_ON = LocalDate.of(2026, 11, 21);

    /** A version lives for a year and is never redirected. Oldest first; 202512 never existed. */
    static final List<ApiVersion> VERSIONS = List.of(
            version("202511", LocalDate.of(2026, 11, 16)),
            version("202601", LocalDate.of(2027, 1, 15)),
            version("202602", LocalDate.of(2027, 2, 15)),
            version("202603", LocalDate.of(2027, 3, 16)),
            version("202604", LocalDate.of(2027, 4, 15)),
            version("202605", LocalDate.of(2027, 5, 15)),
            version("202606", LocalDate.of(2027, 6, 15)),
            version("202607", LocalDate.of(2027, 7, 15)),
            version("202608", LocalDate.of(2027, 8, 17)),
            version(API_VERSION, LocalDate.of(2027, 9, 15)));

    private static final String NEEDS_202608 = "A rule of this type can be created from version 202608 on.";
    private static final String COUNTS_EACH = "LinkedIn counts every one, other types once per person and window.";
    private static final String LABEL = "Not one of LinkedIn's types, so it is a label only: ";

    /** The rule types known; the list may not be complete. */
    static final List<Event> TYPES = List.of(
            new Event("LEAD", "A person left their details.", "The default for responded."),
            new Event(
                    "QUALIFIED_LEAD",
                    "A lead proved worth pursuing.",
                    "The default for qualified and for hot: reaching both reports it once. Campaigns can optimise for it"
                            + " from about five in two weeks on."),
            new Event("MARKETING_QUALIFIED_LEAD", "Marketing found the lead worth pursuing.", NEEDS_202608),
            new Event("SALES_QUALIFIED_LEAD", "Sales found the lead worth pursuing.", NEEDS_202608),
            new Event("CONTACT", "A person and the business got in touch.", "The default for contacted."),
            new Event(
                    "REQUEST_QUOTE",
                    "A quote was asked for.",
                    "The default for proposal, negotiation and invoice: reaching all three reports it once."),
            new Event("PURCHASE", "Something was paid for.", "The default for won. " + COUNTS_EACH),
            new Event("ADD_TO_CART", "Something was put into the cart.", COUNTS_EACH),
            new Event("START_CHECKOUT", "A checkout was begun.", ""),
            new Event("ADD_BILLING_INFO", "Payment details were given.", ""),
            new Event("BOOK_APPOINTMENT", "An appointment was booked.", ""),
            new Event("SCHEDULE", "A date was made.", ""),
            new Event("PHONE_CALL", "A call was made.", ""),
            new Event("SIGN_UP", "An account was created.", ""),
            new Event("COMPLETE_SIGNUP", "A registration was completed.", ""),
            new Event("START_TRIAL", "A free trial began.", ""),
            new Event("SUBSCRIBE", "A subscription began or was renewed.", ""),
            new Event("SUBMIT_APPLICATION", "An application was handed in.", ""),
            new Event("DOWNLOAD", "Something was downloaded.", ""),
            new Event("INSTALL", "An app was installed.", ""),
            new Event("KEY_PAGE_VIEW", "A page that matters was opened.", ""),
            new Event("VIEW_CONTENT", "Content was looked at.", ""),
            new Event("VIEW_VIDEO", "A video was watched.", ""),
            new Event("SEARCH", "Something was searched for.", ""),
            new Event("SAVE", "Something was kept for later.", ""),
            new Event("ADD_TO_LIST", "Something was put on a list.", ""),
            new Event("OUTBOUND_CLICK", "A link out was followed.", ""),
            new Event("SHARE", "Something was shared.", ""),
            new Event("INVITE", "Somebody was invited.", ""),
            new Event("RATE", "Something was rated.", ""),
            new Event("LOGIN", "A person signed in.", ""),
            new Event("DONATE", "Money was donated.", ""),
            new Event("JOB_APPLY", "Somebody applied for a job.", ""),
            new Event("TALENT_LEAD", "A candidate left their details.", ""),
            new Event("AD_CLICK", "An ad was clicked.", ""),
            new Event("AD_VIEW", "An ad was seen.", ""),
            new Event("OTHER", "Anything else.", "The type for categories of your own."));

    private static final List<Event> LABELS = List.of(
            new Event(
                    "PAGE_VIEW",
                    "A page was opened.",
                    LABEL
                            + "give it the id of a KEY_PAGE_VIEW or VIEW_CONTENT rule. For new, CONTACT or OUTBOUND_CLICK says"
                            + " more."),
            new Event("REQUEST_DEMO", "A demonstration was asked for.", LABEL + "give it the id of a LEAD rule."),
            new Event("Archive", "The lead was lost.", LABEL + "without an id nothing is sent."));

    static final EventCatalog CATALOG = new EventCatalog(joined(TYPES, LABELS), columns());

    private LinkedInCatalog() {}

    static @Nullable String complaint(String column, String name) {
        if (!column.equals(COLUMN)) {
            return "LinkedIn has no mapping column " + column + "; its only column is " + COLUMN + ".";
        }
        return complaint(name);
    }

    /** What is wrong with a category, or null. Names of one's own are fine: the rule's id is what travels. */
    static @Nullable String complaint(String name) {
        if (name.isBlank()) {
            return "The category is empty. Use one such as LEAD, or null to send nothing.";
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "The category holds a control character or a line break. Use one such as LEAD.";
        }
        if (!name.equals(name.strip())) {
            return "The category begins or ends with a space. Did you mean \"" + name.strip() + "\"?";
        }
        if (name.length() > LONGEST_NAME) {
            return "The category has " + name.length() + " characters; at most " + LONGEST_NAME
                    + " are kept. Use one such as LEAD.";
        }
        for (Event known : CATALOG.events()) {
            if (known.name().equalsIgnoreCase(name) && !known.name().equals(name)) {
                return "LinkedIn writes its categories in capitals, and \"" + name
                        + "\" would be another, custom one. Did you mean " + known.name() + "?";
            }
        }
        return null;
    }

    /** What to enter for a category that is no type of LinkedIn's; empty for one that is. */
    static String hint(String category) {
        return switch (category) {
            case "PAGE_VIEW" -> "; for this label a rule of the type KEY_PAGE_VIEW or VIEW_CONTENT fits";
            case "REQUEST_DEMO" -> "; for this label a rule of the type LEAD or BOOK_APPOINTMENT fits";
            case "Archive" -> "; for this label a rule of the type OTHER fits, and none is needed";
            default -> "";
        };
    }

    /** Whether the name is one of LinkedIn's own rule types. */
    static boolean isType(String name) {
        return TYPES.stream().anyMatch(type -> type.name().equals(name));
    }

    /** What is known of that version; one nobody knows yet has no end. */
    static ApiVersion version(String name) {
        return VERSIONS.stream()
                .filter(v -> v.version().equals(name))
                .findFirst()
                .orElseGet(() -> version(name, null));
    }

    private static List<Column> columns() {
        Map<String, String> sales = mapping(
                "pageview", "PAGE_VIEW",
                "new", "PAGE_VIEW",
                "contacted", "CONTACT",
                "responded", "LEAD",
                "qualified", "QUALIFIED_LEAD",
                "hot", "QUALIFIED_LEAD",
                "proposal", "REQUEST_QUOTE",
                "negotiation", "REQUEST_QUOTE",
                "invoice", "REQUEST_QUOTE",
                "won", "PURCHASE",
                "lost", "Archive");
        Map<String, String> subscription = new LinkedHashMap<>(sales);
        subscription.put("resubscribed", "SUBSCRIBE");
        Map<String, String> affiliate = mapping(
                "lead", "LEAD",
                "registration", "SIGN_UP",
                "deposit", "PURCHASE",
                "sale", "PURCHASE",
                "rebill", "SUBSCRIBE");
        return List.of(new Column(
                COLUMN,
                "LinkedIn",
                false,
                Map.of(
                        "sales", sales,
                        "subscription", Collections.unmodifiableMap(subscription),
                        "affiliate", affiliate)));
    }

    /** In the order given, which is the order of the pipeline and of the screen. */
    private static Map<String, String> mapping(String... statusAndCategory) {
        Map<String, String> byStatus = new LinkedHashMap<>();
        for (int i = 0; i < statusAndCategory.length; i += 2) {
            byStatus.put(statusAndCategory[i], statusAndCategory[i + 1]);
        }
        return Collections.unmodifiableMap(byStatus);
    }

    private static List<Event> joined(List<Event> first, List<Event> second) {
        List<Event> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static ApiVersion version(String version, @Nullable LocalDate endsOn) {
        return new ApiVersion("LinkedIn Marketing API", version, endsOn, false);
    }
}
