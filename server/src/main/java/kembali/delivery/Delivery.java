package kembali.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import kembali.platform.ConversionEvent;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One conversion at one pixel: a row of the sync log.
 *
 * @param leadId null for a page view before there is a lead
 * @param trigger the status that was reached
 * @param origin where it happened; the same whenever the row is built anew
 * @param event the platform's event name; null when none is mapped
 * @param eventId a pure function of lead, event and further transaction; of a visit the page tracker's own
 * @param status one of {@link DeliveryStatus}
 * @param answerLost true when the platform may have the event although no answer was read
 * @param reason why it waits, was skipped or failed; null when there is nothing to say
 * @param valueAmount plain decimal, null when the event has no value
 * @param prepared what is sent; null when skipped before it was built
 * @param expiresAt from then on the platform would refuse it
 * @param attempts how often it was sent
 * @param dueAt when it may be sent next
 * @param leased true while some node has it in hand
 * @param subid the campaign click it goes back to, so that it is built of the same click again; null without one
 */
public record Delivery(
        int workspaceId,
        String id,
        String pixelId,
        String platform,
        @Nullable String leadId,
        @Nullable Long visitorNo,
        String trigger,
        ConversionEvent.Origin origin,
        @Nullable String event,
        String eventId,
        String status,
        boolean answerLost,
        @Nullable Reason reason,
        @Nullable String valueAmount,
        @Nullable String currency,
        @Nullable String orderId,
        Instant occurredAt,
        Instant createdAt,
        @Nullable Instant deliveredAt,
        Instant expiresAt,
        Prepared.@Nullable Ready prepared,
        int attempts,
        Instant dueAt,
        boolean leased,
        @Nullable String subid) {
    /** How the event ids that we make begin. Nobody else's may begin so. */
    public static final String OWN_EVENT_IDS = "kmb";

    /** How the event ids of conversions begin that a network reported. */
    public static final String CONVERSION_EVENT_IDS = OWN_EVENT_IDS + "c_";

    /** Whether it reports a conversion in a state of its own, and no status of a lead. */
    public boolean isOfConversion() {
        return eventId.startsWith(CONVERSION_EVENT_IDS);
    }

    /** Whether it reports a visit, a hit of the page tracker, and no status that a lead reached. */
    public boolean isVisit() {
        return !eventId.startsWith(OWN_EVENT_IDS);
    }

    public List<String> matchKeys() {
        return prepared == null ? List.of() : prepared.matchKeys();
    }

    /**
     * Whether both stand for the same conversion of one person at one pixel: their event ids differ in nothing but the
     * lead, who was known twice, or they are the same status with the same order.
     */
    boolean isTwinOf(Delivery other) {
        if (!pixelId.equals(other.pixelId)) {
            return false;
        }
        String mine = conversion(eventId);
        String theirs = conversion(other.eventId);
        return !mine.isEmpty() && mine.equals(theirs)
                || orderId != null && orderId.equals(other.orderId) && trigger.equals(other.trigger);
    }

    /** Whether its event id was made for another lead than that one of the same person. */
    boolean isOfAnother(Delivery other) {
        return !eventId.substring(0, prefix(eventId)).equals(other.eventId.substring(0, prefix(other.eventId)));
    }

    /** Whether its event id was made for a lead that was merged into its lead since. */
    boolean cameByMerge() {
        String lead = leadId;
        return lead != null
                && prefix(eventId) < eventId.length()
                && !eventId.startsWith(lead.substring(lead.indexOf('_') + 1), "kmb_".length());
    }

    /** What follows the lead in {@code kmb_<lead>_<what>}; empty for ids not made of a lead. */
    private static String conversion(String eventId) {
        return eventId.substring(prefix(eventId));
    }

    private static int prefix(String eventId) {
        int end = eventId.startsWith("kmb_") ? eventId.indexOf('_', 4) : -1;
        return end < 0 ? eventId.length() : end;
    }

    /** Whether the platform has it, or may have it by now. */
    boolean mayHaveArrived() {
        return answerLost
                || leased
                || status.equals(DeliveryStatus.ACCEPTED)
                || status.equals(DeliveryStatus.PARTIAL_FAILURE);
    }

    /** The event's name at the platform; a row that is sent always has one. */
    String eventName() {
        return Objects.requireNonNull(event, "a row without an event is never sent");
    }

    /** What may share a request with it; empty for the usual, and when nothing is prepared. */
    public String route() {
        return prepared == null ? "" : prepared.route();
    }

    /** The same, not sent for that reason. */
    public Delivery skipped(Reason why) {
        return new Delivery(
                workspaceId,
                id,
                pixelId,
                platform,
                leadId,
                visitorNo,
                trigger,
                origin,
                event,
                eventId,
                DeliveryStatus.SKIPPED,
                answerLost,
                why,
                valueAmount,
                currency,
                orderId,
                occurredAt,
                createdAt,
                deliveredAt,
                expiresAt,
                null,
                attempts,
                dueAt,
                leased,
                subid);
    }

    /** The row decided anew: same identity, fresh content. A row that had no event may get one now, and its id. */
    Delivery decidedAnew(Delivery fresh) {
        return new Delivery(
                workspaceId,
                id,
                pixelId,
                platform,
                leadId,
                visitorNo,
                fresh.trigger,
                fresh.origin,
                event == null ? fresh.event : event,
                event == null ? fresh.eventId : eventId,
                fresh.status,
                answerLost,
                fresh.reason,
                fresh.valueAmount,
                fresh.currency,
                fresh.orderId,
                fresh.occurredAt,
                createdAt,
                null,
                fresh.expiresAt,
                fresh.prepared,
                attempts,
                fresh.dueAt,
                false,
                fresh.subid);
    }
}
