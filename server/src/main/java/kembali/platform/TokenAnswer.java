package kembali.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a request for an access token. */
public sealed interface TokenAnswer {
    /**
     * A token.
     *
     * @param token secret
     * @param lifetime from now on
     * @param grantLifetime how much longer fresh tokens can be had at all; null when the platform set no end
     */
    record Granted(
            String token, Duration lifetime, @Nullable Duration grantLifetime) implements TokenAnswer {
        /** A token of a grant without an end. */
        public Granted(String token, Duration lifetime) {
            this(token, lifetime, null);
        }

        @Override
        public String toString() {
            return "Granted[***, " + lifetime + "]";
        }
    }

    /** No token: what that means for the events that wait for it. */
    record Refused(Outcome.Failed failure) implements TokenAnswer {}
}
