package kembali.campaign;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A date format in the letters of PHP's {@code date()}, as trackers use them: {@code Y-m-d H:i:s}. A backslash takes the
 * meaning from the letter after it; what is no letter of PHP's stands for itself. Names are English.
 *
 * @param pattern the letters
 * @param zone where the day begins and ends
 */
record PhpDate(String pattern, ZoneId zone) {
    private static final DateTimeFormatter ZONE_NAME = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH);

    /** What a macro's argument says. */
    record Parsed(PhpDate date, @Nullable String unknownZone) {}

    /** Reads {@code Y-m-d H:i:s,Europe/Kyiv}; without a zone it is UTC. */
    static Parsed parse(String argument) {
        int comma = argument.lastIndexOf(',');
        if (comma >= 0) {
            String name = argument.substring(comma + 1).strip();
            ZoneId zone = zone(name);
            if (zone != null) {
                return new Parsed(new PhpDate(argument.substring(0, comma), zone), null);
            }
            if (looksLikeZone(name)) {
                return new Parsed(new PhpDate(argument.substring(0, comma), ZoneOffset.UTC), name);
            }
        }
        return new Parsed(new PhpDate(argument, ZoneOffset.UTC), null);
    }

    private static @Nullable ZoneId zone(String name) {
        if (name.isEmpty() || name.length() > 50 || (name.length() == 1 && !name.equals("Z"))) {
            return null; // single letters are military zones to Java and days to PHP
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException notAZone) {
            return null;
        }
    }

    /** {@code Europe/Kiyv} is a zone mistyped, {@code d/m/Y} is a date. */
    private static boolean looksLikeZone(String name) {
        return name.length() > 3
                && Character.isUpperCase(name.charAt(0))
                && Character.isLowerCase(name.charAt(1))
                && Character.isLowerCase(name.charAt(2))
                && name.indexOf('/') > 0
                && name.indexOf(' ') < 0;
    }

    String format(Instant instant) {
        ZonedDateTime t = instant.atZone(zone);
        var out = new StringBuilder(pattern.length() + 16);
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                out.append(pattern.charAt(++i));
            } else {
                letter(out, c, t);
            }
        }
        return out.toString();
    }

    private static void letter(StringBuilder out, char c, ZonedDateTime t) {
        switch (c) {
            case 'd' -> padded(out, t.getDayOfMonth(), 2);
            case 'D' -> out.append(t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case 'j' -> out.append(t.getDayOfMonth());
            case 'l' -> out.append(t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case 'N' -> out.append(t.getDayOfWeek().getValue());
            case 'S' -> out.append(suffix(t.getDayOfMonth()));
            case 'w' -> out.append(t.getDayOfWeek().getValue() % 7);
            case 'z' -> out.append(t.getDayOfYear() - 1);
            case 'W' -> padded(out, t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            case 'F' -> out.append(t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case 'm' -> padded(out, t.getMonthValue(), 2);
            case 'M' -> out.append(t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case 'n' -> out.append(t.getMonthValue());
            case 't' -> out.append(t.toLocalDate().lengthOfMonth());
            case 'L' -> out.append(t.toLocalDate().isLeapYear() ? 1 : 0);
            case 'o' -> out.append(t.get(IsoFields.WEEK_BASED_YEAR));
            case 'Y' -> padded(out, t.getYear(), 4);
            case 'y' -> padded(out, Math.floorMod(t.getYear(), 100), 2);
            case 'a' -> out.append(t.getHour() < 12 ? "am" : "pm");
            case 'A' -> out.append(t.getHour() < 12 ? "AM" : "PM");
            case 'B' -> padded(out, beats(t), 3);
            case 'g' -> out.append(hour12(t));
            case 'G' -> out.append(t.getHour());
            case 'h' -> padded(out, hour12(t), 2);
            case 'H' -> padded(out, t.getHour(), 2);
            case 'i' -> padded(out, t.getMinute(), 2);
            case 's' -> padded(out, t.getSecond(), 2);
            case 'u' -> padded(out, t.getNano() / 1_000, 6);
            case 'v' -> padded(out, t.getNano() / 1_000_000, 3);
            case 'e' ->
                out.append(t.getZone() instanceof ZoneOffset o && o.getTotalSeconds() == 0 ? "UTC" : t.getZone());
            case 'I' -> out.append(t.getZone().getRules().isDaylightSavings(t.toInstant()) ? 1 : 0);
            case 'O' -> offset(out, t, false);
            case 'P' -> offset(out, t, true);
            case 'p' -> {
                if (t.getOffset().getTotalSeconds() == 0) {
                    out.append('Z');
                } else {
                    offset(out, t, true);
                }
            }
            case 'T' ->
                out.append(
                        t.getZone() instanceof ZoneOffset o && o.getTotalSeconds() == 0 ? "UTC" : ZONE_NAME.format(t));
            case 'Z' -> out.append(t.getOffset().getTotalSeconds());
            case 'c' -> letters(out, "Y-m-d\\TH:i:sP", t);
            case 'r' -> letters(out, "D, d M Y H:i:s O", t);
            case 'U' -> out.append(t.toEpochSecond());
            default -> out.append(c);
        }
    }

    private static void letters(StringBuilder out, String pattern, ZonedDateTime t) {
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) == '\\') {
                out.append(pattern.charAt(++i));
            } else {
                letter(out, pattern.charAt(i), t);
            }
        }
    }

    private static void padded(StringBuilder out, int number, int places) {
        String digits = Integer.toString(number);
        out.repeat('0', Math.max(0, places - digits.length())).append(digits);
    }

    private static int hour12(ZonedDateTime t) {
        return t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
    }

    /** Swatch Internet Time: thousandths of a day in Biel, UTC+1. */
    private static int beats(ZonedDateTime t) {
        return (int) (Math.floorMod(t.toEpochSecond() + 3_600, 86_400L) * 1_000 / 86_400);
    }

    private static String suffix(int day) {
        return day / 10 == 1
                ? "th"
                : switch (day % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }

    private static void offset(StringBuilder out, ZonedDateTime t, boolean colon) {
        int seconds = t.getOffset().getTotalSeconds();
        out.append(seconds < 0 ? '-' : '+');
        int minutes = Math.abs(seconds) / 60;
        padded(out, minutes / 60, 2);
        if (colon) {
            out.append(':');
        }
        padded(out, minutes % 60, 2);
    }
}
