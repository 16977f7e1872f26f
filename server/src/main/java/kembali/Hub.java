package kembali;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import kembali.account.LinkDomains;
import kembali.account.Workspaces;
import kembali.capture.ClientAddress;
import kembali.capture.LandingReader;
import kembali.capture.SetCookies;
import kembali.capture.rotator.DailyCaps;
import kembali.capture.rotator.MachineCounts;
import kembali.capture.rotator.RotatorHandler;
import kembali.capture.rotator.Rotators;
import kembali.conversion.Decisions;
import kembali.conversion.SettingsBook;
import kembali.delivery.AccessTokens;
import kembali.delivery.Deliveries;
import kembali.delivery.DeliverySettings;
import kembali.delivery.Lanes;
import kembali.delivery.TestConnection;
import kembali.delivery.courier.AddressGuard;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.CourierSettings;
import kembali.identity.Consent;
import kembali.intake.Intake;
import kembali.intake.RecentClicks;
import kembali.lead.Leads;
import kembali.lead.Pipelines;
import kembali.pixel.Pixels;
import kembali.pixel.VersionWatch;
import kembali.platform.Endpoints;
import kembali.platform.Platforms;
import kembali.platform.Reasons;
import kembali.store.Revision;
import kembali.store.Store;
import kembali.support.Ids;
import kembali.support.Secrets;
import kembali.support.Settings;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;

/** Everything put together, in the order it depends on each other. Made once per process. */
public final class Hub implements AutoCloseable {
    private static final int CONCURRENCY = 32;

    private final Store store;
    private final Revision revision;
    private final AddressGuard addressGuard;
    private final Courier courier;
    private final Lanes lanes;
    private final Workspaces workspaces;
    private final Visitors visitors;
    private final Leads leads;
    private final Pipelines pipelines;
    private final Pixels pixels;
    private final Platforms platforms;
    private final SettingsBook settingsBook;
    private final Decisions decisions;
    private final Deliveries deliveries;
    private final Intake intake;
    private final LinkDomains linkDomains;
    private final DailyCaps dailyCaps;
    private final Rotators rotators;
    private final MachineCounts machineCounts;
    private final RotatorHandler rotatorHandler;
    private final TestConnection testConnection;
    private final VersionWatch versionWatch;

    /** @param store opened and migrated; closed with this */
    public Hub(
            Settings settings, Store store, Secrets secrets, Vertx vertx, InstantSource clock, MeterRegistry meters) {
        this.store = store;
        var ids = new Ids(clock);
        revision = new Revision(store);
        workspaces = new Workspaces(store, revision);
        visitors = new Visitors(secrets);
        leads = new Leads(secrets, visitors, ids);
        pipelines = new Pipelines(store, revision);
        platforms = Platforms.all();
        pixels = new Pixels(store, revision, platforms, secrets, ids, new Endpoints(settings.endpoints()));
        settingsBook = new SettingsBook(store, revision, platforms);
        deliveries = new Deliveries(ids);
        linkDomains = new LinkDomains(revision);
        dailyCaps = new DailyCaps(store, workspaces, clock);
        rotators = new Rotators(store, revision, ids, dailyCaps, linkDomains);
        decisions = new Decisions(workspaces, settingsBook, pixels, deliveries, rotators::whatsappAccount);
        intake = new Intake(store, new Intake.Domain(visitors, leads, decisions, deliveries, new RecentClicks()));
        addressGuard = new AddressGuard(settings.allowedPrivateAddresses());
        courier = new Courier(vertx, CourierSettings.of(Version.NUMBER), addressGuard);
        var tokens = new AccessTokens(courier, clock);
        lanes = new Lanes(
                store,
                pixels,
                platforms,
                deliveries,
                ids,
                courier,
                tokens,
                new DeliverySettings(
                        settings.retryFirstDelay(), settings.batchSize(), settings.requestsPerSecond(), CONCURRENCY),
                (tx, row) -> {
                    Visitor v =
                            row.visitorNo() == null ? null : visitors.in(tx).get(row.workspaceId(), row.visitorNo());
                    if (v == null) {
                        return Reasons.LEAD_ERASED;
                    }
                    return v.profile().consent().adUserData() == Consent.Choice.DENIED ? Reasons.CONSENT_DENIED : null;
                },
                clock);
        testConnection = new TestConnection(courier, tokens, clock);
        versionWatch = new VersionWatch(pixels, clock);
        machineCounts = new MachineCounts(store, workspaces, clock);
        rotatorHandler = new RotatorHandler(
                rotators,
                linkDomains,
                workspaces,
                visitors,
                intake,
                new ClientAddress(settings.trustedProxies()),
                new SetCookies("https".equals(settings.publicUrl().getScheme()), null),
                new LandingReader(List.of()),
                secrets,
                clock,
                settings.publicUrl(),
                machineCounts,
                meters);
        meters.gauge("kembali_store_waiting", store, Store::waiting);
    }

    /** Begins to deliver. */
    public void start() {
        lanes.start();
        versionWatch.start();
    }

    public Store store() {
        return store;
    }

    public Workspaces workspaces() {
        return workspaces;
    }

    public Visitors visitors() {
        return visitors;
    }

    public Leads leads() {
        return leads;
    }

    public Pipelines pipelines() {
        return pipelines;
    }

    public Pixels pixels() {
        return pixels;
    }

    public Platforms platforms() {
        return platforms;
    }

    public SettingsBook settingsBook() {
        return settingsBook;
    }

    public Decisions decisions() {
        return decisions;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    public Intake intake() {
        return intake;
    }

    public Rotators rotators() {
        return rotators;
    }

    public LinkDomains linkDomains() {
        return linkDomains;
    }

    public MachineCounts machineCounts() {
        return machineCounts;
    }

    public RotatorHandler rotatorHandler() {
        return rotatorHandler;
    }

    public AddressGuard addressGuard() {
        return addressGuard;
    }

    public VersionWatch versionWatch() {
        return versionWatch;
    }

    public TestConnection testConnection() {
        return testConnection;
    }

    /** Lets what is under way end, then closes the database. */
    @Override
    public void close() {
        versionWatch.close();
        lanes.close();
        courier.close();
        dailyCaps.close();
        machineCounts.close();
        revision.close();
        store.close();
    }
}
