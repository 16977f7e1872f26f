package kembali.sandbox.google.datamanager;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.sandbox.Warning;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.WireMessage;

/** Rules for hashed personal data; collects what the ledger shows of it. */
final class IdentifierRules {
    private static final int MOST = 10;
    private static final int SHA256_BYTES = 32;
    private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2})+");
    private static final Map<String, String> KNOWN_AS =
            Map.of("emailAddress", "em", "phoneNumber", "ph", "givenName", "fn", "familyName", "ln");

    private final String encoding;
    private final GoogleKnown known;
    private final Violations violations;
    private final List<String> keys = new ArrayList<>();
    private final List<String> recognised = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    /** Rules for one event; {@code encoding} is {@code HEX}, {@code BASE64}, or empty when none was said. */
    IdentifierRules(String encoding, GoogleKnown known, Violations violations) {
        this.encoding = encoding;
        this.known = known;
        this.violations = violations;
    }

    List<String> keys() {
        return keys;
    }

    List<String> recognised() {
        return recognised;
    }

    List<Warning> warnings() {
        return warnings;
    }

    void check(JsonNode identifiers, String path) {
        if (identifiers.size() > MOST) {
            violations.add(path, "TOO_MANY_USER_IDENTIFIERS", "At most 10 user identifiers are allowed.");
        }
        for (int i = 0; i < identifiers.size(); i++) {
            JsonNode each = identifiers.get(i);
            String place = path + "[" + i + "]";
            if (each.size() != 1) {
                violations.add(place, "INVALID_FORMAT", "Exactly one identifier is wanted in each entry.");
            }
            for (String name : List.of("emailAddress", "phoneNumber")) {
                if (each.has(name)) {
                    keys.add(name);
                    hash(name, name, each.path(name).asText(), place);
                }
            }
            if (each.has("address")) {
                address(each.path("address"), place + ".address");
            }
        }
    }

    private void address(JsonNode address, String path) {
        keys.add("address");
        for (String name : List.of("givenName", "familyName", "regionCode", "postalCode")) {
            if (address.path(name).asText().isBlank()) {
                violations.add(
                        path + "." + WireMessage.snake(name), "REQUIRED_FIELD_MISSING", "Required field is missing.");
            }
        }
        for (String name : List.of("givenName", "familyName")) {
            if (address.has(name)) {
                hash(name, "address." + name, address.path(name).asText(), path);
            }
        }
        if (!address.path("regionCode").asText("ID").matches("[A-Z]{2}")) {
            violations.add(path + ".region_code", "INVALID_COUNTRY_CODE", "Country code is not valid.");
        }
    }

    private void hash(String name, String field, String hash, String path) {
        String place = path + "." + WireMessage.snake(name);
        if (hash.isEmpty()) {
            violations.add(place, "REQUIRED_FIELD_MISSING", "Required field is missing.");
            return;
        }
        if (encoding.isEmpty()) {
            return; // said once, for the whole request
        }
        int length = encoding.equals("HEX") ? hexLength(hash) : base64Length(hash);
        if (length < 0) {
            violations.add(
                    place, "INVALID_" + encoding + "_ENCODING", "The " + encoding + " encoded value is malformed.");
        } else if (length != SHA256_BYTES) {
            violations.add(place, "INVALID_SHA256_FORMAT", "The SHA256 encoded value is malformed.");
        } else {
            GoogleKnown.Finding found = known.look(String.valueOf(KNOWN_AS.get(name)), field, hash);
            if (found.right()) {
                recognised.add(field);
            }
            Warning warning = found.warning();
            if (warning != null) {
                warnings.add(warning);
            }
        }
    }

    private static int hexLength(String hash) {
        return HEX.matcher(hash).matches() ? hash.length() / 2 : -1;
    }

    private static int base64Length(String hash) {
        try {
            return Base64.getDecoder().decode(hash).length;
        } catch (IllegalArgumentException none) {
            return -1;
        }
    }
}
