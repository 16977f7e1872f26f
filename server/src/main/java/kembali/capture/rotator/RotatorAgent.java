package kembali.capture.rotator;

/**
 * A person's place in a rotator.
 *
 * @param id the agent's id
 * @param weight share of new visitors relative to the others, 0 to {@value #MAX_WEIGHT}; 0 gets none
 * @param active whether the agent takes chats at all
 */
public record RotatorAgent(String id, int weight, boolean active) {
    public static final int MAX_WEIGHT = 1_000;

    public RotatorAgent {
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("The weight of agent " + id + " is 0 to 1000, not " + weight);
        }
    }

    boolean takesNewVisitors() {
        return active && weight > 0;
    }
}
