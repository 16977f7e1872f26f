package kembali.platform.googleads;

import kembali.platform.Reason;
import kembali.platform.Reasons;

/** The reasons only Google Ads has; the shared ones are in {@link kembali.platform.Reasons}. */
final class GoogleAdsReasons {
    private GoogleAdsReasons() {}

    private static final String REPORT = "Please report this with the sync log entry.";

    // Before sending.
    static final Reason LOST_NOT_REPORTED = new Reason(
            "lost_not_reported",
            "A lost lead is no conversion, and Google Ads would count it as one.",
            "Nothing to do. Take the Action ID out of the mapping of this status to see no such entries.");
    static final Reason MISSING_ACTION_ID = new Reason(
            "missing_action_id",
            "No Action ID is known for this status.",
            "Enter the Action ID (the number after ctId= in the address of the conversion action) in the pixel or in the"
                    + " mapping of this status.");
    static final Reason INVALID_ACTION_ID = new Reason(
            "invalid_action_id",
            "The Action ID is no number.",
            "Enter the digits after ctId= in the address of the conversion action, for example 987654321. The Conversion"
                    + " ID (AW-…) and the Conversion Label are something else.");
    static final Reason NOT_RECOGNISABLE = new Reason(
            Reasons.INSUFFICIENT_USER_DATA.code(),
            "The lead has no click id of Google (gclid, gbraid or wbraid), and no e-mail or phone number that can be"
                    + " hashed, so Google could attribute it to nothing.",
            "Bring visitors through a tracked link with auto-tagging on, or add an e-mail or a phone number with its"
                    + " country to the lead.");
    static final Reason CLICK_TOO_OLD = new Reason(
            Reasons.EVENT_TOO_OLD.code(),
            "The ad click is more than 90 days old, and no e-mail or phone number is known instead.",
            "Google attributes nothing to such a click. With an e-mail or a phone number on the lead it could be sent"
                    + " without the click.");
    static final Reason INVALID_VALUE = new Reason(
            "invalid_value",
            "The event's value is negative or larger than any number Google takes.",
            "Correct the value on the lead: it must be zero or more.");

    // Configuration: the pixel waits.
    static final Reason TOKEN_INVALID = new Reason(
            "token_invalid",
            "Google does not accept the access token.",
            "Connect the Google account again and store the new refresh token, or a new service account key.");
    static final Reason RECONNECT_NEEDED = new Reason(
            "reconnect_needed",
            "Google has withdrawn the access: the refresh token was revoked or has expired.",
            "Connect the Google account again and store the new refresh token; what waits is then sent by itself. While the"
                    + " OAuth app's publishing status is Testing, every refresh token dies after 7 days: set it to In"
                    + " production.");
    static final Reason CLIENT_REFUSED = new Reason(
            "oauth_client_invalid",
            "Google does not know the OAuth client, or its secret is wrong.",
            "Compare clientId and clientSecret with Google Cloud, APIs & Services, Credentials: both must be of the client"
                    + " the refresh token was made with.");
    static final Reason TOKEN_REQUEST_REFUSED = new Reason(
            "token_request_refused",
            "Google refuses to give an access token.",
            "Read Google's words; often a policy of the Google Workspace or the OAuth app's settings stand in the way.");
    static final Reason API_DISABLED = new Reason(
            "api_not_enabled",
            "The API is not enabled in the Google Cloud project that the credentials belong to.",
            "Google Cloud, APIs & Services, Library: enable \"Data Manager API\" (for the ads_api transport \"Google Ads"
                    + " API\") in that project, and wait a few minutes.");
    static final Reason SCOPE_MISSING = new Reason(
            "scope_missing",
            "The access that was granted does not cover this API.",
            "Connect again with the scope https://www.googleapis.com/auth/datamanager (for the ads_api transport"
                    + " https://www.googleapis.com/auth/adwords).");
    static final Reason PERMISSION_MISSING = new Reason(
            "permission_missing",
            "The Google user or service account may not write to this Google Ads account.",
            "Invite that user or the service account's e-mail in Google Ads, Admin, Access and security. When access goes"
                    + " through a manager account, enter its number as loginCustomerId.");
    static final Reason NOT_ALLOWLISTED = new Reason(
            "not_allowlisted",
            "Google allows this feature only to accounts it has chosen.",
            "Ask Google's support which feature is meant; Kembali goes on by itself once access is given.");
    static final Reason UPLOAD_CLOSED = new Reason(
            NOT_ALLOWLISTED.code(),
            "Google closed this upload to newcomers on 2026-06-15, and this Cloud project is not among the older users.",
            "Switch the pixel's transport to data_manager. Account and Action IDs stay the same; only the access must be"
                    + " granted anew, for the scope https://www.googleapis.com/auth/datamanager.");
    static final Reason ACCESS_LEVEL = new Reason(
            "access_level_too_low",
            "The Google Cloud project may not use the Google Ads API with real accounts yet.",
            "Apply for a higher access level of the project, or switch the pixel's transport to data_manager.");
    static final Reason ACTION_NOT_FOUND = new Reason(
            "conversion_action_not_found",
            "Google does not know this conversion action in this account.",
            "The Action ID is the number after ctId= in the address of the conversion action. It is neither the Conversion ID"
                    + " (AW-…) nor the Conversion Label. The account must be the one that owns the action.");
    static final Reason ACTION_WRONG_TYPE = new Reason(
            "conversion_action_wrong_type",
            "The conversion action is not made for imports.",
            "Create a conversion action in Google Ads: Goals, Conversions, New, Import, Other data sources or CRMs, Track"
                    + " conversions from clicks. Enter its Action ID.");
    static final Reason ACTION_NOT_ENABLED = new Reason(
            "conversion_action_not_enabled",
            "The conversion action is switched off or removed.",
            "Enable it in Google Ads, or enter the Action ID of another one.");
    static final Reason ONE_PER_CLICK = new Reason(
            "one_per_click_action",
            "Clicks from iPhones (gbraid, wbraid) cannot be counted by an action that counts one conversion per click.",
            "Set the conversion action's count to \"Every\" in Google Ads.");
    static final Reason ACCOUNT_NOT_FOUND = new Reason(
            "account_not_found",
            "Google does not know this Google Ads account.",
            "Compare customerId and loginCustomerId with the numbers at the top right of Google Ads.");
    static final Reason ACCOUNT_NOT_ENABLED = new Reason(
            "account_not_enabled",
            "The Google Ads account is not active.",
            "Finish the account's set-up, or reactivate it, in Google Ads.");
    static final Reason ACCOUNT_MISMATCH = new Reason(
            "account_mismatch",
            "customerId and loginCustomerId do not fit together, or to the conversion action.",
            "customerId is the account that owns the conversion action; loginCustomerId the manager account through which"
                    + " the access was granted. Leave loginCustomerId empty when the access is direct.");
    static final Reason CROSS_ACCOUNT = new Reason(
            "conversions_in_other_account",
            "The conversions of this account are kept by another one (cross-account conversion tracking).",
            "Enter the other account's number as customerId, and an Action ID of it.");
    static final Reason ENHANCED_OFF = new Reason(
            "enhanced_conversions_off",
            "Enhanced conversions for leads are switched off in this Google Ads account, so it takes no hashed e-mails and"
                    + " phone numbers.",
            "Switch them on in Google Ads, Goals, Settings, Enhanced conversions for leads; or switch enhancedConversions"
                    + " off in the pixel to send click ids only.");
    static final Reason TERMS_MISSING = new Reason(
            "customer_data_terms_missing",
            "Nobody has accepted Google's customer data terms for this account.",
            "Accept them in Google Ads, Goals, Settings, Enhanced conversions for leads; or switch enhancedConversions off"
                    + " in the pixel to send click ids only.");
    static final Reason ENHANCED_PROHIBITED = new Reason(
            "enhanced_conversions_prohibited",
            "Google's policy does not allow this account to send personal data, not even hashed.",
            "Switch enhancedConversions off in the pixel to send click ids only.");
    static final Reason EU_POLITICAL = new Reason(
            "eu_political_declaration_missing",
            "The account has not declared whether it runs political ads in the EU.",
            "Answer the question in Google Ads, Admin, Account settings.");
    static final Reason EVENT_SOURCE_REFUSED = new Reason(
            "event_source_refused",
            "This conversion action does not take events of this source.",
            "Set eventSource to WEB in the pixel's settings.");
    static final Reason EXTERNAL_ATTRIBUTION = new Reason(
            "external_attribution",
            "The conversion action expects attribution by somebody else, which Kembali does not do.",
            "Enter the Action ID of an ordinary conversion action for imports from clicks.");
    static final Reason CUSTOM_VARIABLE = new Reason(
            "custom_variable_not_enabled",
            "Google complains about a custom variable that is not enabled.",
            "Kembali sends no custom variables: look in Google Ads, Goals, Custom variables, and report this with the sync"
                    + " log entry.");
    static final Reason API_VERSION_ENDED = new Reason(
            "api_version_ended",
            "Google no longer serves this version of the interface.",
            "Empty apiVersion in the pixel's settings, or update Kembali.");

    // This event can never succeed.
    static final Reason CLICK_ID_INVALID = new Reason(
            "click_id_invalid",
            "Google cannot read the click id.",
            "It must be exactly as it stood in the address of the landing page. Look for a page, form or CRM that cuts it off"
                    + " or changes its capitals.");
    static final Reason CLICK_UNKNOWN = new Reason(
            "click_unknown",
            "Google knows no such click, or it is not of an ad.",
            "Nothing to do for this lead. If it is so for many, compare the stored gclid with the landing page's address.");
    static final Reason CLICK_OF_OTHER_ACCOUNT = new Reason(
            "click_of_other_account",
            "The click came from an ad of another Google Ads account.",
            "Enter the account that runs the ads, or make the pixel serve the campaigns of its own account only.");
    static final Reason BEFORE_CLICK = new Reason(
            "conversion_before_click",
            "The conversion's time lies before the click.",
            "Check occurredAt of the status: a local time without its zone is the usual cause.");
    static final Reason TIME_INVALID = new Reason(
            "event_time_invalid", "Google does not take the event's time.", "Check occurredAt of the status.");
    static final Reason USER_DATA_REFUSED =
            new Reason("user_data_refused", "Google does not take one of the hashed identifiers.", REPORT);
    static final Reason BRAID_WITH_OTHERS =
            new Reason("click_ids_conflict", "Google does not take these click ids or identifiers together.", REPORT);
    static final Reason PERSONAL_DATA = new Reason(
            "personal_data_in_clear",
            "Google found something that looks like personal data in the order id.",
            "Use order ids that hold no e-mail address, phone number or name.");
    static final Reason CONSENT_REFUSED = new Reason(
            "consent_refused",
            "Google does not use the event for want of consent.",
            "Record the person's consent on the lead, or look at the consent settings of the Google Ads account.");
    static final Reason NOT_TRACKED_THEN = new Reason(
            "not_tracked_at_click",
            "Conversion tracking was not switched on in the account when the ad was shown.",
            "Nothing to do for this lead; later clicks count.");
    static final Reason EVENT_REFUSED = new Reason(
            "event_refused",
            "Google refused the event and will refuse it again.",
            "Read Google's words in the stored answer; correct the lead or the settings and retry this entry.");

    // Tried again by itself.
    static final Reason TOO_RECENT = new Reason(
            "click_too_recent",
            "The click or the conversion action is younger than 6 hours, and Google does not know it yet.",
            "Nothing to do: it is tried again every 6 hours for 7 days.");
    static final Reason CLICK_NOT_KNOWN_YET = new Reason(
            "click_too_recent",
            "Google does not know the click, perhaps not yet: it was less than a day old.",
            "Nothing to do: it is sent once more after 6 hours. If it failed then too, the click id was probably cut or changed"
                    + " on its way: compare it with the landing page's address.");
    static final Reason BATCH_MATE_REFUSED = new Reason(
            "other_event_refused",
            "Another event of the same request was refused, and Google stores nothing of such a request.",
            "Nothing to do: this one is sent again at once.");
    static final Reason TWIN_IN_REQUEST = new Reason(
            "twin_in_request",
            "The request held this conversion twice, and Google refused both.",
            "Nothing to do: they are sent again one after the other.");
    static final Reason NO_RECEIPT = new Reason(
            "no_receipt",
            "Google answered without an error, but without a sign that it took the event.",
            "Nothing to do: it is sent again by itself, under the same id.");
    static final Reason UNKNOWN_FAULT = new Reason(
            "unknown_platform_error",
            "Google reported an error we do not know.",
            "Nothing to do at first: it is tried again a few times. If it lasts, read Google's words in the stored answer.");

    // Taken.
    static final Reason PROCESSING = new Reason(
            "processing",
            "Google took the event and judges it within a day.",
            "Nothing to do: the verdict is fetched by itself.");
    static final Reason PROCESSED = new Reason("processed", "Google has processed the event.", "Nothing to do.");
    static final Reason DUPLICATE =
            new Reason("duplicate", "Google already had this conversion and counts it once.", "Nothing to do.");
    static final Reason CLICK_UNMATCHED = new Reason(
            "click_unmatched",
            "Google took the event but found no click it belongs to.",
            "Nothing to do: most people who give an e-mail never clicked an ad.");
    static final Reason PLATFORM_MESSAGE = new Reason(
            "platform_message",
            "Google took the event and complained about a part of it.",
            "Read Google's words; the event itself counts.");
    static final Reason PARTLY_PROCESSED = new Reason(
            "partly_processed",
            "Google refused some of the events that travelled in one request with this one, and does not say which.",
            "Look at Google Ads, Goals, Conversions, Uploads. Sending again is safe: Google counts no conversion twice.");
    static final Reason VERDICT_UNKNOWN = new Reason(
            "verdict_unknown",
            "Google took the event but did not say within a day what became of it.",
            "Look at Google Ads, Goals, Conversions, Uploads.");
}
