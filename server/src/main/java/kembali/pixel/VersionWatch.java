package kembali.pixel;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import kembali.platform.ApiVersion;
import kembali.platform.Destination;

/** Sees to it that nobody is surprised by a platform switching off the interface version a pixel talks to. */
public final class VersionWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VersionWatch.class.getName());
    private static final Duration EVERY = Duration.ofHours(12);

    /** How near the end is, by days that are left. */
    public enum Nearness {
        WITHIN_90_DAYS(90),
        WITHIN_30_DAYS(30),
        WITHIN_7_DAYS(7),
        ENDED(-1);

        private final int days;

        Nearness(int days) {
            this.days = days;
        }
    }

    /**
     * A pixel whose version ends soon, or has ended.
     *
     * @param daysLeft until the first day on which the version may be refused; negative after it
     */
    public record Notice(Pixel pixel, ApiVersion version, long daysLeft, Nearness nearness) {
        /** One sentence. */
        public String message() {
            String end = version.endsOn() + (version.tentative() ? " (announced without an exact day)" : "");
            return nearness == Nearness.ENDED
                    ? version.api() + " " + version.version() + " ended on " + end + "; " + pixel.name()
                            + " still talks to it."
                    : version.api() + " " + version.version() + " ends on " + end + ", in " + daysLeft + " days; "
                            + pixel.name() + " talks to it.";
        }

        /** What to do. */
        public String fix() {
            return "Update Kembali. If the pixel names a version of its own in its settings, empty that field.";
        }
    }

    private final Pixels pixels;
    private final InstantSource clock;
    private final Set<String> said = new HashSet<>();
    private final Thread thread;
    private volatile boolean closed;

    public VersionWatch(Pixels pixels, InstantSource clock) {
        this.pixels = pixels;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("version-watch").unstarted(this::watch);
    }

    /** Begins to write warnings into the log: 90, 30 and 7 days before an end, and after it. */
    public void start() {
        thread.start();
    }

    /** What ends within 90 days or has ended, for that workspace. */
    public List<Notice> notices(int workspaceId) {
        return notices(pixels.of(workspaceId), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    static List<Notice> notices(List<Pixel> pixels, LocalDate today) {
        var notices = new ArrayList<Notice>();
        for (Pixel p : pixels) {
            Destination destination = p.destination();
            ApiVersion version = destination == null || !p.enabled() ? null : destination.apiVersion();
            LocalDate end = version == null ? null : version.endsOn();
            if (version != null && end != null) {
                long left = ChronoUnit.DAYS.between(today, end);
                Nearness nearness = nearness(left);
                if (nearness != null) {
                    notices.add(new Notice(p, version, left, nearness));
                }
            }
        }
        return notices;
    }

    private static @org.jspecify.annotations.Nullable Nearness nearness(long left) {
        Nearness found = null;
        for (Nearness n : Nearness.values()) {
            if (n == Nearness.ENDED ? left <= 0 : left <= n.days) {
                found = n;
            }
        }
        return found;
    }

    private void watch() {
        while (!closed) {
            for (Notice n : notices(pixels.all(), LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
                if (said.add(n.pixel.id() + " " + n.version.version() + " " + n.nearness)) {
                    LOG.log(Level.WARNING, "{0} {1}", new Object[] {n.message(), n.fix()});
                }
            }
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
