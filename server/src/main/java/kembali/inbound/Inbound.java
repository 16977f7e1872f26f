package kembali.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import kembali.account.Workspaces;
import kembali.capture.ClientAddress;
import kembali.capture.rotator.Rotators;
import kembali.delivery.courier.Courier;
import kembali.intake.Intake;
import kembali.lead.Pipelines;
import kembali.platform.Endpoints;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.support.Ids;
import kembali.support.Secrets;
import kembali.support.Settings;

/** Everything that takes and reads what other systems send, put together. */
public final class Inbound implements AutoCloseable {
    /** What it works with. */
    public record Means(
            Settings settings,
            Store store,
            Revision revision,
            Secrets secrets,
            Ids ids,
            Workspaces workspaces,
            Pipelines pipelines,
            Rotators rotators,
            Intake intake,
            Courier courier,
            InstantSource clock,
            MeterRegistry meters) {}

    private final Kinds kinds;
    private final Sources sources;
    private final Requests requests;
    private final Processor processor;
    private final InboundHandler handler;

    /** @param forms the rules a form's fields are checked by */
    public Inbound(Means m, Kinds kinds, FormChecks forms) {
        this.kinds = kinds;
        sources = new Sources(m.store, m.revision, m.secrets, m.ids);
        requests = new Requests(m.store, m.secrets, m.ids);
        var reader = new Reader(kinds, m.workspaces);
        var applier = new Applier(kinds, m.intake, m.workspaces, m.pipelines, m.rotators, forms, m.secrets);
        var fetcher = new Fetcher(m.courier, new Endpoints(m.settings.endpoints()));
        processor = new Processor(
                m.store,
                sources,
                kinds,
                requests,
                new Readings(m.store, requests, reader, fetcher, applier),
                applier,
                new Outcomes(m.settings.retryFirstDelay()),
                m.clock);
        handler = new InboundHandler(
                kinds,
                sources,
                requests,
                processor,
                new ClientAddress(m.settings.trustedProxies()),
                m.clock,
                m.settings.publicUrl().toString(),
                m.meters);
    }

    /** Begins to read what came in. */
    public void start() {
        processor.start();
    }

    public Kinds kinds() {
        return kinds;
    }

    public Sources sources() {
        return sources;
    }

    public Requests requests() {
        return requests;
    }

    public InboundHandler handler() {
        return handler;
    }

    /** Requests of that source may be due. */
    public void wake(Source source) {
        processor.wake(source.id());
    }

    /** Forgets what was kept long enough; by itself it does so every ten minutes. */
    void sweep() {
        processor.sweep();
    }

    @Override
    public void close() {
        processor.close();
    }
}
