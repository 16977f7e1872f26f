package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rules for {@code business_messaging}: closed list of names, ids of the channel, no browser data, an account that is
 * linked to the dataset, a page and an account that are those of the ad.
 */
final class MetaMessagingRules {
    private static final Set<String> CHANNELS = Set.of("whatsapp", "messenger", "instagram");

    static final Set<String> ALLOWED_NAMES = Set.of(
            "Purchase",
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

    /** How click ids from real WhatsApp webhooks look. Others count only when made known. */
    private static final Pattern CLICK = Pattern.compile("(?!(?i:.*(?:invalid|probe)))A[A-Za-z][A-Za-z0-9_-]{8,}");

    /** A click with this word in it comes from the ad of another page than the one it is sent with. */
    private static final String OTHER_PAGE = "otherpage";

    /** What is known to be taken of a WhatsApp chat. Of other keys nobody knows. */
    private static final Set<String> USUAL = Set.of("ctwa_clid", "whatsapp_business_account_id", "page_id", "em", "ph");

    private MetaMessagingRules() {}

    /** Channel, name, forbidden arguments and account ids. The click itself is judged last. */
    static @Nullable MetaComplaint check(MetaEvent event) {
        if (!event.messaging()) {
            return null;
        }
        JsonNode channel = event.json().get("messaging_channel");
        if (channel == null) {
            return MetaComplaint.parameter(
                    2804063,
                    "Messaging Event Missing Channel",
                    event.place("messaging_channel") + " is required for business_messaging.");
        }
        if (!CHANNELS.contains(channel.textValue())) {
            return MetaComplaint.parameter(
                    "Param " + event.place("messaging_channel") + " must be one of instagram, messenger, whatsapp");
        }
        if (!ALLOWED_NAMES.contains(event.name())) {
            return MetaComplaint.parameter(
                    2804066,
                    "Messaging Event Name Not Allowed",
                    "\"" + event.name() + "\" at " + event.place("event_name")
                            + " is no event for business_messaging.");
        }
        for (String key : List.of("client_ip_address", "client_user_agent")) {
            if (event.userData().has(key)) {
                return notAllowed(event.place("user_data", key));
            }
        }
        if (event.json().has("event_source_url")) {
            return notAllowed(event.place("event_source_url"));
        }
        if (event.json().has("referrer_url")) {
            event.warn("discouraged_key", "referrer_url has no meaning in business_messaging");
        }
        return switch (channel.textValue()) {
            case "whatsapp" -> whatsApp(event);
            case "messenger" -> messenger(event);
            default -> instagram(event);
        };
    }

    /** Whether the click exists. Judged after everything else, so this complaint says "all the rest is right". */
    static @Nullable MetaComplaint click(MetaEvent event) {
        if (!event.messaging()
                || !event.json().path("messaging_channel").asText().equals("whatsapp")) {
            return null;
        }
        String click = event.userData().path("ctwa_clid").asText();
        MetaComplaint ad = ad(event, click);
        if (ad != null) {
            return ad;
        }
        String form = event.known().formOf("ctwa_clid", click);
        if (MetaKnown.RIGHT.equals(form)) {
            event.recognised().add("ctwa_clid");
            return null;
        }
        if (form != null || !CLICK.matcher(click).matches()) {
            return invalidClick(event, form == null ? "is not the id of a click" : "is not the id of a click: " + form);
        }
        return null;
    }

    /** Whether the click is of this account's ad and of this page's. */
    private static @Nullable MetaComplaint ad(MetaEvent event, String click) {
        MetaAccounts accounts = event.known().accounts();
        String account = event.userData().path("whatsapp_business_account_id").asText();
        if (!account.isEmpty() && accounts.isClickOfAnotherAccount(click, account)) {
            return invalidClick(event, "belongs to another WhatsApp account's ad");
        }
        String page = event.userData().path("page_id").asText();
        if (!page.isEmpty()
                && (accounts.isPageOfAnotherAd(click, page)
                        || click.toLowerCase(Locale.ROOT).contains(OTHER_PAGE))) {
            return MetaComplaint.parameter(
                    2804072,
                    "Messaging Event Page Mismatch",
                    event.place("user_data", "page_id") + " is not the page of the ad that was clicked.");
        }
        return null;
    }

    private static MetaComplaint invalidClick(MetaEvent event, String why) {
        return MetaComplaint.parameter(
                2804087, "Messaging Event Invalid Ctwa Clid", event.place("user_data", "ctwa_clid") + " " + why + ".");
    }

    private static @Nullable MetaComplaint whatsApp(MetaEvent event) {
        if (!event.userData().has("whatsapp_business_account_id")
                && !event.userData().has("page_id")) {
            return missingPage();
        }
        if (!event.userData().has("ctwa_clid")) {
            return MetaEventRules.missing(event, "user_data", "ctwa_clid");
        }
        String account = event.userData().path("whatsapp_business_account_id").asText();
        if (!account.isEmpty() && event.known().accounts().isUnlinked(account, event.dataset())) {
            // Only this number is on record for a dataset that does not fit; whether Meta has one of its own is
            // unknown.
            return MetaStandIn.unsupported("POST", event.dataset());
        }
        event.userData().fieldNames().forEachRemaining(key -> {
            if (!USUAL.contains(key)) {
                event.warn("discouraged_key", key + " is not known to be taken in business_messaging");
            }
        });
        return null;
    }

    private static @Nullable MetaComplaint messenger(MetaEvent event) {
        if (!event.userData().has("page_id")) {
            return missingPage();
        }
        if (!event.userData().has("page_scoped_user_id")) {
            return MetaEventRules.missing(event, "user_data", "page_scoped_user_id");
        }
        return null;
    }

    private static @Nullable MetaComplaint instagram(MetaEvent event) {
        if (!event.userData().has("ig_account_id")) {
            return MetaComplaint.parameter(
                    2804079, "Missing Instagram Account", event.place("user_data", "ig_account_id") + " is required.");
        }
        if (!event.userData().has("ig_sid")) {
            return MetaComplaint.parameter(
                    2804075, "Missing Instagram User", event.place("user_data", "ig_sid") + " is required.");
        }
        return null;
    }

    /** The wording is Meta's; its subcode is not known. */
    private static MetaComplaint missingPage() {
        return MetaComplaint.parameter("Missing Page ID Or WhatsApp Business account ID");
    }

    private static MetaComplaint notAllowed(String place) {
        return MetaComplaint.parameter(
                2804064, "Messaging Event Argument Not Allowed", place + " is not allowed for business_messaging.");
    }
}
