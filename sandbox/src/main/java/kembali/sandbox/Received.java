package kembali.sandbox;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event a platform stored.
 *
 * @param seq 1 for the first since the start; never reused, not even after clearing
 * @param request number of the request it came in
 * @param at when the request arrived
 * @param platform platform word
 * @param arrival what came
 * @param duplicate true when the same pixel, event name and event id had been stored before
 * @param fault the fault that hit its request, in lower case, or null
 * @param headers headers of the request, secrets masked
 */
public record Received(
        long seq,
        long request,
        Instant at,
        String platform,
        Arrival arrival,
        boolean duplicate,
        @Nullable String fault,
        Map<String, String> headers) {}
