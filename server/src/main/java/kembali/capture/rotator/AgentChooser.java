package kembali.capture.rotator;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives every click its agent. The order is worked out once; the n-th new visitor gets the n-th place
 * of it, so any number of threads share visitors exactly as one would. When agents or weights change,
 * make a new chooser that goes on at the old one's {@link #position}.
 */
public final class AgentChooser {
    private final List<RotatorAgent> agents;
    private final RotatorAgent[] order;
    private final AtomicLong position;

    public AgentChooser(Distribution distribution, List<RotatorAgent> agents) {
        this(distribution, agents, 0);
    }

    /** @param position how many new visitors the rotator has shared out before */
    public AgentChooser(Distribution distribution, List<RotatorAgent> agents, long position) {
        this.agents = List.copyOf(agents);
        var taking = agents.stream().filter(RotatorAgent::takesNewVisitors).toList();
        this.order = switch (distribution) {
            case ROUND_ROBIN -> taking.toArray(RotatorAgent[]::new);
            case WEIGHTED -> smoothOrder(taking);
        };
        this.position = new AtomicLong(position);
    }

    /**
     * The agent for this click: the visitor's own while active and in the rotator (also with weight 0,
     * which only keeps new visitors away), else the next one.
     *
     * @param stickyAgentId the agent this visitor was given before, if any
     * @return null when no agent takes visitors: use the fallback number
     */
    public @Nullable RotatorAgent choose(@Nullable String stickyAgentId) {
        if (stickyAgentId != null) {
            for (RotatorAgent agent : agents) {
                if (agent.active() && agent.id().equals(stickyAgentId)) {
                    return agent;
                }
            }
        }
        return order.length == 0 ? null : order[(int) Math.floorMod(position.getAndIncrement(), (long) order.length)];
    }

    /** How many new visitors have been shared out. */
    public long position() {
        return position.get();
    }

    /**
     * One full turn of smooth weighted round robin, as nginx does it: in each step everyone gains their
     * weight, the richest is chosen and pays the sum of all weights.
     */
    private static RotatorAgent[] smoothOrder(List<RotatorAgent> agents) {
        int divisor = 0;
        for (RotatorAgent agent : agents) {
            divisor = greatestCommonDivisor(agent.weight(), divisor);
        }
        int total = 0;
        for (RotatorAgent agent : agents) {
            total += agent.weight() / divisor;
        }
        var order = new RotatorAgent[total];
        int[] credit = new int[agents.size()];
        for (int step = 0; step < total; step++) {
            int richest = 0;
            for (int a = 0; a < credit.length; a++) {
                credit[a] += agents.get(a).weight() / divisor;
                if (credit[a] > credit[richest]) {
                    richest = a;
                }
            }
            credit[richest] -= total;
            order[step] = agents.get(richest);
        }
        return order;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
