package kembali.postback;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads when a conversion happened. What is no time, or cannot be one, is set aside; then the time of receipt counts. */
public final class EventTimes {
    /** A clock may be this much fast. */
    public static final Duration MOST_AHEAD = Duration.ofMinutes(10);

    /** Older conversions are mistakes. */
    public static final Duration OLDEST = Duration.ofDays(400);

    private static final int LONGEST = 40;
    private static final Pattern NUMBER = Pattern.compile("\\d{9,17}(\\.\\d{1,9})?");
    private static final Pattern LOST_PLUS = Pattern.compile("(.*T.*) (\\d{2}:?\\d{2})");
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .appendPattern("HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalEnd()
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /** What was read: a time, or why there is none. */
    public record Read(@Nullable Instant at, @Nullable Note note) {}

    private EventTimes() {}

    /**
     * Reads one time: Unix seconds, milli- or microseconds, ISO 8601, or {@code 2026-11-20 10:00:00} in the source's zone.
     *
     * @param about the parameter, for the note
     */
    public static Read read(String about, String text, ZoneId zone, Instant now) {
        Instant at;
        try {
            at = text.length() > LONGEST ? null : parse(text.strip(), zone);
        } catch (DateTimeException | ArithmeticException e) {
            at = null;
        }
        if (at == null) {
            return unusable("time_unreadable", about, about + " is no time we can read");
        }
        if (at.isAfter(now.plus(MOST_AHEAD))) {
            return unusable("time_in_future", about, about + " lies more than ten minutes ahead");
        }
        if (at.isBefore(now.minus(OLDEST))) {
            return unusable("time_too_old", about, about + " lies more than 400 days back");
        }
        return new Read(at, null);
    }

    private static Read unusable(String code, String about, String sentence) {
        return new Read(null, new Note(code, about, sentence + "; the time of receipt counts."));
    }

    private static @Nullable Instant parse(String text, ZoneId zone) {
        if (NUMBER.matcher(text).matches()) {
            return epoch(text);
        }
        String t = text;
        if (t.length() > 10 && t.charAt(10) == ' ') {
            t = t.substring(0, 10) + "T" + t.substring(11);
        }
        var lost = LOST_PLUS.matcher(t);
        if (lost.matches()) {
            t = lost.group(1) + "+" + lost.group(2); // a plus in a query arrives as a space
        }
        if (t.length() == 10) {
            return LocalDate.parse(t).atStartOfDay(zone).toInstant();
        }
        String upper = t.toUpperCase(Locale.ROOT).replace(" ", "");
        var parsed = WITH_OFFSET.parseBest(upper, OffsetDateTime::from, LocalDateTime::from);
        return switch (parsed) {
            case OffsetDateTime whole -> whole.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            default -> null;
        };
    }

    /** Seconds, milli- or microseconds, told apart by their size. */
    private static Instant epoch(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        long number = Long.parseLong(whole);
        if (whole.length() <= 11) {
            String fraction = point < 0 ? "" : text.substring(point + 1);
            long nanos = fraction.isEmpty() ? 0 : Long.parseLong(fraction + "0".repeat(9 - fraction.length()));
            return Instant.ofEpochSecond(number, nanos);
        }
        return whole.length() <= 14
                ? Instant.ofEpochMilli(number)
                : Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1_000);
    }
}
