package kembali.capture.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kembali.support.FieldError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHoursTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static OpeningHours hours(String zone, String closed, String... daysAndSpans) {
        var week = new LinkedHashMap<String, List<List<String>>>();
        for (String line : daysAndSpans) {
            String[] words = line.split(" ");
            var spans = new java.util.ArrayList<List<String>>();
            for (int i = 1; i < words.length; i++) {
                spans.add(List.of(words[i].split("-")));
            }
            week.put(words[0], spans);
        }
        return Objects.requireNonNull(
                new HoursDoc(zone, week, closed.isEmpty() ? List.of() : List.of(closed.split(",")))
                        .read()
                        .hours());
    }

    private static Instant at(ZoneId zone, String local) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    // 2026-11-23 is a Monday.
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T07:59:59, false",
        "2026-11-23T08:00, true",
        "2026-11-23T11:59:59, true",
        "2026-11-23T12:00, false",
        "2026-11-23T13:00, true",
        "2026-11-23T17:00, false",
        "2026-11-24T09:00, false",
    })
    void isOpenFromTheFirstMinuteOfASpanToTheLast(String local, boolean open) {
        var hours = hours("Asia/Jakarta", "", "mon 08:00-12:00 13:00-17:00");

        assertThat(hours.isOpen(at(JAKARTA, local))).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T21:59, false", // Friday
        "2026-11-27T22:00, true",
        "2026-11-28T00:00, true",
        "2026-11-28T01:59, true",
        "2026-11-28T02:00, false",
        "2026-11-28T22:00, false",
        "2026-11-29T01:00, false",
    })
    void aSpanOverMidnightBelongsToTheDayItBeginsOn(String local, boolean open) {
        assertThat(hours("Asia/Jakarta", "", "fri 22:00-02:00").isOpen(at(JAKARTA, local)))
                .isEqualTo(open);
    }

    @Test
    void theWholeDayEndsAtMidnight() {
        var hours = hours("Asia/Jakarta", "", "sun 00:00-24:00", "tue 20:00-00:00");

        assertThat(hours.isOpen(at(JAKARTA, "2026-11-29T00:00"))).isTrue();
        assertThat(hours.isOpen(at(JAKARTA, "2026-11-29T23:59:59"))).isTrue();
        assertThat(hours.isOpen(at(JAKARTA, "2026-11-30T00:00"))).isFalse();
        assertThat(hours.isOpen(at(JAKARTA, "2026-11-24T23:59"))).isTrue();
        assertThat(hours.isOpen(at(JAKARTA, "2026-11-25T00:00"))).isFalse();
    }

    @Test
    void onAClosedDateNothingBeginsAndWhatBeganTheDayBeforeEnds() {
        var hours = hours("Asia/Jakarta", "2026-12-25", "thu 22:00-03:00", "fri 08:00-17:00");

        assertThat(hours.isOpen(at(JAKARTA, "2026-12-25T02:00"))).isTrue();
        assertThat(hours.isOpen(at(JAKARTA, "2026-12-25T09:00"))).isFalse();
        assertThat(hours.isOpen(at(JAKARTA, "2027-01-01T09:00"))).isTrue();
        assertThat(hours.nextOpening(at(JAKARTA, "2026-12-25T09:00"))).isEqualTo(at(JAKARTA, "2026-12-31T22:00"));
    }

    @Test
    void theZoneDecidesWhatDayItIs() {
        var hours = hours("Asia/Jayapura", "", "mon 00:00-01:00");

        // Sunday evening in Jakarta.
        assertThat(hours.isOpen(at(JAKARTA, "2026-11-22T22:30"))).isTrue();
    }

    @Test
    void anHourTheClockSkipsIsClosed() {
        // Berlin, 2027-03-28: 02:00 becomes 03:00.
        var within = hours("Europe/Berlin", "", "sun 02:15-02:45");
        var across = hours("Europe/Berlin", "", "sun 02:30-04:00");
        Instant before = Instant.parse("2027-03-28T00:59:59Z");
        Instant change = Instant.parse("2027-03-28T01:00:00Z");

        assertThat(within.isOpen(before)).isFalse();
        assertThat(within.isOpen(change)).isFalse();
        assertThat(within.nextOpening(before)).isEqualTo(at(BERLIN, "2027-04-04T02:15"));
        assertThat(across.isOpen(change)).isTrue();
        assertThat(across.nextOpening(before)).isEqualTo(change);
    }

    @Test
    void anHourTheClockRepeatsIsOpenTwice() {
        // Berlin, 2026-10-25: 03:00 becomes 02:00.
        var hours = hours("Europe/Berlin", "", "sun 02:15-02:45");

        assertThat(hours.isOpen(Instant.parse("2026-10-25T00:20:00Z"))).isTrue();
        assertThat(hours.isOpen(Instant.parse("2026-10-25T00:50:00Z"))).isFalse();
        assertThat(hours.isOpen(Instant.parse("2026-10-25T01:20:00Z"))).isTrue();
        assertThat(hours.nextOpening(Instant.parse("2026-10-25T00:50:00Z")))
                .isEqualTo(Instant.parse("2026-10-25T01:15:00Z"));
    }

    @Test
    void aNightShiftLastsWhileTheClockSays() {
        var hours = hours("Europe/Berlin", "", "sat 22:00-06:00");

        // Nine hours in autumn, seven in spring.
        assertThat(openMinutes(hours, Instant.parse("2026-10-24T12:00:00Z"))).isEqualTo(9 * 60);
        assertThat(openMinutes(hours, Instant.parse("2027-03-27T12:00:00Z"))).isEqualTo(7 * 60);
    }

    private static int openMinutes(OpeningHours hours, Instant from) {
        int open = 0;
        for (int i = 0; i < 24 * 60; i++) {
            open += hours.isOpen(from.plus(Duration.ofMinutes(i))) ? 1 : 0;
        }
        return open;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Asia/Jakarta", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"})
    void theNextOpeningIsTheFirstOpenMinute(String zone) {
        var hours = hours(
                zone, "2026-10-26,2027-04-05", "mon 01:10-02:20 23:30-01:00", "wed 02:05-02:55", "sun 02:40-03:10");
        Instant start = Instant.parse("2026-10-20T00:00:00Z");
        @Nullable Instant opening = null;
        // Backwards, minute by minute, over half a year with every change of the clock.
        for (int i = 200 * 24 * 60; i >= 0; i--) {
            Instant at = start.plus(Duration.ofMinutes(i));
            if (hours.isOpen(at)) {
                opening = at;
            } else if (opening != null && i % 7 == 0) {
                assertThat(hours.nextOpening(at)).as("after " + at).isEqualTo(opening);
            }
        }
    }

    @Test
    void closedForGoodHasNoNextOpening() {
        assertThat(hours("Asia/Jakarta", "", "mon").nextOpening(at(JAKARTA, "2026-11-23T09:00")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mon  | 08:00-25:00             | week.mon[0] | must be a start and an end
                    tue  | 8:00-17:00              | week.tue[0] | must be a start and an end
                    wed  | 08:60-17:00             | week.wed[0] | must be a start and an end
                    thu  | 24:00-08:00             | week.thu[0] | must be a start and an end
                    fri  | 08:00                   | week.fri[0] | must be a start and an end
                    sat  | 08:00-08:00             | week.sat[0] | the whole day is
                    sun  | 08:00-12:00 11:00-13:00 | week.sun    | overlap: 08:00 to 12:00 and 11:00 to 13:00
                    mon  | 22:00-02:00 23:00-24:00 | week.mon    | overlap
                    monday | 08:00-17:00           | week.monday | the days are mon, tue, wed
                    """)
    void saysTheDayAndWhatWouldBeRight(String day, String spans, String field, String message) {
        var week = new LinkedHashMap<String, List<List<String>>>();
        week.put(
                day,
                java.util.Arrays.stream(spans.split(" "))
                        .map(s -> List.of(s.split("-")))
                        .toList());
        List<FieldError> faults =
                new HoursDoc("Asia/Jakarta", week, null).read().faults();

        assertThat(faults).singleElement().satisfies(f -> {
            assertThat(f.field()).isEqualTo(field);
            assertThat(f.message()).contains(message);
        });
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() {
        var doc = new HoursDoc("Mars/Olympus", Map.of(), List.of("2026-02-30"));

        assertThat(doc.read().faults()).extracting(FieldError::field).containsExactly("timezone", "week", "closed[0]");
        assertThat(new HoursDoc(null, null, null).read().faults())
                .extracting(FieldError::field)
                .containsExactly("timezone", "week");
        assertThat(Objects.requireNonNull(hours("Asia/Jakarta", "", "mon 08:00-17:00"))
                        .zone())
                .isEqualTo(JAKARTA);
    }
}
