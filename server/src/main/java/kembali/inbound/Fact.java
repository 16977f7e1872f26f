package kembali.inbound;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import kembali.lead.ChatMessage;
import org.jspecify.annotations.Nullable;

/** One thing a request tells. */
public sealed interface Fact {
    /** A chat message, of the customer or of the advertiser's people. */
    record Message(ChatMessage message) implements Fact {}

    /**
     * Somebody filled in a form.
     *
     * @param submissionId the provider's id of this submission: applied once per source; null when it has none
     * @param fields our field ({@link LeadFields}) to what was typed, not yet checked
     * @param others what has no field of ours, by the form's own label; kept on the timeline
     * @param test the provider's test button: shown in the log, makes no lead
     */
    record FormFilled(
            @Nullable String submissionId,
            Instant at,
            Map<String, String> fields,
            Map<String, String> others,
            boolean test)
            implements Fact {
        public FormFilled {
            fields = Map.copyOf(fields);
            others = Map.copyOf(others);
        }
    }

    /**
     * Another system moved somebody: its word for the status, to be mapped by the source.
     *
     * @param factId the provider's id of this change; null when it has none
     * @param phone as given, or null
     * @param email as given, or null
     * @param externalRef the other system's id of the person, or null
     */
    record StatusSaid(
            @Nullable String factId,
            Instant at,
            String word,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String externalRef,
            @Nullable BigDecimal value,
            @Nullable String currency)
            implements Fact {}

    /**
     * The request only points at its content.
     *
     * @param factId what is fetched, once per source
     * @param url absolute, {@code https} or one of the configured endpoints; GET
     * @param bearer whether the source's access token goes along as {@code Authorization: Bearer}
     * @param at when it happened
     * @param known what the webhook itself said, in {@link LeadFields} or the kind's own words
     */
    record Fetch(String factId, String url, boolean bearer, Instant at, Map<String, String> known) implements Fact {
        public Fetch {
            known = Map.copyOf(known);
        }
    }

    /** Something we look at and leave: an echo, a group, a reaction. */
    record Ignored(String reason) implements Fact {}
}
