package kembali.platform;

/** The reasons several platforms share. A platform's own reasons live in its folder. */
public final class Reasons {
    private Reasons() {}

    public static final Reason MISSING_CONFIGURATION = new Reason(
            "missing_configuration",
            "The pixel has no id or no access token.",
            "Open the pixel's settings, fill in what is missing and retry this entry.");
    public static final Reason CONSENT_DENIED = new Reason(
            "consent_denied",
            "The person refused the use of their data for advertising.",
            "Nothing to do: a refusal is always respected. If they change their mind, record the new consent on the lead.");
    public static final Reason CONSENT_UNKNOWN = new Reason(
            "consent_unknown",
            "The person was never asked for consent, and this workspace sends nothing without it.",
            "Record the consent on the lead, or set consentWhenUnknown to allow in the conversion settings.");
    public static final Reason CAMPAIGN_NOT_BOUND = new Reason(
            "campaign_not_bound",
            "The visitor came by a link this integration is not tied to.",
            "Add the link to the pixel's campaigns, or leave the campaigns empty to report all traffic.");
    public static final Reason NO_MAPPING = new Reason(
            "no_mapping",
            "No event is mapped to this status for this platform.",
            "Choose an event for this status in the conversion settings or in the pixel's own mapping.");
    public static final Reason TAKEN_OVER = new Reason(
            "taken_over",
            "The lead reached this status in another system, which was taken over without reporting it.",
            "To report it all the same, import the lead again with report=true.");
    public static final Reason EVENT_TOO_OLD = new Reason(
            "event_too_old",
            "The event is older than the platform accepts.",
            "Set statuses soon after they are reached; the platform refuses anything older, so it cannot be sent any more.");
    public static final Reason EVENT_IN_FUTURE = new Reason(
            "event_in_future",
            "The event's time lies in the future.",
            "Correct occurredAt: it must be an instant in the past.");
    public static final Reason INSUFFICIENT_USER_DATA = new Reason(
            "insufficient_user_data",
            "Nothing is known of this person by which the platform could recognise them.",
            "Add an e-mail, a phone number or an external reference to the lead, or bring visitors through a tracked link.");
    public static final Reason MISSING_CLICK_ID = new Reason(
            "missing_click_id",
            "The lead carries no ad click of this platform, and the strategy is strict.",
            "Use a tracked link in the ads, or choose the strategy send_all to report leads without an ad click too.");
    public static final Reason MISSING_VALUE = new Reason(
            "missing_value",
            "The platform demands a value for this event and none is known.",
            "Set actualValue (or estimatedValue) on the lead, or a fixed value for this status in the conversion settings.");
    public static final Reason MISSING_CURRENCY = new Reason(
            "missing_currency",
            "The event has a value but no currency.",
            "Set the lead's currency, or the workspace's default currency.");
    public static final Reason INVALID_CURRENCY = new Reason(
            "invalid_currency",
            "The currency is not one of ISO 4217.",
            "Use a three-letter code such as IDR, USD or EUR.");
    public static final Reason PIXEL_PAUSED = new Reason(
            "pixel_paused",
            "The pixel is paused.",
            "Resume the pixel; what happened meanwhile waits and is sent then.");
    public static final Reason EXPIRED = new Reason(
            "expired",
            "The event could not be delivered before it became too old for the platform.",
            "See the attempts for what stood in the way; the platform refuses it now, so it cannot be sent any more.");
    public static final Reason PIXEL_MUTED = new Reason(
            "pixel_muted",
            "The pixel was muted when this happened, so nothing was sent.",
            "Unmute the pixel for what happens from now on; retry this entry if it is to be sent after all.");
    public static final Reason DISCARDED = new Reason(
            "discarded",
            "It waited while the pixel was paused, and was thrown away when the pixel was resumed.",
            "Nothing to do: somebody chose so. Retry this entry if it is to be sent after all.");
    public static final Reason NOT_TIED = new Reason(
            CAMPAIGN_NOT_BOUND.code(),
            "Integration is not tied to a campaign.",
            "Open the integration, add a campaign or another link, and save.");
    public static final Reason PROXY_FAILED = new Reason(
            "proxy_failed",
            "The pixel's proxy failed, so the request did not reach the platform.",
            "Nothing to do at first: it is tried again by itself. If it lasts, check the proxy's address, port, user and"
                    + " password; Test connection says which part fails.");
    public static final Reason BLOCKED_ADDRESS = new Reason(
            "blocked_address",
            "The address leads into a private network or to another place requests must not reach.",
            "Correct the address. If it is yours and meant, the operator can allow it with"
                    + " KEMBALI_ALLOW_PRIVATE_ADDRESSES; then retry this entry.");
    public static final Reason NO_ANSWER = new Reason(
            "no_answer",
            "The platform could not be reached or did not answer in time.",
            "Nothing to do: it is tried again by itself. If it lasts, check the server's network and the pixel's proxy.");
    public static final Reason ANSWER_LOST = new Reason(
            "answer_lost",
            "The event was sent but the platform's answer was lost, so nobody can say whether it arrived.",
            "Compare with the platform's own figures; sending again could count it twice.");
    public static final Reason UNREADABLE_ANSWER = new Reason(
            "unreadable_answer",
            "The answer did not come from the platform in a form we know, for example a proxy's error page.",
            "Look at the stored answer. It is tried again by itself; check the pixel's proxy if it lasts.");
    public static final Reason RATE_LIMITED = new Reason(
            "rate_limited",
            "The platform asked us to slow down.",
            "Nothing to do: the queue waits as long as the platform asked and then goes on.");
    public static final Reason PLATFORM_DOWN = new Reason(
            "platform_unavailable",
            "The platform reported a fault of its own.",
            "Nothing to do: it is tried again by itself.");
    public static final Reason LEAD_ERASED = new Reason(
            "lead_erased",
            "The person was erased before the event was sent.",
            "Nothing to do: erased data is never sent.");
    public static final Reason LEAD_MERGED = new Reason(
            "lead_merged",
            "Two leads turned out to be one person, and the other one's entry reports this already.",
            "Nothing to do: so it is counted once.");
    public static final Reason BUILD_ERROR = new Reason(
            "build_error",
            "The request could not be built because of a fault in Kembali.",
            "Please report it with the server's log around this time; retry the entry after an update.");
}
