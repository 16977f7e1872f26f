package kembali.platform.googleads;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import kembali.platform.ApiVersion;
import kembali.platform.ConversionEvent;
import kembali.platform.DeliveryRules;
import kembali.platform.Destination;
import kembali.platform.PlatformReply;
import kembali.platform.PlatformRequest;
import kembali.platform.Prepared;
import kembali.platform.ProbeStep;
import kembali.platform.Reasons;
import kembali.platform.Strategy;
import kembali.platform.TokenSource;
import kembali.platform.Verdict;
import org.jspecify.annotations.Nullable;

/** One Google Ads pixel over the older upload of the Google Ads API, for Cloud projects that were there before June 2026. */
final class AdsUploadDestination implements Destination {
    /** One quick try, then from 5 minutes on, doubled, to a day. */
    static final DeliveryRules RULES = new DeliveryRules(
            2000,
            GoogleAdsEncoder.MAX_AGE,
            Duration.ofHours(1),
            5,
            List.of(
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(40),
                    Duration.ofMinutes(80),
                    Duration.ofMinutes(160),
                    Duration.ofMinutes(320),
                    Duration.ofMinutes(640),
                    Duration.ofMinutes(1280),
                    Duration.ofHours(24)));

    private final GoogleAdsSettings settings;
    private final GoogleAdsEncoder encoder;
    private final AdsUploadWriter writer;
    private final AdsUploadReplyReader reader;
    private final AdsUploadProbe probe;
    private final GoogleTokens tokens;

    AdsUploadDestination(GoogleAdsSettings settings, String endpoint, String tokenEndpoint) {
        this.settings = settings;
        this.writer = new AdsUploadWriter(settings, endpoint);
        this.encoder = new GoogleAdsEncoder(settings, writer);
        this.reader = new AdsUploadReplyReader(new GoogleWords(settings.secrets()));
        this.probe = new AdsUploadProbe(settings, writer, reader, endpoint);
        this.tokens = new GoogleTokens(settings, GoogleTokens.ADS_API_SCOPE, tokenEndpoint);
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
        return reader.read(reply, sent.size(), false);
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
    public @Nullable String defaultEvent(String status) {
        return settings.defaultActionId(status);
    }

    @Override
    public DeliveryRules rules() {
        return RULES;
    }

    @Override
    public String budget() {
        return "google_ads:" + settings.grant().project();
    }

    @Override
    public ApiVersion apiVersion() {
        return GoogleAdsCatalog.adsApi(settings.apiVersion());
    }

    @Override
    public String toString() {
        return "AdsUploadDestination[" + settings + "]";
    }
}
