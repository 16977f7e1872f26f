package kembali.lead;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import kembali.identity.Person;
import org.jspecify.annotations.Nullable;

/**
 * A person in the pipeline.
 *
 * @param visitorNo the visitor this lead is; its code is the lead's code
 * @param statusAt when the status was reached
 * @param details what people and scripts say about the lead
 * @param takenOver statuses that another system reached and reported before it was left: reached again they are not
 *     reported by us either, save as a further transaction
 */
public record Lead(
        int workspaceId,
        String id,
        long visitorNo,
        String code,
        String status,
        Instant statusAt,
        LeadDetails details,
        Instant createdAt,
        Instant updatedAt,
        Set<String> takenOver) {
    public Lead {
        takenOver = takenOver.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(takenOver));
    }

    /** A lead of our own from the beginning. */
    public Lead(
            int workspaceId,
            String id,
            long visitorNo,
            String code,
            String status,
            Instant statusAt,
            LeadDetails details,
            Instant createdAt,
            Instant updatedAt) {
        this(workspaceId, id, visitorNo, code, status, statusAt, details, createdAt, updatedAt, Set.of());
    }

    /** The name to show: the real one, or the automatic one until it is known. */
    public String displayName() {
        String name = details.person().name();
        return name != null ? name : "Visitor [" + code + "]";
    }

    public Person person() {
        return details.person();
    }

    public @Nullable String externalRef() {
        return details.externalRef();
    }

    public @Nullable BigDecimal estimatedValue() {
        return details.estimatedValue();
    }

    public @Nullable BigDecimal actualValue() {
        return details.actualValue();
    }

    public @Nullable String currency() {
        return details.currency();
    }

    public Lead withStatus(String s, Instant at) {
        return new Lead(workspaceId, id, visitorNo, code, s, at, details, createdAt, updatedAt, takenOver);
    }

    public Lead withDetails(LeadDetails d) {
        return new Lead(workspaceId, id, visitorNo, code, status, statusAt, d, createdAt, updatedAt, takenOver);
    }

    public Lead updated(Instant at) {
        return new Lead(workspaceId, id, visitorNo, code, status, statusAt, details, createdAt, at, takenOver);
    }

    public Lead withTakenOver(Set<String> statuses) {
        return new Lead(workspaceId, id, visitorNo, code, status, statusAt, details, createdAt, updatedAt, statuses);
    }
}
