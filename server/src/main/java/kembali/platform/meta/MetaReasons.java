package kembali.platform.meta;

import kembali.platform.Reason;

/** The reasons only Meta has; the shared ones are in {@link kembali.platform.Reasons}. */
final class MetaReasons {
    private MetaReasons() {}

    // Before sending.
    static final Reason MISSING_WEB_CONTEXT = new Reason(
            "missing_web_context",
            "The page view has no page address or no browser, and the strategy is strict.",
            "Send the page's url and the visitor's User-Agent with the hit, or choose the strategy send_all.");
    static final Reason INVALID_VALUE = new Reason(
            "invalid_value",
            "The event's value is negative.",
            "Correct the value on the lead: it must be zero or more.");
    static final Reason INVALID_CONTENTS = new Reason(
            "invalid_contents",
            "An item has no id, a quantity below 1 or a negative price, or the delivery category is unknown.",
            "Give every item an id, a quantity of at least 1 and a price of zero or more; delivery_category is in_store,"
                    + " curbside or home_delivery.");

    // Configuration: the pixel waits.
    static final Reason TOKEN_INVALID = new Reason(
            "token_invalid",
            "Meta does not accept the access token.",
            "Generate a new access token in Events Manager (the pixel, Settings, Conversions API) and store it in the"
                    + " pixel; what waits is then sent by itself.");
    static final Reason PERMISSION_MISSING = new Reason(
            "permission_missing",
            "The access token may not send events to this pixel.",
            "Give the token's system user the permission to manage this pixel in Business settings, or generate the token"
                    + " in Events Manager on this very pixel.");
    static final Reason PIXEL_NOT_FOUND = new Reason(
            "pixel_not_found",
            "Meta does not know this pixel, or the access token cannot see it.",
            "Compare the pixel ID with Events Manager and make sure the token belongs to the same business. What waits is"
                    + " sent when access is back.");
    static final Reason API_VERSION_ENDED = new Reason(
            "api_version_ended",
            "Meta no longer serves this Graph API version.",
            "Empty apiVersion in the pixel's settings, or update Kembali.");
    static final Reason INSTAGRAM_NOT_LINKED = new Reason(
            "instagram_account_not_linked",
            "No Instagram account is linked to the dataset.",
            "Link the Instagram account to the dataset in Events Manager.");

    // Pauses.
    static final Reason TEMPORARILY_BLOCKED = new Reason(
            "temporarily_blocked",
            "Meta blocks this account for policy reasons for the time being.",
            "Look at Business Support Home for what Meta complains about; sending is tried again in six hours.");

    // This event can never succeed.
    static final Reason USER_DATA_NOT_HASHED = new Reason(
            "user_data_not_hashed",
            "Meta found personal data that is not hashed.",
            "Kembali hashes all of it, so please report this with the sync log entry.");
    static final Reason LEAD_ID_INVALID = new Reason(
            "lead_id_invalid",
            "Meta does not know the Lead Ads lead id, or the lead was deleted there.",
            "Check the lead's metaLeadId: it is the 15 to 17 digits of the Lead Ads webhook.");
    static final Reason APP_EVENT_INCOMPLETE = new Reason(
            "app_event_incomplete",
            "Meta read this as an app event without the device's system version.",
            "Kembali sends no app events, so please report this with the sync log entry.");
    static final Reason LIMITED_DATA_USE_REQUIRED = new Reason(
            "limited_data_use_required",
            "Meta demands a choice about limited data use.",
            "Switch on limitedDataUse in the pixel's settings.");
    static final Reason MESSAGING_CHANNEL_MISSING = new Reason(
            "messaging_channel_missing",
            "Meta took this for an event of a chat without the name of the chat.",
            "Please report this with the sync log entry.");
    static final Reason MESSAGING_ARGUMENT = new Reason(
            "messaging_argument_not_allowed",
            "Meta does not allow one of the fields in an event of a chat.",
            "Please report this with the sync log entry.");
    static final Reason EVENT_NOT_ALLOWED_FOR_MESSAGING = new Reason(
            "event_not_allowed_for_messaging",
            "Meta does not take this event name from chats, or not from this account.",
            "Choose another name in the metaMessaging column; Purchase and LeadSubmitted work for every account we know"
                    + " of.");
    static final Reason PAGE_MISMATCH = new Reason(
            "page_mismatch",
            "The page is not the one whose ad brought the click.",
            "Enter the page of the ad as pageId, or the WhatsApp Business Account ID instead.");
    static final Reason INSTAGRAM_ID_MISSING = new Reason(
            "instagram_id_missing",
            "Meta misses an Instagram id.",
            "Kembali sends no Instagram chats, so please report this with the sync log entry.");
    static final Reason CTWA_CLID_INVALID = new Reason(
            "ctwa_clid_invalid",
            "Meta does not know the click id of the WhatsApp ad.",
            "It must be exactly as the WhatsApp webhook delivered it, and from an ad of the same business.");
    static final Reason UNEXPECTED_KEY = new Reason(
            "unexpected_key",
            "Meta does not allow one of the keys in the event.",
            "This is a fault of Kembali: please report it with the sync log entry.");
    static final Reason EVENT_REFUSED = new Reason(
            "event_refused",
            "Meta refused the event and will refuse it again.",
            "Read Meta's words in the stored answer; correct the lead or the settings and retry this entry.");

    // Taken, but.
    static final Reason PLATFORM_MESSAGE = new Reason(
            "platform_message",
            "Meta took the request and complained about it.",
            "Read Meta's words and look at the event in Events Manager, Diagnostics.");
    static final Reason FEWER_RECEIVED = new Reason(
            "fewer_received",
            "Meta counted another number of events than were sent.",
            "Compare with Events Manager; the request is not sent again, so nothing counts twice.");
    static final Reason NOTHING_RECEIVED = new Reason(
            "nothing_received",
            "Meta answered without an error but took no event.",
            "Check in Events Manager, Settings, Traffic permissions, that the site is not blocked, and that the click is"
                    + " not too old; then retry this entry.");
    static final Reason UNKNOWN_FAULT = new Reason(
            "unknown_platform_error",
            "Meta reported an error we do not know.",
            "Nothing to do at first: it is tried again a few times. If it lasts, read Meta's words in the stored answer.");
}
