package kembali.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one fact that another system told. */
public sealed interface FactResult {
    /**
     * It was applied to that lead.
     *
     * @param notes what was left out of it, and why; sentences without personal data
     */
    record Applied(String leadId, List<String> notes) implements FactResult {
        public Applied {
            notes = List.copyOf(notes);
        }
    }

    /** It was applied before, to that lead; nothing changed. */
    record Repeated(String leadId) implements FactResult {}

    /** Understood and deliberately not applied. */
    record LeftAside(String code, String reason) implements FactResult {
        /** It was applied before, to somebody who has been erased since: what tells it again is forgotten at once. */
        public static final LeftAside ERASED = new LeftAside("lead_erased", "The person it is about was erased.");
    }

    /** It is about somebody who is no lead, or not yet. */
    record NobodyKnown(String reason) implements FactResult {}

    /** The lead it is about, or null. */
    default @Nullable String lead() {
        return switch (this) {
            case Applied a -> a.leadId;
            case Repeated r -> r.leadId;
            case LeftAside l -> null;
            case NobodyKnown n -> null;
        };
    }
}
