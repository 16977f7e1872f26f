package kembali.platform.linkedin;

import kembali.platform.Reason;

/** The reasons only LinkedIn has; the shared ones are in {@link kembali.platform.Reasons}. */
final class LinkedInReasons {
    private LinkedInReasons() {}

    // Before sending.
    static final Reason NO_PHONE_MATCHING = new Reason(
            "no_phone_matching",
            "LinkedIn has no phone matching, and nothing but a phone number is known of this person.",
            "Add an e-mail address or the person's first and last name to the lead, or bring visitors through a tracked link"
                    + " so that LinkedIn's click id comes along.");
    static final Reason INSUFFICIENT_USER_DATA = new Reason(
            "insufficient_user_data",
            "Nothing is known of this person by which LinkedIn could recognise them.",
            "Add an e-mail address or the person's first and last name to the lead, or bring visitors through a tracked"
                    + " link. A phone number does not help: LinkedIn has no phone matching.");
    static final Reason INVALID_VALUE = new Reason(
            "invalid_value",
            "The event's value is negative.",
            "Correct the value on the lead: it must be zero or more.");

    /** No conversion rule for a category. */
    static Reason noRuleFor(String category, String hint) {
        return new Reason(
                "conversion_id_missing",
                "No conversion rule is configured for the category " + category + ".",
                "Create a rule with the source Conversions API in Campaign Manager (Analyze, Conversion tracking) and enter"
                        + " its id as conversionIds." + category + " in the pixel's settings" + hint
                        + ". To send nothing for this status, map it to nothing.");
    }

    // Configuration: the pixel waits.
    static final Reason TOKEN_INVALID = new Reason(
            "token_invalid",
            "LinkedIn does not accept the access token.",
            "Generate a new token in Campaign Manager (Data, Signals manager, Direct API), or sign in to the app again, and"
                    + " store it in the pixel; what waits is then sent by itself.");
    static final Reason TOKEN_REVOKED = new Reason(
            "token_revoked",
            "The access token was revoked by its owner or by LinkedIn.",
            "Generate a new token in Campaign Manager (Data, Signals manager, Direct API), or sign in to the app again, and"
                    + " store it in the pixel; what waits is then sent by itself.");
    static final Reason REFRESH_REFUSED = new Reason(
            "refresh_token_invalid",
            "LinkedIn does not renew the access token: the refresh token has ended, was revoked or belongs to another app.",
            "Sign in to the app again and store the new refresh token in the pixel. A refresh token ends a year after the"
                    + " first sign-in, however often it is used.");
    static final Reason APP_REFUSED = new Reason(
            "client_invalid",
            "LinkedIn does not accept the app's client id or client secret.",
            "Copy both again from the Auth tab of the app in LinkedIn's developer portal.");
    static final Reason PERMISSION_MISSING = new Reason(
            "permission_missing",
            "The access token may not send conversions.",
            "The token needs the scope rw_conversions, its app must be approved for the Conversions API, and the member"
                    + " needs a role on the ad account above VIEWER. Adding a scope means signing in again.");
    static final Reason API_VERSION_ENDED = new Reason(
            "api_version_ended",
            "LinkedIn no longer serves this version of its interface.",
            "Update the LinkedIn version: empty apiVersion in the pixel's settings or enter a newer one such as "
                    + LinkedInCatalog.API_VERSION + ". What waits is then sent by itself.");

    // Configuration of one category: its events wait, the others go on.
    static final Reason RULE_UNKNOWN = new Reason(
            "conversion_rule_unknown",
            "The conversion rule id is unknown, or its rule is not in an ad account of this access token.",
            "Compare the id under conversionIds with Campaign Manager, and check that the token's member has access to"
                    + " that ad account. What waits is sent with the corrected id by itself.");

    // This event can never succeed.
    static final Reason RULE_DISABLED = new Reason(
            "conversion_rule_disabled",
            "The conversion rule is switched off or deleted.",
            "Switch the rule on in Campaign Manager, or enter another rule's id, and retry this entry.");
    static final Reason RULE_METHOD = new Reason(
            "conversion_rule_wrong_method",
            "The conversion rule does not take events from the Conversions API.",
            "Create a rule with the source Conversions API in Campaign Manager, enter its id and retry this entry. A rule of"
                    + " the Insight Tag cannot serve both.");
    static final Reason EVENT_REFUSED = new Reason(
            "event_refused",
            "LinkedIn refused the event and will refuse it again.",
            "Read LinkedIn's words in the stored answer; correct the lead or the settings and retry this entry.");
    static final Reason MALFORMED = new Reason(
            "request_malformed",
            "LinkedIn could not read the event: a field is missing, unknown or of another type.",
            "This is a fault of Kembali: please report it with the sync log entry.");
    static final Reason VERSION_MISSING = new Reason(
            "version_missing",
            "LinkedIn did not find its version header in the request.",
            "Check that no proxy removes headers. Without a proxy this is a fault of Kembali: please report it.");
    static final Reason REQUEST_REFUSED = new Reason(
            "request_refused",
            "LinkedIn does not serve this address to this access token.",
            "Check that the token's app is approved for the Conversions API and that KEMBALI_ENDPOINT_LINKEDIN, if set, is"
                    + " right; then retry this entry.");

    // Tried again by itself.
    static final Reason BATCH_REFUSED = new Reason(
            "batch_refused",
            "LinkedIn took nothing of the request because of another event in it.",
            "Nothing to do: this event is sent again by itself.");
    static final Reason UNKNOWN_FAULT = new Reason(
            "unknown_platform_error",
            "LinkedIn reported an error we do not know.",
            "Nothing to do at first: it is tried again a few times. If it lasts, read LinkedIn's words in the stored answer.");

    // Taken, but.
    static final Reason FEWER_RECEIVED = new Reason(
            "fewer_received",
            "LinkedIn answered for another number of events than were sent.",
            "Compare with Campaign Manager; the request is not sent again, so nothing counts twice.");
    static final Reason NOTHING_RECEIVED = new Reason(
            "nothing_received",
            "LinkedIn answered without an error but took no event.",
            "Look at the stored answer; then retry this entry.");
}
