package kembali.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Says where a JVM spends its CPU time while something runs, by the JDK's flight recorder. */
public final class Profile {
    private static final int ROWS = 12;
    private static final String CPU_TIME = "jdk.CPUTimeSample";

    private final Map<String, Integer> threads = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> own = new HashMap<>();
    private int samples;

    private Profile() {}

    /**
     * Prints a profile of each phase.
     *
     * @param java the JDK's launcher; its {@code jcmd} lies beside it
     * @param subject what is measured
     * @param folder where recordings may lie
     */
    public static Watch of(Path java, long pid, String subject, Path folder) {
        return new Watch() {
            @Override
            public <T> T during(String phase, Callable<T> work) throws Exception {
                Path file = folder.resolve((subject + phase).replaceAll("\\W+", "-") + ".jfr");
                var profile = new Profile();
                T result = profile.record(java, pid, file, work);
                System.out.printf("%n%s, %s: %s%n", subject, phase, profile.text());
                return result;
            }
        };
    }

    private <T> T record(Path java, long pid, Path file, Callable<T> work) throws Exception {
        jcmd(
                java,
                pid,
                "JFR.start",
                "name=bench",
                "settings=default",
                CPU_TIME + "#enabled=true",
                CPU_TIME + "#throttle=2ms");
        T result;
        try {
            result = work.call();
        } finally {
            jcmd(java, pid, "JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
        }
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                if (event.getEventType().getName().equals(CPU_TIME)) {
                    add(event);
                }
            }
        }
        return result;
    }

    private static void jcmd(Path java, long pid, String... what) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(java.resolveSibling("jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(what));
        Path said = Files.createTempFile("jcmd", ".txt");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();
        String text = Files.readString(said);
        Files.delete(said);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + text);
        }
    }

    private void add(RecordedEvent event) {
        samples++;
        String thread = name(event);
        threads.merge(thread, 1, Integer::sum);
        if (event.getStackTrace() == null) {
            methods.merge("(no Java frames)", 1, Integer::sum);
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        if (!frames.isEmpty()) {
            methods.merge(method(frames.getFirst()), 1, Integer::sum);
        }
        for (RecordedFrame f : frames) {
            if (method(f).startsWith("kembali.")) {
                own.merge(method(f), 1, Integer::sum);
                return;
            }
        }
    }

    /** Threads of one kind differ by their numbers only. */
    private static String name(RecordedEvent event) {
        var thread = event.getThread("eventThread");
        if (thread == null) {
            return "(unknown)";
        }
        if (thread.isVirtual()) {
            return "(virtual threads)";
        }
        String name = thread.getJavaName();
        return name == null ? String.valueOf(thread.getOSName()) : name.replaceAll("\\d+", "N");
    }

    private static String method(RecordedFrame f) {
        return f.getMethod().getType().getName() + "." + f.getMethod().getName();
    }

    /** The busiest threads, methods, and methods of Kembali with all they call outside it. */
    private String text() {
        return "CPU time by " + samples + " samples\n\n" + table("thread", threads, null)
                + "\n" + table("method on top of the stack", methods, null)
                + "\n" + table("Kembali's own method nearest to the top", own, "kembali.");
    }

    private String table(String heading, Map<String, Integer> counts, @Nullable String cut) {
        var table = new Table(List.of(heading, "share"));
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(ROWS)
                .forEach(e -> table.row(List.of(
                        cut == null ? e.getKey() : e.getKey().substring(cut.length()),
                        String.format(Locale.ROOT, "%.1f %%", 100.0 * e.getValue() / samples))));
        return table.toString();
    }
}
