package kembali.demo.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kembali.demo.drive.Ending;
import kembali.demo.drive.Entry;
import kembali.demo.platform.Outcomes;
import kembali.demo.platform.Platform;
import kembali.demo.platform.Platforms;
import kembali.demo.report.Screen.Look;

/** Why deliveries ended as they did: each reason once, how often where, and in the server's own words. */
final class Reasons {
    private static final Comparator<Platform> AS_IN_TABLES = Comparator.comparingInt(Platforms.all()::indexOf);
    private static final List<String> ORDER =
            List.of(Outcomes.FAILED, Outcomes.PARTIAL_FAILURE, Outcomes.PENDING, Outcomes.SKIPPED, Outcomes.ACCEPTED);

    /** A reason of deliveries that ended one way. */
    private static final class Reason {
        final String code;
        final String outcome;
        final Map<Platform, Integer> counts = new TreeMap<>(AS_IN_TABLES);
        final Map<Platform, Set<String>> messages = new TreeMap<>(AS_IN_TABLES);

        Reason(String code, String outcome) {
            this.code = code;
            this.outcome = outcome;
        }

        int count() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    private final Screen screen;
    private final Ending ending;

    Reasons(Screen screen, Ending ending) {
        this.screen = screen;
        this.ending = ending;
    }

    void print() {
        screen.heading("Why: every reason in the sync log, in its own words");
        collected().forEach(reason -> {
            String where = reason.counts.entrySet().stream()
                    .map(e -> e.getKey().title() + " " + Words.number(e.getValue()))
                    .collect(Collectors.joining(", "));
            screen.line(screen.styled(Look.ACCENT, reason.code) + "  "
                    + screen.styled(Report.look(reason.outcome), reason.outcome)
                    + screen.styled(Look.FAINT, "  " + where));
            said(reason).forEach(line -> screen.line("    " + line));
        });
    }

    /** What matters most first, then what is most frequent. */
    private List<Reason> collected() {
        var all = new TreeMap<String, Reason>();
        for (Entry e : ending.entries()) {
            String code = e.line().reason();
            if (code != null) {
                Reason reason = all.computeIfAbsent(
                        e.line().outcome() + " " + code,
                        k -> new Reason(code, e.line().outcome()));
                Platform platform = e.line().pixel().platform();
                reason.counts.merge(platform, 1, Integer::sum);
                reason.messages
                        .computeIfAbsent(platform, p -> new TreeSet<>())
                        .add(Objects.requireNonNullElse(e.message(), ""));
            }
        }
        return all.values().stream()
                .sorted(Comparator.comparingInt((Reason r) -> ORDER.indexOf(r.outcome))
                        .thenComparing(Comparator.comparingInt(Reason::count).reversed()))
                .toList();
    }

    /** Once for each platform that puts it differently; one of many where it depends on the event. */
    private static List<String> said(Reason reason) {
        boolean same = Set.copyOf(reason.messages.values()).size() == 1;
        var lines = new ArrayList<String>();
        reason.messages.forEach((platform, messages) -> {
            if (!same || lines.isEmpty()) {
                String message = (messages.size() == 1 ? "" : "for example: ")
                        + messages.iterator().next();
                lines.addAll(Words.wrapped(same ? message : platform.title() + ": " + message, Screen.WIDTH - 4));
            }
        });
        return lines;
    }
}
