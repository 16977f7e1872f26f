package kembali.lead;

import java.math.BigDecimal;
import kembali.identity.Person;
import org.jspecify.annotations.Nullable;

/** The part of a lead that people and scripts write, checked. Members as in {@link Lead}. */
public record LeadDetails(
        Person person,
        String priority,
        String source,
        @Nullable String assignedTo,
        @Nullable String agentNumber,
        @Nullable String externalRef,
        @Nullable BigDecimal estimatedValue,
        @Nullable BigDecimal actualValue,
        @Nullable String currency) {}
