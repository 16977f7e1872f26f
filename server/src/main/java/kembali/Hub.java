package kembali;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import kembali.account.LinkDomains;
import kembali.account.Workspace;
import kembali.account.Workspaces;
import kembali.api.FormReader;
import kembali.api.ImportedLeads;
import kembali.capture.ClientAddress;
import kembali.capture.Sites;
import kembali.capture.campaign.Campaign;
import kembali.capture.campaign.CampaignClicks;
import kembali.capture.campaign.CampaignHandler;
import kembali.capture.campaign.Campaigns;
import kembali.capture.campaign.ClickApiHandler;
import kembali.capture.geo.Geo;
import kembali.capture.link.MachineCounts;
import kembali.capture.link.VisitReader;
import kembali.capture.rotator.DailyCaps;
import kembali.capture.rotator.RotatorHandler;
import kembali.capture.rotator.Rotators;
import kembali.capture.tracker.TrackerHandler;
import kembali.conversion.Decisions;
import kembali.conversion.SettingsBook;
import kembali.conversion.Trails;
import kembali.delivery.AccessTokens;
import kembali.delivery.Deliveries;
import kembali.delivery.DeliverySettings;
import kembali.delivery.Lanes;
import kembali.delivery.TestConnection;
import kembali.delivery.courier.AddressGuard;
import kembali.delivery.courier.Courier;
import kembali.delivery.courier.CourierSettings;
import kembali.identity.Consent;
import kembali.inbound.Inbound;
import kembali.inbound.Kinds;
import kembali.inbound.postback.Postbacks;
import kembali.intake.Intake;
import kembali.intake.RecentClicks;
import kembali.intake.Replays;
import kembali.lead.Lead;
import kembali.lead.Leads;
import kembali.lead.Pipelines;
import kembali.ledger.Fingerprints;
import kembali.ledger.Ledger;
import kembali.ledger.ReceivedPostbacks;
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
import kembali.transfer.Imports;
import kembali.visitor.Clicks;
import kembali.visitor.Consents;
import kembali.visitor.TrackerHits;
import kembali.visitor.Visitor;
import kembali.visitor.Visitors;

/** Everything put together, in the order it depends on each other. Made once per process. */
public final class Hub implements AutoCloseable {
    private static final int CONCURRENCY = 32;

    private final Store store;
    private final Revision revision;
    private final AddressGuard addressGuard;
    private final Courier courier;
    private final AccessTokens tokens;
    private final Lanes lanes;
    private final Workspaces workspaces;
    private final Visitors visitors;
    private final Clicks clicks;
    private final Leads leads;
    private final Pipelines pipelines;
    private final Pixels pixels;
    private final Platforms platforms;
    private final SettingsBook settingsBook;
    private final Decisions decisions;
    private final Deliveries deliveries;
    private final Intake intake;
    private final Replays replays;
    private final LinkDomains linkDomains;
    private final DailyCaps dailyCaps;
    private final Rotators rotators;
    private final MachineCounts machineCounts;
    private final RotatorHandler rotatorHandler;
    private final Campaigns campaigns;
    private final CampaignHandler campaignHandler;
    private final ClickApiHandler clickApiHandler;
    private final TrackerHandler trackerHandler;
    private final Upkeep upkeep;
    private final TestConnection testConnection;
    private final Geo geo;
    private final VersionWatch versionWatch;
    private final Inbound inbound;
    private final Imports imports;
    private final Postbacks postbacks;

    /** @param store opened and migrated; closed with this */
    public Hub(
            Settings settings, Store store, Secrets secrets, Vertx vertx, InstantSource clock, MeterRegistry meters) {
        this(settings, store, secrets, vertx, clock, meters, Kinds.all(new Endpoints(settings.endpoints())));
    }

    /** @param kinds the kinds of inbound sources there are */
    public Hub(
            Settings settings,
            Store store,
            Secrets secrets,
            Vertx vertx,
            InstantSource clock,
            MeterRegistry meters,
            Kinds kinds) {
        geo = Geo.open(settings.geoDatabases());
        this.store = store;
        var ids = new Ids(clock);
        revision = new Revision(store);
        workspaces = new Workspaces(store, revision);
        visitors = new Visitors(secrets, new Consents(ids));
        clicks = new Clicks(secrets);
        leads = new Leads(secrets, visitors, ids);
        pipelines = new Pipelines(store, revision);
        platforms = Platforms.all();
        pixels = new Pixels(store, revision, platforms, secrets, ids, new Endpoints(settings.endpoints()));
        settingsBook = new SettingsBook(store, revision, platforms);
        deliveries = new Deliveries(ids);
        linkDomains = new LinkDomains(revision);
        dailyCaps = new DailyCaps(store, workspaces, clock);
        rotators = new Rotators(store, revision, ids, dailyCaps, linkDomains);
        campaigns = new Campaigns(store, revision, ids, linkDomains);
        decisions = new Decisions(
                workspaces,
                settingsBook,
                pixels,
                deliveries,
                rotators::whatsappAccount,
                new Trails(clicks, secrets, (ws, id) -> {
                    Campaign c = campaigns.find(ws, id);
                    return c == null ? null : c.name();
                }));
        decisions.onUnreportedVisit((platform, reason) -> meters.counter(
                        "kembali_page_views_not_reported", "platform", platform, "reason", reason.code())
                .increment());
        intake = new Intake(
                store,
                new Intake.Domain(
                        visitors,
                        new TrackerHits(secrets),
                        clicks,
                        leads,
                        decisions,
                        deliveries,
                        new RecentClicks(),
                        new Ledger(secrets, ids)));
        replays = new Replays(store, intake, ids);
        addressGuard = new AddressGuard(settings.allowedPrivateAddresses());
        courier = new Courier(vertx, CourierSettings.of(Version.NUMBER), addressGuard);
        tokens = new AccessTokens(courier, clock);
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
                    Consent said = v.profile().consent();
                    // Only silence is judged by where the lead is.
                    Lead lead = v.leadId() == null || said.adUserData() != Consent.Choice.UNKNOWN
                            ? null
                            : leads.in(tx).get(v.workspaceId(), v.leadId());
                    return decisions
                            .consent()
                            .objection(
                                    v.workspaceId(),
                                    said,
                                    v.profile().web().place(),
                                    lead == null ? null : lead.person());
                },
                clock);
        testConnection = new TestConnection(courier, tokens, clock);
        versionWatch = new VersionWatch(pixels, clock);
        var sites = new Sites(workspaces, secrets, settings.publicUrl());
        var clientAddress = new ClientAddress(settings.trustedProxies());
        machineCounts = new MachineCounts(store, workspaces, clock);
        rotatorHandler = new RotatorHandler(
                rotators,
                linkDomains,
                workspaces,
                visitors,
                intake,
                clientAddress,
                sites,
                geo,
                secrets,
                clock,
                settings.publicUrl(),
                machineCounts,
                meters);
        var campaignClicks = new CampaignClicks(
                campaigns,
                linkDomains,
                new VisitReader(visitors, workspaces, clientAddress, sites, geo, secrets, clock),
                intake,
                machineCounts,
                clock,
                settings.publicUrl(),
                meters);
        campaignHandler = new CampaignHandler(campaignClicks);
        clickApiHandler = new ClickApiHandler(campaignClicks, sites);
        trackerHandler = new TrackerHandler(sites, visitors, decisions, intake, clientAddress, geo, clock, meters);
        imports = new Imports(
                new Imports.Means(
                        settings.data(), store, secrets, ids, workspaces, pipelines, leads, visitors, intake, clock),
                new ImportedLeads(workspaces, pipelines, visitors));
        upkeep = new Upkeep(
                () -> TrackerHits.prune(
                        store, workspaces.all().stream().map(Workspace::id).toList(), clock.instant()),
                () -> Fingerprints.prune(
                        store, workspaces.all().stream().map(Workspace::id).toList(), clock.instant()),
                () -> ReceivedPostbacks.prune(
                        store, workspaces.all().stream().map(Workspace::id).toList(), clock.instant()),
                imports::sweep);
        inbound = new Inbound(
                new Inbound.Means(
                        settings,
                        store,
                        revision,
                        secrets,
                        ids,
                        workspaces,
                        pipelines,
                        rotators,
                        intake,
                        courier,
                        clock,
                        meters),
                kinds,
                new FormReader(workspaces, pipelines, visitors, clock));
        postbacks =
                new Postbacks(store, inbound.sources(), workspaces, pipelines, intake, clientAddress, clock, meters);
        meters.gauge("kembali_store_waiting", store, Store::waiting);
    }

    /** Begins to deliver. */
    public void start() {
        lanes.start();
        versionWatch.start();
        upkeep.start();
        inbound.start();
        imports.start();
        postbacks.start();
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

    public Clicks clicks() {
        return clicks;
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

    public Replays replays() {
        return replays;
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

    public Campaigns campaigns() {
        return campaigns;
    }

    public CampaignHandler campaignHandler() {
        return campaignHandler;
    }

    public ClickApiHandler clickApiHandler() {
        return clickApiHandler;
    }

    public TrackerHandler trackerHandler() {
        return trackerHandler;
    }

    public AddressGuard addressGuard() {
        return addressGuard;
    }

    public AccessTokens accessTokens() {
        return tokens;
    }

    /** Where addresses are, for all that capture visits. */
    public Geo geo() {
        return geo;
    }

    public VersionWatch versionWatch() {
        return versionWatch;
    }

    public TestConnection testConnection() {
        return testConnection;
    }

    public Inbound inbound() {
        return inbound;
    }

    public Imports imports() {
        return imports;
    }

    public Postbacks postbacks() {
        return postbacks;
    }

    /** Lets what is under way end, then closes the database. */
    @Override
    public void close() {
        upkeep.close();
        versionWatch.close();
        replays.close();
        imports.close();
        postbacks.close();
        inbound.close();
        lanes.close();
        courier.close();
        dailyCaps.close();
        machineCounts.close();
        revision.close();
        geo.close();
        store.close();
    }
}
