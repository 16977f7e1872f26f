package kembali.lead;

import java.math.BigDecimal;
import java.time.Instant;
import kembali.identity.Person;
import org.jspecify.annotations.Nullable;

/**
 * A person in the pipeline.
 *
 * @param visitorNo the visitor this lead is; its code is the lead's code
 * @param statusAt when the status was reached
 * @param priority {@code low}, {@code medium}, {@code high} or {@code urgent}
 * @param source {@code website}, {@code whatsapp}, {@code phone}, … where the lead came in
 * @param assignedTo the owner, as the caller names them
 * @param agentNumber E.164 number of the CS person who has the chat
 * @param externalRef the caller's own id, unique in the workspace
 * @param estimatedValue major units, zero or more
 * @param actualValue major units, zero or more
 * @param currency ISO 4217; null means the workspace's
 */
public record Lead(
        int workspaceId,
        String id,
        long visitorNo,
        String code,
        String status,
        Instant statusAt,
        String priority,
        String source,
        @Nullable String assignedTo,
        @Nullable String agentNumber,
        @Nullable String externalRef,
        Person person,
        @Nullable BigDecimal estimatedValue,
        @Nullable BigDecimal actualValue,
        @Nullable String currency,
        Instant createdAt,
        Instant updatedAt) {
    /** The name to show: the real one, or the automatic one until it is known. */
    public String displayName() {
        return person.name() != null ? person.name() : "Visitor [" + code + "]";
    }

    public Lead withStatus(String s, Instant at) {
        return new Lead(
                workspaceId,
                id,
                visitorNo,
                code,
                s,
                at,
                priority,
                source,
                assignedTo,
                agentNumber,
                externalRef,
                person,
                estimatedValue,
                actualValue,
                currency,
                createdAt,
                updatedAt);
    }

    public Lead withValues(@Nullable BigDecimal estimated, @Nullable BigDecimal actual, @Nullable String cur) {
        return new Lead(
                workspaceId,
                id,
                visitorNo,
                code,
                status,
                statusAt,
                priority,
                source,
                assignedTo,
                agentNumber,
                externalRef,
                person,
                estimated,
                actual,
                cur,
                createdAt,
                updatedAt);
    }

    public Lead withAgentNumber(@Nullable String number) {
        return new Lead(
                workspaceId,
                id,
                visitorNo,
                code,
                status,
                statusAt,
                priority,
                source,
                assignedTo,
                number,
                externalRef,
                person,
                estimatedValue,
                actualValue,
                currency,
                createdAt,
                updatedAt);
    }

    /** This lead with what a form or an API call says about it; identity, status and times stay. */
    public Lead withDetails(LeadDetails d) {
        return new Lead(
                workspaceId,
                id,
                visitorNo,
                code,
                status,
                statusAt,
                d.priority(),
                d.source(),
                d.assignedTo(),
                d.agentNumber(),
                d.externalRef(),
                d.person(),
                d.estimatedValue(),
                d.actualValue(),
                d.currency(),
                createdAt,
                updatedAt);
    }

    public Lead updated(Instant at) {
        return new Lead(
                workspaceId,
                id,
                visitorNo,
                code,
                status,
                statusAt,
                priority,
                source,
                assignedTo,
                agentNumber,
                externalRef,
                person,
                estimatedValue,
                actualValue,
                currency,
                createdAt,
                at);
    }
}
