package kembali.intake;

import java.util.concurrent.CompletableFuture;
import kembali.conversion.Decisions;
import kembali.delivery.Deliveries;
import kembali.lead.Leads;
import kembali.ledger.Ledger;
import kembali.store.GroupCommit;
import kembali.store.Store;
import kembali.store.Tx;
import kembali.visitor.Clicks;
import kembali.visitor.TrackerHits;
import kembali.visitor.Visitors;
import org.jspecify.annotations.Nullable;

/** Takes commands; a command's answer exists only once what it did is committed. */
public final class Intake {
    /** Something that happened or is asked for. Immutable; may be applied more than once, only one application stays. */
    public interface Command<T extends @Nullable Object> {
        /** Says which rows {@link #apply} will look up. Optional. */
        default void announce(Domain domain, Tx tx) {}

        /** Applies it; throws a {@link kembali.support.Refusal} only before its first change. */
        T apply(Domain domain, Tx tx);
    }

    /** What commands work with. */
    public record Domain(
            Visitors visitors,
            TrackerHits hits,
            Clicks clicks,
            Leads leads,
            Decisions decisions,
            Deliveries deliveries,
            RecentClicks recentClicks,
            Ledger ledger) {}

    private final Store store;
    private final Domain domain;

    public Intake(Store store, Domain domain) {
        this.store = store;
        this.domain = domain;
    }

    public Domain domain() {
        return domain;
    }

    /**
     * Hands a command in. The future completes on the writer's thread after the commit; dependents
     * must be short.
     */
    public <T extends @Nullable Object> CompletableFuture<T> append(Command<T> command) {
        return store.submit(new GroupCommit.Work<T>() {
            @Override
            public void announce(Tx tx) {
                command.announce(domain, tx);
            }

            @Override
            public T apply(Tx tx) {
                return command.apply(domain, tx);
            }
        });
    }

    /** Hands a command in and waits until it is committed. */
    public <T extends @Nullable Object> T appendAndWait(Command<T> command) {
        try {
            return append(command).join();
        } catch (java.util.concurrent.CompletionException e) {
            if (e.getCause() instanceof RuntimeException r) {
                throw r;
            }
            throw e;
        }
    }
}
