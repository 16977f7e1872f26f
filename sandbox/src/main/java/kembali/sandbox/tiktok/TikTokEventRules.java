package kembali.sandbox.tiktok;

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

/** Rules for everything of an event but {@code user} and {@code properties}. */
final class TikTokEventRules {
    private static final Map<String, Shape> KEYS = Map.of(
            "event", Shape.TEXT,
            "event_time", Shape.WHOLE,
            "event_id", Shape.TEXT,
            "user", Shape.OBJECT,
            "page", Shape.OBJECT,
            "properties", Shape.OBJECT,
            "lead", Shape.OBJECT,
            "ad", Shape.OBJECT,
            "app", Shape.OBJECT,
            "limited_data_use", Shape.TRUTH);

    private static final Map<String, Shape> PAGE = Map.of("url", Shape.TEXT, "referrer", Shape.TEXT);
    private static final Map<String, Shape> LEAD = Map.of("lead_id", Shape.TEXT, "lead_event_source", Shape.TEXT);
    private static final Map<String, Shape> AD =
            Map.of("campaign_id", Shape.TEXT, "ad_id", Shape.TEXT, "creative_id", Shape.TEXT);

    private static final Set<String> STANDARD = Set.of(
            "AddPaymentInfo",
            "AddToCart",
            "AddToWishlist",
            "ApplicationApproval",
            "CompleteRegistration",
            "Contact",
            "CustomizeProduct",
            "Download",
            "FindLocation",
            "InitiateCheckout",
            "Lead",
            "Purchase",
            "Schedule",
            "Search",
            "StartTrial",
            "SubmitApplication",
            "Subscribe",
            "ViewContent");

    private static final Map<String, String> RENAMED = Map.of("CompletePayment", "Purchase", "SubmitForm", "Lead");
    private static final Set<String> GIVEN_UP = Set.of("PlaceAnOrder", "ClickButton");

    /** Known of offline events only; for the web TikTok names none, and older ones are of no use either. */
    private static final Duration MAX_AGE = Duration.ofDays(28);

    private static final long MILLISECONDS = 100_000_000_000L;

    /** In this order; the first complaint is the answer. */
    static final List<TikTokEvent.Rule> RULES = List.of(
            TikTokEventRules::keys,
            TikTokEventRules::time,
            TikTokEventRules::page,
            TikTokEventRules::lead,
            TikTokEventRules::ad,
            TikTokEventRules::bySource,
            TikTokEventRules::hints);

    private TikTokEventRules() {}

    private static @Nullable TikTokComplaint keys(TikTokEvent event) {
        JsonNode id = event.json().get("event_id");
        if (id != null && !id.isTextual()) {
            return TikTokComplaint.of(TikTokComplaint.PARAMETER, "Invalid value for event_id: not a valid string.");
        }
        TikTokComplaint complaint = event.shapes(event.json(), KEYS);
        if (complaint != null) {
            return complaint;
        }
        for (String needed : List.of("event", "event_time")) {
            if (!event.json().has(needed)) {
                return missing(event, needed);
            }
        }
        return event.name().equals(event.name().strip())
                ? null
                : TikTokComplaint.parameter(event.path("event"), "Must not start or end with a blank.");
    }

    private static @Nullable TikTokComplaint time(TikTokEvent event) {
        long seconds = event.json().get("event_time").longValue();
        String path = event.path("event_time");
        if (seconds >= MILLISECONDS) {
            return TikTokComplaint.parameter(path, "Must be Unix seconds; " + seconds + " looks like milliseconds.");
        }
        Instant happened = Instant.ofEpochSecond(Math.max(0, seconds));
        if (happened.isBefore(event.now().minus(MAX_AGE))) {
            return TikTokComplaint.parameter(path, happened + " is more than " + MAX_AGE.toDays() + " days ago.");
        }
        if (happened.isAfter(event.now().plus(event.futureTolerance()))) {
            return TikTokComplaint.parameter(path, happened + " lies in the future.");
        }
        return null;
    }

    private static @Nullable TikTokComplaint page(TikTokEvent event) {
        JsonNode page = event.json().get("page");
        if (page == null || !page.has("url")) {
            return event.web() ? missing(event, "page", "url") : null;
        }
        TikTokComplaint complaint = event.shapes(page, PAGE, "page");
        if (complaint != null) {
            return complaint;
        }
        for (Map.Entry<String, JsonNode> address : page.properties()) {
            if (!isWebAddress(address.getValue().textValue())) {
                return TikTokComplaint.parameter(event.path("page", address.getKey()), "Not a valid URL.");
            }
        }
        return null;
    }

    private static @Nullable TikTokComplaint lead(TikTokEvent event) {
        JsonNode lead = event.json().get("lead");
        if (lead == null) {
            return null;
        }
        if (!event.crm()) {
            return TikTokComplaint.parameter(event.path("lead"), "Only for event_source crm.");
        }
        TikTokComplaint complaint = event.shapes(lead, LEAD, "lead");
        return complaint != null || lead.has("lead_id") ? complaint : missing(event, "lead", "lead_id");
    }

    private static @Nullable TikTokComplaint ad(TikTokEvent event) {
        for (Map.Entry<String, JsonNode> member : event.json().path("ad").properties()) {
            // Attribution fields exist whose names are not known here.
            Shape shape = AD.get(member.getKey());
            TikTokComplaint complaint =
                    shape == null ? null : shape.complaint(member.getValue(), event.path("ad", member.getKey()));
            if (complaint != null) {
                return complaint;
            }
            if (shape == null) {
                event.warn("unknown_key", "ad." + member.getKey() + " is no key this sandbox knows");
            }
        }
        return null;
    }

    private static @Nullable TikTokComplaint bySource(TikTokEvent event) {
        if (event.json().has("app")) {
            return TikTokComplaint.parameter(event.path("app"), "Only for event_source app.");
        }
        if (event.json().has("limited_data_use") && !event.web()) {
            return TikTokComplaint.parameter(event.path("limited_data_use"), "Only for event_source web and app.");
        }
        return null;
    }

    /** Nothing here refuses. */
    private static @Nullable TikTokComplaint hints(TikTokEvent event) {
        String name = event.name();
        if (RENAMED.containsKey(name)) {
            event.warn("renamed_event", name + " is called " + RENAMED.get(name) + " since 2025");
        } else if (GIVEN_UP.contains(name)) {
            event.warn("deprecated_event", name + " will be removed in 2027");
        } else if (!STANDARD.contains(name)) {
            for (String standard : STANDARD) {
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
        return null;
    }

    static TikTokComplaint missing(TikTokEvent event, String... members) {
        return TikTokComplaint.parameter(event.path(members), "Missing data for required field.");
    }

    private static boolean isWebAddress(String text) {
        // Browsers leave characters in an address that URI refuses, so only what stands before them is judged.
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
}
