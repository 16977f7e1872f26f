package kembali;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Every ten minutes forgets what need not be kept any longer. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Upkeep.class.getName());
    private static final int MINUTES = 10;

    private final List<Runnable> tasks;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("upkeep").factory());

    Upkeep(Runnable... tasks) {
        this.tasks = List.of(tasks);
    }

    void start() {
        timer.scheduleWithFixedDelay(this::run, MINUTES, MINUTES, TimeUnit.MINUTES);
    }

    private void run() {
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "what is old stays for now: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
