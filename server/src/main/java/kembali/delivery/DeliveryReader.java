package kembali.delivery;

import java.time.Instant;
import java.util.List;
import kembali.platform.Prepared;
import kembali.platform.Reason;
import kembali.store.schema.tables.records.DeliveryRecord;
import org.jspecify.annotations.Nullable;

/** Rows of the delivery table as records. */
final class DeliveryReader {
    private DeliveryReader() {}

    static Delivery read(DeliveryRecord r) {
        String code = r.getReasonCode();
        String payload = r.getPayload();
        Long deliveredAt = r.getDeliveredAt();
        return new Delivery(
                r.getWorkspaceId(),
                r.getId(),
                r.getPixelId(),
                r.getPlatform(),
                r.getLeadId(),
                r.getVisitorNo(),
                r.getTriggerStatus(),
                r.getEvent(),
                r.getEventId(),
                r.getStatus(),
                r.getAnswerLost(),
                code == null ? null : new Reason(code, text(r.getReasonMessage()), text(r.getReasonFix())),
                r.getValueAmount(),
                r.getCurrency(),
                r.getOrderId(),
                Instant.ofEpochMilli(r.getOccurredAt()),
                Instant.ofEpochMilli(r.getCreatedAt()),
                deliveredAt == null ? null : Instant.ofEpochMilli(deliveredAt),
                Instant.ofEpochMilli(r.getExpiresAt()),
                payload == null
                        ? null
                        : new Prepared.Ready(
                                payload, keys(r.getMatchKeys()), text(r.getRoute()), r.getAlone(), clickedAt(r)),
                r.getAttempts(),
                Instant.ofEpochMilli(r.getDueAt()),
                r.getLeaseOwner() != null);
    }

    private static @Nullable Instant clickedAt(DeliveryRecord r) {
        Long at = r.getClickedAt();
        return at == null ? null : Instant.ofEpochMilli(at);
    }

    static List<String> keys(@Nullable String joined) {
        return joined == null || joined.isEmpty() ? List.of() : List.of(joined.split(",", -1));
    }

    static String text(@Nullable String s) {
        return s == null ? "" : s;
    }
}
