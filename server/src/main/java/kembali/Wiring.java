package kembali;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import kembali.account.Workspaces;
import kembali.capture.rotator.Rotators;
import kembali.conversion.Decisions;
import kembali.conversion.SettingsBook;
import kembali.delivery.Deliveries;
import kembali.delivery.TestConnection;
import kembali.intake.Intake;
import kembali.lead.Leads;
import kembali.pixel.Pixels;
import kembali.platform.Platforms;
import kembali.store.DatabaseInUseException;
import kembali.store.Store;
import kembali.support.Secrets;
import kembali.support.Settings;
import kembali.visitor.Visitors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hands the parts of the {@link Hub} to the routes, and starts and stops it with the server. */
@ApplicationScoped
public class Wiring {
    private static final Logger LOG = Logger.getLogger("kembali");
    /** Before Quarkus's own routes. */
    private static final int EARLY = -100;

    @Inject
    Vertx vertx;

    @Inject
    MeterRegistry meters;

    private @Nullable Hub hub;
    private @Nullable Secrets secrets;
    private final Settings settings = Settings.fromEnvironment();
    private final AtomicBoolean announced = new AtomicBoolean();
    private final InstantSource clock = InstantSource.system();

    void started(@Observes StartupEvent event) {
        hub().start();
        LOG.infof(
                "Kembali %s listens on %s:%d, reached as %s",
                Version.NUMBER, settings.host(), settings.port(), settings.publicUrl());
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
        Hub h = hub;
        if (h != null) {
            h.close();
        }
    }

    void routes(@Observes Router router) {
        var health = new HealthRoutes(this::hub);
        router.get("/health/live").order(EARLY).handler(health::live);
        router.get("/health/ready").order(EARLY).handler(health::ready);
        router.route("/wa/:slug")
                .order(EARLY)
                .handler(r -> hub().rotatorHandler().handle(r));
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
                System.err.println("kembali: " + e.getMessage());
                Quarkus.asyncExit(2);
                throw e;
            }
        }
        return h;
    }

    @Produces
    @Singleton
    Settings settings() {
        return settings;
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return clock;
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
    TestConnection testConnection() {
        return hub().testConnection();
    }
}
