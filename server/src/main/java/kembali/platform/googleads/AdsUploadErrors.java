package kembali.platform.googleads;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.platform.Reason;
import kembali.platform.Reasons;

/** What the Google Ads API's error codes mean; family and code as they stand in {@code errorCode}. */
final class AdsUploadErrors {
    /** A click or an action is known to the upload six hours after it came about. */
    private static final Duration UNTIL_KNOWN = Duration.ofHours(6);

    /** Every six hours for seven days. */
    private static final int TRIES_UNTIL_KNOWN = 28;

    /** Families in which every code says that the event's data are wrong. */
    private static final Set<String> DATA_FAMILIES = Set.of(
            "fieldError",
            "dateError",
            "collectionSizeError",
            "stringLengthError",
            "stringFormatError",
            "notEmptyError",
            "nullError",
            "rangeError",
            "enumError",
            "currencyCodeError",
            "distinctError");

    private static final Map<String, Meaning> BY_CODE = table();

    private AdsUploadErrors() {}

    static Meaning meaning(String family, String code) {
        Meaning known = BY_CODE.get(code);
        if (known != null) {
            return known;
        }
        return switch (family) {
            case "internalError" -> new Meaning.Passing(Reasons.PLATFORM_DOWN, 0, null);
            case "quotaError" -> new Meaning.Quota(Reasons.RATE_LIMITED, null);
            case "authenticationError" -> new Meaning.Access(GoogleAdsReasons.TOKEN_INVALID);
            case "authorizationError", "headerError" -> new Meaning.Config(GoogleAdsReasons.PERMISSION_MISSING);
            case "notAllowlistedError" -> new Meaning.Config(GoogleAdsReasons.NOT_ALLOWLISTED);
            default ->
                DATA_FAMILIES.contains(family)
                        ? new Meaning.Event(GoogleAdsReasons.EVENT_REFUSED)
                        : new Meaning.Passing(GoogleAdsReasons.UNKNOWN_FAULT, Meaning.FEW_TRIES, null);
        };
    }

    private static Map<String, Meaning> table() {
        Map<String, Meaning> table = new HashMap<>();
        delivered(table, GoogleAdsReasons.DUPLICATE, "CLICK_CONVERSION_ALREADY_EXISTS", "ORDER_ID_ALREADY_IN_USE");
        delivered(table, GoogleAdsReasons.CLICK_UNMATCHED, "CLICK_NOT_FOUND");

        for (String code : List.of("DUPLICATE_ORDER_ID", "DUPLICATE_CLICK_CONVERSION_IN_REQUEST")) {
            table.put(code, new Meaning.Passing(GoogleAdsReasons.TWIN_IN_REQUEST, Meaning.FEW_TRIES, null));
        }
        for (String code : List.of("TOO_RECENT_EVENT", "TOO_RECENT_CONVERSION_ACTION", "TOO_RECENT_CALL")) {
            table.put(code, new Meaning.Passing(GoogleAdsReasons.TOO_RECENT, TRIES_UNTIL_KNOWN, UNTIL_KNOWN));
        }

        event(table, GoogleAdsReasons.CLICK_UNKNOWN, "EVENT_NOT_FOUND");
        event(table, Reasons.EVENT_TOO_OLD, "EXPIRED_EVENT");
        event(table, GoogleAdsReasons.BEFORE_CLICK, "CONVERSION_PRECEDES_EVENT");
        event(
                table,
                GoogleAdsReasons.CLICK_ID_INVALID,
                "UNPARSEABLE_GCLID",
                "UNPARSEABLE_GBRAID",
                "UNPARSEABLE_WBRAID");
        event(table, GoogleAdsReasons.BRAID_WITH_OTHERS, "GBRAID_WBRAID_BOTH_SET");
        event(table, GoogleAdsReasons.USER_DATA_REFUSED, "INVALID_USER_IDENTIFIER", "UNSUPPORTED_USER_IDENTIFIER");
        event(table, GoogleAdsReasons.CLICK_OF_OTHER_ACCOUNT, "INVALID_CUSTOMER_FOR_CLICK", "UNAUTHORIZED_CUSTOMER");
        event(table, GoogleAdsReasons.NOT_TRACKED_THEN, "CONVERSION_TRACKING_NOT_ENABLED_AT_IMPRESSION_TIME");
        event(table, GoogleAdsReasons.PERSONAL_DATA, "ORDER_ID_CONTAINS_PII", "CUSTOM_VARIABLE_VALUE_CONTAINS_PII");
        event(
                table,
                GoogleAdsReasons.EVENT_REFUSED,
                "CONVERSION_NOT_COMPLIANT_WITH_ATT_POLICY",
                "TOO_MANY_CONVERSIONS_IN_REQUEST");

        config(table, GoogleAdsReasons.ACTION_NOT_FOUND, "NO_CONVERSION_ACTION_FOUND");
        config(table, GoogleAdsReasons.ACTION_WRONG_TYPE, "INVALID_CONVERSION_ACTION_TYPE");
        config(table, GoogleAdsReasons.ONE_PER_CLICK, "ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID");
        config(table, GoogleAdsReasons.TERMS_MISSING, "CUSTOMER_NOT_ACCEPTED_CUSTOMER_DATA_TERMS");
        config(table, GoogleAdsReasons.ENHANCED_OFF, "CUSTOMER_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS");
        config(table, GoogleAdsReasons.ENHANCED_PROHIBITED, "CUSTOMER_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS");
        config(
                table,
                GoogleAdsReasons.EXTERNAL_ATTRIBUTION,
                "CANNOT_USE_EXTERNAL_ATTRIBUTION",
                "EXTERNALLY_ATTRIBUTED_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID",
                "EXTERNAL_ATTRIBUTION_DATA_SET_FOR_NON_EXTERNALLY_ATTRIBUTED_CONVERSION_ACTION",
                "EXTERNAL_ATTRIBUTION_DATA_NOT_SET_FOR_EXTERNALLY_ATTRIBUTED_CONVERSION_ACTION");
        config(table, GoogleAdsReasons.CUSTOM_VARIABLE, "CUSTOM_VARIABLE_NOT_ENABLED");
        config(table, GoogleAdsReasons.UPLOAD_CLOSED, "CUSTOMER_NOT_ALLOWLISTED_FOR_THIS_FEATURE");
        config(table, GoogleAdsReasons.API_VERSION_ENDED, "UNSUPPORTED_VERSION");
        config(table, GoogleAdsReasons.ACCOUNT_NOT_FOUND, "CUSTOMER_NOT_FOUND", "INVALID_CUSTOMER_ID");
        config(table, GoogleAdsReasons.ACCOUNT_NOT_ENABLED, "CUSTOMER_NOT_ENABLED", "CUSTOMER_NOT_ACTIVE");
        config(table, GoogleAdsReasons.ACCOUNT_MISMATCH, "INVALID_LOGIN_CUSTOMER_ID");
        config(
                table,
                GoogleAdsReasons.PERMISSION_MISSING,
                "NOT_ADS_USER",
                "USER_PERMISSION_DENIED",
                "TWO_STEP_VERIFICATION_NOT_ENROLLED");
        config(
                table,
                GoogleAdsReasons.ACCESS_LEVEL,
                "CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION",
                "ACTION_NOT_PERMITTED",
                "DEVELOPER_TOKEN_NOT_APPROVED");
        return Map.copyOf(table);
    }

    private static void delivered(Map<String, Meaning> table, Reason reason, String... codes) {
        for (String code : codes) {
            table.put(code, new Meaning.Delivered(reason));
        }
    }

    private static void event(Map<String, Meaning> table, Reason reason, String... codes) {
        for (String code : codes) {
            table.put(code, new Meaning.Event(reason));
        }
    }

    private static void config(Map<String, Meaning> table, Reason reason, String... codes) {
        for (String code : codes) {
            table.put(code, new Meaning.Config(reason));
        }
    }
}
