package kembali.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the launcher says.
 *
 * @param serverFlags flags of the server's JVM
 * @param once true to end after the sample
 */
record Options(Path java, Path server, List<String> serverFlags, Path sandbox, boolean once) {
    static final String USAGE = """
            ./kembali demo [--once]

              --once  ends after the sample: 0 when every delivery ended as the sample foresees, else 1

            The launcher adds --java, --server, --server-flags and --sandbox.
            """;

    /** An argument that cannot be used; the message is for people. */
    static final class WrongArgumentException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongArgumentException(String message) {
            super(message);
        }
    }

    static Options read(List<String> args) throws WrongArgumentException {
        Map<String, String> given = new HashMap<>();
        boolean once = false;
        for (int i = 0; i < args.size(); i++) {
            String name = args.get(i);
            switch (name) {
                case "--once" -> once = true;
                case "--java", "--server", "--server-flags", "--sandbox" -> {
                    if (++i == args.size()) {
                        throw new WrongArgumentException(name + " needs a value");
                    }
                    given.put(name, args.get(i));
                }
                default -> throw new WrongArgumentException("unknown argument " + name);
            }
        }
        String flags = given.getOrDefault("--server-flags", "").strip();
        return new Options(
                path(given, "--java"),
                path(given, "--server"),
                flags.isEmpty() ? List.of() : List.of(flags.split("\\s+")),
                path(given, "--sandbox"),
                once);
    }

    private static Path path(Map<String, String> given, String name) throws WrongArgumentException {
        @Nullable String value = given.get(name);
        if (value == null || value.isBlank()) {
            throw new WrongArgumentException(name + " is missing; start the demo with ./kembali demo");
        }
        return Path.of(value).toAbsolutePath();
    }
}
