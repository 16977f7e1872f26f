package kembali.lead;

import java.math.BigDecimal;
import kembali.identity.Person;
import org.jspecify.annotations.Nullable;

/**
 * The part of a lead that people and scripts write, checked.
 *
 * @param priority {@code low}, {@code medium}, {@code high} or {@code urgent}
 * @param source {@code website}, {@code whatsapp}, {@code phone}, … where the lead came in
 * @param assignedTo the owner, as the caller names them
 * @param agentNumber E.164 number of the CS person who has the chat
 * @param externalRef the caller's own id, unique in the workspace
 * @param estimatedValue major units, zero or more
 * @param actualValue major units, zero or more
 * @param currency ISO 4217; null means the workspace's
 */
public record LeadDetails(
        Person person,
        String priority,
        String source,
        @Nullable String assignedTo,
        @Nullable String agentNumber,
        @Nullable String externalRef,
        @Nullable BigDecimal estimatedValue,
        @Nullable BigDecimal actualValue,
        @Nullable String currency) {
    /** Somebody of whom only the way in is known. */
    public static LeadDetails unknownPerson(String source, @Nullable String agentNumber) {
        return new LeadDetails(Person.UNKNOWN, "medium", source, null, agentNumber, null, null, null, null);
    }

    /** These details with other values; null keeps what is there. */
    public LeadDetails withValues(
            @Nullable BigDecimal estimated, @Nullable BigDecimal actual, @Nullable String otherCurrency) {
        return new LeadDetails(
                person,
                priority,
                source,
                assignedTo,
                agentNumber,
                externalRef,
                estimated == null ? estimatedValue : estimated,
                actual == null ? actualValue : actual,
                otherCurrency == null ? currency : otherCurrency);
    }

    public LeadDetails withPerson(Person p) {
        return new LeadDetails(
                p, priority, source, assignedTo, agentNumber, externalRef, estimatedValue, actualValue, currency);
    }

    public LeadDetails withExternalRef(String ref) {
        return new LeadDetails(
                person, priority, source, assignedTo, agentNumber, ref, estimatedValue, actualValue, currency);
    }

    public LeadDetails withAgentNumber(String number) {
        return new LeadDetails(
                person, priority, source, assignedTo, number, externalRef, estimatedValue, actualValue, currency);
    }
}
