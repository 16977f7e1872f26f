package kembali.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What the kernel says of a process and its children, from {@code /proc}; Linux only.
 *
 * @param cpuSeconds user and system time since its start
 * @param rssMb memory it holds now
 * @param peakRssMb the most it ever held
 */
public record ProcFigures(double cpuSeconds, double rssMb, double peakRssMb) {
    private static final Path PROC = Path.of("/proc");
    private static final double TICKS_PER_SECOND = ticksPerSecond();
    /** utime and stime, counted from the field after the command's closing bracket (proc(5): 14 and 15). */
    private static final int UTIME = 11;

    /** Of the process and all its descendants; one that has just ended counts nothing. */
    public static ProcFigures of(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ", -1);
            double cpu = (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_PER_SECOND;
            String status = Files.readString(PROC.resolve(pid + "/status"), StandardCharsets.ISO_8859_1);
            var sum = new ProcFigures(cpu, megabytes(status, "VmRSS:"), megabytes(status, "VmHWM:"));
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
                for (Path task : tasks) {
                    sum = sum.plus(childrenOf(task));
                }
            }
            return sum;
        } catch (NoSuchFileException ended) {
            return new ProcFigures(0, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcFigures childrenOf(Path task) throws IOException {
        var sum = new ProcFigures(0, 0, 0);
        try {
            for (String child : Files.readString(task.resolve("children")).split(" ", -1)) {
                if (!child.isBlank()) {
                    sum = sum.plus(of(Long.parseLong(child.strip())));
                }
            }
        } catch (NoSuchFileException ended) {
            // a thread that has just ended has no children
            return sum;
        }
        return sum;
    }

    private ProcFigures plus(ProcFigures other) {
        return new ProcFigures(cpuSeconds + other.cpuSeconds, rssMb + other.rssMb, peakRssMb + other.peakRssMb);
    }

    private static double megabytes(String status, String field) {
        int at = status.indexOf(field);
        if (at < 0) {
            return 0;
        }
        String kilobytes = status.substring(at + field.length(), status.indexOf("kB", at));
        return Long.parseLong(kilobytes.strip()) / 1024.0;
    }

    private static double ticksPerSecond() {
        try {
            Process getconf = new ProcessBuilder("getconf", "CLK_TCK").start();
            return Long.parseLong(
                    new String(getconf.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
