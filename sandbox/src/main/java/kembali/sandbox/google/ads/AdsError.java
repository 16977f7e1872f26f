package kembali.sandbox.google.ads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.sandbox.Json;
import org.jspecify.annotations.Nullable;

/**
 * One error in Google Ads' own form.
 *
 * @param family key of {@code errorCode}, such as {@code conversionUploadError}
 * @param code its value
 * @param trigger the value at fault, or null
 * @param path where, empty for the request
 */
record AdsError(
        String family,
        String code,
        String message,
        @Nullable String trigger,
        List<Step> path) {
    /**
     * One step of a path.
     *
     * @param name in {@code snake_case}
     * @param index place in a list, or null
     */
    record Step(String name, @Nullable Integer index) {}

    static final String UPLOAD = "conversionUploadError";

    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("RESOURCE_EXHAUSTED", "quotaError"),
            Map.entry("RESOURCE_TEMPORARILY_EXHAUSTED", "quotaError"),
            Map.entry("INTERNAL_ERROR", "internalError"),
            Map.entry("TRANSIENT_ERROR", "internalError"),
            Map.entry("DEADLINE_EXCEEDED", "internalError"),
            Map.entry("OAUTH_TOKEN_EXPIRED", "authenticationError"),
            Map.entry("OAUTH_TOKEN_INVALID", "authenticationError"),
            Map.entry("OAUTH_TOKEN_REVOKED", "authenticationError"),
            Map.entry("NOT_ADS_USER", "authenticationError"),
            Map.entry("CUSTOMER_NOT_FOUND", "authenticationError"),
            Map.entry("USER_PERMISSION_DENIED", "authorizationError"),
            Map.entry("CUSTOMER_NOT_ENABLED", "authorizationError"),
            Map.entry("ACTION_NOT_PERMITTED", "authorizationError"),
            Map.entry("DEVELOPER_TOKEN_NOT_APPROVED", "authorizationError"),
            Map.entry("CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION", "authorizationError"),
            Map.entry("CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE", "notAllowlistedError"),
            Map.entry("UNSUPPORTED_VERSION", "requestError"),
            Map.entry("INVALID_LOGIN_CUSTOMER_ID", "headerError"),
            Map.entry("TOO_MANY", "collectionSizeError"));

    private static final Set<String> UNAUTHENTICATED =
            Set.of("OAUTH_TOKEN_EXPIRED", "OAUTH_TOKEN_INVALID", "OAUTH_TOKEN_REVOKED", "NOT_ADS_USER");

    AdsError {
        path = List.copyOf(path);
    }

    /** An error of the request. */
    static AdsError request(String family, String code, String message) {
        return new AdsError(family, code, message, null, List.of());
    }

    /** An error of a row's field; {@code field} in {@code snake_case}. */
    static AdsError row(int index, String family, String code, String message, String field, @Nullable String trigger) {
        return new AdsError(
                family, code, message, trigger, List.of(new Step("conversions", index), new Step(field, null)));
    }

    /** The family of a code, or of {@code family.CODE}. */
    static String familyOf(String word) {
        int dot = word.indexOf('.');
        return dot > 0 ? word.substring(0, dot) : FAMILIES.getOrDefault(word, UPLOAD);
    }

    /** The code of {@code CODE} or {@code family.CODE}. */
    static String codeOf(String word) {
        return word.substring(word.indexOf('.') + 1);
    }

    /** The HTTP status an error of the whole request comes with. */
    int status() {
        return switch (family) {
            case "authenticationError" -> UNAUTHENTICATED.contains(code) ? 401 : 403;
            case "authorizationError", "notAllowlistedError" -> 403;
            case "quotaError" -> 429;
            case "internalError" -> code.equals("TRANSIENT_ERROR") ? 503 : code.equals("DEADLINE_EXCEEDED") ? 504 : 500;
            default -> 400;
        };
    }

    /** The path as one text, such as {@code conversions[1].gclid}. */
    String place() {
        List<String> steps = new ArrayList<>();
        path.forEach(step -> steps.add(step.index() == null ? step.name() : step.name() + "[" + step.index() + "]"));
        return String.join(".", steps);
    }

    ObjectNode json() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.putObject("errorCode").put(family, code);
        json.put("message", message);
        if (trigger != null) {
            json.putObject("trigger").put("stringValue", trigger);
        }
        if (!path.isEmpty()) {
            ArrayNode elements = json.putObject("location").putArray("fieldPathElements");
            for (Step step : path) {
                ObjectNode element = elements.addObject().put("fieldName", step.name());
                if (step.index() != null) {
                    element.put("index", step.index());
                }
            }
        }
        return json;
    }
}
