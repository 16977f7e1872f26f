package kembali.delivery.courier;

import java.time.Duration;
import kembali.platform.PlatformReply;

/**
 * What became of one attempt to send a request. The error texts are for the sync log: they hold no
 * secret and nothing the other side wrote.
 */
public sealed interface Dispatch {
    /** From the call until this was known. */
    Duration took();

    /**
     * An answer came back, whatever it says. A body over the limit is cut.
     *
     * @param reply the status is the sender's word: through an {@code http://} proxy a plain-text
     *     request's 502 or 504 may be the proxy's own
     */
    record Answered(PlatformReply reply, Duration took) implements Dispatch {}

    /** Nothing was written to the other side: it certainly saw nothing, and sending again is safe. */
    record NotSent(String error, Duration took) implements Dispatch {}

    /** Writing began and no whole answer came: the other side may have taken the request. */
    record AnswerLost(String error, Duration took) implements Dispatch {}
}
