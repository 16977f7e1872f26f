package kembali.demo.drive;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process the demo started. Its output goes to a file. */
final class Child {
    private static final int LAST_LINES = 15;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it in {@code folder}, without any setting of Kembali that this process was given: the demo
     * must not touch a real database.
     */
    static Child start(String name, List<String> command, Map<String, String> settings, Path folder)
            throws StartFailedException {
        Path log = folder.resolve(name + ".log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KEMBALI_"));
        builder.environment().putAll(settings);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new StartFailedException("the " + name + " could not be started: " + e.getMessage(), List.of());
        }
    }

    /** Waits until {@code address} answers 200. */
    void awaitReady(Http http, URI address) throws StartFailedException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!http.answers(address)) {
            if (!process.isAlive()) {
                throw failed("ended by itself with exit code " + process.exitValue());
            }
            if (System.nanoTime() > deadline) {
                throw failed("did not answer at " + address + " within " + PATIENCE.toSeconds() + " seconds");
            }
            TimeUnit.MILLISECONDS.sleep(40);
        }
    }

    /** Blocks until it ends. */
    int await() throws InterruptedException {
        return process.waitFor();
    }

    StartFailedException failed(String what) {
        return new StartFailedException("the " + name + " " + what, lastLines());
    }

    List<String> lastLines() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        } catch (IOException e) {
            return List.of("(its output cannot be read: " + e.getMessage() + ")");
        }
    }

    /** Asks it to end. */
    void stop() {
        process.destroy();
    }

    /** Waits a moment for it to end, then ends it. */
    void awaitStopped() {
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
