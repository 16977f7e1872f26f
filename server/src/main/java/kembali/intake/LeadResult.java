package kembali.intake;

import java.util.List;
import kembali.delivery.Delivery;
import kembali.lead.Lead;
import kembali.visitor.Visitor;

/**
 * A lead after a change.
 *
 * @param deliveries what stands in the sync log for the status reached; empty when no status was said
 * @param created false when the lead was there before
 */
public record LeadResult(Lead lead, Visitor visitor, List<Delivery> deliveries, boolean created) {
    public LeadResult {
        deliveries = List.copyOf(deliveries);
    }
}
