package kembali.platform.tiktok;

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

/** TikTok: the folder's public face. */
public final class TikTokPlatform implements Platform {
    static final String HOST = "https://business-api.tiktok.com";

    /** TikTok allows a developer app 1,000 requests a second; one pixel takes a tenth, because it may share the app. */
    private static final int REQUESTS_PER_SECOND = 100;

    private static final DeliveryRules RULES = new DeliveryRules(
            1000,
            TikTokEncoder.MAX_AGE,
            Duration.ofMinutes(10),
            REQUESTS_PER_SECOND,
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(4),
                    Duration.ofMinutes(8),
                    Duration.ofMinutes(16),
                    Duration.ofMinutes(32),
                    Duration.ofHours(1)));

    @Override
    public String key() {
        return "tiktok";
    }

    @Override
    public String title() {
        return "TikTok";
    }

    @Override
    public SettingsForm form() {
        return TikTokSettings.FORM;
    }

    @Override
    public EventCatalog catalog() {
        return TikTokCatalog.CATALOG;
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return TikTokCatalog.complaint(column, eventName);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    /** TikTok tells twins apart by {@code event_id}, for 48 hours. */
    @Override
    public boolean recognisesTwin(String eventName, String route) {
        return true;
    }

    @Override
    public List<ApiVersion> versions() {
        return TikTokCatalog.VERSIONS;
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return TikTokSettings.check(settings, credentials);
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints) {
        return new TikTokDestination(TikTokSettings.of(settings, credentials), endpoints.of("tiktok", HOST), RULES);
    }

    @Override
    public List<MatchWeight> matchWeights() {
        return TikTokTemplate.WEIGHTS;
    }

    @Override
    public boolean canBeAdded(String key, String route) {
        return !key.equals("lead_id");
    }

    @Override
    public UrlTemplate urlTemplate(Map<String, Object> settings) {
        return TikTokTemplate.of();
    }
}
