package kembali.conversion;

import java.util.List;
import java.util.Set;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import kembali.platform.Reason;
import kembali.platform.Reasons;
import org.jspecify.annotations.Nullable;

/**
 * Where a target may hear of one thing in two ways, by a network's word and by the status somebody set: it hears of it once.
 * And which rows stay unsent because that was meant.
 */
final class OncePerTarget {
    private static final Reason REPORTED_BY_STATUS = new Reason(
            "reported_by_status",
            "The target was told of this when the lead's status was set, before the network reported it.",
            "Nothing to do: so it is counted once.");
    private static final Reason REPORTED_BY_NETWORK = new Reason(
            "reported_by_network",
            "A network reports this lead's conversions, and the target is told of those.",
            "Nothing to do: so it is counted once. Retry this entry if the target is to hear of this status, too.");

    /** Why nothing was sent where that was meant: it stays so unless somebody asks for that very entry. */
    private static final Set<String> MEANT = Set.of(
            Reasons.PIXEL_MUTED.code(),
            Reasons.DISCARDED.code(),
            REPORTED_BY_STATUS.code(),
            REPORTED_BY_NETWORK.code());

    private OncePerTarget() {}

    /**
     * A lead's status as it is told: not at all where a network reports the lead.
     *
     * @param ofLead what stands in the sync log for the lead
     */
    static Delivery status(Delivery fresh, List<Delivery> ofLead) {
        return fresh.status().equals(DeliveryStatus.PENDING)
                        && ofLead.stream()
                                .anyMatch(d -> d.isOfConversion() && d.pixelId().equals(fresh.pixelId()))
                ? fresh.skipped(REPORTED_BY_NETWORK)
                : fresh;
    }

    /** A conversion as it is told: not where the lead's status said so before, for which the network's first one stands. */
    static Delivery conversion(Delivery fresh, List<Delivery> ofLead) {
        Delivery said = saidByStatus(fresh, ofLead);
        return said == null
                ? fresh
                : fresh.skipped(REPORTED_BY_STATUS.saying(REPORTED_BY_STATUS.message() + " (entry " + said.id() + ")"));
    }

    private static @Nullable Delivery saidByStatus(Delivery fresh, List<Delivery> ofLead) {
        Delivery said = null;
        for (Delivery d : ofLead) {
            if (!d.pixelId().equals(fresh.pixelId())
                    || d.event() == null
                    || !d.event().equals(fresh.event())
                    || d.eventId().equals(fresh.eventId())) {
                continue;
            }
            if (d.isOfConversion()) {
                return null; // that one stood for the first
            }
            if (!d.status().equals(DeliveryStatus.SKIPPED)) {
                said = d;
            }
        }
        return said;
    }

    /** Nothing was sent, and that was not meant. */
    static boolean mayBeDecidedAnew(Delivery d) {
        Reason reason = d.reason();
        return d.status().equals(DeliveryStatus.SKIPPED) && (reason == null || !MEANT.contains(reason.code()));
    }
}
