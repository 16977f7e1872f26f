package kembali.platform;

import java.time.Duration;

/** What became of a request for an access token. */
public sealed interface TokenAnswer {
    /**
     * A token.
     *
     * @param token secret
     * @param lifetime from now on
     */
    record Granted(String token, Duration lifetime) implements TokenAnswer {
        @Override
        public String toString() {
            return "Granted[***, " + lifetime + "]";
        }
    }

    /** No token: what that means for the events that wait for it. */
    record Refused(Outcome.Failed failure) implements TokenAnswer {}
}
