package kembali.demo.report;

import java.time.Duration;
import kembali.demo.drive.Progress;
import kembali.demo.report.Screen.Look;

/** Says what the demo is doing: one line that moves while it runs, and one that stays. */
public final class Acts {
    private static final int BAR = 24;
    private static final long NANOS_BETWEEN = 80_000_000L;

    /** Something that takes a while. */
    public interface Act<E extends Exception> {
        void play(Progress progress) throws E, InterruptedException;
    }

    private final Screen screen;
    private long shownAt;

    public Acts(Screen screen) {
        this.screen = screen;
    }

    /**
     * Plays one act, then says how long it took.
     *
     * @param said what is to be said of it afterwards
     */
    public <E extends Exception> void play(String title, String said, Act<E> act) throws E, InterruptedException {
        long begun = System.nanoTime();
        screen.passing("  " + title + " …");
        act.play((done, all, doing) -> show(title, done, all, doing));
        String took = Words.seconds(Duration.ofNanos(System.nanoTime() - begun));
        screen.line(screen.styled(Look.GOOD, "✓") + " " + "%-14s".formatted(title)
                + screen.styled(Look.FAINT, "%7s".formatted(took)) + "  " + said);
    }

    private synchronized void show(String title, int done, int all, String doing) {
        long now = System.nanoTime();
        if (now - shownAt < NANOS_BETWEEN || all <= 0) {
            return;
        }
        shownAt = now;
        int filled = (int) ((long) BAR * Math.min(done, all) / all);
        screen.passing("  %-14s ".formatted(title) + screen.styled(Look.ACCENT, "─".repeat(filled))
                + screen.styled(Look.FAINT, "·".repeat(BAR - filled)) + "  " + Words.number(done) + " of "
                + Words.number(all) + " " + doing);
    }
}
