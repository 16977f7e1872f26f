package kembali.inbound.form;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Instants as form providers write them; anything implausible is the time of receipt. */
final class Times {
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);
    /** No form of today was filled in before. */
    private static final Instant EARLIEST = Instant.parse("2010-01-01T00:00:00Z");

    private static final Pattern SECONDS = Pattern.compile("\\d{9,10}");
    private static final Pattern MILLIS = Pattern.compile("\\d{12,13}");

    /** {@code 2026-11-20T03:00:00Z}, with {@code +07:00}, and with Meta's {@code +0000}. */
    private static final List<DateTimeFormatter> ISO = List.of(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME,
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendOffset("+HHMM", "Z")
                    .toFormatter(Locale.ROOT));

    private Times() {}

    /** The instant said, as ISO 8601 with a zone, or as Unix seconds or milliseconds. */
    static Instant read(@Nullable String text, Instant receivedAt) {
        Instant said = text == null || text.length() > 40 ? null : parse(text.strip());
        if (said == null || said.isBefore(EARLIEST) || said.isAfter(receivedAt.plus(CLOCK_DIFFERENCE))) {
            return receivedAt;
        }
        return said;
    }

    private static @Nullable Instant parse(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (MILLIS.matcher(text).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        String iso = text.indexOf(' ') == 10 ? text.substring(0, 10) + "T" + text.substring(11) : text;
        for (DateTimeFormatter format : ISO) {
            try {
                return OffsetDateTime.parse(iso, format).toInstant();
            } catch (DateTimeException otherForm) {
                continue;
            }
        }
        return null;
    }
}
