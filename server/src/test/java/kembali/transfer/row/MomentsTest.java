package kembali.transfer.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import kembali.transfer.row.Moments.DayOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-20T03:00:00Z | 2026-11-20T03:00:00Z",
                "2026-11-20T03:00:00.123456Z | 2026-11-20T03:00:00.123Z",
                "2026-11-20T10:00:00+07:00 | 2026-11-20T03:00:00Z",
                "2026-11-20 10:00:00 | 2026-11-20T03:00:00Z",
                "2026-11-20 10:00 | 2026-11-20T03:00:00Z",
                "2026/11/20 10.00 | 2026-11-20T03:00:00Z",
                "2026-11-20 | 2026-11-19T17:00:00Z",
                "20/11/2026 10:00 | 2026-11-20T03:00:00Z",
                "20-11-2026 | 2026-11-19T17:00:00Z",
                "20.11.26 10:00 | 2026-11-20T03:00:00Z",
                "3/4/2026 | 2026-04-02T17:00:00Z",
                "20/11/2026 10:00 PM | 2026-11-20T15:00:00Z",
                "20/11/2026 12:30 AM | 2026-11-19T17:30:00Z",
                "20 Nov 2026 10:00 | 2026-11-20T03:00:00Z",
                "20 Nopember 2026 | 2026-11-19T17:00:00Z",
                "17 Agustus 2026 10.00 WIB | 2026-08-17T03:00:00Z",
                "17 Agustus 2026 10.00 WIT | 2026-08-17T01:00:00Z",
                "Nov 20, 2026 10:00:05 | 2026-11-20T03:00:05Z",
                "1795143600 | 2026-11-20T03:00:00Z",
                "1795143600123 | 2026-11-20T03:00:00.123Z",
                "46346.416666667 | 2026-11-20T03:00:00Z",
                "46346 | 2026-11-19T17:00:00Z",
            })
    void readsTimesAsSpreadsheetsAndPeopleWriteThem(String text, String instant) {
        assertThat(Moments.read(text, JAKARTA, DayOrder.DAY_FIRST)).isEqualTo(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kemarin",
                "31/02/2026",
                "2026-13-01",
                "20/11/2026 25:00",
                "11-2026",
                "2026",
                "123456",
                "20/11/2026 13:00 PM"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(Moments.read(text, JAKARTA, DayOrder.DAY_FIRST)).isNull();
    }

    @Test
    void readsTheMonthFirstWhereThatIsAgreedOn() {
        assertThat(Moments.read("3/4/2026", JAKARTA, DayOrder.MONTH_FIRST))
                .isEqualTo(Instant.parse("2026-03-03T17:00:00Z"));
    }

    @Test
    void findsOutTheOrderWhereOneDateTells() {
        assertThat(Moments.orderOf(List.of("01/02/2026", "13/02/2026"))).isEqualTo(DayOrder.DAY_FIRST);
        assertThat(Moments.orderOf(List.of("01/02/2026", "02/13/2026"))).isEqualTo(DayOrder.MONTH_FIRST);
        assertThat(Moments.orderOf(List.of("01/02/2026", "2026-02-13"))).isNull();
        assertThatThrownBy(() -> Moments.orderOf(List.of("13/02/2026", "02/13/2026")))
                .isInstanceOf(DateTimeException.class);
    }
}
