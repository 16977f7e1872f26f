package kembali.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A jar of ours running in a JVM of its own, and everything it printed. Ended by its handle only. */
final class ChildProcess implements AutoCloseable {
    private static final List<ChildProcess> STARTED = new CopyOnWriteArrayList<>();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path RUNS = Path.of("target", "runs").toAbsolutePath();
    private static final int SHOWN_LINES = 60;

    static {
        forgetEarlierRuns();
        // Whatever goes wrong in a test, none of ours outlives this JVM.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(c -> c.process.destroyForcibly())));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts {@code java <flags> -jar <jar> <arguments>} in an empty folder.
     *
     * @param environment all it gets; nothing of ours is inherited but the path
     */
    static ChildProcess start(
            String name, List<String> flags, Path jar, List<String> arguments, Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        Path folder = newFolder(name);
        Path log = folder.resolve("log.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().putAll(environment);
        try {
            var child = new ChildProcess(name, log, builder.start());
            STARTED.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An empty folder below the build folder; it stays, for whoever wants to look. */
    static Path newFolder(String name) {
        try {
            return Files.createDirectories(
                    RUNS.resolve(ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forgetEarlierRuns() {
        if (Files.exists(RUNS)) {
            try (var files = Files.walk(RUNS)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The packaged jar of a module, which Maven builds before this one. */
    static Path jar(String path) {
        Path jar = Path.of("..", path).toAbsolutePath().normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing; build it with"
                    + " ./mvnw -pl server,sandbox -Dmaven.test.skip=true package, or run ./mvnw verify for everything");
        }
        return jar;
    }

    /** The most memory it ever held, in MB. Linux only. */
    double peakMegabytes() {
        try {
            String peak = Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(l -> l.startsWith("VmHWM:"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(peak.replaceAll("\\D", "")) / 1024.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Pulls the plug: SIGKILL, nothing is written any more. */
    void kill() {
        process.destroyForcibly();
        exitCode(Duration.ofSeconds(10));
    }

    /** Asks it to end: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for its end. */
    int exitCode(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " has not ended within " + patience + "\n" + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return process.exitValue();
    }

    /** Everything it printed so far, standard output and error. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines, for a person to read. */
    String tail() {
        List<String> lines = output().lines().toList();
        String state = process.isAlive() ? "running" : "ended with " + process.exitValue();
        return "--- the last lines of " + name + ", " + state + " (" + log + ")\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** What all of them printed last that are running. */
    static String tails() {
        var text = new StringBuilder();
        for (ChildProcess c : STARTED) {
            text.append(c.tail()).append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        STARTED.remove(this);
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
