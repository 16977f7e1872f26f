package kembali.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the command line said, with the usual values where it said nothing. */
public final class Options {
    /** What the launcher says; people need not. */
    static final List<Option> LAUNCHER = List.of(
            new Option("java", "java", "the JDK's launcher that runs the server and our own helpers"),
            new Option("server", "server/target/quarkus-app/quarkus-run.jar", "the built server"),
            new Option("server-flags", " ", "flags of the server's JVM, parted by blanks"));

    /** What every benchmark can be told. */
    static final List<Option> COMMON = List.of(
            new Option("runs", "3", "measured runs; the table shows their median and range"),
            new Option("data", "bench-results", "folder on the disk to measure; data is removed afterwards"),
            new Option("out", "bench-results", "folder of the JSON file"),
            new Option("profile", "", "afterwards one more run each, not measured, that says where the CPU time goes"));

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param known every option there is
     * @param arguments names and values in turn
     * @throws IllegalArgumentException naming the wrong one
     */
    Options(List<Option> known, List<String> arguments) {
        known.forEach(o -> values.put(o.name(), o.isSwitch() ? "no" : o.usual()));
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            Option option = known.stream()
                    .filter(o -> argument.equals("--" + o.name()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no option " + argument));
            if (option.isSwitch()) {
                values.put(option.name(), "yes");
            } else if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(argument + " needs a value, such as " + option.usual());
            } else {
                values.put(option.name(), arguments.get(++i));
            }
        }
    }

    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no option --" + name);
        }
        return value;
    }

    /** @throws IllegalArgumentException when it is no whole number of 0 or more */
    public int number(String name) {
        try {
            return Integer.parseUnsignedInt(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + " must be a whole number, not \"" + text(name) + "\"", e);
        }
    }

    public boolean isOn(String name) {
        return text(name).equals("yes");
    }

    /** Absolute, because the server runs in a folder of its own. */
    public Path path(String name) {
        return Path.of(text(name)).toAbsolutePath().normalize();
    }

    /** What a reader of the result must know; without paths. */
    public Map<String, String> shown() {
        var shown = new LinkedHashMap<>(values);
        List.of("java", "server", "data", "out").forEach(shown::remove);
        // The cache's path says nothing, and where somebody's files lie is their own business.
        shown.computeIfPresent(
                "server-flags",
                (n, flags) ->
                        flags.replaceAll("-XX:AOTCache=\\S+", "-XX:AOTCache=…").strip());
        return shown;
    }
}
