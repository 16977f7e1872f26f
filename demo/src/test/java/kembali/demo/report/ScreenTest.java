package kembali.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import kembali.demo.report.Screen.Look;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void writesNoColourAndNothingPassingWhereLinesCannotBeRewritten() {
        Screen screen = screen(false, false, true);
        screen.passing("half done");
        screen.line(Look.GOOD, "done");
        assertThat(written()).isEqualTo("done\n");
    }

    @Test
    void rewritesThePassingLineOnATerminal() {
        Screen screen = screen(true, false, true);
        screen.passing("half done");
        screen.line("done");
        assertThat(written()).isEqualTo("\r\u001B[Khalf done\r\u001B[Kdone\n");
    }

    @Test
    void coloursOnlyWhenAllowed() {
        screen(true, true, true).line(Look.BAD, "no");
        assertThat(written()).isEqualTo("\u001B[31mno\u001B[0m\n");
    }

    @Test
    void replacesSignsTheOutputCannotShowByPlainOnesOfTheSameWidth() {
        screen(false, false, false).line("✓ a → b … ── – ✗");
        assertThat(written()).isEqualTo("+ a > b ~ -- - x\n");
    }

    @Test
    void rulesAHeadingToTheRightEdge() {
        screen(false, false, true).heading("Leads");
        assertThat(written().lines().toList().get(1)).hasSize(Screen.WIDTH).startsWith("Leads ──");
    }

    private Screen screen(boolean terminal, boolean colour, boolean signs) {
        return new Screen(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, colour, signs);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
