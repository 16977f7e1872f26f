package kembali.sandbox.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form of an event: LinkedIn collects everything that is wrong with it and answers 422, one line each.
 *
 * @param version decides which fields exist
 * @param errors found so far
 */
record LinkedInSchema(String version, List<String> errors) {
    static final String CONVERSION_URN = "urn:lla:llaPartnerConversion:";
    static final String LEAD_URN = "urn:li:leadGenFormResponse:";

    /** Types of identifiers; ORACLE_MOAT_ID was dropped in 2026. */
    static final Set<String> ID_TYPES = Set.of(
            "SHA256_EMAIL",
            "LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID",
            "PLAINTEXT_IP_ADDRESS",
            "SHA256_IP_ADDRESS",
            "GOOGLE_AID",
            "ACXIOM_ID");

    static final Pattern HASH = Pattern.compile("[0-9A-Fa-f]{64}");

    private static final Set<String> EVENT =
            Set.of("conversion", "conversionHappenedAt", "conversionValue", "eventId", "user");
    private static final Set<String> USER = Set.of("userIds", "userInfo", "lead", "externalIds");
    private static final Set<String> INFO = Set.of("firstName", "lastName", "title", "companyName", "countryCode");
    private static final Set<String> HASHED_NAMES = Set.of("hashedFirstName", "hashedLastName");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** The lines about an event; empty when its form is right. */
    static List<String> errors(JsonNode event, String version) {
        LinkedInSchema schema = new LinkedInSchema(version, new ArrayList<>());
        if (event.isObject()) {
            schema.event(event);
        } else {
            schema.add("", event + " is not a data map");
        }
        return schema.errors;
    }

    private void event(JsonNode event) {
        onlyKnown(event, "", EVENT);
        JsonNode conversion = required(event, "/conversion", "conversion");
        if (text(conversion, "/conversion")) {
            urn(conversion, "/conversion", CONVERSION_URN + "\\d+");
        }
        JsonNode time = required(event, "/conversionHappenedAt", "conversionHappenedAt");
        if (!time.isMissingNode() && !(time.isIntegralNumber() && time.canConvertToLong())) {
            add("/conversionHappenedAt", time + " cannot be coerced to Long");
        }
        JsonNode value = event.path("conversionValue");
        if (object(value, "/conversionValue")) {
            onlyKnown(value, "/conversionValue", Set.of("currencyCode", "amount"));
            text(required(value, "/conversionValue/currencyCode", "currencyCode"), "/conversionValue/currencyCode");
            JsonNode amount = required(value, "/conversionValue/amount", "amount");
            if (text(amount, "/conversionValue/amount")
                    && !DECIMAL.matcher(amount.textValue()).matches()) {
                add("/conversionValue/amount", amount + " is not a decimal number");
            }
        }
        text(event.path("eventId"), "/eventId");
        JsonNode user = required(event, "/user", "user");
        if (object(user, "/user")) {
            user(user);
        }
    }

    private void user(JsonNode user) {
        onlyKnown(user, "/user", USER);
        JsonNode ids = required(user, "/user/userIds", "userIds");
        if (array(ids, "/user/userIds")) {
            for (int i = 0; i < ids.size(); i++) {
                id(ids.get(i), "/user/userIds/" + i);
            }
        }
        JsonNode info = user.path("userInfo");
        if (object(info, "/user/userInfo")) {
            info(info);
        }
        JsonNode lead = user.path("lead");
        if (text(lead, "/user/lead")) {
            urn(lead, "/user/lead", LEAD_URN + ".+");
        }
        JsonNode external = user.path("externalIds");
        if (array(external, "/user/externalIds")) {
            if (external.size() > 1) {
                add("/user/externalIds", "at most 1 element is allowed, not " + external.size());
            }
            for (int i = 0; i < external.size(); i++) {
                text(external.get(i), "/user/externalIds/" + i);
            }
        }
    }

    private void id(JsonNode id, String place) {
        if (!object(id, place)) {
            return;
        }
        onlyKnown(id, place, Set.of("idType", "idValue"));
        JsonNode type = required(id, place + "/idType", "idType");
        if (text(type, place + "/idType") && !ID_TYPES.contains(type.textValue())) {
            add(place + "/idType", type + " is not an enum symbol");
        }
        text(required(id, place + "/idValue", "idValue"), place + "/idValue");
    }

    private void info(JsonNode info) {
        String place = "/user/userInfo";
        boolean hashes = version.compareTo(LinkedInVersions.HASHED_NAMES) >= 0;
        for (Map.Entry<String, JsonNode> member : info.properties()) {
            String name = member.getKey();
            boolean hashed = HASHED_NAMES.contains(name);
            if (!INFO.contains(name) && !(hashed && hashes)) {
                unrecognized(place + "/" + name);
            } else if (text(member.getValue(), place + "/" + name)
                    && hashed
                    && !HASH.matcher(member.getValue().textValue()).matches()) {
                add(place + "/" + name, "must be a SHA-256 hash of exactly 64 characters");
            }
        }
        for (String name : List.of("First", "Last")) {
            boolean there = info.has(name.equals("First") ? "firstName" : "lastName")
                    || (hashes && info.has("hashed" + name + "Name"));
            if (!there) {
                add(
                        place + "/" + (name.equals("First") ? "firstName" : "lastName"),
                        "field is required but not found and has no default value");
            }
        }
    }

    private void onlyKnown(JsonNode object, String place, Set<String> known) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!known.contains(member.getKey())) {
                unrecognized(place + "/" + member.getKey());
            }
        }
    }

    private void unrecognized(String place) {
        add(place, "unrecognized field found but not allowed");
    }

    private JsonNode required(JsonNode object, String place, String name) {
        JsonNode value = object.path(name);
        if (value.isMissingNode()) {
            add(place, "field is required but not found and has no default value");
        }
        return value;
    }

    /** Whether {@code value} is there and a filled text. */
    private boolean text(JsonNode value, String place) {
        if (value.isMissingNode()) {
            return false;
        }
        if (!value.isTextual()) {
            add(place, value + " cannot be coerced to String");
            return false;
        }
        if (value.textValue().isEmpty()) {
            add(place, "must not be empty");
            return false;
        }
        return true;
    }

    private boolean object(JsonNode value, String place) {
        if (!value.isMissingNode() && !value.isObject()) {
            add(place, value + " is not a data map");
        }
        return value.isObject();
    }

    private boolean array(JsonNode value, String place) {
        if (!value.isMissingNode() && !value.isArray()) {
            add(place, value + " is not a data list");
        }
        return value.isArray();
    }

    private void urn(JsonNode value, String place, String form) {
        if (!value.textValue().matches(form)) {
            add(place, value + " Invalid Urn format. Invalid prefix.");
        }
    }

    private void add(String place, String what) {
        errors.add("ERROR :: " + (place.isEmpty() ? "/" : place) + " :: " + what);
    }
}
