package kembali.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kembali.bench.capture.CaptureBench;
import kembali.bench.deliver.DeliverBench;
import kembali.bench.load.ImportBench;
import kembali.bench.measure.Report;
import kembali.bench.process.Session;

/**
 * {@code ./kembali bench [NAME] [options]}. Ends with 0 when every check of the benchmark was true, 1
 * when one was not, 64 when it was called wrongly and 69 when the machine lacks something.
 */
public final class Main {
    private static final List<Benchmark> BENCHMARKS =
            List.of(new CaptureBench(), new DeliverBench(), new ImportBench());
    private static final int WRONG_CALL = 64;
    private static final int UNAVAILABLE = 69;

    private Main() {}

    public static void main(String[] args) throws Exception {
        var arguments = new ArrayList<String>();
        String name = null;
        for (int i = 0; i < args.length; i++) {
            boolean isValue = i > 0 && takesValue(args[i - 1]);
            if (name == null && !isValue && !args[i].startsWith("-")) {
                name = args[i];
            } else {
                arguments.add(args[i]);
            }
        }
        if (name == null) {
            list(System.out);
            return;
        }
        String wanted = name;
        Benchmark benchmark = BENCHMARKS.stream()
                .filter(b -> b.name().equals(wanted))
                .findFirst()
                .orElse(null);
        if (benchmark == null) {
            System.err.println("kembali: there is no benchmark \"" + wanted + "\"");
            list(System.err);
            System.exit(WRONG_CALL);
            return;
        }
        System.exit(run(benchmark, arguments));
    }

    private static int run(Benchmark benchmark, List<String> arguments) throws Exception {
        try {
            var options = new Options(known(List.of(benchmark)), arguments);
            if (!Files.isReadable(Path.of("/proc/self/stat"))) {
                throw new UnavailableException("CPU time and memory are read from /proc, so benchmarks need Linux");
            }
            Path out = options.path("out");
            Report report;
            try (var session = new Session(options)) {
                report = benchmark.run(options, session);
            }
            System.out.println(report.text());
            System.out.println(Path.of("").toAbsolutePath().relativize(report.writeTo(out)));
            return report.isTrue() ? 0 : 1;
        } catch (UnavailableException e) {
            System.err.println("kembali: " + e.getMessage());
            return UNAVAILABLE;
        } catch (IllegalArgumentException e) {
            System.err.println("kembali: " + e.getMessage());
            return WRONG_CALL;
        }
    }

    private static List<Option> known(List<Benchmark> benchmarks) {
        var known = new ArrayList<Option>(Options.LAUNCHER);
        benchmarks.forEach(b -> known.addAll(b.options()));
        known.addAll(Options.COMMON);
        return known;
    }

    private static boolean takesValue(String argument) {
        return known(BENCHMARKS).stream().anyMatch(o -> !o.isSwitch() && argument.equals("--" + o.name()));
    }

    private static void list(PrintStream out) {
        out.println("Benchmarks (./kembali bench NAME [options]):");
        for (Benchmark b : BENCHMARKS) {
            out.printf("%n  %-10s %s%n", b.name(), b.about());
            b.options().forEach(o -> print(out, o));
        }
        out.printf("%n  every one of them%n");
        Options.COMMON.forEach(o -> print(out, o));
    }

    private static void print(PrintStream out, Option o) {
        out.printf("      %-18s %s%n", "--" + o.name() + (o.isSwitch() ? "" : " " + o.usual()), o.about());
    }
}
