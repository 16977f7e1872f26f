package kembali;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import kembali.account.LinkDomains;
import kembali.account.Workspaces;
import kembali.capture.campaign.Campaigns;
import kembali.capture.rotator.Rotators;
import kembali.capture.tracker.ScriptFile;
import kembali.conversion.Decisions;
import kembali.conversion.SettingsBook;
import kembali.delivery.AccessTokens;
import kembali.delivery.Deliveries;
import kembali.delivery.TestConnection;
import kembali.delivery.courier.AddressGuard;
import kembali.http.AdminKey;
import kembali.http.BodyLimit;
import kembali.http.IdempotencyKeys;
import kembali.http.LargeBodies;
import kembali.inbound.Inbound;
import kembali.inbound.postback.Postbacks;
import kembali.intake.Intake;
import kembali.intake.Replays;
import kembali.lead.Leads;
import kembali.lead.Pipelines;
import kembali.pixel.Pixels;
import kembali.pixel.VersionWatch;
import kembali.platform.Platforms;
import kembali.store.DatabaseInUseException;
import kembali.store.Store;
import kembali.support.Secrets;
import kembali.support.Settings;
import kembali.transfer.Imports;
import kembali.visitor.Clicks;
import kembali.visitor.Visitors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hands the parts of the {@link Hub} to the routes, and starts and stops it with the server. */
@ApplicationScoped
public class Wiring {
    private static final Logger LOG = Logger.getLogger("kembali");
    private static final int CANNOT_START = 2;
    /** Before Quarkus's own routes. */
    private static final int EARLY = -100;
    /** After Quarkus has noted its own limit, which is that of the largest file (RouteConstants, -2). */
    private static final int AFTER_QUARKUS_LIMIT = -1;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry meters;

    @Inject
    Settings settings;

    @Inject
    InstantSource clock;

    private @Nullable IdempotencyKeys idempotencyKeys;
    private @Nullable Hub hub;
    private @Nullable Secrets secrets;
    private final AtomicBoolean announced = new AtomicBoolean();

    void started(@Observes StartupEvent event) {
        Hub h = hub();
        h.start();
        idempotencyKeys = new IdempotencyKeys(h.store(), clock);
        for (String name : Settings.unknown(System.getenv().keySet())) {
            LOG.warnf("%s is no setting of Kembali and has no effect; see ./kembali help", name);
        }
        if (settings.adminKey() == null) {
            LOG.warn("no API key is set, so the management API refuses everybody; set KEMBALI_ADMIN_KEY");
        }
    }

    /** Fired once per event loop. */
    void listening(@ObservesAsync HttpServerStart event) {
        if (!announced.compareAndSet(false, true)) {
            return;
        }
        LOG.infof(
                "Kembali %s listens on %s:%d, reached as %s",
                Version.NUMBER, settings.host(), event.options().getPort(), settings.publicUrl());
    }

    void stopping(@Observes ShutdownEvent event) {
        IdempotencyKeys keys = idempotencyKeys;
        if (keys != null) {
            keys.close();
        }
        Hub h = hub;
        if (h != null) {
            h.close();
        }
    }

    void routes(@Observes Router router) {
        var health = new HealthRoutes(this::hub);
        router.get("/metrics").order(EARLY).handler(this::metrics);
        router.get("/health/live").order(EARLY).handler(health::live);
        router.get("/health/ready").order(EARLY).handler(health::ready);
        router.route("/api/*").order(EARLY).handler(new LargeBodies()::admit);
        router.route().order(AFTER_QUARKUS_LIMIT).handler(BodyLimit::limitUnsaid);
        var script = ScriptFile.ofThisRelease();
        router.route("/track.min.js").order(EARLY).handler(script::handle);
        router.route("/click.min.js").order(EARLY).handler(ScriptFile.ofClicks()::handle);
        router.route("/wa/:slug")
                .order(EARLY)
                .handler(r -> hub().rotatorHandler().handle(r));
        router.route("/t").order(EARLY).handler(r -> hub().trackerHandler().handle(r));
        router.route("/in/:kind")
                .order(EARLY)
                .handler(r -> hub().inbound().handler().handle(r));
        router.route("/in/:kind/:token")
                .order(EARLY)
                .handler(r -> hub().inbound().handler().handle(r));
        router.route("/c/*").order(EARLY).handler(r -> hub().campaignHandler().handle(r));
        router.route("/click_api/v3")
                .order(EARLY)
                .handler(r -> hub().clickApiHandler().handle(r));
        router.route("/p/:key")
                .order(EARLY)
                .handler(r -> hub().postbacks().handler().handle(r));
        router.route("/:key/postback")
                .order(EARLY)
                .handler(r -> hub().postbacks().handler().handle(r));
        router.route("/p/:key/batch")
                .order(EARLY)
                .handler(r -> hub().postbacks().handler().handleBatch(r));
        router.route("/:slug")
                .order(EARLY + 1)
                .handler(r -> hub().rotatorHandler().handleAtRoot(r));
        router.route("/:alias")
                .order(EARLY + 2)
                .handler(r -> hub().campaignHandler().handleAtRoot(r));
        // A link that lost its question mark may hold slashes behind what is left of it.
        router.routeWithRegex("/[A-Za-z0-9_-]+(?:&|%26|%3[Ff]).*/.*")
                .order(EARLY + 2)
                .handler(r -> hub().campaignHandler().handleAtRoot(r));
    }

    /** Figures are for the operator: the admin key opens them. */
    private void metrics(RoutingContext routing) {
        if (AdminKey.matches(settings, routing.request().getHeader("Authorization"))) {
            routing.next();
        } else {
            routing.response()
                    .setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Bearer realm=\"kembali\"")
                    .putHeader("Content-Type", "text/plain")
                    .end("Send the admin key as \"Authorization: Bearer <key>\".\n");
        }
    }

    private synchronized Hub hub() {
        Hub h = hub;
        if (h == null) {
            try {
                Opening.Opened opened = Opening.open(settings, clock);
                secrets = opened.secrets();
                h = new Hub(settings, opened.store(), opened.secrets(), vertx, clock, meters);
                hub = h;
            } catch (DatabaseInUseException | Settings.InvalidSettingException e) {
                // One line, no stack trace: the operator can mend it. Nothing was begun yet, and an orderly exit
                // would wait for the very start-up this is part of.
                System.err.println("kembali: " + e.getMessage());
                Runtime.getRuntime().halt(CANNOT_START);
                throw e;
            }
        }
        return h;
    }

    @Produces
    @Singleton
    Secrets secrets() {
        hub();
        return java.util.Objects.requireNonNull(secrets);
    }

    @Produces
    @Singleton
    Store store() {
        return hub().store();
    }

    @Produces
    @Singleton
    Replays replays() {
        return hub().replays();
    }

    @Produces
    @Singleton
    Workspaces workspaces() {
        return hub().workspaces();
    }

    @Produces
    @Singleton
    Visitors visitors() {
        return hub().visitors();
    }

    @Produces
    @Singleton
    Leads leads() {
        return hub().leads();
    }

    @Produces
    @Singleton
    Pipelines pipelines() {
        return hub().pipelines();
    }

    @Produces
    @Singleton
    Pixels pixels() {
        return hub().pixels();
    }

    @Produces
    @Singleton
    Platforms platforms() {
        return hub().platforms();
    }

    @Produces
    @Singleton
    SettingsBook settingsBook() {
        return hub().settingsBook();
    }

    @Produces
    @Singleton
    Decisions decisions() {
        return hub().decisions();
    }

    @Produces
    @Singleton
    Deliveries deliveries() {
        return hub().deliveries();
    }

    @Produces
    @Singleton
    Intake intake() {
        return hub().intake();
    }

    @Produces
    @Singleton
    Rotators rotators() {
        return hub().rotators();
    }

    @Produces
    @Singleton
    Campaigns campaigns() {
        return hub().campaigns();
    }

    @Produces
    @Singleton
    Inbound inbound() {
        return hub().inbound();
    }

    @Produces
    @Singleton
    Postbacks postbacks() {
        return hub().postbacks();
    }

    @Produces
    @Singleton
    LinkDomains linkDomains() {
        return hub().linkDomains();
    }

    @Produces
    @Singleton
    AddressGuard addressGuard() {
        return hub().addressGuard();
    }

    @Produces
    @Singleton
    AccessTokens accessTokens() {
        return hub().accessTokens();
    }

    @Produces
    @Singleton
    VersionWatch versionWatch() {
        return hub().versionWatch();
    }

    @Produces
    @Singleton
    TestConnection testConnection() {
        return hub().testConnection();
    }

    @Produces
    @Singleton
    Imports imports() {
        return hub().imports();
    }

    @Produces
    @Singleton
    Clicks clicks() {
        return hub().clicks();
    }
}
