package kembali.platform.tiktok;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.Sha256;
import kembali.platform.ApiVersion;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.JsonText;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeStep;
import kembali.platform.Strategy;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One TikTok pixel, opened for sending. */
final class TikTokDestination implements Destination {
    private final TikTokSettings settings;
    private final TikTokEncoder encoder;
    private final TikTokReplyReader reader;
    private final TikTokProbe probe;
    private final DeliveryRules rules;
    private final URI uri;
    private final Map<String, String> headers;
    private final String budget;

    TikTokDestination(TikTokSettings settings, String endpoint, DeliveryRules rules) {
        this.settings = settings;
        this.encoder = new TikTokEncoder(settings);
        this.reader = new TikTokReplyReader(settings);
        this.probe = new TikTokProbe(settings, reader);
        this.rules = rules;
        // The slash at the end belongs to the address.
        this.uri = URI.create(endpoint + "/open_api/" + settings.apiVersion() + "/event/track/");
        this.headers = Map.of("Access-Token", settings.accessToken(), "Content-Type", "application/json");
        // Limits are counted per developer app, and a token belongs to one.
        this.budget = "tiktok:" + Sha256.hex(settings.accessToken()).substring(0, 16);
    }

    @Override
    public Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        return encoder.prepare(event, strategy, now);
    }

    @Override
    public PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode) {
        int length = 160;
        for (Prepared.Ready event : events) {
            length += event.json().length() + 1;
        }
        StringBuilder body = new StringBuilder(length)
                .append("{\"event_source\":\"")
                .append(settings.eventSource().wire());
        JsonText.string(body.append("\",\"event_source_id\":"), settings.pixelCode());
        // Absent in production, not empty: it turns every event of the request into a test event.
        if (testCode != null && !testCode.isBlank()) {
            JsonText.string(body.append(",\"test_event_code\":"), testCode.strip());
        }
        body.append(",\"data\":[");
        String comma = "";
        for (Prepared.Ready event : events) {
            body.append(comma).append(event.json());
            comma = ",";
        }
        return new PlatformRequest(
                "POST", uri, uri.toString(), headers, body.append("]}").toString());
    }

    @Override
    public Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        return reader.read(reply, sent, now);
    }

    @Override
    public ProbeStep probe(Instant now) {
        return ProbeStep.of(request(List.of(), null), probe::readEmptyRequest);
    }

    @Override
    public ProbeStep probe(Instant now, @Nullable String testCode) {
        return testCode == null || testCode.isBlank()
                ? probe(now)
                : ProbeStep.of(request(List.of(probe.testEvent(now)), testCode), probe::readTestEvent);
    }

    @Override
    public DeliveryRules rules() {
        return rules;
    }

    @Override
    public String budget() {
        return budget;
    }

    @Override
    public ApiVersion apiVersion() {
        return TikTokCatalog.version(settings.apiVersion());
    }

    @Override
    public String toString() {
        return "TikTokDestination[" + settings + "]";
    }
}
