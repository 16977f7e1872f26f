package kembali.platform.meta;

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
import kembali.platform.UrlTemplate;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** Meta: the folder's public face. */
public final class MetaPlatform implements Platform {
    private static final DeliveryRules RULES = new DeliveryRules(
            1000,
            MetaEncoder.MAX_AGE,
            Duration.ofMinutes(10),
            20,
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1)));

    @Override
    public String key() {
        return "meta";
    }

    @Override
    public String title() {
        return "Meta";
    }

    @Override
    public SettingsForm form() {
        return MetaSettings.FORM;
    }

    @Override
    public EventCatalog catalog() {
        return MetaCatalog.CATALOG;
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return MetaCatalog.complaint(column, eventName);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    /** Meta tells twins apart by {@code event_id}, but not at all among the events of chats. */
    @Override
    public boolean recognisesTwin(String eventName, String route) {
        return !MetaMessaging.isRoute(route);
    }

    @Override
    public List<MatchWeight> matchWeights() {
        return MetaMatchWeights.ALL;
    }

    @Override
    public boolean canBeAdded(String key, String route) {
        return MetaMatchWeights.canBeAdded(key, MetaMessaging.isRoute(route));
    }

    @Override
    public UrlTemplate urlTemplate(Map<String, Object> settings) {
        return MetaUrlTemplate.of(MetaSettings.adAccount(settings));
    }

    @Override
    public List<ApiVersion> versions() {
        return MetaCatalog.VERSIONS;
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return MetaSettings.check(settings, credentials);
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints) {
        return new MetaDestination(
                MetaSettings.of(settings, credentials), endpoints.of("meta", "https://graph.facebook.com"), RULES);
    }
}
