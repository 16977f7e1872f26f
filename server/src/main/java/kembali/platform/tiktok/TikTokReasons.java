package kembali.platform.tiktok;

import kembali.platform.Reason;

/** The reasons only TikTok has; the shared ones are in {@link kembali.platform.Reasons}. */
final class TikTokReasons {
    private TikTokReasons() {}

    // Before sending.
    static final Reason MISSING_LEAD_ID = new Reason(
            "missing_lead_id",
            "The lead carries no lead id of a TikTok Instant Form, and the strategy is strict.",
            "Store the form's lead id on the lead (click.tiktokLeadId), or choose the strategy send_all to report leads"
                    + " by e-mail and phone.");
    static final Reason MISSING_PAGE_URL = new Reason(
            "missing_page_url",
            "No page or link is known that the visitor opened, and TikTok takes no web event without one.",
            "Bring visitors through a tracked page or link, or send web.pageUrl with the lead. For leads of Instant Forms"
                    + " use a pixel with the event source crm.");
    static final Reason INVALID_VALUE = new Reason(
            "invalid_value",
            "The event's value is negative.",
            "Correct the value on the lead: it must be zero or more.");
    static final Reason INVALID_CONTENTS = new Reason(
            "invalid_contents",
            "An item has no id, a quantity below 1 or a negative price.",
            "Give every item an id, a quantity of at least 1 and a price of zero or more.");

    // Configuration: the pixel waits.
    static final Reason TOKEN_INVALID = new Reason(
            "token_invalid",
            "TikTok does not accept the access token.",
            "Generate a new access token in Ads Manager (Tools, Events, the pixel, Settings, Events API) and store it in"
                    + " the pixel; what waits is then sent by itself.");
    static final Reason PERMISSION_MISSING = new Reason(
            "permission_missing",
            "The access token may not send events to this pixel.",
            "Generate the token on this very pixel, as admin or operator of the ad account that owns it. What waits is"
                    + " sent when access is given.");
    static final Reason PIXEL_NOT_FOUND = new Reason(
            "pixel_not_found",
            "TikTok does not know this pixel code for this event source.",
            "Compare pixelCode with Events Manager: the event source web wants a Pixel Code, crm the id of a CRM event"
                    + " set.");
    static final Reason API_VERSION_ENDED = new Reason(
            "api_version_ended",
            "TikTok no longer serves this API version.",
            "Empty apiVersion in the pixel's settings, or update Kembali.");
    static final Reason INTERFACE_BLOCKED = new Reason(
            "interface_blocked",
            "TikTok blocks this interface or has switched it off.",
            "Look for a notice in TikTok Ads Manager and update Kembali; what waits is sent when it is open again.");

    // The request was refused for an event in it.
    static final Reason EVENT_REFUSED = new Reason(
            "event_refused",
            "TikTok refused the event and will refuse it again.",
            "Read TikTok's words in the stored answer; correct the lead or the settings and retry this entry.");
    static final Reason USER_DATA_NOT_HASHED = new Reason(
            "user_data_not_hashed",
            "TikTok found personal data that was not hashed.",
            "This is a fault of Kembali: please report it with the sync log entry.");
    static final Reason BAD_BATCH = new Reason(
            "bad_batch_size",
            "TikTok did not take the number of events in the request.",
            "This is a fault of Kembali: please report it with the sync log entry.");
    static final Reason PARTNER_REFUSED = new Reason(
            "partner_name_refused",
            "TikTok refused a partner name.",
            "Kembali sends none, so please report this with the sync log entry.");
    static final Reason REQUEST_REFUSED = new Reason(
            "request_refused",
            "Something on the way refused the request, and the answer is not TikTok's.",
            "Look at the stored answer, check the pixel's proxy and the server's firewall, then retry this entry.");

    // Taken, but.
    static final Reason DUPLICATED_REQUEST = new Reason(
            "duplicated_request", "TikTok had this request already.", "Nothing to do: the event counts once.");
    static final Reason TAKEN_IN_PART = new Reason(
            "taken_in_part",
            "TikTok took the request only in part and does not say which part.",
            "Read TikTok's words and look at the event in Events Manager, Diagnostics.");
    static final Reason CURRENCY_NOT_SUPPORTED = new Reason(
            "currency_not_supported",
            "TikTok does not take the event's currency, so the event was sent without its value.",
            "Use a currency TikTok knows, such as IDR or USD; amounts are never converted or relabelled.");
    static final Reason UNKNOWN_FAULT = new Reason(
            "unknown_platform_error",
            "TikTok reported an error we do not know.",
            "Nothing to do at first: it is tried again a few times. If it lasts, read TikTok's words in the stored"
                    + " answer.");
}
