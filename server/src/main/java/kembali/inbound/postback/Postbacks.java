package kembali.inbound.postback;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import kembali.account.Workspaces;
import kembali.capture.ClientAddress;
import kembali.inbound.Source;
import kembali.inbound.Sources;
import kembali.inbound.postback.PostbackRules.Ready;
import kembali.intake.Intake;
import kembali.lead.Pipelines;
import kembali.ledger.DuePostbacks;
import kembali.ledger.ReceivedPostbacks;
import kembali.ledger.ReceivedPostbacks.WaitingWord;
import kembali.postback.StatusRules;
import kembali.store.Store;

/** Everything that takes postbacks and runs them again, put together. */
public final class Postbacks implements AutoCloseable {
    private final Store store;
    private final PostbackRules rules;
    private final PostbackHandler handler;
    private final PostbackRuns runs;

    public Postbacks(
            Store store,
            Sources sources,
            Workspaces workspaces,
            Pipelines pipelines,
            Intake intake,
            ClientAddress clientAddress,
            InstantSource clock,
            MeterRegistry meters) {
        this.store = store;
        rules = new PostbackRules(workspaces, pipelines);
        handler = new PostbackHandler(sources, rules, intake, clientAddress, clock, meters);
        runs = new PostbackRuns(store, sources, rules, intake, clock);
    }

    /** Begins to run again what is due. */
    public void start() {
        runs.start();
    }

    public PostbackHandler handler() {
        return handler;
    }

    public PostbackRules rules() {
        return rules;
    }

    /**
     * Has those run again whose status words mean something by the source's rules of now.
     *
     * @return how many
     */
    public int mapped(Source s) {
        Ready ready = rules.of(s);
        StatusRules statuses = ready.rules().rules().statuses();
        Set<String> words = new HashSet<>();
        boolean missing = false;
        for (WaitingWord w : store.read(sql -> ReceivedPostbacks.words(sql, s.id()))) {
            if (w.word() == null) {
                missing = statuses.whenMissing() != null;
            } else if (statuses.map().containsKey(w.word())) {
                words.add(w.word());
            }
        }
        if (words.isEmpty() && !missing) {
            return 0;
        }
        boolean withoutWord = missing;
        return ran(store.write(tx -> DuePostbacks.againWithWords(tx, s.id(), words, withoutWord)));
    }

    /** Has the postbacks of a wish run again; answers how many. */
    public int again(DuePostbacks.Wish wish) {
        return ran(store.write(tx -> DuePostbacks.again(tx, wish)));
    }

    /** Has one run again; false when it was used already or its contents are gone. */
    public boolean again(Source s, String postbackId) {
        return ran(store.write(tx -> DuePostbacks.again(tx, s.id(), postbackId) ? 1 : 0)) > 0;
    }

    private int ran(int count) {
        if (count > 0) {
            runs.wake();
        }
        return count;
    }

    /** Looks once for what is due; by itself it does so every second. */
    void turn() {
        runs.turn();
    }

    @Override
    public void close() {
        runs.close();
    }
}
