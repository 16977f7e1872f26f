package kembali.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void figuresStandUnderEachOtherToTheRight() {
        String text = new Table(List.of("", "requests/s", "p99"))
                .row(List.of("ours", "9,800", "21.4"))
                .row(List.of("nginx", "134,700", "1.0"))
                .toString();

        assertThat(text).isEqualTo("""
                               requests/s   p99
                        ours        9,800  21.4
                        nginx     134,700   1.0
                        """);
    }

    @Test
    void aRowMustFillItsColumns() {
        var table = new Table(List.of("a", "b"));

        assertThatThrownBy(() -> table.row(List.of("1"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSheetShowsMedianAndRangeAndADashForWhatWasNotMeasured() {
        var sheet = new Sheet();
        sheet.add("ours", java.util.Map.of("rate", 10_000.0));
        sheet.add("ours", java.util.Map.of("rate", 12_000.4));
        sheet.add("ours", java.util.Map.of("rate", 11_000.0));
        sheet.add("floor", java.util.Map.of("other", 1.0));

        assertThat(sheet.table(List.of(new Column("rate", "rate", 0))).toString())
                .isEqualTo("""
                                                 rate
                        ours   11,000 (10,000-12,000)
                        floor                       -
                        """);
    }

    @Test
    void aRatioComparesRunsThatTookTurns() {
        var sheet = new Sheet();
        for (double load : List.of(1.0, 2.0, 4.0)) {
            sheet.add("ours", java.util.Map.of("cpu", 3 * load));
            sheet.add("floor", java.util.Map.of("cpu", load));
        }

        assertThat(sheet.ratio("cpu", "ours", "floor")).isEqualTo(new Stats(3, 3, 3, 3));
        assertThat(sheet.ratio("cpu", "ours", "nobody")).isNull();
    }
}
