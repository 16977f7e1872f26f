package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for {@code business_messaging}: closed list of names, ids of the channel, no browser data. */
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
        if (event.userData().has("fbc") || event.userData().has("fbp")) {
            event.warn("discouraged_key", "fbc and fbp have no meaning in business_messaging");
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
        String form = event.known().formOf("ctwa_clid", click);
        if (MetaKnown.RIGHT.equals(form)) {
            event.recognised().add("ctwa_clid");
            return null;
        }
        if (form != null || !CLICK.matcher(click).matches()) {
            return MetaComplaint.parameter(
                    2804087,
                    "Messaging Event Invalid Ctwa Clid",
                    event.place("user_data", "ctwa_clid") + " is not the id of a click"
                            + (form == null ? "." : ": " + form + "."));
        }
        return null;
    }

    private static @Nullable MetaComplaint whatsApp(MetaEvent event) {
        if (!event.userData().has("whatsapp_business_account_id")
                && !event.userData().has("page_id")) {
            return missingPage();
        }
        if (!event.userData().has("ctwa_clid")) {
            return MetaEventRules.missing(event, "user_data", "ctwa_clid");
        }
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
