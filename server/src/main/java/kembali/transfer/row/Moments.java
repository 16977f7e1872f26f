package kembali.transfer.row;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points in time as files have them: ISO 8601, {@code 20/11/2026 10:00}, {@code 20 Nov 2026}, Unix time, and the day
 * numbers of spreadsheets. Without an offset they are in the zone that is passed in.
 */
public final class Moments {
    /** What comes first in {@code 03/04/2026}. */
    public enum DayOrder {
        DAY_FIRST,
        MONTH_FIRST
    }

    private static final int LONGEST = 60;
    private static final String TIME =
            "(?:[T,\\s]+(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(AM|PM)?"
                    + "\\s*(Z|UTC|GMT|WIB|WITA|WIT|[+-]\\d{2}:?\\d{2}|[+-]\\d{2})?)?";
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})" + TIME);
    private static final Pattern YEAR_LAST = Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4}|\\d{2})" + TIME);
    private static final Pattern DAY_MONTH =
            Pattern.compile("(\\d{1,2})[-\\s]([A-Z]{3,10})\\.?[-\\s,]+(\\d{4})" + TIME);
    private static final Pattern MONTH_DAY = Pattern.compile("([A-Z]{3,10})\\.?\\s+(\\d{1,2}),?\\s+(\\d{4})" + TIME);
    private static final Pattern NUMBER = Pattern.compile("\\d{5,13}(?:[.,]\\d{1,15})?");

    /** Day 0 of spreadsheets, that of Excel's 1900 system after its leap year that never was. */
    private static final LocalDate SHEET_DAY_0 = LocalDate.of(1899, 12, 30);

    private static final double MS_OF_DAY = 86_400_000;

    /** English and Indonesian months by their first three letters. */
    private static final Map<String, Integer> MONTHS = months();

    private static final Map<String, ZoneOffset> ZONES = Map.of(
            "Z",
            ZoneOffset.UTC,
            "UTC",
            ZoneOffset.UTC,
            "GMT",
            ZoneOffset.UTC,
            "WIB",
            ZoneOffset.ofHours(7),
            "WITA",
            ZoneOffset.ofHours(8),
            "WIT",
            ZoneOffset.ofHours(9));

    private Moments() {}

    /** The instant written there, to the millisecond; null when it is none. */
    public static @Nullable Instant read(String text, ZoneId zone, DayOrder order) {
        String s = text.strip().toUpperCase(Locale.ROOT);
        if (s.isEmpty() || s.length() > LONGEST) {
            return null;
        }
        try {
            return parse(s, zone, order);
        } catch (DateTimeException | ArithmeticException e) {
            return null; // the 31st of February
        }
    }

    private static @Nullable Instant parse(String s, ZoneId zone, DayOrder order) {
        if (NUMBER.matcher(s).matches()) {
            return number(s.replace(',', '.'), zone);
        }
        Matcher m = YEAR_FIRST.matcher(s);
        if (m.matches()) {
            return at(number(m, 1), number(m, 2), number(m, 3), m, zone);
        }
        m = YEAR_LAST.matcher(s);
        if (m.matches()) {
            int a = number(m, 1);
            int b = number(m, 2);
            boolean dayFirst = order == DayOrder.DAY_FIRST;
            return at(year(m.group(3)), dayFirst ? b : a, dayFirst ? a : b, m, zone);
        }
        m = DAY_MONTH.matcher(s);
        if (m.matches()) {
            return at(number(m, 3), month(m.group(2)), number(m, 1), m, zone);
        }
        m = MONTH_DAY.matcher(s);
        return m.matches() ? at(number(m, 3), month(m.group(1)), number(m, 2), m, zone) : null;
    }

    private static Instant at(int year, int month, int day, Matcher m, ZoneId zone) {
        LocalDate date = LocalDate.of(year, month, day);
        if (m.group(4) == null) {
            return date.atStartOfDay(zone).toInstant();
        }
        int hour = number(m, 4);
        String half = m.group(8);
        if (half != null) {
            if (hour < 1 || hour > 12) {
                throw new DateTimeException("no hour of half a day");
            }
            hour = hour % 12 + (half.equals("PM") ? 12 : 0);
        }
        String fraction = m.group(7);
        int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
        LocalDateTime local =
                LocalDateTime.of(date, LocalTime.of(hour, number(m, 5), m.group(6) == null ? 0 : number(m, 6), nanos));
        String offset = m.group(9);
        Instant at = offset == null
                ? local.atZone(zone).toInstant()
                : local.toInstant(ZONES.containsKey(offset) ? ZONES.get(offset) : ZoneOffset.of(offset));
        return at.truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
    }

    /** Day numbers have five digits until the year 2173, Unix seconds nine or ten, milliseconds twelve or thirteen. */
    private static @Nullable Instant number(String s, ZoneId zone) {
        int point = s.indexOf('.');
        int digits = point < 0 ? s.length() : point;
        if (digits == 5) {
            double days = Double.parseDouble(s);
            long ms = Math.round((days - Math.floor(days)) * MS_OF_DAY);
            return SHEET_DAY_0
                    .plusDays((long) Math.floor(days))
                    .atStartOfDay()
                    .plusNanos(ms * 1_000_000)
                    .atZone(zone)
                    .toInstant();
        }
        long whole = Long.parseLong(s.substring(0, digits));
        return switch (digits) {
            case 9, 10 -> Instant.ofEpochSecond(whole);
            case 12, 13 -> Instant.ofEpochMilli(whole);
            default -> null;
        };
    }

    /**
     * The order of day and month that these texts have; null when none of them tells.
     *
     * @throws DateTimeException when they contradict each other
     */
    public static @Nullable DayOrder orderOf(List<String> texts) {
        boolean dayFirst = false;
        boolean monthFirst = false;
        for (String text : texts) {
            Matcher m = YEAR_LAST.matcher(text.strip().toUpperCase(Locale.ROOT));
            if (text.length() <= LONGEST && m.matches()) {
                dayFirst |= number(m, 1) > 12;
                monthFirst |= number(m, 2) > 12;
            }
        }
        if (dayFirst && monthFirst) {
            throw new DateTimeException("some dates begin with the day and some with the month");
        }
        return dayFirst ? DayOrder.DAY_FIRST : monthFirst ? DayOrder.MONTH_FIRST : null;
    }

    /** Whether what comes first in a date matters there. */
    public static boolean isOrdered(String text) {
        return text.length() <= LONGEST
                && YEAR_LAST.matcher(text.strip().toUpperCase(Locale.ROOT)).matches();
    }

    private static int year(String text) {
        int year = Integer.parseInt(text);
        return text.length() == 4 ? year : 2000 + year;
    }

    private static int month(String name) {
        Integer month = MONTHS.get(name.substring(0, 3));
        if (month == null) {
            throw new DateTimeException("no month");
        }
        return month;
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private static Map<String, Integer> months() {
        var months = new HashMap<String, Integer>();
        List<String> names = Arrays.asList(
                "JAN",
                "FEB",
                "MAR",
                "APR",
                "MAY MEI",
                "JUN",
                "JUL",
                "AUG AGU AGS",
                "SEP",
                "OCT OKT",
                "NOV NOP",
                "DEC DES");
        for (int i = 0; i < names.size(); i++) {
            for (String name : names.get(i).split(" ", -1)) {
                months.put(name, i + 1);
            }
        }
        return Map.copyOf(months);
    }
}
