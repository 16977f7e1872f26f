package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kembali.sandbox.Arrival;
import kembali.sandbox.Warning;
import org.jspecify.annotations.Nullable;

/**
 * An event whose form is right, under examination of its values.
 *
 * @param index its place in the request, from 0
 * @param warnings what LinkedIn would swallow; rules add to it
 * @param recognised identifiers found right; rules add to it
 */
record LinkedInEvent(int index, JsonNode json, List<Warning> warnings, List<String> recognised) {
    static final Duration MAX_AGE = Duration.ofDays(90);

    private static final long FIRST_MILLISECONDS = 1_000_000_000_000L;

    private static final Pattern PUBLIC_IPV4 = Pattern.compile("(?!0|10\\.|127\\.|169\\.254\\.|192\\.168\\."
            + "|172\\.(?:1[6-9]|2\\d|3[01])\\.|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\.|22[4-9]|2[345]\\d)"
            + "(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern CONTACT = Pattern.compile(".*@.*|\\+?[\\d ()-]{8,}");
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    static LinkedInEvent of(int index, JsonNode json) {
        return new LinkedInEvent(index, json, new ArrayList<>(), new ArrayList<>());
    }

    String conversionId() {
        return json.path("conversion").asText().substring(LinkedInSchema.CONVERSION_URN.length());
    }

    /** What is wrong with the values, or null. */
    @Nullable LinkedInComplaint complaint(LinkedInRules.Rule rule, Instant now, Duration futureTolerance, LinkedInKnown known) {
        if (!rule.enabled()) {
            return LinkedInComplaint.value(
                    "Conversion rules at " + place() + " are marked as deleted and take no conversion events");
        }
        if (!rule.method().equals(LinkedInRules.METHOD)) {
            return LinkedInComplaint.value(
                    "Conversion rules at " + place() + " must have the conversionMethod " + LinkedInRules.METHOD);
        }
        LinkedInComplaint time = time(now, futureTolerance);
        return time != null ? time : identity(known);
    }

    private @Nullable LinkedInComplaint time(Instant now, Duration futureTolerance) {
        long millis = json.path("conversionHappenedAt").longValue();
        Instant happened = Instant.ofEpochMilli(millis);
        if (happened.isBefore(now.minus(MAX_AGE)) || happened.isAfter(now.plus(futureTolerance))) {
            String seconds = millis < FIRST_MILLISECONDS ? "; it looks like seconds" : "";
            return invalid(
                    "/conversionHappenedAt",
                    "INVALID_CONVERSION_TIME_FIELD_VALUE",
                    millis + " must be in milliseconds and within the past 90 days" + seconds);
        }
        return null;
    }

    private @Nullable LinkedInComplaint identity(LinkedInKnown known) {
        JsonNode user = json.path("user");
        Set<String> types = new HashSet<>();
        for (JsonNode id : user.path("userIds")) {
            String type = id.path("idType").asText();
            String value = id.path("idValue").asText();
            if (type.startsWith("SHA256_")
                    && !LinkedInSchema.HASH.matcher(value).matches()) {
                return invalid(
                        "/user/userIds",
                        "INVALID_USER_IDENTIFICATION_FIELD_VALUE",
                        type + " must be a SHA-256 hash in hexadecimal digits");
            }
            if (!types.add(type)) {
                warn("repeated_id_type", type + " comes twice; one entry per type");
            }
            judge(type, value, known);
        }
        boolean identified = !types.isEmpty()
                || user.has("userInfo")
                || user.has("lead")
                || !user.path("externalIds").isEmpty();
        if (!identified) {
            return invalid(
                    "/user",
                    "INVALID_USER_IDENTIFICATION_FIELD_VALUE",
                    "at least one of SHA256_EMAIL, LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID, ACXIOM_ID,"
                            + " PLAINTEXT_IP_ADDRESS, GOOGLE_AID, firstName and lastName, externalIds, lead is required");
        }
        userInfo(user.path("userInfo"), known);
        for (JsonNode external : user.path("externalIds")) {
            if (CONTACT.matcher(external.textValue()).matches()) {
                warn("personal_data_in_external_id", "externalIds travels in clear; use an opaque id");
            }
        }
        return null;
    }

    private void judge(String type, String value, LinkedInKnown known) {
        if (type.equals("PLAINTEXT_IP_ADDRESS") && !PUBLIC_IPV4.matcher(value).matches()) {
            warn("unusable_address", "PLAINTEXT_IP_ADDRESS must be a public IPv4 address");
        }
        if (type.startsWith("SHA256_") && !value.equals(value.toLowerCase(Locale.ROOT))) {
            warn("wrong_normalisation", type + ": hash in upper case");
        }
        recognise(type, value, known);
    }

    private void userInfo(JsonNode info, LinkedInKnown known) {
        for (String hashed : List.of("hashedFirstName", "hashedLastName")) {
            if (info.has(hashed)) {
                recognise(hashed, info.path(hashed).textValue(), known);
            }
        }
        if (info.has("countryCode")
                && !COUNTRIES.contains(info.path("countryCode").textValue())) {
            warn("unknown_country", "countryCode must be two upper-case letters of ISO 3166");
        }
        if (info.path("firstName").asText().startsWith("Visitor")
                && info.path("lastName").asText().startsWith("[")) {
            warn("placeholder_name", "the name is a label, not a person's");
        }
    }

    private void recognise(String type, String value, LinkedInKnown known) {
        String form = known.formOf(type, value);
        if (LinkedInKnown.RIGHT.equals(form)) {
            recognised.add(type);
        } else if (LinkedInKnown.PLACEHOLDER.equals(form)) {
            warn("placeholder_hashed", type + " is the hash of nothing or of a word such as null");
        } else if (form != null) {
            warn("wrong_normalisation", type + ": " + form);
        }
    }

    /** Nothing here refuses: LinkedIn takes invented currencies. */
    void hints() {
        JsonNode value = json.path("conversionValue");
        if (value.isObject() && !CURRENCIES.contains(value.path("currencyCode").asText())) {
            warn("unknown_currency", value.path("currencyCode") + " is not one of ISO 4217");
        }
        if (value.path("amount").asText().startsWith("-")) {
            warn("negative_value", "amount is below zero");
        }
        if (!json.has("eventId")) {
            warn("missing_event_id", "without eventId the event cannot be told from its twin");
        }
    }

    /** Names of the identifiers sent, in the order sent. */
    List<String> matchKeys() {
        List<String> keys = new ArrayList<>();
        JsonNode user = json.path("user");
        user.path("userIds").forEach(id -> keys.add(id.path("idType").asText()));
        user.path("userInfo").fieldNames().forEachRemaining(keys::add);
        for (String key : List.of("lead", "externalIds")) {
            if (user.has(key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** An identifier by which LinkedIn may find a member, and so learn an external id. */
    boolean teaches() {
        JsonNode user = json.path("user");
        return !user.path("userIds").isEmpty() || user.has("userInfo") || user.has("lead");
    }

    @Nullable String externalId() {
        JsonNode first = json.at("/user/externalIds/0");
        return first.isTextual() ? first.textValue() : null;
    }

    Arrival arrival(LinkedInRules.Rule rule, byte[] raw) {
        JsonNode value = json.path("conversionValue");
        JsonNode eventId = json.get("eventId");
        return new Arrival(
                conversionId(),
                rule.type(),
                eventId == null ? null : eventId.textValue(),
                Instant.ofEpochMilli(json.path("conversionHappenedAt").longValue()),
                value.isObject() ? new BigDecimal(value.path("amount").textValue()) : null,
                value.isObject() ? value.path("currencyCode").textValue() : null,
                null,
                matchKeys(),
                recognised,
                warnings,
                null,
                raw);
    }

    void warn(String code, String detail) {
        warnings.add(new Warning(code, detail));
    }

    private String place() {
        return "indices [" + index + "] (0-indexed)";
    }

    private LinkedInComplaint invalid(String field, String type, String message) {
        return LinkedInComplaint.value("Validation failed because [{field=" + field + ", batchIndex=" + index
                + ", type=" + type + ", message=" + message + "}]");
    }
}
