package kembali.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import kembali.ledger.SourceDays.Day;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnusualTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

    private static Day day(int back, @Nullable String currency, long received, double amount, long hasty) {
        return new Day(TODAY.minusDays(back), currency, received, 0, 0, 0, 0, 0, hasty, amount);
    }

    private static List<String> codes(List<Day> days) {
        return Unusual.notices(days, TODAY).stream().map(Unusual.Notice::code).toList();
    }

    private static List<Day> week(long received, double amount) {
        var days = new ArrayList<Day>();
        for (int back = 7; back >= 1; back--) {
            days.add(day(back, null, received, 0, 0));
            days.add(day(back, "USD", 0, amount, 0));
        }
        return days;
    }

    @Test
    void noticesTenTimesTheUsualAndNotLess() {
        List<Day> days = week(100, 50);
        days.add(day(0, null, 1_000, 0, 0));
        days.add(day(0, "USD", 0, 500, 0));
        assertThat(codes(days)).isEmpty();
        days.add(day(0, null, 1, 0, 0));
        days.add(day(0, "USD", 0, 0.01, 0));
        assertThat(codes(days)).containsExactly("rate_unusual", "amount_unusual");
    }

    @Test
    void oneBigDayIsNotWhatIsUsual() {
        List<Day> days = week(100, 50);
        days.set(0, day(7, null, 1_000_000, 0, 0));
        days.add(day(0, null, 1_001, 0, 0));
        assertThat(codes(days)).containsExactly("rate_unusual");
    }

    @Test
    void aNewSourceAndAHandfulAreNoNews() {
        assertThat(codes(List.of(day(2, null, 1, 0, 0), day(1, null, 1, 0, 0), day(0, null, 9_999, 0, 0))))
                .isEmpty();
        List<Day> quiet = week(1, 0);
        quiet.add(day(0, null, 29, 0, 0));
        assertThat(codes(quiet)).isEmpty();
    }

    @Test
    void aSaleFasterThanAPersonIsNoticedAlone() {
        assertThat(codes(List.of(day(0, "USD", 0, 1, 1)))).containsExactly("sales_too_fast");
        assertThat(codes(List.of(day(1, "USD", 0, 1, 1)))).isEmpty();
    }
}
