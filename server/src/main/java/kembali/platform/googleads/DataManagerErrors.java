package kembali.platform.googleads;

import java.util.Map;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/** Data Manager's {@code ErrorReason}s and {@code ProcessingErrorReason}s; both lists grow, so an unknown one is normal. */
final class DataManagerErrors {
    private static final Map<String, Reason> CONFIG = Map.ofEntries(
            Map.entry("INVALID_CONVERSION_ACTION_ID", GoogleAdsReasons.ACTION_NOT_FOUND),
            Map.entry("INVALID_CONVERSION_ACTION_TYPE", GoogleAdsReasons.ACTION_WRONG_TYPE),
            Map.entry("INVALID_DESTINATION", GoogleAdsReasons.ACCOUNT_MISMATCH),
            Map.entry("DESTINATION_ACCOUNT_TYPE_MISMATCH", GoogleAdsReasons.ACCOUNT_MISMATCH),
            Map.entry("OPERATING_ACCOUNT_LOGIN_ACCOUNT_MISMATCH", GoogleAdsReasons.ACCOUNT_MISMATCH),
            Map.entry("LINKED_ACCOUNT_ONLY_ALLOWED_WITH_DATA_PARTNER_LOGIN_ACCOUNT", GoogleAdsReasons.ACCOUNT_MISMATCH),
            Map.entry("DESTINATION_ACCOUNT_NOT_ENABLED_ENHANCED_CONVERSIONS_FOR_LEADS", GoogleAdsReasons.ENHANCED_OFF),
            Map.entry("DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED", GoogleAdsReasons.TERMS_MISSING),
            Map.entry("TERMS_AND_CONDITIONS_NOT_SIGNED", GoogleAdsReasons.TERMS_MISSING),
            Map.entry(
                    "DESTINATION_ACCOUNT_DATA_POLICY_PROHIBITS_ENHANCED_CONVERSIONS",
                    GoogleAdsReasons.ENHANCED_PROHIBITED),
            Map.entry("EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED", GoogleAdsReasons.EU_POLITICAL),
            Map.entry("EVENT_SOURCE_AND_DESTINATION_MISMATCH", GoogleAdsReasons.EVENT_SOURCE_REFUSED),
            Map.entry("NOT_ALLOWLISTED", GoogleAdsReasons.NOT_ALLOWLISTED),
            Map.entry("SERVICE_DISABLED", GoogleAdsReasons.API_DISABLED),
            Map.entry("ACCESS_TOKEN_SCOPE_INSUFFICIENT", GoogleAdsReasons.SCOPE_MISSING),
            Map.entry("PERMISSION_DENIED", GoogleAdsReasons.PERMISSION_MISSING));

    private static final Map<String, Reason> EVENT = Map.of(
            "EVENT_TIME_INVALID", GoogleAdsReasons.TIME_INVALID,
            "NO_IDENTIFIERS_PROVIDED", Reasons.INSUFFICIENT_USER_DATA,
            "INVALID_CURRENCY_CODE", Reasons.INVALID_CURRENCY,
            "INVALID_HEX_ENCODING", GoogleAdsReasons.USER_DATA_REFUSED,
            "INVALID_BASE64_ENCODING", GoogleAdsReasons.USER_DATA_REFUSED,
            "INVALID_SHA256_FORMAT", GoogleAdsReasons.USER_DATA_REFUSED);

    private static final Map<String, Reason> LATE = Map.ofEntries(
            Map.entry("INVALID_GCLID", GoogleAdsReasons.CLICK_ID_INVALID),
            Map.entry("INVALID_GBRAID", GoogleAdsReasons.CLICK_ID_INVALID),
            Map.entry("INVALID_WBRAID", GoogleAdsReasons.CLICK_ID_INVALID),
            Map.entry("EVENT_TOO_OLD", Reasons.EVENT_TOO_OLD),
            Map.entry("DENIED_CONSENT", GoogleAdsReasons.CONSENT_REFUSED),
            Map.entry("NO_CONSENT", GoogleAdsReasons.CONSENT_REFUSED),
            Map.entry("UNKNOWN_CONSENT", GoogleAdsReasons.CONSENT_REFUSED),
            Map.entry("OPERATING_ACCOUNT_MISMATCH_FOR_AD_IDENTIFIER", GoogleAdsReasons.CLICK_OF_OTHER_ACCOUNT),
            Map.entry("ONE_PER_CLICK_CONVERSION_ACTION_NOT_PERMITTED_WITH_BRAID", GoogleAdsReasons.ONE_PER_CLICK),
            Map.entry("DESTINATION_ACCOUNT_ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED", GoogleAdsReasons.TERMS_MISSING),
            Map.entry("ENHANCED_CONVERSIONS_TERMS_NOT_SIGNED", GoogleAdsReasons.TERMS_MISSING));

    private DataManagerErrors() {}

    /** What must be mended before anything can be sent, or null when that code says no such thing. */
    static @Nullable Reason config(String code) {
        return CONFIG.get(code);
    }

    static boolean isPassing(String code) {
        return code.equals("INTERNAL_ERROR") || code.equals("DEADLINE_EXCEEDED") || code.equals("UNAVAILABLE");
    }

    /** Why an event was refused at once. */
    static Reason event(String code) {
        return EVENT.getOrDefault(code, GoogleAdsReasons.EVENT_REFUSED);
    }

    /** A {@code ProcessingErrorReason} without its prefix, of which there are two. */
    static String lateCode(String reason) {
        for (String prefix : new String[] {"PROCESSING_ERROR_REASON_", "PROCESSING_ERROR_"}) {
            if (reason.startsWith(prefix)) {
                return reason.substring(prefix.length());
            }
        }
        return reason;
    }

    /** Why an event that was taken did not count in the end. */
    static Reason late(String code) {
        return LATE.getOrDefault(code, GoogleAdsReasons.EVENT_REFUSED);
    }

    static boolean isDuplicate(String lateCode) {
        return lateCode.equals("DUPLICATE_TRANSACTION_ID") || lateCode.equals("DUPLICATE_GCLID");
    }
}
