package kembali.api;

import kembali.delivery.Delivery;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/** A delivery as the answer to a status change shows it. */
public record DeliveryBrief(
        String id,
        String pixelId,
        String platform,
        @Nullable String event,
        String eventId,
        String status,
        @Nullable Reason reason) {
    static DeliveryBrief of(Delivery d) {
        return new DeliveryBrief(d.id(), d.pixelId(), d.platform(), d.event(), d.eventId(), d.status(), d.reason());
    }
}
