package kembali.sandbox;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts a sandbox from the command line and keeps it up. */
public final class Main {
    static final int DEFAULT_PORT = 9100;

    private static final String USAGE = """
            java -jar kembali-sandbox.jar [--port 9100] [--host 127.0.0.1] [--lean] [--future-tolerance 60]

              --port N              TCP port; 0 takes any free one and prints it
              --host ADDRESS        address to listen on
              --lean                count only: no bodies, no list of events
              --future-tolerance S  seconds an event time may lie ahead
            """;

    private Main() {}

    /** Ends with 2 when an argument is wrong and with 1 when the port is taken. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        SandboxOptions options = options(List.of(args), System.err);
        if (options == null) {
            System.exit(2);
            return;
        }
        try {
            Sandbox sandbox = Sandbox.start(options);
            Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close));
            System.out.println("sandbox listening on " + sandbox.url());
        } catch (UncheckedIOException taken) {
            System.err.println(taken.getMessage());
            System.exit(1);
        }
    }

    /** Reads the arguments; null, with a line on {@code errors}, when one is wrong. */
    static @Nullable SandboxOptions options(List<String> args, PrintStream errors) {
        SandboxOptions options = SandboxOptions.onPort(DEFAULT_PORT);
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            if (name.equals("--lean")) {
                options = options.withLean(true);
                continue;
            }
            if (!List.of("--port", "--host", "--future-tolerance").contains(name)) {
                errors.println("unknown argument " + name + "; try --help");
                return null;
            }
            if (!rest.hasNext()) {
                errors.println(name + " needs a value, for example " + (name.equals("--host") ? "0.0.0.0" : "9100"));
                return null;
            }
            String value = rest.next();
            if (name.equals("--host")) {
                options = options.withHost(value);
                continue;
            }
            int number = wholeNumber(value);
            if (number < 0 || (name.equals("--port") && number > 65_535)) {
                errors.println(name + " must be a whole number in range, not " + value);
                return null;
            }
            options = name.equals("--port")
                    ? options.withPort(number)
                    : options.withFutureTolerance(Duration.ofSeconds(number));
        }
        return options;
    }

    /** The number, or -1 when the text is none. */
    private static int wholeNumber(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
