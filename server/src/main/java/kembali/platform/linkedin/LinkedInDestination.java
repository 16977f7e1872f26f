package kembali.platform.linkedin;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kembali.platform.ApiVersion;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeStep;
import kembali.platform.Strategy;
import kembali.platform.TokenSource;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One LinkedIn ad account, opened for sending. */
final class LinkedInDestination implements Destination {
    private final LinkedInSettings settings;
    private final LinkedInEncoder encoder;
    private final LinkedInReplyReader reader;
    private final LinkedInTokens tokens;
    private final LinkedInProbe probe;
    private final DeliveryRules rules;
    private final URI uri;
    private final Map<String, String> single;
    private final Map<String, String> batch;

    LinkedInDestination(LinkedInSettings settings, String endpoint, String oauthEndpoint, DeliveryRules rules) {
        this.settings = settings;
        this.rules = rules;
        this.encoder = new LinkedInEncoder(settings);
        LinkedInWords words = new LinkedInWords(settings.secrets());
        this.reader = new LinkedInReplyReader(words);
        this.tokens = new LinkedInTokens(settings, oauthEndpoint, words);
        this.uri = URI.create(endpoint + "/rest/conversionEvents");
        Map<String, String> asking =
                Map.of("LinkedIn-Version", settings.apiVersion(), "X-Restli-Protocol-Version", "2.0.0");
        this.single = with(asking, "Content-Type", "application/json");
        this.batch = with(single, "X-RestLi-Method", "BATCH_CREATE");
        this.probe = new LinkedInProbe(settings, reader, tokens, endpoint, asking, this::one);
    }

    @Override
    public Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        return encoder.prepare(event, strategy, now);
    }

    /** LinkedIn has no test mode, so a test code changes nothing. */
    @Override
    public PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode) {
        if (events.size() == 1) {
            return one(encoder.current(events.getFirst()));
        }
        StringBuilder body = new StringBuilder(1024 * events.size()).append("{\"elements\":[");
        String comma = "";
        for (Prepared.Ready event : events) {
            body.append(comma).append(encoder.current(event));
            comma = ",";
        }
        return post(batch, body.append("]}").toString());
    }

    @Override
    public Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        return reader.read(reply, sent);
    }

    @Override
    public ProbeStep probe(Instant now) {
        return probe.begin(now);
    }

    @Override
    public TokenSource tokens() {
        return tokens;
    }

    @Override
    public DeliveryRules rules() {
        return rules;
    }

    /** LinkedIn counts requests per member, so pixels of one token or sign-in share a limit. */
    @Override
    public String budget() {
        return tokens.key();
    }

    @Override
    public ApiVersion apiVersion() {
        return LinkedInCatalog.version(settings.apiVersion());
    }

    @Override
    public String toString() {
        return "LinkedInDestination[" + settings + "]";
    }

    private PlatformRequest one(String event) {
        return post(single, event);
    }

    private PlatformRequest post(Map<String, String> headers, String body) {
        return new PlatformRequest("POST", uri, uri.toString(), headers, body);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        return Map.copyOf(all);
    }
}
