package kembali.pixel;

import java.time.Instant;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pixel's queue moves.
 *
 * @param reason why it does not; null when it does
 * @param since when this state began; null for a pixel that has always been well
 */
public record Health(
        State state, @Nullable Reason reason, @Nullable Instant since) {
    public static final Health OK = new Health(State.OK, null, null);

    /** What the queue is doing. */
    public enum State {
        /** Sending. */
        OK,
        /** Waiting for someone to mend the settings, token or permission. */
        PARKED,
        /** Waiting because the platform asked for it or cannot be reached. */
        THROTTLED,
        /** Waiting because a person paused it. */
        PAUSED,
        /** Sending nothing of what happens now because a person muted it. */
        MUTED,
        /** Reporting nothing because of how it is set up. */
        ERROR
    }
}
