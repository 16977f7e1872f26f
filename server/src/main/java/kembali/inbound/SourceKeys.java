package kembali.inbound;

import org.jspecify.annotations.Nullable;

/**
 * What a source is checked by, opened for one request. Never logged.
 *
 * @param secret signs the provider's requests: app secret, auth token, {@code google_key}
 * @param verifyToken what a provider's handshake must repeat
 * @param accessToken lets us fetch what a webhook only points at
 */
public record SourceKeys(
        @Nullable String secret,
        @Nullable String verifyToken,
        @Nullable String accessToken) {
    public static final SourceKeys NONE = new SourceKeys(null, null, null);

    @Override
    public String toString() {
        return "SourceKeys[***]";
    }
}
