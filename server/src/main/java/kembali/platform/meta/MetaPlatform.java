package kembali.platform.meta;

import java.util.List;
import java.util.Map;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.EventCatalog;
import kembali.platform.Platform;
import kembali.platform.SettingsForm;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/** Meta: the folder's public face. */
public final class MetaPlatform implements Platform {
    @Override
    public String key() {
        return "meta";
    }

    @Override
    public String title() {
        return "Meta";
    }

    @Override
    public String defaultEndpoint() {
        return "https://graph.facebook.com";
    }

    @Override
    public SettingsForm form() {
        return new SettingsForm(List.of(), List.of());
    }

    @Override
    public EventCatalog catalog() {
        return new EventCatalog(List.of(), List.of());
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return null;
    }

    @Override
    public DeliveryRules rules() {
        throw new IllegalStateException();
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return List.of();
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, String endpoint) {
        throw new IllegalStateException();
    }
}
