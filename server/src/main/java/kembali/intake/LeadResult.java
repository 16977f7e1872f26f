package kembali.intake;

import java.util.List;
import java.util.Set;
import kembali.delivery.Delivery;
import kembali.lead.Lead;
import kembali.visitor.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * A lead after a change.
 *
 * @param deliveries what stands in the sync log for the status reached; empty when no status was said
 * @param standing the statuses of everything in the sync log for the lead; null when the command did not look
 * @param created false when the lead was there before
 */
public record LeadResult(
        Lead lead,
        Visitor visitor,
        List<Delivery> deliveries,
        @Nullable Set<String> standing,
        boolean created) {
    public LeadResult {
        deliveries = List.copyOf(deliveries);
        standing = standing == null ? null : Set.copyOf(standing);
    }
}
