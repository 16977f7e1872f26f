package kembali.capture.rotator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's place in a rotator.
 *
 * @param id the agent's id
 * @param weight share of new visitors relative to the others, 0 to {@value #MAX_WEIGHT}; 0 gets none
 * @param active whether the agent takes chats at all
 * @param hours when they take chats; null means always
 * @param cap how many chats a day; null means any number
 */
public record RotatorAgent(
        String id,
        int weight,
        boolean active,
        @Nullable OpeningHours hours,
        @Nullable DailyCap cap) {
    public static final int MAX_WEIGHT = 1_000;

    public RotatorAgent {
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("The weight of agent " + id + " is 0 to 1000, not " + weight);
        }
    }

    /** Somebody who is always there and takes any number of chats. */
    public RotatorAgent(String id, int weight, boolean active) {
        this(id, weight, active, null, null);
    }

    boolean takesNewVisitors() {
        return active && weight > 0;
    }

    /** Whether it depends on the hour or the day's chats that this agent can be chosen. */
    boolean isLimited() {
        return hours != null || cap != null;
    }

    /** Whether they take another chat at that moment. */
    boolean isFree(long nowMs) {
        return (hours == null || hours.isOpen(Instant.ofEpochMilli(nowMs))) && (cap == null || !cap.isFull(nowMs));
    }

    /** When they take chats next, from that moment on; null when that cannot be told. */
    @Nullable Instant freeFrom(long nowMs) {
        Instant from = cap != null && cap.isFull(nowMs) ? cap.tomorrow(nowMs) : Instant.ofEpochMilli(nowMs);
        return hours == null ? from : hours.nextOpening(from);
    }
}
