package kembali.sandbox.google.ga4;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import kembali.sandbox.Warning;
import kembali.sandbox.google.GoogleKnown;
import kembali.sandbox.google.ga4.Ga4Findings.Code;

/**
 * User-provided data: {@code user_data} beside the events. A key that is no hash is ignored by the
 * real endpoint, so it is kept here with a warning.
 *
 * @param keys match keys sent
 * @param recognised those of them that are the right hash of a known person
 */
record Ga4UserData(List<String> keys, List<String> recognised) {
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Map<String, String> HASHED = Map.of(
            "sha256_email_address", "em",
            "sha256_phone_number", "ph",
            "sha256_first_name", "fn",
            "sha256_last_name", "ln",
            "sha256_street", "street");

    static Ga4UserData read(JsonNode data, GoogleKnown known, Ga4Findings findings) {
        Ga4UserData read = new Ga4UserData(new ArrayList<>(), new ArrayList<>());
        if (data.isMissingNode()) {
            return read;
        }
        if (!data.isObject()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, "user_data", "user_data must be an object");
            return read;
        }
        for (Map.Entry<String, JsonNode> each : data.properties()) {
            switch (each.getKey()) {
                case "sha256_email_address", "sha256_phone_number" ->
                    each(each.getValue())
                            .forEach(hash -> read.hash(each.getKey(), each.getKey(), hash, known, findings));
                case "address" -> each(each.getValue()).forEach(address -> read.address(address, known, findings));
                default -> unknown("user_data", each.getKey(), findings);
            }
        }
        return read;
    }

    private void address(JsonNode address, GoogleKnown known, Ga4Findings findings) {
        if (!address.isObject()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, "user_data.address", "an address must be an object");
            return;
        }
        for (Map.Entry<String, JsonNode> each : address.properties()) {
            String name = each.getKey();
            String field = "address." + name;
            switch (name) {
                case "sha256_first_name", "sha256_last_name", "sha256_street" ->
                    hash(field, name, each.getValue(), known, findings);
                case "city", "region", "postal_code", "country" -> {
                    String text = each.getValue().asText();
                    keys.add(field);
                    boolean badCountry = name.equals("country") && !text.matches("[A-Za-z]{2}");
                    boolean badCase = !name.equals("country") && !text.equals(text.toLowerCase(Locale.ROOT));
                    if (text.isBlank() || badCountry || badCase) {
                        findings.flaw(
                                -1, "address_form", Code.VALUE_INVALID, "user_data.address", field + " is " + text);
                    }
                }
                default -> unknown("user_data.address", name, findings);
            }
        }
    }

    private void hash(String field, String name, JsonNode value, GoogleKnown known, Ga4Findings findings) {
        keys.add(field);
        String hash = value.asText();
        if (!value.isTextual()) {
            findings.lostCall("wrong_type", Code.VALUE_INVALID, "user_data", field + " must be a string");
        } else if (hash.isEmpty()) {
            findings.flaw(-1, "empty_string", Code.VALUE_INVALID, "user_data", field + " is empty");
        } else if (!HASH.matcher(hash).matches()) {
            boolean base64 = hash.length() == 44 && hash.endsWith("=");
            findings.flaw(
                    -1,
                    base64 ? "hash_form" : "not_hashed",
                    Code.VALUE_INVALID,
                    "user_data",
                    field + (base64 ? " must be hexadecimal" : " is not a SHA-256 hash"));
        } else {
            GoogleKnown.Finding found = known.look(String.valueOf(HASHED.get(name)), field, hash);
            if (found.right()) {
                recognised.add(field);
            }
            Warning warning = found.warning();
            if (warning != null) {
                findings.flaw(-1, warning.code(), Code.UNSEEN, "user_data", warning.detail());
            }
        }
    }

    private static void unknown(String path, String key, Ga4Findings findings) {
        findings.lostCall("unknown_key", Code.VALUE_INVALID, path, "Unknown name \"" + key + "\" at '" + path + "'");
    }

    /** A single value or the items of an array. */
    private static List<JsonNode> each(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value);
        }
        List<JsonNode> items = new ArrayList<>();
        value.forEach(items::add);
        return items;
    }
}
