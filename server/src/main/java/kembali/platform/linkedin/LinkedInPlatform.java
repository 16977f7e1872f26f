package kembali.platform.linkedin;

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

/** LinkedIn: the folder's public face. */
public final class LinkedInPlatform implements Platform {
    private static final String KEY = "linkedin";

    /** 600 requests a minute and member; 9 a second, because the first second may spend a second's share in advance. */
    private static final int REQUESTS_PER_SECOND = 9;

    private static final DeliveryRules RULES = new DeliveryRules(
            5_000,
            LinkedInEncoder.MAX_AGE,
            LinkedInEncoder.AGE_MARGIN,
            REQUESTS_PER_SECOND,
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1)));

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public String title() {
        return "LinkedIn";
    }

    @Override
    public SettingsForm form() {
        return LinkedInSettings.FORM;
    }

    @Override
    public EventCatalog catalog() {
        return LinkedInCatalog.CATALOG;
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return LinkedInCatalog.complaint(column, eventName);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    /**
     * LinkedIn promises nothing about two server events of one {@code eventId}. Most rules count a person once all the
     * same, and a lost purchase costs more than a doubled one, so such an event is sent again and its row says that the
     * answer was lost.
     */
    @Override
    public boolean recognisesTwin(String eventName, String route) {
        return true;
    }

    @Override
    public List<ApiVersion> versions() {
        return LinkedInCatalog.VERSIONS;
    }

    @Override
    public List<MatchWeight> matchWeights() {
        return LinkedInTracking.WEIGHTS;
    }

    @Override
    public boolean canBeAdded(String key, String route) {
        return !key.equals("lead");
    }

    @Override
    public UrlTemplate urlTemplate(Map<String, Object> settings) {
        return LinkedInTracking.template(LinkedInSettings.of(settings, Map.of()).adAccountId());
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return LinkedInSettings.check(settings, credentials);
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints) {
        return new LinkedInDestination(
                LinkedInSettings.of(settings, credentials),
                endpoints.of(KEY, "https://api.linkedin.com"),
                endpoints.of(KEY, "https://www.linkedin.com"),
                RULES);
    }
}
