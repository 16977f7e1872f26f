package kembali.postback;

import java.util.Map;
import java.util.Set;

/** From which status to which a conversion goes. */
public final class Transitions {
    /** What kind of step it is. */
    public enum Step {
        /** The same status again: amount and slots may change. */
        SAME,
        /** Onward. */
        FORWARD,
        /** A rejection taken back. Networks do that; platforms are told only if they were told nothing before. */
        REVERSED,
        /** Not onward: an old postback that came late, unless its own time says that it is the newer one. */
        OUT_OF_ORDER
    }

    private static final Map<String, Set<String>> FORWARD = Map.of(
            "lead", Set.of("hold", "registration", "deposit", "sale", "rejected", "trash"),
            "hold", Set.of("sale", "rejected", "trash"),
            "registration", Set.of("deposit", "sale", "rejected"),
            "deposit", Set.of("sale", "rejected", "refund"),
            "sale", Set.of("rejected", "refund", "chargeback"),
            "rebill", Set.of("rejected", "refund"));

    private static final Set<String> FROM_REJECTED = Set.of("sale", "lead");

    private Transitions() {}

    /** Where the workspace's own statuses stand in the order nobody has told, so steps from and to them always count. */
    public static Step step(ConversionStatus from, ConversionStatus to) {
        if (from.word().equals(to.word())) {
            return Step.SAME;
        }
        if (!from.isCanonical() || !to.isCanonical()) {
            return Step.FORWARD;
        }
        if (from.word().equals("rejected") && FROM_REJECTED.contains(to.word())) {
            return Step.REVERSED;
        }
        return FORWARD.getOrDefault(from.word(), Set.of()).contains(to.word()) ? Step.FORWARD : Step.OUT_OF_ORDER;
    }
}
