package kembali.sandbox.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for {@code user_data}: what is hashed, what must not be, and what is enough to match somebody. */
final class MetaUserDataRules {
    /** SHA-256 of nothing: the mark of a hash made from an empty value. */
    static final String NOTHING_HASHED = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Keys whose values are hashed. {@code external_id} may be plain, so it is judged apart. */
    static final Set<String> HASHED = Set.of(
            "em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "f5first", "f5last", "fi", "dobd", "dobm",
            "doby");

    private static final Set<String> DISCOURAGED =
            Set.of("f5first", "f5last", "fi", "dobd", "dobm", "doby", "partner_id", "partner_name");

    private static final Map<String, Shape> PLAIN = Map.ofEntries(
            Map.entry("client_ip_address", Shape.TEXT),
            Map.entry("client_user_agent", Shape.TEXT),
            Map.entry("fbc", Shape.TEXT),
            Map.entry("fbp", Shape.TEXT),
            Map.entry("subscription_id", Shape.TEXT),
            Map.entry("fb_login_id", Shape.DIGITS),
            Map.entry("ctwa_clid", Shape.TEXT),
            Map.entry("whatsapp_business_account_id", Shape.DIGITS),
            Map.entry("page_id", Shape.DIGITS),
            Map.entry("page_scoped_user_id", Shape.DIGITS),
            Map.entry("ig_account_id", Shape.DIGITS),
            Map.entry("ig_sid", Shape.DIGITS),
            Map.entry("anon_id", Shape.TEXT),
            Map.entry("madid", Shape.TEXT),
            Map.entry("partner_id", Shape.SCALAR),
            Map.entry("partner_name", Shape.TEXT));

    /** An event that holds nothing beyond one of these sets matches too many people, or nobody. */
    private static final List<Set<String>> TOO_BROAD = List.of(
            Set.of("ct", "country", "st", "zp", "ge", "client_user_agent"),
            Set.of("db", "client_user_agent"),
            Set.of("fn", "ge"),
            Set.of("ln", "ge"));

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    /** Meta's parameter-builder libraries append a mark to what they hashed. */
    private static final Pattern HASH_WITH_MARK = Pattern.compile("([0-9a-f]{64})\\.(?:[\\w-]{8}|[\\w-]{2})");

    private static final Pattern HEX_OF_ANY_CASE = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern LEAD_ID = Pattern.compile("[1-9]\\d{14,16}");
    private static final Pattern IP_MARK = Pattern.compile("(.+)\\.[\\w-]{8}");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final String MARK = "(?:\\.(?:[\\w-]{8}|AQ|Ag|Aw|BA|BQ|Bg))?";
    private static final Pattern FBC = Pattern.compile("fb\\.\\d+\\.(\\d+)\\.([^.\\s]+)" + MARK);
    private static final Pattern FBP = Pattern.compile("fb\\.\\d+\\.(\\d+)\\.\\d+" + MARK);
    private static final Duration CLICK_COOKIE_LIFE = Duration.ofDays(90);

    private MetaUserDataRules() {}

    /** The whole of {@code user_data}. */
    static @Nullable MetaComplaint check(MetaEvent event) {
        JsonNode user = event.json().get("user_data");
        if (user == null) {
            return MetaEventRules.missing(event, "user_data");
        }
        if (!user.isObject()) {
            return MetaComplaint.parameter("Param " + event.place("user_data") + " must be an object");
        }
        for (Map.Entry<String, JsonNode> member : user.properties()) {
            MetaComplaint complaint = member(event, member.getKey(), member.getValue());
            if (complaint != null) {
                return complaint;
            }
        }
        return tooBroad(event);
    }

    /** Names of the match keys an event carries, in the order sent. */
    static List<String> matchKeys(JsonNode userData) {
        List<String> keys = new ArrayList<>();
        userData.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static @Nullable MetaComplaint member(MetaEvent event, String key, JsonNode value) {
        if (DISCOURAGED.contains(key)) {
            event.warn("discouraged_key", key + " is a legacy or undocumented key");
        }
        if (HASHED.contains(key)) {
            return hashed(event, key, value);
        }
        if (key.equals("external_id")) {
            return externalId(event, value);
        }
        if (key.equals("lead_id")) {
            return leadId(event, value);
        }
        Shape shape = PLAIN.get(key);
        if (shape == null) {
            // What the real one does with an unknown key here is not known; a sender has no reason to find out.
            return MetaComplaint.unexpectedKey(key, event.place("user_data"));
        }
        MetaComplaint complaint = shape.complaint(value, event.place("user_data", key));
        if (complaint != null) {
            return complaint;
        }
        return switch (key) {
            case "client_ip_address" -> address(event, value.textValue());
            case "fbc", "fbp" -> browserId(event, key, value.textValue());
            default -> null;
        };
    }

    private static @Nullable MetaComplaint hashed(MetaEvent event, String key, JsonNode value) {
        List<String> texts = texts(value);
        if (texts == null) {
            return Shape.TEXTS.complaint(value, event.place("user_data", key));
        }
        if (new HashSet<>(texts).size() < texts.size()) {
            event.warn("repeated_value", key + " holds the same hash more than once");
        }
        for (String text : texts) {
            var marked = HASH_WITH_MARK.matcher(text);
            String hash = marked.matches() ? marked.group(1) : text;
            if (!HASH.matcher(hash).matches()) {
                return notHashed(event, key, "is not 64 lower-case hexadecimal digits of SHA-256");
            }
            if (hash.equals(NOTHING_HASHED)) {
                return notHashed(event, key, "is the SHA-256 of an empty value");
            }
            judgeForm(event, key, hash);
        }
        return null;
    }

    private static @Nullable MetaComplaint externalId(MetaEvent event, JsonNode value) {
        List<String> texts = texts(value);
        if (texts == null) {
            return Shape.TEXTS.complaint(value, event.place("user_data", "external_id"));
        }
        for (String text : texts) {
            if (text.equals(NOTHING_HASHED)) {
                return notHashed(event, "external_id", "is the SHA-256 of an empty value");
            }
            if (HASH.matcher(text).matches()) {
                judgeForm(event, "external_id", text);
            } else if (HEX_OF_ANY_CASE.matcher(text).matches()) {
                return notHashed(event, "external_id", "is a SHA-256 in upper case");
            } else {
                event.warn("external_id_not_hashed", "external_id is accepted in clear, hashing is recommended");
            }
        }
        return null;
    }

    private static @Nullable MetaComplaint leadId(MetaEvent event, JsonNode value) {
        if (!value.isIntegralNumber() || !LEAD_ID.matcher(value.asText()).matches()) {
            return MetaComplaint.parameter(
                    2804036,
                    "Invalid Lead ID",
                    event.place("user_data", "lead_id") + " must be an integer of 15 to 17 digits.");
        }
        boolean stage = event.actionSource().equals("system_generated")
                && event.customData().path("event_source").asText().equals("crm")
                && !event.customData().path("lead_event_source").asText().isBlank();
        if (!stage) {
            event.warn(
                    "incomplete_crm_stage",
                    "an event with lead_id should be system_generated, with event_source crm and lead_event_source");
        }
        return null;
    }

    private static MetaComplaint notHashed(MetaEvent event, String key, String why) {
        return MetaComplaint.parameter(
                2804016,
                "User Parameter Not Hashed",
                "'" + key + "' at " + event.place("user_data", key) + " " + why + ".");
    }

    private static void judgeForm(MetaEvent event, String key, String hash) {
        String form = event.known().formOf(key, hash);
        if (form == null) {
            return;
        }
        if (form.equals(MetaKnown.RIGHT)) {
            if (!event.recognised().contains(key)) {
                event.recognised().add(key);
            }
        } else if (form.equals(MetaKnown.PLACEHOLDER)) {
            event.warn("placeholder_hashed", key + " is the hash of a word such as \"null\" or \"undefined\"");
        } else {
            event.warn("wrong_normalisation", key + ": " + form);
        }
    }

    private static @Nullable MetaComplaint address(MetaEvent event, String text) {
        String place = "Param " + event.place("user_data", "client_ip_address");
        InetAddress address = literal(text);
        if (address == null) {
            var marked = IP_MARK.matcher(text);
            address = marked.matches() ? literal(marked.group(1)) : null;
        }
        if (address == null) {
            return MetaComplaint.parameter(place + " must be an IPv4 or IPv6 address without port, brackets or zone");
        }
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        boolean notPublic = address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || uniqueLocal;
        return notPublic ? MetaComplaint.parameter(place + " must be a public address") : null;
    }

    /** The address a text spells out; null when it is no literal. Never asks a name server. */
    private static @Nullable InetAddress literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private static @Nullable MetaComplaint browserId(MetaEvent event, String key, String text) {
        var parts = (key.equals("fbc") ? FBC : FBP).matcher(text);
        String place = "Param " + event.place("user_data", key);
        if (!parts.matches()) {
            return MetaComplaint.parameter(
                    place + " must look like fb.1.1558571054389." + (key.equals("fbc") ? "<fbclid>" : "<number>"));
        }
        String millis = parts.group(1);
        if (millis.length() != 13) {
            return MetaComplaint.parameter(place + " must carry its creation time in milliseconds");
        }
        Instant created = Instant.ofEpochMilli(Long.parseLong(millis));
        if (created.isAfter(event.now().plus(Duration.ofDays(1)))) {
            return MetaComplaint.parameter(place + " was created in the future");
        }
        if (key.equals("fbc")) {
            if (created.isBefore(event.now().minus(CLICK_COOKIE_LIFE))) {
                event.warn("old_click", "fbc is older than 90 days");
            }
            String form = event.known().formOf("fbclid", parts.group(2));
            if (MetaKnown.RIGHT.equals(form)) {
                event.recognised().add("fbc");
            } else if (form != null) {
                event.warn("wrong_normalisation", "fbc: " + form);
            }
        }
        return null;
    }

    private static @Nullable MetaComplaint tooBroad(MetaEvent event) {
        List<String> keys = matchKeys(event.userData());
        if (keys.isEmpty()) {
            return insufficient(event, "is empty");
        }
        for (Set<String> set : TOO_BROAD) {
            if (set.containsAll(keys)) {
                return insufficient(event, "holds nothing but " + String.join(", ", keys));
            }
        }
        return null;
    }

    private static MetaComplaint insufficient(MetaEvent event, String why) {
        return MetaComplaint.parameter(
                2804050,
                "Customer Information Too Broad Or Missing",
                event.place("user_data") + " " + why + ", which is not enough to match a person.");
    }

    /** One text or a filled list of texts; null for anything else. */
    private static @Nullable List<String> texts(JsonNode value) {
        if (Shape.TEXT.complaint(value, "") == null) {
            return List.of(value.textValue());
        }
        if (Shape.TEXTS.complaint(value, "") != null) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        value.forEach(each -> texts.add(each.textValue()));
        return texts;
    }
}
