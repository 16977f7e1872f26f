package kembali.capture.rotator;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When somebody takes chats, by the clock on the wall of their time zone: an hour the clock skips in
 * spring is closed, one it repeats in autumn is open twice.
 */
public final class OpeningHours {
    /** Days looked ahead for the next opening: longer than any holiday. */
    private static final int LOOK_AHEAD = 400;

    private static final int DAY_MINUTES = 24 * 60;

    /**
     * From one minute of the day to another, the last one excluded. An end that is not after the start is on the
     * next day.
     *
     * @param from 0 to 1439
     * @param to 1 to 1440, which is midnight at the day's end; never equal to {@code from}
     */
    public record Span(int from, int to) {
        boolean overMidnight() {
            return to <= from;
        }
    }

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week;
    private final Set<LocalDate> closed;

    /**
     * @param week the spans that begin on each day, in order
     * @param closed dates on which no span begins; one that began the day before ends as usual
     */
    public OpeningHours(ZoneId zone, Map<DayOfWeek, List<Span>> week, Set<LocalDate> closed) {
        this.zone = zone;
        this.week = new EnumMap<>(DayOfWeek.class);
        week.forEach((day, spans) -> this.week.put(day, List.copyOf(spans)));
        this.closed = Set.copyOf(new HashSet<>(closed));
    }

    public ZoneId zone() {
        return zone;
    }

    /** The spans that begin on that day of the week, in order. */
    public List<Span> on(DayOfWeek day) {
        return week.getOrDefault(day, List.of());
    }

    private List<Span> on(LocalDate date) {
        return closed.contains(date) ? List.of() : on(date.getDayOfWeek());
    }

    /** Whether chats are taken at that moment. */
    public boolean isOpen(Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, zone);
        LocalDate date = local.toLocalDate();
        int minute = local.getHour() * 60 + local.getMinute();
        for (Span s : on(date)) {
            if (minute >= s.from && (s.overMidnight() || minute < s.to)) {
                return true;
            }
        }
        for (Span s : on(date.minusDays(1))) {
            if (s.overMidnight() && minute < s.to) {
                return true;
            }
        }
        return false;
    }

    /** The first moment from {@code from} on when chats are taken; null when there is none within 400 days. */
    public @Nullable Instant nextOpening(Instant from) {
        if (isOpen(from)) {
            return from;
        }
        LocalDate today = LocalDate.ofInstant(from, zone);
        for (int i = 0; i <= LOOK_AHEAD; i++) {
            Instant first = null;
            for (Instant at : beginnings(today.plusDays(i))) {
                if (!at.isBefore(from) && isOpen(at) && (first == null || at.isBefore(first))) {
                    first = at;
                }
            }
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    /** Every moment of a date at which it could become open: where a span begins, and where the clock is changed. */
    private List<Instant> beginnings(LocalDate date) {
        var beginnings = new ArrayList<Instant>();
        for (Span s : on(date)) {
            LocalDateTime start = date.atTime(LocalTime.ofSecondOfDay(s.from * 60L));
            for (ZoneOffset offset : zone.getRules().getValidOffsets(start)) {
                beginnings.add(start.toInstant(offset));
            }
        }
        ZoneOffsetTransition change = zone.getRules()
                .nextTransition(date.atStartOfDay(zone).toInstant().minusNanos(1));
        if (change != null
                && change.getInstant()
                        .isBefore(date.plusDays(1).atStartOfDay(zone).toInstant())) {
            beginnings.add(change.getInstant());
        }
        return beginnings;
    }

    /** A minute of the day as people write it: {@code 08:00}, and {@code 24:00} for the end of the day. */
    static String text(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }

    /** The minute of the day written there, 0 to 1440, or -1 when it is no time such as {@code 08:00}. */
    static int minute(String written) {
        if (written.length() != 5 || written.charAt(2) != ':') {
            return -1;
        }
        for (int i : new int[] {0, 1, 3, 4}) {
            if (written.charAt(i) < '0' || written.charAt(i) > '9') {
                return -1;
            }
        }
        int minutes = Integer.parseInt(written, 3, 5, 10);
        int all = Integer.parseInt(written, 0, 2, 10) * 60 + minutes;
        return minutes > 59 || all > DAY_MINUTES ? -1 : all;
    }
}
