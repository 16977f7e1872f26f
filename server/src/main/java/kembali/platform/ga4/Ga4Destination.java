package kembali.platform.ga4;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeResult;
import kembali.platform.ProbeStep;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One GA4 web stream, opened for sending. */
final class Ga4Destination implements Destination {
    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");
    private static final String PARAMS = "\"params\":{";

    private final Ga4Settings settings;
    private final Ga4Encoder encoder;
    private final Ga4ReplyReader reader;
    private final Ga4Probe probe;
    private final DeliveryRules rules;
    private final Address collect;
    private final Address debug;

    /**
     * @param endpoint where events go: scheme, host and port
     * @param debugEndpoint where they are only checked; one for all regions, because none is known inside the EU
     */
    Ga4Destination(Ga4Settings settings, String endpoint, String debugEndpoint, DeliveryRules rules) {
        this.settings = settings;
        this.encoder = new Ga4Encoder(settings);
        this.reader = new Ga4ReplyReader(settings);
        this.probe = new Ga4Probe(reader);
        this.rules = rules;
        this.collect = Address.of(endpoint + "/mp/collect", settings);
        this.debug = Address.of(debugEndpoint + "/debug/mp/collect", settings);
    }

    /** An address with the secret in it, as Google wants it, and the same for the log. */
    private record Address(URI uri, String logged) {
        static Address of(String path, Ga4Settings settings) {
            String open = path + "?measurement_id=" + settings.measurementId() + "&api_secret=";
            return new Address(
                    URI.create(open + URLEncoder.encode(settings.apiSecret(), StandardCharsets.UTF_8)), open + "***");
        }

        PlatformRequest post(String body) {
            return new PlatformRequest("POST", uri, logged, HEADERS, body);
        }

        @Override
        public String toString() {
            return logged;
        }
    }

    @Override
    public Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        return encoder.prepare(event, strategy, now);
    }

    /** GA4 has no test codes: any code shows the event in DebugView while test mode lasts. It counts all the same. */
    @Override
    public PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode) {
        if (events.size() != 1) {
            throw new IllegalArgumentException("GA4 takes one event a request, not " + events.size());
        }
        String json = events.getFirst().json();
        return collect.post(testCode == null || testCode.isBlank() ? json : debugged(json));
    }

    @Override
    public Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        return reader.read(reply, sent, now);
    }

    @Override
    public ProbeStep probe(Instant now) {
        if (!settings.complete()) {
            var missing = Reasons.MISSING_CONFIGURATION;
            return new ProbeStep.Found(new ProbeResult(false, missing.code(), missing.message(), missing.fix()));
        }
        return ProbeStep.of(debug.post(Ga4Probe.synthetic(now)), probe::connection);
    }

    @Override
    public ProbeStep rehearse(Prepared.Ready event, Instant now) {
        boolean clamped = Ga4ReplyReader.isClamped(event.json(), now);
        return ProbeStep.of(debug.post(Ga4Probe.strict(event.json(), now)), reply -> probe.rehearsal(reply, clamped));
    }

    @Override
    public DeliveryRules rules() {
        return rules;
    }

    @Override
    public String toString() {
        return "Ga4Destination[" + settings + "]";
    }

    /** In a JSON text this sequence can only be the key: inside a string its quotes would be escaped. */
    private static String debugged(String json) {
        int params = json.indexOf(PARAMS);
        return params < 0
                ? json
                : new StringBuilder(json.length() + 16)
                        .append(json, 0, params + PARAMS.length())
                        .append("\"debug_mode\":1,")
                        .append(json, params + PARAMS.length(), json.length())
                        .toString();
    }
}
