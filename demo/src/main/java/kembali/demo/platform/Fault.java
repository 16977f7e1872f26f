package kembali.demo.platform;

import java.util.Map;

/**
 * Something the sandbox is told to do.
 *
 * @param sandbox its word for the host
 * @param pixelId as it knows it, {@code *} for all
 * @param mode such as {@code throttle} (docs/sandbox.md)
 * @param more further members
 * @param millis how long it lasts; 0 when it ends by its own count
 */
public record Fault(String sandbox, String pixelId, String mode, Map<String, ?> more, int millis) {
    static final int BY_COUNT = 0;

    /** Hits one call, then never again. */
    static Fault once(String sandbox, String pixelId, String mode) {
        return new Fault(sandbox, pixelId, mode, Map.of("count", 1), BY_COUNT);
    }
}
