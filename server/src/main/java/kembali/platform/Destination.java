package kembali.platform;

import java.time.Instant;
import java.util.List;
import kembali.identity.ClickIds;
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
     * @param sent the events of the request, in its order
     * @param now when the answer came
     */
    Verdict read(PlatformReply reply, List<Prepared.Ready> sent, Instant now);

    /** Proves address, access and ids without storing an event, where that is possible. */
    ProbeStep probe(Instant now);

    /** The same while the platform's test event code is known, where a test event proves more than a probe can. */
    default ProbeStep probe(Instant now, @Nullable String testCode) {
        return probe(now);
    }

    /** Asks the platform what it thinks of one event without storing it; null where a platform offers no such thing. */
    default @Nullable ProbeStep rehearse(Prepared.Ready event, Instant now) {
        return null;
    }

    /** Where the access token of every request comes from; null when {@link #request} already carries what it needs. */
    default @Nullable TokenSource tokens() {
        return null;
    }

    /** Secrets that stand within credentials and settings, to be taken out of what is stored of an answer. */
    default List<String> secrets() {
        return List.of();
    }

    /** How to learn what became of events taken with a receipt; null where every answer is final. */
    default @Nullable FollowUp followUp() {
        return null;
    }

    /** The mapping column for what such a person does; null for the platform's first. */
    default @Nullable String column(ClickIds clicks, ConversionEvent.Origin origin) {
        return null;
    }

    /** The event of a status the mapping says nothing about; null sends nothing. */
    default @Nullable String defaultEvent(String status) {
        return null;
    }

    /** How much, how old and how often this pixel's interface takes. */
    DeliveryRules rules();

    /** Pixels that name the same budget share one rate limit; null for a budget of its own. Holds no secret. */
    default @Nullable String budget() {
        return null;
    }

    /** The interface version this pixel talks to; null where the platform has none. */
    default @Nullable ApiVersion apiVersion() {
        return null;
    }
}
