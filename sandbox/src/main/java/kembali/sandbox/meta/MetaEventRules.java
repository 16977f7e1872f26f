package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules for the members of an event itself. */
final class MetaEventRules {
    static final Duration MAX_AGE = Duration.ofDays(7);
    static final Duration MAX_AGE_IN_STORE = Duration.ofDays(62);

    /** Events with a meaning of their own. Case-sensitive: {@code purchase} is somebody's custom event. */
    static final Set<String> STANDARD_NAMES = Set.of(
            "AddPaymentInfo",
            "AddToCart",
            "AddToWishlist",
            "CompleteRegistration",
            "Contact",
            "CustomizeProduct",
            "Donate",
            "FindLocation",
            "InitiateCheckout",
            "Lead",
            "PageView",
            "Purchase",
            "Schedule",
            "Search",
            "StartTrial",
            "SubmitApplication",
            "Subscribe",
            "ViewContent");

    private static final Set<String> ACTION_SOURCES = Set.of(
            "email",
            "website",
            "app",
            "phone_call",
            "chat",
            "physical_store",
            "system_generated",
            "business_messaging",
            "other");

    private static final Map<String, Shape> KEYS = Map.ofEntries(
            Map.entry("event_name", Shape.TEXT),
            Map.entry("event_time", Shape.WHOLE),
            Map.entry("event_id", Shape.TEXT),
            Map.entry("action_source", Shape.TEXT),
            Map.entry("event_source_url", Shape.TEXT),
            Map.entry("referrer_url", Shape.TEXT),
            Map.entry("messaging_channel", Shape.TEXT),
            Map.entry("opt_out", Shape.TRUTH),
            Map.entry("custom_data", Shape.OBJECT),
            Map.entry("data_processing_options", Shape.ARRAY),
            Map.entry("data_processing_options_country", Shape.WHOLE),
            Map.entry("data_processing_options_state", Shape.WHOLE),
            Map.entry("original_event_data", Shape.OBJECT),
            Map.entry("attribution_data", Shape.OBJECT),
            Map.entry("customer_segmentation", Shape.TEXT),
            Map.entry("app_data", Shape.OBJECT),
            Map.entry("advanced_measurement_table", Shape.TEXT));

    private static final Map<String, Shape> ORIGINAL_EVENT_KEYS =
            Map.of("event_name", Shape.TEXT, "event_time", Shape.WHOLE, "order_id", Shape.TEXT, "event_id", Shape.TEXT);

    private static final Set<Long> LDU_STATES = Set.of(
            0L, 1000L, 1001L, 1002L, 1003L, 1004L, 1005L, 1006L, 1007L, 1008L, 1009L, 1010L, 1011L, 1012L, 1013L);

    /** In this order; the first complaint is the answer. */
    static final List<MetaEvent.Rule> RULES = List.of(
            MetaEventRules::keys,
            MetaEventRules::name,
            MetaEventRules::actionSource,
            MetaEventRules::time,
            MetaEventRules::website,
            MetaEventRules::addresses,
            MetaEventRules::limitedDataUse,
            MetaEventRules::originalEvent,
            MetaEventRules::app,
            MetaEventRules::hints);

    private MetaEventRules() {}

    private static @Nullable MetaComplaint keys(MetaEvent event) {
        for (Map.Entry<String, JsonNode> member : event.json().properties()) {
            String key = member.getKey();
            if (key.equals("user_data")) {
                continue; // judged as a whole later: an empty one has a subcode of its own
            }
            Shape shape = KEYS.get(key);
            if (shape == null) {
                return MetaComplaint.unexpectedKey(key, event.place());
            }
            MetaComplaint complaint = shape.complaint(member.getValue(), event.place(key));
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    private static @Nullable MetaComplaint name(MetaEvent event) {
        if (!event.json().has("event_name")) {
            return missing(event, "event_name");
        }
        String name = event.name();
        if (!name.equals(name.strip())) {
            return MetaComplaint.parameter(
                    "Param " + event.place("event_name") + " must not start or end with a blank");
        }
        return null;
    }

    private static @Nullable MetaComplaint actionSource(MetaEvent event) {
        if (!event.json().has("action_source")) {
            return missing(event, "action_source");
        }
        if (!ACTION_SOURCES.contains(event.actionSource())) {
            return MetaComplaint.parameter("Param " + event.place("action_source") + " must be one of "
                    + String.join(", ", ACTION_SOURCES.stream().sorted().toList()));
        }
        if (!event.messaging() && event.json().has("messaging_channel")) {
            return MetaComplaint.parameter(
                    "Param " + event.place("messaging_channel") + " belongs to action_source business_messaging only");
        }
        return null;
    }

    private static @Nullable MetaComplaint time(MetaEvent event) {
        JsonNode time = event.json().get("event_time");
        if (time == null) {
            return missing(event, "event_time");
        }
        long seconds = time.longValue();
        if (seconds >= 100_000_000_000L) {
            return MetaComplaint.parameter("Param " + event.place("event_time") + " must be Unix seconds; " + seconds
                    + " looks like milliseconds");
        }
        Duration maxAge = event.actionSource().equals("physical_store") ? MAX_AGE_IN_STORE : MAX_AGE;
        Instant happened = Instant.ofEpochSecond(Math.max(0, seconds));
        if (happened.isBefore(event.now().minus(maxAge))) {
            return MetaComplaint.parameter(
                    2804003,
                    "Event Timestamp Too Old",
                    event.place("event_time") + " is " + happened + ", more than " + maxAge.toDays()
                            + " days ago. The whole request was refused.");
        }
        if (happened.isAfter(event.now().plus(event.futureTolerance()))) {
            return MetaComplaint.parameter(
                    "Param " + event.place("event_time") + " is " + happened + ", which lies in the future");
        }
        return null;
    }

    private static @Nullable MetaComplaint website(MetaEvent event) {
        if (!event.actionSource().equals("website")) {
            return null;
        }
        if (!event.json().has("event_source_url")) {
            return missing(event, "event_source_url");
        }
        if (!event.userData().has("client_user_agent")) {
            // Documented as required, yet accepted by the real one.
            event.warn("missing_user_agent", "a website event should carry client_user_agent");
        }
        return null;
    }

    private static @Nullable MetaComplaint addresses(MetaEvent event) {
        for (String key : List.of("event_source_url", "referrer_url")) {
            JsonNode address = event.json().get(key);
            if (address != null && !webAddress(address.textValue())) {
                return MetaComplaint.parameter("Param " + event.place(key) + " must be a plain http or https URL");
            }
        }
        return null;
    }

    private static boolean webAddress(String text) {
        // Browsers leave characters in an address that URI refuses, so only what follows the host may hold them.
        int end = 0;
        while (end < text.length() && "?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (text.chars().anyMatch(Character::isWhitespace)) {
            return false;
        }
        try {
            URI uri = new URI(text.substring(0, end).replaceAll("[|{}\\[\\]^`\"<>\\\\]", "_"));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && uri.getRawAuthority() != null;
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static @Nullable MetaComplaint limitedDataUse(MetaEvent event) {
        JsonNode options = event.json().get("data_processing_options");
        JsonNode country = event.json().get("data_processing_options_country");
        JsonNode state = event.json().get("data_processing_options_state");
        if (options == null) {
            return country == null && state == null
                    ? null
                    : MetaComplaint.parameter("Param " + event.place("data_processing_options")
                            + " is required when its country or state is given");
        }
        boolean limited = options.size() == 1 && "LDU".equals(options.get(0).textValue());
        if (!options.isEmpty() && !limited) {
            return MetaComplaint.parameter(
                    "Param " + event.place("data_processing_options") + " must be [] or [\"LDU\"]");
        }
        if (country != null && country.longValue() != 0 && country.longValue() != 1) {
            return MetaComplaint.parameter(
                    "Param " + event.place("data_processing_options_country") + " must be 0 or 1");
        }
        if (state != null
                && (!LDU_STATES.contains(state.longValue())
                        || (state.longValue() != 0 && (country == null || country.longValue() != 1)))) {
            return MetaComplaint.parameter("Param " + event.place("data_processing_options_state")
                    + " must be 0, or a known state together with country 1");
        }
        boolean locate = country == null || state == null || state.longValue() == 0;
        if (limited && locate && !event.userData().has("client_ip_address")) {
            event.warn(
                    "ldu_cannot_locate",
                    "limited data use is left to Meta's location, but client_ip_address is missing");
        }
        return null;
    }

    private static @Nullable MetaComplaint originalEvent(MetaEvent event) {
        for (Map.Entry<String, JsonNode> member :
                event.json().path("original_event_data").properties()) {
            Shape shape = ORIGINAL_EVENT_KEYS.get(member.getKey());
            if (shape == null) {
                return MetaComplaint.unexpectedKey(member.getKey(), event.place("original_event_data"));
            }
            MetaComplaint complaint =
                    shape.complaint(member.getValue(), event.place("original_event_data", member.getKey()));
            if (complaint != null) {
                return complaint;
            }
        }
        return null;
    }

    private static @Nullable MetaComplaint app(MetaEvent event) {
        if (!event.actionSource().equals("app")) {
            return null;
        }
        JsonNode app = event.json().get("app_data");
        if (app == null) {
            return missing(event, "app_data");
        }
        JsonNode info = app.path("extinfo");
        if (!info.isArray()
                || info.size() != 16
                || !Set.of("a2", "i2").contains(info.get(0).asText())) {
            return MetaComplaint.parameter("Param " + event.place("app_data", "extinfo")
                    + " must be an array of 16 positions that starts with a2 or i2");
        }
        if (info.get(4).asText().isBlank()) {
            return MetaComplaint.parameter(
                    2804043, "Invalid extinfo", event.place("app_data", "extinfo") + "[4], the OS version, is blank.");
        }
        for (String flag : List.of("advertiser_tracking_enabled", "application_tracking_enabled")) {
            if (!app.has(flag)) {
                return MetaComplaint.parameter("Param " + event.place("app_data", flag) + " is required");
            }
        }
        return null;
    }

    /** Nothing here refuses. */
    private static @Nullable MetaComplaint hints(MetaEvent event) {
        String name = event.name();
        if (!STANDARD_NAMES.contains(name)) {
            for (String standard : STANDARD_NAMES) {
                if (standard.equalsIgnoreCase(name)) {
                    event.warn(
                            "wrong_case",
                            "\"" + name + "\" is a custom event; the standard one is \"" + standard + "\"");
                }
            }
        }
        if (!event.json().has("event_id")) {
            event.warn("missing_event_id", "without event_id the browser's twin is counted as well");
        }
        if (event.json().has("attribution_data") && !name.equals("AppendAttribution")) {
            event.warn("discouraged_key", "attribution_data is for AppendAttribution events only");
        }
        for (String key : List.of("customer_segmentation", "advanced_measurement_table")) {
            if (event.json().has(key)) {
                event.warn("discouraged_key", key + " has no settled meaning at this place");
            }
        }
        return null;
    }

    static MetaComplaint missing(MetaEvent event, String... members) {
        return MetaComplaint.parameter("Missing required param " + event.place(members));
    }
}
