package kembali.inbound.postback;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.inbound.Source;
import kembali.inbound.Sources;
import kembali.inbound.postback.PostbackRules.Ready;
import kembali.intake.Intake;
import kembali.intake.PostbackReceived;
import kembali.ledger.DuePostbacks;
import kembali.ledger.DuePostbacks.Due;
import kembali.ledger.ReceivedPostback;
import kembali.ledger.ReceivedPostback.Content;
import kembali.ledger.ReceivedPostbacks;
import kembali.postback.Postback;
import kembali.postback.Reading;
import kembali.store.GroupCommit;
import kembali.store.Store;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs postbacks again: orphans at their times and as soon as what they wait for appears, others when somebody asks. Every
 * node does; of two that take the same row one finds it gone. What a click costs here does not grow with the log, and is
 * next to nothing while nothing waits.
 */
public final class PostbackRuns implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PostbackRuns.class.getName());
    private static final Duration TURN = Duration.ofSeconds(1);
    private static final int AT_ONCE = 200;

    /** More names than that appeared in a second: those beyond are found at the next of the times. */
    private static final int MOST_NAMES = 100_000;

    private final Store store;
    private final Sources sources;
    private final PostbackRules rules;
    private final Intake intake;
    private final InstantSource clock;
    private final Semaphore signal = new Semaphore(0);
    private Map<Integer, Set<String>> arrived = new HashMap<>();
    private int names;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    PostbackRuns(Store store, Sources sources, PostbackRules rules, Intake intake, InstantSource clock) {
        this.store = store;
        this.sources = sources;
        this.rules = rules;
        this.intake = intake;
        this.clock = clock;
    }

    /** Begins. */
    void start() {
        intake.domain().clicks().onArrival(this::arrived);
        intake.domain().leads().onReference(this::arrived);
        thread = Thread.ofVirtual().name("postback-runs").start(this::run);
    }

    /** Something appeared that postbacks may have named before. On the writer's thread. */
    private synchronized void arrived(int workspaceId, String name) {
        if (names < MOST_NAMES
                && arrived.computeIfAbsent(workspaceId, w -> new HashSet<>()).add(DuePostbacks.name(name))) {
            names++;
        }
    }

    private synchronized Map<Integer, Set<String>> taken() {
        Map<Integer, Set<String>> all = arrived;
        arrived = new HashMap<>();
        names = 0;
        return all;
    }

    /** Something may be due. */
    public void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                boolean more = turn();
                if (!more && !stopping) {
                    signal.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    /** Looks once; true when more may be due at once. */
    boolean turn() {
        try {
            intake.domain().ledger().days().write(store);
            Map<Integer, Set<String>> appeared = taken();
            if (!store.read(DuePostbacks::any)) {
                return false;
            }
            appeared.forEach(this::match);
            List<Due> due = store.read(sql -> DuePostbacks.due(sql, clock.instant(), AT_ONCE));
            runAgain(due);
            return due.size() == AT_ONCE;
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.log(Level.WARNING, "postbacks that are due wait: " + e);
            }
            return false;
        }
    }

    private void match(int workspaceId, Set<String> all) {
        for (List<String> some : parts(all)) {
            List<String> awaited = store.read(sql -> DuePostbacks.awaited(sql, workspaceId, some));
            if (!awaited.isEmpty()) {
                store.write(tx -> {
                    DuePostbacks.arrived(tx, workspaceId, awaited);
                    return true;
                });
            }
        }
    }

    private static List<List<String>> parts(Collection<String> all) {
        var list = new ArrayList<>(all);
        var parts = new ArrayList<List<String>>();
        for (int i = 0; i < list.size(); i += AT_ONCE) {
            parts.add(list.subList(i, Math.min(list.size(), i + AT_ONCE)));
        }
        return parts;
    }

    private void runAgain(List<Due> due) {
        List<CompletableFuture<?>> running = new ArrayList<>(due.size());
        for (Due d : due) {
            PostbackReceived command = store.read(sql -> command(sql, d));
            try {
                running.add(command == null ? dropped(d) : intake.append(command));
            } catch (GroupCommit.OverloadedException e) {
                LOG.fine("postbacks are run again later");
                break;
            }
        }
        for (CompletableFuture<?> r : running) {
            r.exceptionally(e -> {
                LOG.log(Level.WARNING, "a postback could not be run again: " + e);
                return null;
            });
        }
        running.forEach(r -> r.handle((done, error) -> true).join());
    }

    /** Its source or its contents are gone. */
    private CompletableFuture<Boolean> dropped(Due d) {
        return store.submit(tx -> intake.domain().ledger().due().in(tx).take(d.workspaceId(), d.postbackId()));
    }

    private @Nullable PostbackReceived command(DSLContext sql, Due d) {
        Source source = sources.find(d.workspaceId(), d.sourceId());
        ReceivedPostback row =
                source == null ? null : ReceivedPostbacks.find(sql, d.workspaceId(), d.sourceId(), d.postbackId());
        Content content =
                row == null ? null : intake.domain().ledger().received().content(sql, d.workspaceId(), d.postbackId());
        if (source == null || row == null || content == null) {
            return null;
        }
        Ready ready = rules.of(source);
        Reading reading = ready.reader()
                .read(
                        content.method(),
                        content.query(),
                        content.body(),
                        content.contentType(),
                        row.arrival().receivedAt());
        return switch (reading) {
            case Reading.Refused r -> null;
            case Reading.Read r -> {
                Postback p = r.postback();
                yield PostbackReceived.again(row.arrival(), content, p, ready.rules());
            }
        };
    }

    /** Lets what is being run end; the rest waits in the database. */
    @Override
    public void close() {
        stopping = true;
        wake();
        Thread t = thread;
        if (t != null) {
            try {
                t.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            intake.domain().ledger().days().write(store);
        } catch (RuntimeException e) {
            LOG.log(Level.FINE, "the last figures are lost", e);
        }
    }
}
