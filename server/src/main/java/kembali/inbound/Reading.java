package kembali.inbound;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says.
 *
 * @param facts in the order of the request; empty when there is nothing to do
 * @param reason why there is nothing, or less than hoped; a sentence for the owner. Null when all was understood
 * @param understood false when the shape is not one we know: kept for a replay
 */
public record Reading(List<Fact> facts, @Nullable String reason, boolean understood) {
    public Reading {
        facts = List.copyOf(facts);
    }

    public static Reading of(List<Fact> facts) {
        return new Reading(facts, null, true);
    }

    /** Understood, and of no interest to us: a delivery receipt, a group message. */
    public static Reading nothing(String reason) {
        return new Reading(List.of(), reason, true);
    }

    /** Not a shape we know. */
    public static Reading unknown(String reason) {
        return new Reading(List.of(), reason, false);
    }
}
