package kembali.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Set;
import kembali.identity.Person;
import kembali.lead.Lead;
import org.jspecify.annotations.Nullable;

/** The details of a stored lead in the shape of {@link LeadInput}, to merge a change into. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LeadDetailsInput(
        @Nullable String name,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String city,
        @Nullable String country,
        @Nullable String externalRef,
        String priority,
        String source,
        @Nullable String assignedTo,
        @Nullable String agentNumber,
        @Nullable BigDecimal estimatedValue,
        @Nullable BigDecimal actualValue,
        @Nullable String currency,
        @Nullable String state,
        @Nullable String postalCode,
        @Nullable String gender,
        @Nullable String birthDate,
        @Nullable String company,
        @Nullable String title) {
    /** The members a change may merge; the others say what happened and are not merged. */
    static final Set<String> NAMES = Set.of(
            "name",
            "email",
            "phone",
            "city",
            "country",
            "externalRef",
            "priority",
            "source",
            "assignedTo",
            "agentNumber",
            "estimatedValue",
            "actualValue",
            "currency",
            "state",
            "postalCode",
            "gender",
            "birthDate",
            "company",
            "title");

    static LeadDetailsInput of(Lead lead) {
        Person p = lead.person();
        return new LeadDetailsInput(
                p.name(),
                p.email(),
                p.phone(),
                p.city(),
                p.country(),
                lead.externalRef(),
                lead.details().priority(),
                lead.details().source(),
                lead.details().assignedTo(),
                lead.details().agentNumber(),
                lead.estimatedValue(),
                lead.actualValue(),
                lead.currency(),
                p.state(),
                p.postalCode(),
                p.gender(),
                p.birthDate() == null ? null : p.birthDate().toString(),
                p.company(),
                p.title());
    }
}
