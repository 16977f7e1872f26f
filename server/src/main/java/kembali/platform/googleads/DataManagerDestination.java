package kembali.platform.googleads;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.platform.ApiVersion;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.FollowUp;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeStep;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.platform.TokenSource;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One Google Ads pixel over the Data Manager API, opened for sending. */
final class DataManagerDestination implements Destination {
    /** 300 requests a minute for a whole Cloud project. 2,000 events of the largest kind stay under 4 MB. */
    static final DeliveryRules RULES = new DeliveryRules(
            2000,
            GoogleAdsEncoder.MAX_AGE,
            Duration.ofHours(1),
            5,
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(4)));

    private final GoogleAdsSettings settings;
    private final GoogleAdsEncoder encoder;
    private final DataManagerWriter writer;
    private final DataManagerReplyReader reader;
    private final DataManagerFollowUp followUp;
    private final DataManagerProbe probe;
    private final GoogleTokens tokens;

    DataManagerDestination(GoogleAdsSettings settings, String endpoint, String tokenEndpoint) {
        GoogleWords words = new GoogleWords(settings.secrets());
        this.settings = settings;
        this.writer = new DataManagerWriter(settings, endpoint);
        this.encoder = new GoogleAdsEncoder(settings, writer);
        this.reader = new DataManagerReplyReader(words);
        this.followUp = new DataManagerFollowUp(endpoint, words, reader);
        this.probe = new DataManagerProbe(settings, writer, reader);
        this.tokens = new GoogleTokens(settings, GoogleTokens.DATA_MANAGER_SCOPE, tokenEndpoint);
    }

    /** Both strategies send the same: what Google can attribute to no click and no person it refuses. */
    @Override
    public Prepared prepare(ConversionEvent event, Strategy strategy, Instant now) {
        return encoder.prepare(event, now);
    }

    /** Google has no test event codes, so {@code testCode} changes nothing. */
    @Override
    public PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode) {
        return writer.request(events, false);
    }

    @Override
    public Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now) {
        return reader.read(reply, sent.size());
    }

    @Override
    public ProbeStep probe(Instant now) {
        return settings.complete() ? probe.test(now) : DataManagerProbe.found(Reasons.MISSING_CONFIGURATION);
    }

    @Override
    public ProbeStep rehearse(Prepared.Ready event, Instant now) {
        return probe.rehearse(event);
    }

    @Override
    public TokenSource tokens() {
        return tokens;
    }

    @Override
    public FollowUp followUp() {
        return followUp;
    }

    @Override
    public @Nullable String defaultEvent(String status) {
        return settings.defaultActionId(status);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    @Override
    public String budget() {
        return "google_data_manager:" + settings.grant().project();
    }

    @Override
    public ApiVersion apiVersion() {
        return GoogleAdsCatalog.DATA_MANAGER;
    }

    @Override
    public String toString() {
        return "DataManagerDestination[" + settings + "]";
    }
}
