package kembali.platform.googleads;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import kembali.platform.JsonText;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Test Connection over the Google Ads API: does the access work, is the conversion action of the right kind and in the
 * right account, and would an upload be taken. Nothing is written.
 */
final class AdsUploadProbe {
    /** What Google says about the made-up click itself, once everything else is right. */
    private static final Set<String> ABOUT_THE_CLICK = Set.of(
            GoogleAdsReasons.CLICK_ID_INVALID.code(),
            GoogleAdsReasons.CLICK_UNKNOWN.code(),
            GoogleAdsReasons.TOO_RECENT.code(),
            GoogleAdsReasons.BEFORE_CLICK.code(),
            GoogleAdsReasons.CLICK_OF_OTHER_ACCOUNT.code());

    private final GoogleAdsSettings settings;
    private final AdsUploadWriter writer;
    private final AdsUploadReplyReader reader;
    private final String address;

    AdsUploadProbe(GoogleAdsSettings settings, AdsUploadWriter writer, AdsUploadReplyReader reader, String endpoint) {
        this.settings = settings;
        this.writer = writer;
        this.reader = reader;
        this.address = endpoint + "/" + settings.apiVersion() + "/customers";
    }

    ProbeStep test(Instant now) {
        URI uri = URI.create(address + ":listAccessibleCustomers");
        var request = new PlatformRequest("GET", uri, uri.toString(), AdsUploadWriter.headers(settings, false), "");
        return new ProbeStep.Ask(request, reply -> {
            JsonNode answer = answer(reply);
            return answer == null || !answer.has("resourceNames") ? refused(reply) : askAction(now);
        });
    }

    ProbeStep rehearse(Prepared.Ready event) {
        return new ProbeStep.Ask(writer.request(List.of(event), true), reply -> {
            Reason fault = DataManagerProbe.faultOf(reader.read(reply, 1, true));
            return fault == null
                    ? new ProbeStep.Found(new ProbeResult(
                            true, "valid", "Google would take this event as it is. Nothing was stored.", ""))
                    : DataManagerProbe.found(fault);
        });
    }

    private ProbeStep askAction(Instant now) {
        String query = "SELECT conversion_action.id, conversion_action.name, conversion_action.type,"
                + " conversion_action.status FROM conversion_action WHERE conversion_action.id = "
                + settings.actionId();
        return search(query, reply -> {
            JsonNode answer = answer(reply);
            return answer == null
                    ? refused(reply)
                    : askAccount(now, actionFault(answer.path("results").path(0).path("conversionAction")));
        });
    }

    private @Nullable Reason actionFault(JsonNode action) {
        String id = settings.actionId();
        if (action.isMissingNode()) {
            return GoogleAdsReasons.ACTION_NOT_FOUND.saying("The account " + settings.customerId()
                    + " has no conversion action with the Action ID " + id + ".");
        }
        String type = action.path("type").asText();
        if (!type.equals("UPLOAD_CLICKS")) {
            return GoogleAdsReasons.ACTION_WRONG_TYPE.saying("The conversion action " + id + " is of type " + type
                    + ", not UPLOAD_CLICKS (import from clicks).");
        }
        String status = action.path("status").asText();
        return status.equals("ENABLED")
                ? null
                : GoogleAdsReasons.ACTION_NOT_ENABLED.saying(
                        "The conversion action " + id + " is " + status + ", not ENABLED.");
    }

    /** Where conversions are tracked across accounts, the other account explains an action that is missing here. */
    private ProbeStep askAccount(Instant now, @Nullable Reason actionFault) {
        String query = "SELECT customer.conversion_tracking_setting.google_ads_conversion_customer,"
                + " customer.conversion_tracking_setting.accepted_customer_data_terms FROM customer";
        return search(query, reply -> {
            JsonNode answer = answer(reply);
            JsonNode tracking = answer == null
                    ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                    : answer.path("results").path(0).path("customer").path("conversionTrackingSetting");
            String keeper = tracking.path("googleAdsConversionCustomer").asText();
            String other = keeper.substring(keeper.lastIndexOf('/') + 1);
            if (!other.isEmpty() && !other.equals(settings.customerId())) {
                return DataManagerProbe.found(GoogleAdsReasons.CROSS_ACCOUNT.saying("The conversions of account "
                        + settings.customerId() + " are kept by account " + other
                        + " (cross-account conversion tracking), so uploads must go there."));
            }
            // The names of these settings change between versions: an answer without them says nothing.
            return actionFault != null
                    ? DataManagerProbe.found(actionFault)
                    : askUpload(now, settings.enhancedConversions(), null);
        });
    }

    /** @param enhanced why the same upload with hashed e-mail was refused; null when it was not tried before */
    private ProbeStep askUpload(Instant now, boolean withPerson, @Nullable Reason enhanced) {
        Prepared.Ready event = Objects.requireNonNull(
                writer.write(DataManagerProbe.madeUp(settings, now, withPerson)), "it has a click id");
        return new ProbeStep.Ask(writer.request(List.of(event), true), reply -> {
            Reason fault = DataManagerProbe.faultOf(reader.read(reply, 1, true));
            if (fault != null && !ABOUT_THE_CLICK.contains(fault.code())) {
                return withPerson && DataManagerProbe.ENHANCED.contains(fault.code())
                        ? askUpload(now, false, fault)
                        : DataManagerProbe.found(fault);
            }
            return enhanced != null
                    ? DataManagerProbe.clickIdsOnly(enhanced)
                    : new ProbeStep.Found(new ProbeResult(
                            true,
                            "connected",
                            "Connected: Google accepts the access, and the conversion action " + settings.actionId()
                                    + " is enabled and made for imports from clicks. Nothing was stored.",
                            ""));
        });
    }

    private ProbeStep search(String query, Function<PlatformReply, ProbeStep> next) {
        URI uri = URI.create(address + "/" + settings.customerId() + "/googleAds:search");
        StringBuilder body =
                JsonText.string(new StringBuilder("{\"query\":"), query).append('}');
        Map<String, String> headers = AdsUploadWriter.headers(settings, true);
        return new ProbeStep.Ask(new PlatformRequest("POST", uri, uri.toString(), headers, body.toString()), next);
    }

    /** A good answer's object, or null for anything else. */
    private static @Nullable JsonNode answer(PlatformReply reply) {
        JsonNode body = GoogleError.object(reply.body());
        return body != null && GoogleError.isSuccess(reply) && GoogleError.of(body) == null ? body : null;
    }

    private ProbeStep refused(PlatformReply reply) {
        return DataManagerProbe.found(reader.fault(reply).reason());
    }
}
