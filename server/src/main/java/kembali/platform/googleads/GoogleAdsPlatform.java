package kembali.platform.googleads;

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

/** Google Ads: the folder's public face. */
public final class GoogleAdsPlatform implements Platform {
    @Override
    public String key() {
        return "google_ads";
    }

    @Override
    public String title() {
        return "Google Ads";
    }

    @Override
    public SettingsForm form() {
        return GoogleAdsForm.FORM;
    }

    @Override
    public EventCatalog catalog() {
        return GoogleAdsCatalog.CATALOG;
    }

    @Override
    public @Nullable String eventNameComplaint(String column, String eventName) {
        return GoogleAdsCatalog.complaint(column, eventName);
    }

    @Override
    public DeliveryRules rules() {
        return DataManagerDestination.RULES;
    }

    /** Google tells twins apart by {@code transactionId}, in the older upload {@code orderId}. */
    @Override
    public boolean recognisesTwin(String eventName, String route) {
        return true;
    }

    @Override
    public List<ApiVersion> versions() {
        return GoogleAdsCatalog.VERSIONS;
    }

    @Override
    public List<FieldError> check(Map<String, Object> settings, Map<String, String> credentials) {
        return GoogleAdsSettings.check(settings, credentials);
    }

    @Override
    public Destination destination(Map<String, Object> settings, Map<String, String> credentials, Endpoints endpoints) {
        GoogleAdsSettings opened = GoogleAdsSettings.of(settings, credentials);
        String tokens = endpoints.of("google_oauth", "https://oauth2.googleapis.com");
        return opened.adsApi()
                ? new AdsUploadDestination(
                        opened, endpoints.of("google_ads", "https://googleads.googleapis.com"), tokens)
                : new DataManagerDestination(
                        opened, endpoints.of("google_data_manager", "https://datamanager.googleapis.com"), tokens);
    }

    @Override
    public List<MatchWeight> matchWeights() {
        return GoogleAdsCatalog.WEIGHTS;
    }

    @Override
    public boolean canBeAdded(String key, String route) {
        // Which of its three click ids a click carries is Google's choice.
        return !key.equals("gbraid") && !key.equals("wbraid");
    }

    @Override
    public UrlTemplate urlTemplate(Map<String, Object> settings) {
        Object customer = settings.get("customerId");
        String account = customer instanceof String id ? id.replace("-", "") : "";
        return GoogleAdsTemplate.of(account);
    }
}
