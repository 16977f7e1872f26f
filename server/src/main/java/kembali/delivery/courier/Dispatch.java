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

    /**
     * Nothing was written to the other side: it certainly saw nothing, and sending again is safe.
     *
     * @param obstacle what stood in the way
     */
    record NotSent(String error, Duration took, Obstacle obstacle) implements Dispatch {
        /** Nobody was reached, and no proxy was in between. */
        public NotSent(String error, Duration took) {
            this(error, took, Obstacle.TARGET);
        }
    }

    /** What can keep a request from being sent. */
    enum Obstacle {
        /** The other side: its name, its address, its TLS. */
        TARGET,
        /** The proxy was not there or did not answer. */
        PROXY,
        /** The proxy did not take the login. */
        PROXY_LOGIN,
        /** The proxy is well, and would or could not reach the other side. */
        PROXY_REFUSAL,
        /** The address, or one it redirects to, is out of bounds. */
        FORBIDDEN;

        /** Whether the fault lies with the proxy. */
        public boolean isProxy() {
            return this == PROXY || this == PROXY_LOGIN || this == PROXY_REFUSAL;
        }
    }

    /** Writing began and no whole answer came: the other side may have taken the request. */
    record AnswerLost(String error, Duration took) implements Dispatch {}
}
