package kembali.platform.s2s;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import kembali.platform.ApiVersion;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.Endpoints;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.Reason;
import kembali.platform.SettingsForm;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** Outgoing S2S postbacks: the folder's public face. */
public final class S2sPlatform implements Platform {
    /** The first try and one after each wait. */
    static final int MOST_TRIES = 7;

    /** Ours: no source says how long it takes postbacks, and their windows for a click end after 30 to 90 days. */
    static final Duration MAX_AGE = Duration.ofDays(90);

    private static final int REQUESTS_PER_SECOND = 50;

    private static final DeliveryRules RULES = new DeliveryRules(
            1,
            MAX_AGE,
            Duration.ofMinutes(10),
            REQUESTS_PER_SECOND,
            List.of(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofHours(24)),
            MOST_TRIES);

    @Override
    public String key() {
        return "s2s";
    }

    @Override
    public String title() {
        return "S2S postback";
    }

    @Override
    public SettingsForm form() {
        return S2sForm.FORM;
    }

    @Override
    public EventCatalog catalog() {
        return S2sCatalog.CATALOG;
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return S2sCatalog.complaint(column, eventName);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    /** Sources count a click's postback once, or by the event id in the URL; a lost conversion is the greater harm. */
    @Override
    public boolean recognisesTwin(String eventName, String route) {
        return true;
    }

    @Override
    public boolean reportsConversions() {
        return true;
    }

    @Override
    public List<Reason> warnings(Map<String, Object> settings) {
        return S2sForm.warnings(settings);
    }

    @Override
    public List<ApiVersion> versions() {
        return List.of();
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return S2sForm.check(settings, credentials);
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints) {
        return new S2sDestination(S2sSettings.of(settings, credentials), RULES);
    }
}
