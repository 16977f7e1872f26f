package kembali.platform;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pixel opened for sending: pure encoder and reply reader, bound to one advertiser's settings.
 * Safe for use by many threads.
 */
public interface Destination {
    /**
     * Turns an event into the bytes the platform wants, or says why it must not be sent.
     *
     * @param now the instant of sending; ages are measured against it
     */
    Prepared prepare(ConversionEvent event, Strategy strategy, Instant now);

    /**
     * One request for these events, all prepared by this destination with the same {@code route},
     * at most {@link DeliveryRules#maxBatch()} of them. The same input gives the same bytes.
     *
     * @param testCode the platform's test event code while test mode is on, else null
     */
    PlatformRequest request(List<Prepared.Ready> events, @Nullable String testCode);

    /**
     * Reads the platform's verdict, trusting the body and not the HTTP status.
     *
     * @param sent how many events the request held
     */
    Verdict read(PlatformReply reply, int sent);

    /** A request that proves address, access and id without storing an event, where that is possible. */
    PlatformRequest probe(Instant now);

    /** What the answer to {@link #probe} says, in words for the advertiser. */
    ProbeResult readProbe(PlatformReply reply);
}
