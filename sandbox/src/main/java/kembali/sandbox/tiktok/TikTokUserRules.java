package kembali.sandbox.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rules for {@code user}: what is hashed, what must be in clear, and what belongs to another event source. */
final class TikTokUserRules {
    /** SHA-256 of nothing: the mark of a hash made from an empty value. */
    static final String NOTHING_HASHED = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final int LONGEST_CLICK_ID = 1000;

    private static final Set<String> HASHED =
            Set.of("email", "phone", "external_id", "first_name", "last_name", "zip_code");

    /** The only keys that may hold several values. */
    private static final Set<String> SEVERAL = Set.of("email", "phone", "external_id");

    private static final Set<String> CLEAR =
            Set.of("city", "state", "country", "ttclid", "ttp", "ip", "user_agent", "locale");

    private static final Set<String> WEB_ONLY = Set.of("ttclid", "ttp");
    private static final Set<String> APP_ONLY = Set.of("idfa", "idfv", "gaid", "att_status");
    private static final Set<String> NAMING = Set.of("ttclid", "ttp", "email", "phone", "external_id");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HEX_OF_ANY_CASE = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern MACRO = Pattern.compile("__[A-Z0-9_]+__");
    private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Set<String> COUNTRIES = Arrays.stream(Locale.getISOCountries())
            .map(code -> code.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    private static final Pattern NOT_OF_A_CITY = Pattern.compile("[\\s\\p{Punct}\\p{P}\\p{Nd}\\p{Lu}]");
    private static final Pattern NOT_OF_A_STATE = Pattern.compile("[\\s\\p{Punct}\\p{P}\\p{Lu}]");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private TikTokUserRules() {}

    /** The whole of {@code user}. TikTok takes an event without any. */
    static @Nullable TikTokComplaint check(TikTokEvent event) {
        for (Map.Entry<String, JsonNode> member : event.user().properties()) {
            TikTokComplaint complaint = member(event, member.getKey(), member.getValue());
            if (complaint != null) {
                return complaint;
            }
        }
        boolean seen = event.user().has("ip") && event.user().has("user_agent");
        boolean named = NAMING.stream().anyMatch(event.user()::has)
                || event.json().path("lead").has("lead_id");
        if (!seen && !named) {
            event.warn("nobody_to_match", "the event is taken, but nothing in it can lead to a person or a click");
        }
        return null;
    }

    /** Names of the match keys an event carries, in the order sent. */
    static List<String> matchKeys(TikTokEvent event) {
        List<String> keys = new ArrayList<>();
        event.user().fieldNames().forEachRemaining(keys::add);
        if (event.json().path("lead").has("lead_id")) {
            keys.add("lead_id");
        }
        return keys;
    }

    private static @Nullable TikTokComplaint member(TikTokEvent event, String key, JsonNode value) {
        String path = event.path("user", key);
        if (APP_ONLY.contains(key) || (WEB_ONLY.contains(key) && !event.web())) {
            return TikTokComplaint.parameter(path, "Not for event_source " + event.source() + ".");
        }
        if (HASHED.contains(key)) {
            return hashed(event, key, value, path);
        }
        if (!CLEAR.contains(key)) {
            // Measured: a misspelled key is answered with code 0.
            event.warn("unknown_key", "user." + key + " has no meaning and is dropped without a word");
            return null;
        }
        TikTokComplaint complaint = Shape.TEXT.complaint(value, path);
        return complaint != null ? complaint : clear(event, key, value.textValue(), path);
    }

    private static @Nullable TikTokComplaint hashed(TikTokEvent event, String key, JsonNode value, String path) {
        List<String> texts = new ArrayList<>();
        if (value.isArray() && SEVERAL.contains(key)) {
            TikTokComplaint complaint = Shape.TEXTS.complaint(value, path);
            if (complaint != null) {
                return complaint;
            }
            value.forEach(each -> texts.add(each.textValue()));
        } else {
            TikTokComplaint complaint = Shape.TEXT.complaint(value, path);
            if (complaint != null) {
                return complaint;
            }
            texts.add(value.textValue());
        }
        if (new HashSet<>(texts).size() < texts.size()) {
            event.warn("repeated_value", key + " holds the same hash more than once");
        }
        for (String hash : texts) {
            if (!HASH.matcher(hash).matches()) {
                return TikTokComplaint.notHashed(path, "is not 64 lower-case hexadecimal digits of SHA-256");
            }
            if (hash.equals(NOTHING_HASHED)) {
                return TikTokComplaint.notHashed(path, "is the SHA-256 of an empty value");
            }
            judgeForm(event, key, hash);
        }
        return null;
    }

    private static @Nullable TikTokComplaint clear(TikTokEvent event, String key, String text, String path) {
        if (HEX_OF_ANY_CASE.matcher(text).matches()) {
            event.warn("wrong_normalisation", key + ": hashed although it travels in clear");
            return null;
        }
        switch (key) {
            case "ip" -> {
                return address(text, path);
            }
            case "ttclid", "ttp" -> {
                if (text.length() > LONGEST_CLICK_ID) {
                    return TikTokComplaint.parameter(path, "Longer than maximum length " + LONGEST_CLICK_ID + ".");
                }
                if (MACRO.matcher(text).matches()) {
                    event.warn("unexpanded_macro", key + " is the macro itself: " + text);
                }
            }
            case "city" -> form(event, key, !NOT_OF_A_CITY.matcher(text).find(), "not lower-case letters alone");
            case "state" -> form(event, key, !NOT_OF_A_STATE.matcher(text).find(), "not a lower-case region code");
            case "country" -> {
                boolean right = COUNTRIES.contains(text);
                form(event, key, right, "no country code of two lower-case letters");
                if (right) {
                    event.recognised().add(key);
                }
            }
            case "locale" -> form(event, key, LOCALE.matcher(text).matches(), "no BCP 47 language tag");
            default -> {}
        }
        judgeForm(event, key, text);
        return null;
    }

    private static void form(TikTokEvent event, String key, boolean right, String slip) {
        if (!right) {
            event.warn("wrong_normalisation", key + ": " + slip);
        }
    }

    private static void judgeForm(TikTokEvent event, String key, String value) {
        String form = event.known().formOf(key, value);
        if (form == null) {
            return;
        }
        switch (form) {
            case TikTokKnown.RIGHT -> {
                if (!event.recognised().contains(key)) {
                    event.recognised().add(key);
                }
            }
            case TikTokKnown.PLACEHOLDER ->
                event.warn("placeholder_hashed", key + " is the hash of a word such as \"null\" or \"undefined\"");
            default -> event.warn("wrong_normalisation", key + ": " + form);
        }
    }

    private static @Nullable TikTokComplaint address(String text, String path) {
        InetAddress address = literal(text);
        if (address == null) {
            return TikTokComplaint.parameter(path, "Not a valid IP address.");
        }
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        boolean notPublic = address.isSiteLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isAnyLocalAddress()
                || uniqueLocal;
        return notPublic ? TikTokComplaint.parameter(path, "Not a public IP address.") : null;
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
}
