package kembali.platform.ga4;

import kembali.platform.Reason;

/** The reasons only GA4 has; the shared ones are in {@link kembali.platform.Reasons}. */
final class Ga4Reasons {
    private Ga4Reasons() {}

    // Before sending.
    static final Reason MISSING_CLIENT_ID = new Reason(
            "missing_client_id",
            "The lead carries no Google Analytics client id (the _ga cookie), and the strategy is strict. A gclid does not"
                    + " replace it: GA4 finds the visit, and with it the ad, by this id only.",
            "Load the tracker on the page where the Google tag runs, or pass gaClientId with the lead; or choose the"
                    + " strategy send_all to report leads without it, as (direct) traffic.");
    static final Reason INVALID_EVENT_NAME = new Reason(
            "invalid_event_name",
            "GA4 drops events of this name without a word.",
            "Choose another event name in the conversion settings and retry this entry.");
    static final Reason MISSING_WEB_CONTEXT = new Reason(
            "missing_web_context",
            "The page view has no page address, and the strategy is strict.",
            "Send the page's url with the hit, or choose the strategy send_all.");
    static final Reason MISSING_ORDER_ID = new Reason(
            "missing_order_id",
            "GA4 finds the purchase to refund by its transaction id, and the lead's status has none.",
            "Set the status again with the orderId the purchase was reported with.");
    static final Reason INVALID_VALUE = new Reason(
            "invalid_value",
            "The event's value is negative.",
            "Correct the value on the lead: it must be zero or more, also for a refund.");
    static final Reason INVALID_CONTENTS = new Reason(
            "invalid_contents",
            "An item has no id, a quantity below 1 or a negative price.",
            "Give every item an id, a quantity of at least 1 and a price of zero or more.");
    static final Reason PAYLOAD_TOO_LARGE = new Reason(
            "payload_too_large",
            "The event is larger than the 130 kB GA4 takes.",
            "Send fewer items or shorter properties.");

    // Taken: a 2xx proves that the bytes arrived, no more.
    private static final String UNVALIDATED =
            "received, not validated: Google answers the same to a wrong API secret or an event it will drop";
    private static final String LOOK =
            "Nothing to do. To see the event in GA4, switch on test mode and open Admin, DebugView; standard reports follow"
                    + " within one or two days.";

    static final Reason RECEIVED_UNVALIDATED = new Reason("received_unvalidated", UNVALIDATED + ".", LOOK);
    static final Reason CLAMPED_72H = new Reason(
            "clamped_72h",
            UNVALIDATED
                    + ". It was more than 72 hours old when it arrived, so GA4 dates it to 72 hours before its arrival.",
            "Set statuses within three days, so that GA4 shows them on their true day and Google Ads can import them.");
    static final Reason SYNTHETIC_CLIENT_ID = new Reason(
            "synthetic_client_id",
            UNVALIDATED
                    + ". No Google Analytics client id was known and Kembali made one up, so GA4 counts a new user of"
                    + " (direct) / (none).",
            "Load the tracker on the page where the Google tag runs, or pass gaClientId with the lead, to have it"
                    + " attributed to its visit.");
    static final Reason CLAMPED_AND_SYNTHETIC = new Reason(
            CLAMPED_72H.code(),
            CLAMPED_72H.message()
                    + " No Google Analytics client id was known either and Kembali made one up, so GA4 counts a new user of"
                    + " (direct) / (none).",
            CLAMPED_72H.fix());

    // This event can never succeed.
    static final Reason REQUEST_REFUSED = new Reason(
            "event_refused",
            "Google refused the request and will refuse it again.",
            "The Measurement Protocol hardly ever refuses anything, so please report this with the sync log entry.");

    // A few more tries.
    static final Reason UNKNOWN_FAULT = new Reason(
            "unknown_platform_error",
            "An answer came that the Measurement Protocol never gives.",
            "Nothing to do at first: it is tried again a few times. If it lasts, look at the stored answer and at the pixel's"
                    + " proxy.");
}
