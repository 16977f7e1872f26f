package kembali.sandbox.google.ga4;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import kembali.sandbox.Call;
import kembali.sandbox.Json;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.ga4.Ga4Findings.Code;
import org.jspecify.annotations.Nullable;

/** Rules for what stands beside the events. */
final class Ga4Call {
    static final Duration BACKDATING = Duration.ofHours(72);
    static final Duration AHEAD = Duration.ofMinutes(15);
    static final int LARGEST_BODY = 130_000;
    static final int MOST_EVENTS = 25;

    private static final int MOST_USER_PROPERTIES = 25;
    private static final int LONGEST_USER_PROPERTY = 24;
    private static final int LONGEST_USER_PROPERTY_VALUE = 36;

    private static final Set<String> KEYS = Ga4Names.words("""
            client_id user_id timestamp_micros user_properties user_data consent non_personalized_ads user_location
            ip_override device user_agent validation_behavior events""");
    private static final Set<String> LOCATION =
            Ga4Names.words("city region_id country_id subcontinent_id continent_id");
    private static final Set<String> DEVICE = Ga4Names.words("""
            category language screen_resolution operating_system operating_system_version model brand browser
            browser_version""");
    private static final Set<String> CONSENT = Ga4Names.words("ad_user_data ad_personalization");
    private static final Pattern CLIENT_ID = Pattern.compile("\\d+\\.\\d+");
    private static final Pattern CONTACT = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+|\\+?[\\d ()-]{9,}");
    private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+");

    private Ga4Call() {}

    /** The body as an object; an empty one when it is none, which is then found wrong. */
    static ObjectNode body(Call call, Ga4Findings findings) {
        if (call.body().length >= LARGEST_BODY) {
            findings.lostCall("body_too_large", Code.UNSEEN, "", "the body must be under 130 kB");
        }
        try {
            if (call.json() instanceof ObjectNode object) {
                return object;
            }
            findings.lostCall("not_json", Code.VALUE_INVALID, "", "the payload must be a JSON object");
        } catch (JsonProcessingException wrong) {
            String message = wrong.getOriginalMessage();
            boolean twice = message.startsWith("Duplicate field");
            findings.lostCall(
                    twice ? "duplicate_key" : "not_json",
                    Code.VALUE_INVALID,
                    "",
                    "Unable to parse Measurement Protocol JSON payload. " + message);
        }
        return Json.MAPPER.createObjectNode();
    }

    /** Checks everything beside the events. */
    static void check(ObjectNode body, Instant now, Duration tolerance, Ga4Findings findings) {
        for (String key : iterable(body)) {
            if (key.equals("app_instance_id")) {
                findings.lostCall("app_stream", Code.VALUE_INVALID, key, "app_instance_id belongs to app streams");
            } else if (!KEYS.contains(key)) {
                findings.lostCall(
                        "unknown_key",
                        Code.VALUE_INVALID,
                        key,
                        "Unable to parse Measurement Protocol JSON payload. Unknown name \"" + key + "\"");
            }
        }
        client(body, findings);
        user(body, findings);
        time(body.get("timestamp_micros"), -1, "timestamp_micros", now, tolerance, findings);
        userProperties(body.path("user_properties"), findings);
        consent(body, findings);
        place(body, findings);
        object(body, "device", DEVICE, findings);
        behaviour(body, findings);
        JsonNode agent = body.path("user_agent");
        if (!agent.isMissingNode()) {
            findings.flaw(-1, "user_agent_unverified", Code.UNSEEN, "user_agent", "user_agent may mean nothing here");
        }
    }

    /** Checks user data; apart, since it needs to know plain values. */
    static Ga4UserData userData(ObjectNode body, GoogleKnown known, Ga4Findings findings) {
        Ga4UserData data = Ga4UserData.read(body.path("user_data"), known, findings);
        if (!body.path("user_data").isMissingNode()
                && body.path("user_id").asText().isEmpty()) {
            findings.flaw(-1, "user_data_without_user_id", Code.UNSEEN, "user_id", "user_id is wanted with user_data");
        }
        return data;
    }

    private static void client(ObjectNode body, Ga4Findings findings) {
        JsonNode client = body.path("client_id");
        if (!client.isTextual() || client.textValue().isBlank()) {
            findings.lostCall(
                    "client_id_missing", Code.VALUE_REQUIRED, "client_id", "client_id must be a filled string");
        } else if (!CLIENT_ID.matcher(client.textValue()).matches()) {
            findings.advice(
                    -1, "client_id_form", Code.VALUE_INVALID, "client_id", "client_id should be two numbers and a dot");
        }
    }

    private static void user(ObjectNode body, Ga4Findings findings) {
        JsonNode user = body.path("user_id");
        if (user.isMissingNode()) {
            return;
        }
        if (!user.isTextual()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, "user_id", "user_id must be a string");
        } else if (user.textValue().isEmpty()) {
            findings.flaw(-1, "empty_string", Code.VALUE_INVALID, "user_id", "user_id is empty; leave it out");
        } else if (CONTACT.matcher(user.textValue()).matches()) {
            findings.flaw(
                    -1,
                    "personal_data",
                    Code.VALUE_INVALID,
                    "user_id",
                    "user_id looks like an e-mail address or phone");
        }
    }

    /** Checks a time; {@code index} is the event it belongs to, or -1. */
    static void time(
            @Nullable JsonNode time, int index, String path, Instant now, Duration tolerance, Ga4Findings findings) {
        if (time == null) {
            return;
        }
        BigInteger micros = micros(time);
        if (micros == null) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, path, "timestamp_micros must be a whole number");
            return;
        }
        if (time.isTextual()) {
            findings.flaw(index, "number_as_text", Code.VALUE_INVALID, path, "timestamp_micros should be a number");
        }
        BigInteger current = BigInteger.valueOf(now.toEpochMilli()).multiply(BigInteger.valueOf(1_000));
        if (micros.multiply(BigInteger.valueOf(100)).compareTo(current) < 0) {
            findings.advice(
                    index, "timestamp_unit", Code.VALUE_OUT_OF_BOUNDS, path, "timestamp_micros is not in microseconds");
            return;
        }
        Duration age = Duration.of(current.subtract(micros).longValue(), ChronoUnit.MICROS);
        if (age.compareTo(BACKDATING) > 0) {
            findings.advice(
                    index, "clamped_72h", Code.VALUE_OUT_OF_BOUNDS, path, "older than 72 hours: moved to 72 hours ago");
        } else if (age.negated().compareTo(AHEAD) > 0) {
            findings.lostCall("timestamp_future", Code.VALUE_OUT_OF_BOUNDS, path, "more than 15 minutes ahead");
        } else if (age.negated().compareTo(tolerance) > 0) {
            findings.advice(
                    index, "timestamp_future", Code.VALUE_OUT_OF_BOUNDS, path, "lies ahead; only the past counts");
        }
    }

    /** Microseconds, or null when it is no whole number. */
    static @Nullable BigInteger micros(JsonNode time) {
        if (time.isIntegralNumber()) {
            return time.canConvertToLong() ? time.bigIntegerValue() : null;
        }
        return time.isTextual() && time.textValue().matches("\\d{1,18}") ? new BigInteger(time.textValue()) : null;
    }

    private static void userProperties(JsonNode properties, Ga4Findings findings) {
        if (properties.isMissingNode()) {
            return;
        }
        String path = "user_properties";
        if (!properties.isObject()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, path, "user_properties must be an object");
            return;
        }
        if (properties.size() > MOST_USER_PROPERTIES) {
            findings.lostCall(
                    "too_many_user_properties", Code.EXCEEDED_MAX_ENTITIES, path, "at most 25 user properties");
        }
        for (Map.Entry<String, JsonNode> each : properties.properties()) {
            String name = each.getKey();
            JsonNode value = each.getValue().path("value");
            boolean reserved = Ga4Names.RESERVED_USER_PROPERTIES.contains(name) || Ga4Names.reservedPrefix(name);
            if (reserved) {
                findings.advice(
                        -1,
                        "user_property_dropped",
                        Code.NAME_RESERVED,
                        path,
                        "user property " + name + " is reserved");
            } else if (name.length() > LONGEST_USER_PROPERTY
                    || !Ga4Names.NAME.matcher(name).matches()) {
                findings.advice(-1, "user_property_dropped", Code.NAME_INVALID, path, "user property name " + name);
            } else if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
                findings.lostCall(
                        "wrong_type", Code.VALUE_INVALID, path, "user property " + name + " must be {\"value\":…}");
            } else if (value.asText().length() > LONGEST_USER_PROPERTY_VALUE) {
                findings.advice(
                        -1,
                        "value_truncated",
                        Code.VALUE_INVALID,
                        path,
                        "user property " + name + " is over 36 characters");
            }
        }
    }

    private static void consent(ObjectNode body, Ga4Findings findings) {
        JsonNode consent = object(body, "consent", CONSENT, findings);
        for (JsonNode each : consent) {
            if (!each.asText().equals("GRANTED") && !each.asText().equals("DENIED")) {
                findings.lostCall(
                        "consent_value", Code.VALUE_INVALID, "consent", "consent is GRANTED or DENIED, not " + each);
            }
        }
        JsonNode old = body.path("non_personalized_ads");
        if (!old.isMissingNode()) {
            if (!old.isBoolean()) {
                findings.lostCall("wrong_type", Code.VALUE_INVALID, "non_personalized_ads", "must be true or false");
            }
            findings.flaw(
                    -1,
                    "deprecated_key",
                    Code.UNSEEN,
                    "non_personalized_ads",
                    "use consent.ad_personalization instead");
        }
    }

    private static void place(ObjectNode body, Ga4Findings findings) {
        JsonNode location = object(body, "user_location", LOCATION, findings);
        boolean country = location.path("country_id").asText("ID").matches("[A-Z]{2}");
        boolean region = location.path("region_id").asText("ID-JK").matches("[A-Z]{2}-[A-Z0-9]{1,3}");
        if (!country || !region) {
            findings.flaw(-1, "location_form", Code.VALUE_INVALID, "user_location", "write ID and ID-JK");
        }
        JsonNode ip = body.path("ip_override");
        if (ip.isMissingNode()) {
            return;
        }
        if (!ip.isTextual() || !IP.matcher(ip.textValue()).matches()) {
            findings.flaw(-1, "ip_form", Code.VALUE_INVALID, "ip_override", "ip_override must be an IP address");
        } else if (!location.isEmpty()) {
            findings.flaw(-1, "ip_override_ignored", Code.UNSEEN, "ip_override", "user_location wins over ip_override");
        }
    }

    private static void behaviour(ObjectNode body, Ga4Findings findings) {
        JsonNode behaviour = body.path("validation_behavior");
        if (behaviour.isMissingNode()) {
            return;
        }
        if (!Set.of("RELAXED", "ENFORCE_RECOMMENDATIONS").contains(behaviour.asText())) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, "validation_behavior", "unknown " + behaviour);
        }
    }

    /** A member that must be an object of texts with known names; empty when it is absent or wrong. */
    private static JsonNode object(ObjectNode body, String name, Set<String> known, Ga4Findings findings) {
        JsonNode object = body.path(name);
        if (object.isMissingNode()) {
            return Json.MAPPER.createObjectNode();
        }
        if (!object.isObject()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, name, name + " must be an object");
            return Json.MAPPER.createObjectNode();
        }
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!known.contains(each.getKey())) {
                findings.lostCall("unknown_key", Code.VALUE_INVALID, name, "Unknown name \"" + each.getKey() + "\"");
            } else if (!each.getValue().isTextual()) {
                findings.lostCall("wrong_type", Code.VALUE_INVALID, name, each.getKey() + " must be a string");
            } else if (each.getValue().textValue().isEmpty()) {
                findings.flaw(-1, "empty_string", Code.VALUE_INVALID, name, name + "." + each.getKey() + " is empty");
            }
        }
        return object;
    }

    private static Iterable<String> iterable(ObjectNode object) {
        return object::fieldNames;
    }
}
