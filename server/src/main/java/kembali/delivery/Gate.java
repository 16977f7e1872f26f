package kembali.delivery;

import java.time.Duration;
import java.time.Instant;
import kembali.pixel.Health;
import kembali.platform.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a lane may send: open, or closed until an instant after which one row is tried as a
 * canary. Settings that are wrong, a platform that asks for quiet and one that cannot be reached all
 * close it; a canary that arrives opens it again. Guarded by its own lock.
 */
final class Gate {
    private static final int FAILURES_TO_CLOSE = 4;

    /** How many rows may be taken now, and until when to wait when none may. */
    record Pass(int rows, @Nullable Instant waitUntil) {}

    private final Duration unit;
    private final Duration firstPause;
    private final Duration longestPause;
    private Health health;
    private @Nullable Instant closedUntil;
    private @Nullable Instant closedAt;
    private int failuresInARow;
    private int pausesInARow;
    private boolean canaryOut;

    /** @param unit the first retry delay; pauses are multiples of it */
    Gate(Duration unit, Health health) {
        this.unit = unit;
        this.firstPause = unit.multipliedBy(6);
        this.longestPause = unit.multipliedBy(360);
        this.health = health.state() == Health.State.PAUSED ? Health.OK : health;
    }

    /** Someone changed the pixel: whatever stood in the way may be gone. */
    synchronized boolean reopen() {
        closedUntil = null;
        closedAt = null;
        failuresInARow = 0;
        pausesInARow = 0;
        canaryOut = false;
        boolean wasClosed = health.state() != Health.State.OK;
        health = Health.OK;
        return wasClosed;
    }

    synchronized Pass pass(Instant now, int wanted) {
        Instant until = closedUntil;
        if (until != null && now.isBefore(until)) {
            return new Pass(0, until);
        }
        if (health.state() == Health.State.OK) {
            return new Pass(wanted, null);
        }
        // Closed, and its time has come: one row tells whether things are well again.
        if (canaryOut) {
            return new Pass(0, now.plus(firstPause));
        }
        canaryOut = true;
        return new Pass(1, null);
    }

    /** The canary that was allowed found nothing to send, or told nothing about the platform. */
    synchronized void canaryReturned() {
        canaryOut = false;
    }

    /**
     * The platform answered sensibly. Returns the health to store when it changed.
     *
     * @param sentAt when the request was sent: one sent before the gate closed says nothing of the time since
     */
    synchronized @Nullable Health succeeded(Instant sentAt) {
        canaryOut = false;
        Instant closed = closedAt;
        boolean closedNow = health.state() != Health.State.OK;
        if (closedNow && closed != null && !sentAt.isAfter(closed)) {
            return null;
        }
        failuresInARow = 0;
        pausesInARow = 0;
        if (!closedNow) {
            // A hint to slow down stays in force.
            return null;
        }
        closedUntil = null;
        health = Health.OK;
        return health;
    }

    /** A hint to slow down although the request was taken; the health stays as it is. */
    synchronized void slowDown(Instant now, Duration pause) {
        Instant until = now.plus(pause);
        Instant closed = closedUntil;
        if (closed == null || until.isAfter(closed)) {
            closedUntil = until;
        }
    }

    /** The settings, the token or a permission are wrong. */
    synchronized @Nullable Health park(Reason reason, Instant now) {
        return close(Health.State.PARKED, reason, now, null, firstPause);
    }

    /** The platform wants quiet. */
    synchronized @Nullable Health throttle(Reason reason, @Nullable Duration pause, Instant now) {
        return close(Health.State.THROTTLED, reason, now, pause, firstPause);
    }

    /** One request found nobody or a platform in trouble; several in a row close the gate. */
    synchronized @Nullable Health failed(Reason reason, Instant now) {
        failuresInARow++;
        if (health.state() == Health.State.OK && failuresInARow < FAILURES_TO_CLOSE) {
            return null;
        }
        return close(Health.State.THROTTLED, reason, now, null, unit);
    }

    private @Nullable Health close(
            Health.State state, Reason reason, Instant now, @Nullable Duration asked, Duration first) {
        Instant closed = closedUntil;
        boolean alreadyClosed = closed != null && now.isBefore(closed) && health.state() == state;
        canaryOut = false;
        if (alreadyClosed && asked == null) {
            // Other requests under way tell the same story; the pause does not grow for it.
            return null;
        }
        Instant until = now.plus(asked != null ? asked : grown(first));
        closedUntil = closed != null && closed.isAfter(until) ? closed : until;
        closedAt = now;
        if (!alreadyClosed) {
            pausesInARow++;
        }
        Health before = health;
        if (before.state() == state
                && before.reason() != null
                && before.reason().code().equals(reason.code())) {
            return null;
        }
        health = new Health(state, reason, now);
        return health;
    }

    private Duration grown(Duration first) {
        Duration pause = first;
        for (int i = 0; i < pausesInARow && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) > 0 ? longestPause : pause;
    }
}
