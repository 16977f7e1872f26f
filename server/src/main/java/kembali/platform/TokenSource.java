package kembali.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a destination comes by the access token its requests carry. Pure: the caller sends the request,
 * keeps the token until shortly before its end, and sees to it that only one is fetched at a time.
 */
public interface TokenSource {
    /** The same for all pixels that share one grant, so that they share one token; nothing secret can be read from it. */
    String key();

    /** A token from the settings, tried before one is fetched; null when there is none. */
    @Nullable String given();

    /** Asks for a fresh token; null when there is nothing to ask with, so that {@link #given()} is all there is. */
    @Nullable PlatformRequest request(Instant now);

    /** What the answer to {@link #request} says. */
    TokenAnswer read(PlatformReply reply);
}
