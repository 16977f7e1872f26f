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

    static final Reason MISSING_WABA_ID = new Reason(
            "missing_waba_id",
            "The person came by a click-to-WhatsApp ad, but nobody said which WhatsApp Business Account they write with.",
            "Set the WhatsApp Business Account ID on the agent whose number it is, or on the pixel for all numbers; then"
                    + " retry this entry.");

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

    // Configuration of click-to-WhatsApp alone: these events wait, the pixel's others go on.
    static final Reason MESSAGING_DATASET_NOT_FOUND = new Reason(
            "messaging_dataset_not_found",
            "Meta does not find the dataset for click-to-WhatsApp, it is not linked to the WhatsApp account, or the access"
                    + " token cannot see it.",
            "In Events Manager, link the dataset to the WhatsApp account (or enter the one that is linked as dataset ID for"
                    + " messaging) and give the token access to it. It is tried again every hour.");
    static final Reason MESSAGING_PERMISSION_MISSING = new Reason(
            "messaging_permission_missing",
            "The access token may not report what happens in WhatsApp chats.",
            "Use a system user's token with whatsapp_business_management and whatsapp_business_manage_events, as access"
                    + " token for messaging if the pixel's own cannot have them. It is tried again every hour.");
    static final Reason MESSAGING_TOKEN_INVALID = new Reason(
            "messaging_token_invalid",
            "Meta does not accept the access token for messaging.",
            "Generate a new one and store it in the pixel, or empty the field to use the pixel's own token. It is tried"
                    + " again every hour.");

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
            "Meta does not take this event of people who came by a click-to-WhatsApp ad, or not from this account.",
            "Choose another event for this status in the mapping's column metaMessaging (click-to-WhatsApp); Purchase and"
                    + " LeadSubmitted work for every account we know of.");
    static final Reason PAGE_MISMATCH = new Reason(
            "page_mismatch",
            "The Facebook page in the pixel's settings is not the page whose ad the person tapped.",
            "Enter the page of the ad as Facebook Page ID. Better: set the WhatsApp Business Account ID on the agent or on"
                    + " the pixel, then no page is needed.");
    static final Reason INSTAGRAM_ID_MISSING = new Reason(
            "instagram_id_missing",
            "Meta misses an Instagram id.",
            "Kembali sends no Instagram chats, so please report this with the sync log entry.");
    static final Reason CTWA_CLID_INVALID = new Reason(
            "ctwa_clid_invalid",
            "Meta does not know the tap on a click-to-WhatsApp ad that this lead stands for: it is too old, made up, changed"
                    + " on the way, or from another business's ad.",
            "Nothing to do for an old or a test lead. If it happens to every lead, check that the dataset and the WhatsApp"
                    + " Business Account ID belong to the number of the ad, and that the WhatsApp partner passes ctwa_clid"
                    + " on unchanged.");
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
