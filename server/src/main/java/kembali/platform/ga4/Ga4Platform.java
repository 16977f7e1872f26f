package kembali.platform.ga4;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kembali.platform.ApiVersion;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.EventCatalog;
import kembali.platform.MatchWeight;
import kembali.platform.Platform;
import kembali.platform.SettingsForm;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** Google Analytics 4: the folder's public face. */
public final class Ga4Platform implements Platform {
    private static final DeliveryRules RULES = new DeliveryRules(
            1,
            Ga4Encoder.MAX_AGE,
            Duration.ofDays(1),
            // Google names no limit for web streams, and an event takes a whole request; a pause comes only if it asks.
            10_000,
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1)));

    @Override
    public String key() {
        return "ga4";
    }

    @Override
    public String title() {
        return "Google Analytics 4";
    }

    @Override
    public SettingsForm form() {
        return Ga4Settings.FORM;
    }

    @Override
    public EventCatalog catalog() {
        return Ga4Catalog.CATALOG;
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return Ga4Catalog.complaint(column, eventName);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    /** Only a purchase, by its {@code transaction_id}; any other event sent twice counts twice. */
    @Override
    public boolean recognisesTwin(String eventName, String route) {
        return eventName.strip().equals(Ga4Catalog.PURCHASE);
    }

    /** The Measurement Protocol has no versions. */
    @Override
    public List<ApiVersion> versions() {
        return List.of();
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return Ga4Settings.check(settings, credentials);
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints) {
        Ga4Settings own = Ga4Settings.of(settings, credentials);
        return new Ga4Destination(
                own,
                endpoints.of(key(), own.region().host()),
                endpoints.of(key(), Ga4Settings.Region.GLOBAL.host()),
                RULES);
    }

    @Override
    public List<MatchWeight> matchWeights() {
        return Ga4Catalog.WEIGHTS;
    }
}
