package kembali.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import kembali.http.Checks;
import org.jspecify.annotations.Nullable;

/** The days figures are asked for, both included. */
record DayRange(LocalDate from, LocalDate to) {
    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 400;

    /**
     * Reads {@code from} and {@code to}; the last 30 days where nobody says.
     *
     * @throws kembali.support.Refusal naming the day that is none, or lies too far from the other
     */
    static DayRange read(@Nullable String from, @Nullable String to, String timezone, Instant now) {
        var checks = new Checks();
        LocalDate today = LocalDate.ofInstant(now, ZoneId.of(timezone));
        LocalDate last = date(checks, "to", to, today);
        LocalDate first = date(checks, "from", from, last.minusDays(USUAL_DAYS - 1L));
        if (first.isAfter(last)) {
            checks.error("from", "lies after to");
        } else if (ChronoUnit.DAYS.between(first, last) >= MOST_DAYS) {
            checks.error("from", "lies more than " + MOST_DAYS + " days before to; ask for less at once");
        }
        checks.done();
        return new DayRange(first, last);
    }

    private static LocalDate date(Checks checks, String field, @Nullable String raw, LocalDate otherwise) {
        if (raw == null || raw.isBlank()) {
            return otherwise;
        }
        try {
            LocalDate date = LocalDate.parse(raw);
            if (date.getYear() >= 2000 && date.getYear() <= 9999) {
                return date;
            }
        } catch (DateTimeException e) {
            checks.error(field, "is no date such as 2026-11-20");
            return otherwise;
        }
        checks.error(field, "must lie between the years 2000 and 9999");
        return otherwise;
    }
}
