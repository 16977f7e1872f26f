package kembali.capture.rotator;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Opening hours as people write and we store them:
 * {@code {"timezone":"Asia/Jakarta","week":{"mon":[["08:00","17:00"]]},"closed":["2026-12-25"]}}. A day that is not
 * named is closed; {@code ["22:00","02:00"]} ends on the next day, {@code ["00:00","24:00"]} is the whole day.
 *
 * @param timezone IANA name
 * @param week by day, {@code mon} to {@code sun}: pairs of a start and an end
 * @param closed dates on which nobody begins
 */
public record HoursDoc(
        @Nullable String timezone,
        @Nullable Map<String, List<List<String>>> week,
        @Nullable List<String> closed) {
    private static final int MOST_SPANS = 12;
    private static final int MOST_CLOSED = 400;

    /** The names of the days, Monday first. */
    static final Map<String, DayOfWeek> DAYS = days();

    private static Map<String, DayOfWeek> days() {
        var days = new LinkedHashMap<String, DayOfWeek>();
        for (DayOfWeek d : DayOfWeek.values()) {
            days.put(d.name().substring(0, 3).toLowerCase(java.util.Locale.ROOT), d);
        }
        return days;
    }

    /** What was read: the hours, or what is wrong with them by field, such as {@code week.mon[0]}. */
    public record Read(@Nullable OpeningHours hours, List<FieldError> faults) {}

    /** Reads and checks it. */
    public Read read() {
        var faults = new ArrayList<FieldError>();
        ZoneId zone = zone(faults);
        var spans = new EnumMap<DayOfWeek, List<OpeningHours.Span>>(DayOfWeek.class);
        if (week == null || week.isEmpty()) {
            faults.add(new FieldError(
                    "week", "is missing; name at least one day, such as {\"mon\":[[\"08:00\",\"17:00\"]]}"));
        } else {
            week.forEach((name, given) -> {
                DayOfWeek day = DAYS.get(name);
                if (day == null) {
                    faults.add(new FieldError(
                            "week." + shown(name), "is no day; the days are " + String.join(", ", DAYS.keySet())));
                } else if (given != null) {
                    spans.put(day, spans("week." + name, given, faults));
                }
            });
        }
        Set<LocalDate> dates = closedDates(faults);
        return faults.isEmpty() && zone != null
                ? new Read(new OpeningHours(zone, spans, dates), List.of())
                : new Read(null, List.copyOf(faults));
    }

    private @Nullable ZoneId zone(List<FieldError> faults) {
        if (timezone == null || timezone.isBlank()) {
            faults.add(new FieldError("timezone", "is missing; name one such as Asia/Jakarta"));
            return null;
        }
        if (!ZoneId.getAvailableZoneIds().contains(timezone)) {
            faults.add(new FieldError(
                    "timezone", "is no time zone such as Asia/Jakarta; it was \"" + shown(timezone) + "\""));
            return null;
        }
        return ZoneId.of(timezone);
    }

    private static List<OpeningHours.Span> spans(String field, List<List<String>> given, List<FieldError> faults) {
        var spans = new ArrayList<OpeningHours.Span>();
        if (given.size() > MOST_SPANS) {
            faults.add(new FieldError(field, "has " + given.size() + " spans; at most " + MOST_SPANS + " are taken"));
            return spans;
        }
        for (int i = 0; i < given.size(); i++) {
            String at = field + "[" + i + "]";
            List<String> pair = given.get(i);
            String from = pair == null || pair.size() != 2 ? null : pair.get(0);
            String to = pair == null || pair.size() != 2 ? null : pair.get(1);
            int start = from == null ? -1 : OpeningHours.minute(from);
            int end = to == null ? -1 : OpeningHours.minute(to);
            if (start < 0 || end < 0 || start == 24 * 60) {
                faults.add(new FieldError(
                        at,
                        "must be a start and an end such as [\"08:00\",\"17:00\"], from 00:00 to 24:00; it was "
                                + shown(
                                        pair == null
                                                ? "null"
                                                : pair.stream()
                                                        .map(p -> "\"" + p + "\"")
                                                        .collect(Collectors.joining(",", "[", "]")))));
            } else if (start == end) {
                faults.add(
                        new FieldError(at, "begins and ends at " + from + "; the whole day is [\"00:00\",\"24:00\"]"));
            } else {
                // Ending at 00:00 is ending at midnight.
                spans.add(new OpeningHours.Span(start, end == 0 ? 24 * 60 : end));
            }
        }
        spans.sort(java.util.Comparator.comparingInt(OpeningHours.Span::from));
        for (int i = 1; i < spans.size(); i++) {
            OpeningHours.Span before = spans.get(i - 1);
            if (before.overMidnight() || before.to() > spans.get(i).from()) {
                faults.add(new FieldError(
                        field,
                        "has spans that overlap: " + text(before) + " and " + text(spans.get(i)) + "; make them one"));
                break;
            }
        }
        return spans;
    }

    private static String text(OpeningHours.Span s) {
        return OpeningHours.text(s.from()) + " to " + OpeningHours.text(s.to());
    }

    private Set<LocalDate> closedDates(List<FieldError> faults) {
        var dates = new HashSet<LocalDate>();
        if (closed == null) {
            return dates;
        }
        if (closed.size() > MOST_CLOSED) {
            faults.add(
                    new FieldError("closed", "has " + closed.size() + " dates; at most " + MOST_CLOSED + " are taken"));
            return dates;
        }
        for (int i = 0; i < closed.size(); i++) {
            String date = closed.get(i);
            try {
                dates.add(LocalDate.parse(date == null ? "" : date));
            } catch (DateTimeException e) {
                faults.add(new FieldError(
                        "closed[" + i + "]",
                        "is no date such as \"2026-12-25\"; it was \"" + shown(String.valueOf(date)) + "\""));
            }
        }
        return dates;
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
