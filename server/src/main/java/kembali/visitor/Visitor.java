package kembali.visitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser or person we gave a code.
 *
 * @param no number behind the code; unique in the workspace
 * @param code what people see: {@code ABC2345}
 * @param leadId the lead this visitor became, null while they only looked
 */
public record Visitor(
        int workspaceId,
        long no,
        String code,
        @Nullable String leadId,
        Instant createdAt,
        Instant seenAt,
        VisitorProfile profile) {
    public Visitor withProfile(VisitorProfile p) {
        return new Visitor(workspaceId, no, code, leadId, createdAt, seenAt, p);
    }

    public Visitor withLead(String id) {
        return new Visitor(workspaceId, no, code, id, createdAt, seenAt, profile);
    }

    public Visitor seen(Instant at) {
        return new Visitor(workspaceId, no, code, leadId, createdAt, at, profile);
    }
}
