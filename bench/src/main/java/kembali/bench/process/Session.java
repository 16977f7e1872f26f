package kembali.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import kembali.bench.Options;

/** One sitting: a folder on the disk that is measured, and every program started; both end with it. */
public final class Session implements AutoCloseable {
    private final Options options;
    private final Path folder;
    private final Deque<ChildProcess> children = new ConcurrentLinkedDeque<>();
    private final Thread hook = new Thread(this::end);

    /** @throws UncheckedIOException when the folder cannot be made */
    public Session(Options options) {
        this.options = options;
        try {
            Path parent = Files.createDirectories(options.path("data"));
            folder = Files.createTempDirectory(parent, "data-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // An interrupted benchmark leaves nothing behind either.
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The JDK's launcher. */
    public Path java() {
        String said = options.text("java");
        return said.contains("/") ? options.path("java") : Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** A new folder on the measured disk. */
    public Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file system of the data, such as {@code ext4}. */
    public String disk() {
        try {
            return Files.getFileStore(folder).type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A warning when syncing to this disk costs nothing and captured figures would flatter; else empty. */
    public List<String> notes() {
        return List.of("tmpfs", "ramfs").contains(disk())
                ? List.of("The data lay in memory (" + disk() + "): nothing was durable. Choose a disk with --data.")
                : List.of();
    }

    /** Starts a program that stays up; it works in its own folder and writes its log there. */
    public ChildProcess start(String name, List<String> command, Map<String, String> environment) {
        var child = ChildProcess.start(name, command, environment, folder(name));
        children.push(child);
        return child;
    }

    /** The command line of a main class of ours in a JVM of its own. */
    public List<String> ownProgram(Class<?> main, String... arguments) {
        var command = new ArrayList<String>(List.of(
                java().toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String absolute(String classPath) {
        return Stream.of(classPath.split(":", -1))
                .map(p -> Path.of(p).toAbsolutePath().toString())
                .reduce((a, b) -> a + ":" + b)
                .orElse("");
    }

    /** Starts the server with an empty store. */
    public ServerProcess startServer(String name, Map<String, String> environment) throws Exception {
        return ServerProcess.start(this, options, name, environment);
    }

    /** Runs one of our programs to its end and returns what it printed. */
    public String runOwn(Class<?> main, String... arguments) throws IOException, InterruptedException {
        return run(ownProgram(main, arguments), Map.of());
    }

    /** Runs a program to its end and returns what it printed; what it complains about is shown. */
    public String run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(command.getFirst() + " ended with " + code + ": " + said);
            }
            return said;
        } finally {
            process.destroy();
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void end() {
        for (ChildProcess child = children.poll(); child != null; child = children.poll()) {
            child.close();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("kembali: could not remove " + folder + ": " + e.getMessage());
        }
    }
}
