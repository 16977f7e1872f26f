package kembali.demo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import kembali.demo.report.Table.Cell;
import kembali.demo.report.Table.Column;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Screen plain =
            new Screen(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, false, true);

    @Test
    void alignsTextLeftAndNumbersRight() {
        var table = new Table(Column.text("pixel"), Column.number("count"));
        table.row(Cell.of("Main"), Cell.of("1,024"));
        table.row(Cell.of("All leads"), Cell.of("7"));
        assertThat(table.lines(plain)).containsExactly("pixel      count", "Main       1,024", "All leads      7");
    }

    @Test
    void cutsTheColumnThatGivesWayAndNoOther() {
        var table = new Table(Column.text("a"), Column.cut("b"), Column.number("c"));
        table.row(Cell.of("x".repeat(30)), Cell.of("y".repeat(90)), Cell.of("12"));
        assertThat(table.lines(plain).get(1))
                .hasSize(Screen.WIDTH)
                .startsWith("x".repeat(30) + "  y")
                .endsWith("y…  12");
    }

    @Test
    void alignsByWhatIsSeenNotByColourCodes() {
        var colourful = new Screen(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), true, true, true);
        var table = new Table(Column.text("a"), Column.text("b"));
        table.row(new Cell("x", Screen.Look.GOOD), Cell.of("end"));
        table.row(Cell.of("long"), Cell.of("end"));
        assertThat(table.lines(colourful).get(1)).isEqualTo("\u001B[32mx\u001B[0m     end");
        assertThat(table.lines(colourful).get(2)).isEqualTo("long  end");
    }

    @Test
    void refusesARowOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table(Column.text("a")).row());
    }
}
