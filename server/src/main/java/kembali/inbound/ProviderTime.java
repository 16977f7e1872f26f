package kembali.inbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times providers write: Unix seconds, milliseconds, micro- and nanoseconds, ISO 8601 with and
 * without a zone, also with a space for the {@code T}.
 */
public final class ProviderTime {
    /** A provider's clock may be this far ahead of ours. */
    public static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    /** WhatsApp had no interface for businesses before; an earlier time is a zero or a wrong unit. */
    private static final Instant EARLIEST = Instant.parse("2010-01-01T00:00:00Z");

    private static final int LONGEST = 48;

    private static final Pattern UNIX = Pattern.compile("(\\d{9,19})(?:\\.\\d{1,9})?");

    private static final DateTimeFormatter ZONED = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "UTC")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "GMT")
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    /** Where the providers of a country with one business time write local times; others only use UTC. */
    private static final Map<String, ZoneId> ZONES = Map.ofEntries(
            Map.entry("ID", ZoneId.of("Asia/Jakarta")),
            Map.entry("MY", ZoneId.of("Asia/Kuala_Lumpur")),
            Map.entry("SG", ZoneId.of("Asia/Singapore")),
            Map.entry("BN", ZoneId.of("Asia/Brunei")),
            Map.entry("TH", ZoneId.of("Asia/Bangkok")),
            Map.entry("VN", ZoneId.of("Asia/Ho_Chi_Minh")),
            Map.entry("PH", ZoneId.of("Asia/Manila")),
            Map.entry("IN", ZoneId.of("Asia/Kolkata")),
            Map.entry("PK", ZoneId.of("Asia/Karachi")),
            Map.entry("BD", ZoneId.of("Asia/Dhaka")),
            Map.entry("AE", ZoneId.of("Asia/Dubai")),
            Map.entry("SA", ZoneId.of("Asia/Riyadh")),
            Map.entry("TR", ZoneId.of("Europe/Istanbul")));

    private ProviderTime() {}

    /**
     * The instant that was said.
     *
     * <p>A time without a zone is UTC with some providers and local with others, and neither says which. Webhooks
     * come at once, so of the two the one nearer to the receipt is taken.
     *
     * @param said null or anything
     * @param country ISO 3166-1 alpha-2 of the workspace, whose local time a time without a zone may be
     * @return to the millisecond; {@code receivedAt} when nothing readable was said, or a time before 2010 or more than five minutes
     *     after the receipt
     */
    public static Instant read(@Nullable String said, Instant receivedAt, @Nullable String country) {
        Instant read = said == null || said.length() > LONGEST ? null : parse(said.strip(), receivedAt, country);
        return read != null && plausible(read, receivedAt) ? read.truncatedTo(ChronoUnit.MILLIS) : receivedAt;
    }

    private static boolean plausible(Instant at, Instant receivedAt) {
        return !at.isBefore(EARLIEST) && !at.isAfter(receivedAt.plus(CLOCK_DIFFERENCE));
    }

    private static @Nullable Instant parse(String text, Instant receivedAt, @Nullable String country) {
        var unix = UNIX.matcher(text);
        if (unix.matches()) {
            return unix(unix.group(1));
        }
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        try {
            return switch (ZONED.parseBest(iso, OffsetDateTime::from, LocalDateTime::from)) {
                case OffsetDateTime zoned -> zoned.toInstant();
                case LocalDateTime local -> nearest(local, receivedAt, country);
                default -> null; // parseBest answers with one of the two
            };
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private static @Nullable Instant unix(String digits) {
        long number;
        try {
            number = Long.parseLong(digits);
        } catch (NumberFormatException tooBig) {
            return null;
        }
        int length = digits.length();
        if (length <= 11) {
            return Instant.ofEpochSecond(number);
        }
        if (length <= 14) {
            return Instant.ofEpochMilli(number);
        }
        if (length <= 17) {
            return Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1_000);
        }
        return Instant.ofEpochSecond(number / 1_000_000_000, number % 1_000_000_000);
    }

    private static Instant nearest(LocalDateTime local, Instant receivedAt, @Nullable String country) {
        Instant utc = local.toInstant(ZoneOffset.UTC);
        ZoneId zone = country == null ? null : ZONES.get(country.toUpperCase(Locale.ROOT));
        if (zone == null) {
            return utc;
        }
        Instant there = local.atZone(zone).toInstant();
        if (!plausible(utc, receivedAt)) {
            return there;
        }
        if (!plausible(there, receivedAt)) {
            return utc;
        }
        return distance(there, receivedAt).compareTo(distance(utc, receivedAt)) < 0 ? there : utc;
    }

    private static Duration distance(Instant a, Instant b) {
        return Duration.between(a, b).abs();
    }
}
