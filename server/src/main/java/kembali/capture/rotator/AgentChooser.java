package kembali.capture.rotator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Gives every click its agent. The order among those who are free is worked out once; the n-th new
 * visitor gets the n-th place of it, so any number of threads share visitors exactly as one would. When
 * agents or weights change, make a new chooser that goes on at the old one's {@link #position}.
 */
public final class AgentChooser {
    /** Places of all orders kept: who is free changes a few times a day, in a large team at many hours. */
    private static final int MOST_PLACES = 100_000;

    private final Distribution distribution;
    private final List<RotatorAgent> agents;
    private final List<RotatorAgent> taking;
    private final boolean limited;
    private final RotatorAgent[] everybody;
    private final Map<BitSet, RotatorAgent[]> orders = new ConcurrentHashMap<>();
    private final AtomicLong position;

    /**
     * What became of a click. Settle it once the click is stored, or was refused.
     *
     * @param agent null when nobody is free: use the fallback number
     * @param remembered the agent the visitor belongs to from now on. One who is closed or has had enough chats today
     *     is replaced for this click and not forgotten
     */
    public final class Choice {
        private static final long NO_TURN = -1;

        private final @Nullable RotatorAgent agent;
        private final @Nullable String remembered;
        private final @Nullable LocalDate capDay;
        private final long turn;

        private Choice(
                @Nullable RotatorAgent agent, @Nullable String remembered, @Nullable LocalDate capDay, long turn) {
            this.agent = agent;
            this.remembered = remembered;
            this.capDay = capDay;
            this.turn = turn;
        }

        public @Nullable String agentId() {
            return agent == null ? null : agent.id();
        }

        public @Nullable String remembered() {
            return remembered;
        }

        /** The agent's day on which this chat counts for their cap; null without a cap. */
        public @Nullable LocalDate capDay() {
            return capDay;
        }

        /** @param chat false when the person was not sent to this agent: the turn and the place are given back */
        public void settle(boolean chat) {
            if (agent != null && agent.cap() != null && capDay != null) {
                agent.cap().settle(capDay, chat);
            }
            if (!chat && turn != NO_TURN) {
                // Only if nobody had the next turn since; else one turn is skipped.
                position.compareAndSet(turn + 1, turn);
            }
        }
    }

    public AgentChooser(Distribution distribution, List<RotatorAgent> agents) {
        this(distribution, agents, 0);
    }

    /** @param position how many new visitors the rotator has shared out before */
    public AgentChooser(Distribution distribution, List<RotatorAgent> agents, long position) {
        this.distribution = distribution;
        this.agents = List.copyOf(agents);
        this.taking = agents.stream().filter(RotatorAgent::takesNewVisitors).toList();
        this.limited = agents.stream().anyMatch(RotatorAgent::isLimited);
        this.everybody = order(taking);
        this.position = new AtomicLong(position);
    }

    /**
     * The agent for this click: the visitor's own while active, in the rotator (also with weight 0, which only keeps
     * new visitors away), open and below the daily cap; else the next one who is free.
     *
     * @param stickyAgentId the agent this visitor was given before, if any
     */
    public Choice choose(@Nullable String stickyAgentId, Instant now) {
        long nowMs = now.toEpochMilli();
        RotatorAgent own = own(stickyAgentId);
        if (own != null && (!own.isLimited() || own.isFree(nowMs))) {
            Choice choice = taken(own, own.id(), nowMs, Choice.NO_TURN);
            if (choice != null) {
                return choice;
            }
        }
        while (true) {
            RotatorAgent[] order = limited ? orderOfFree(nowMs) : everybody;
            if (order.length == 0) {
                return new Choice(null, own == null ? null : own.id(), null, Choice.NO_TURN);
            }
            long turn = position.getAndIncrement();
            RotatorAgent next = order[(int) Math.floorMod(turn, (long) order.length)];
            Choice choice = taken(next, own == null ? next.id() : own.id(), nowMs, turn);
            if (choice != null) {
                return choice;
            }
            // Somebody else took the last place of the day between the look and the grasp: look again.
        }
    }

    private @Nullable Choice taken(RotatorAgent agent, String remembered, long nowMs, long turn) {
        DailyCap cap = agent.cap();
        if (cap == null) {
            return new Choice(agent, remembered, null, turn);
        }
        LocalDate day = cap.today(nowMs);
        return cap.take(nowMs) ? new Choice(agent, remembered, day, turn) : null;
    }

    private @Nullable RotatorAgent own(@Nullable String id) {
        if (id != null) {
            for (RotatorAgent agent : agents) {
                if (agent.active() && agent.id().equals(id)) {
                    return agent;
                }
            }
        }
        return null;
    }

    /** The agent who takes new visitors next, and when; null when nobody ever does. */
    public @Nullable Next nextFree(Instant now) {
        Next first = null;
        for (RotatorAgent agent : taking) {
            Instant from = agent.freeFrom(now.toEpochMilli());
            if (from != null && (first == null || from.isBefore(first.from))) {
                first = new Next(agent, from);
            }
        }
        return first;
    }

    /** Somebody who will be there. */
    public record Next(RotatorAgent agent, Instant from) {}

    /** How many new visitors have been shared out. */
    public long position() {
        return position.get();
    }

    private RotatorAgent[] orderOfFree(long nowMs) {
        var free = new BitSet(taking.size());
        for (int i = 0; i < taking.size(); i++) {
            RotatorAgent agent = taking.get(i);
            if (!agent.isLimited() || agent.isFree(nowMs)) {
                free.set(i);
            }
        }
        if (free.cardinality() == taking.size()) {
            return everybody;
        }
        RotatorAgent[] known = orders.get(free);
        if (known != null) {
            return known;
        }
        if (orders.values().stream().mapToInt(o -> o.length).sum() > MOST_PLACES) {
            orders.clear();
        }
        RotatorAgent[] order = order(free.stream().mapToObj(taking::get).toList());
        orders.put(free, order);
        return order;
    }

    private RotatorAgent[] order(List<RotatorAgent> among) {
        return switch (distribution) {
            case ROUND_ROBIN -> among.toArray(RotatorAgent[]::new);
            case WEIGHTED -> smoothOrder(among);
        };
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
