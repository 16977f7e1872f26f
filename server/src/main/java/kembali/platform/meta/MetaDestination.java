package kembali.platform.meta;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.identity.ClickIds;
import kembali.platform.ApiVersion;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.JsonText;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Strategy;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One Meta pixel, opened for sending. */
final class MetaDestination implements Destination {
    private final MetaSettings settings;
    private final MetaEncoder encoder;
    private final MetaReplyReader reader;
    private final MetaProbe probe;
    private final URI uri;
    private final Map<String, String> headers;
    private final String endpoint;
    private final Map<String, String> messagingHeaders;
    private final DeliveryRules rules;

    MetaDestination(MetaSettings settings, String endpoint, DeliveryRules rules) {
        this.rules = rules;
        this.settings = settings;
        this.encoder = new MetaEncoder(settings);
        this.reader = new MetaReplyReader(settings);
        this.probe = new MetaProbe(settings, reader);
        this.uri = edge(endpoint, settings, settings.pixelId());
        this.headers = headers(settings.accessToken());
        this.endpoint = endpoint;
        this.messagingHeaders = headers(settings.messagingToken());
    }

    private static URI edge(String endpoint, MetaSettings settings, String dataset) {
        return URI.create(endpoint + "/" + settings.apiVersion() + "/" + dataset + "/events");
    }

    /** The token in the header and not in the address: addresses end up in logs. */
    private static Map<String, String> headers(String token) {
        return Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
    }

    @Override
    public String column(ClickIds clicks, ConversionEvent.Origin origin) {
        return MetaMessaging.click(clicks, origin) == null ? MetaCatalog.WEB : MetaCatalog.MESSAGING;
    }

    @Override
    public Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        return encoder.prepare(event, strategy, now);
    }

    @Override
    public PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode) {
        int length = 64;
        for (Prepared.Ready event : events) {
            length += event.json().length() + 1;
        }
        StringBuilder body = new StringBuilder(length).append("{\"data\":[");
        String comma = "";
        for (Prepared.Ready event : events) {
            body.append(comma).append(event.json());
            comma = ",";
        }
        body.append("],\"partner_agent\":\"kembali\"");
        // Absent in production, not empty: it sits beside data and turns all of it into test events.
        if (testCode != null && !testCode.isBlank()) {
            JsonText.string(body.append(",\"test_event_code\":"), testCode.strip());
        }
        String route = events.getFirst().route();
        boolean message = MetaMessaging.isRoute(route);
        URI to = message ? edge(endpoint, settings, MetaMessaging.dataset(route, settings)) : uri;
        return new PlatformRequest(
                "POST",
                to,
                to.toString(),
                message ? messagingHeaders : headers,
                body.append('}').toString());
    }

    @Override
    public Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        return reader.read(reply, sent, now);
    }

    @Override
    public ProbeStep probe(Instant now) {
        return new ProbeStep.Ask(request(List.of(MetaProbe.event(now)), null), reply -> {
            ProbeResult website = probe.read(reply);
            Prepared.Ready message = website.ok() ? probe.message(now) : null;
            return message == null
                    ? new ProbeStep.Found(website)
                    : ProbeStep.of(request(List.of(message), null), answer -> probe.readMessage(answer, website));
        });
    }

    @Override
    public DeliveryRules rules() {
        return rules;
    }

    @Override
    public ApiVersion apiVersion() {
        return MetaCatalog.version(settings.apiVersion());
    }

    @Override
    public String toString() {
        return "MetaDestination[" + settings + "]";
    }
}
