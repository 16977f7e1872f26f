package kembali.api;

import static kembali.store.schema.Tables.DELIVERY;
import static kembali.store.schema.Tables.LEAD;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kembali.delivery.Delivery;
import kembali.delivery.DeliveryStatus;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * How far a lead's deliveries are, in one word, derived from them: {@code failed} when any failed,
 * else {@code pending} while any is under way, {@code partial} when any was taken with complaints,
 * {@code synced} when any was accepted, and {@code none} otherwise (skips are no failure). Page views do not count:
 * they say nothing of how far the lead's own conversions are.
 */
final class SyncStates {
    static final List<String> WORDS = List.of("none", "pending", "synced", "partial", "failed");

    private static final Condition NO_VISIT = DELIVERY.EVENT_ID.startsWith(DSL.inline(Delivery.OWN_EVENT_IDS));

    private final Map<String, Set<String>> statusesByLead;

    private SyncStates(Map<String, Set<String>> statusesByLead) {
        this.statusesByLead = statusesByLead;
    }

    static SyncStates of(DSLContext sql, int ws, Collection<String> leadIds) {
        var found = new HashMap<String, Set<String>>();
        if (!leadIds.isEmpty()) {
            sql.selectDistinct(DELIVERY.LEAD_ID, DELIVERY.STATUS)
                    .from(DELIVERY)
                    .where(DELIVERY.WORKSPACE_ID.eq(ws), DELIVERY.LEAD_ID.in(leadIds), NO_VISIT)
                    .forEach(r -> found.computeIfAbsent(r.value1(), l -> new HashSet<>())
                            .add(r.value2()));
        }
        return new SyncStates(found);
    }

    String of(String leadId) {
        return word(statusesByLead.getOrDefault(leadId, Set.of()));
    }

    /** The word for a lead whose deliveries have these statuses. */
    static String word(Set<String> statuses) {
        if (statuses.contains(DeliveryStatus.FAILED)) {
            return "failed";
        }
        if (statuses.contains(DeliveryStatus.PENDING)) {
            return "pending";
        }
        if (statuses.contains(DeliveryStatus.PARTIAL_FAILURE)) {
            return "partial";
        }
        return statuses.contains(DeliveryStatus.ACCEPTED) ? "synced" : "none";
    }

    /** The same rule as a condition on the lead table. */
    static Condition condition(String word) {
        Condition failed = has(DeliveryStatus.FAILED);
        Condition pending = has(DeliveryStatus.PENDING);
        Condition partial = has(DeliveryStatus.PARTIAL_FAILURE);
        Condition accepted = has(DeliveryStatus.ACCEPTED);
        return switch (word) {
            case "failed" -> failed;
            case "pending" -> pending.andNot(failed);
            case "partial" -> partial.andNot(failed).andNot(pending);
            case "synced" -> accepted.andNot(failed).andNot(pending).andNot(partial);
            default -> DSL.not(failed).andNot(pending).andNot(partial).andNot(accepted);
        };
    }

    private static Condition has(String status) {
        return DSL.exists(DSL.selectOne()
                .from(DELIVERY)
                .where(
                        DELIVERY.WORKSPACE_ID.eq(LEAD.WORKSPACE_ID),
                        DELIVERY.LEAD_ID.eq(LEAD.ID),
                        DELIVERY.STATUS.eq(status),
                        NO_VISIT));
    }
}
