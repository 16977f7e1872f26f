package kembali.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/** The faults that are on. Of several that concern a call, the oldest that is due hits it. */
public final class Faults {
    /**
     * A fault with its score.
     *
     * @param id for removing it
     * @param seen calls it concerned
     * @param fired calls it hit
     */
    public record Armed(int id, Fault fault, long seen, long fired) {
        private boolean due() {
            // Hits whenever the exact share passes a whole number: even spread, no chance, repeatable.
            double share = fault.probability();
            return Math.floor((seen + 1) * share + 1e-9) > Math.floor(seen * share + 1e-9);
        }
    }

    private static final int MAX_ARMED = 1_000;

    private final List<Armed> armed = new ArrayList<>();
    private int lastId;

    /**
     * Switches a fault on.
     *
     * @return its id
     * @throws IllegalArgumentException when 1,000 are on already
     */
    public synchronized int arm(Fault fault) {
        if (armed.size() >= MAX_ARMED) {
            throw new IllegalArgumentException("at most " + MAX_ARMED + " faults can be on");
        }
        armed.add(new Armed(++lastId, fault, 0, 0));
        return lastId;
    }

    /** Those that are on, the oldest first. */
    public synchronized List<Armed> armed() {
        return List.copyOf(armed);
    }

    /** Switches one off. False when it was not on. */
    public synchronized boolean disarm(int id) {
        return armed.removeIf(one -> one.id() == id);
    }

    /** Switches all off. */
    public synchronized void clear() {
        armed.clear();
    }

    /** The fault that hits this call, counted as used; null when none does. */
    synchronized @Nullable Fault take(String platform, @Nullable String pixelId, boolean read) {
        for (ListIterator<Armed> each = armed.listIterator(); each.hasNext(); ) {
            Armed one = each.next();
            if (!one.fault().concerns(platform, pixelId, read)) {
                continue;
            }
            boolean due = one.due();
            Armed after = new Armed(one.id(), one.fault(), one.seen() + 1, one.fired() + (due ? 1 : 0));
            if (due && one.fault().count() > 0 && after.fired() >= one.fault().count()) {
                each.remove();
            } else {
                each.set(after);
            }
            if (due) {
                return one.fault();
            }
        }
        return null;
    }
}
