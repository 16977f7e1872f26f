package kembali.transfer.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellGuardTest {
    @Test
    void keepsFormulasFromRunning() {
        for (String formula : List.of(
                "=1+1",
                "=HYPERLINK(\"http://evil\")",
                "+cmd|' /C calc'!A0",
                "-2+3",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "＝1",
                "-",
                "+62 812")) {
            assertThat(CellGuard.guarded(formula)).isEqualTo("'" + formula);
            assertThat(CellGuard.unguarded(CellGuard.guarded(formula))).isEqualTo(formula);
        }
    }

    @Test
    void leavesPhoneNumbersAndAmountsAlone() {
        for (String number :
                List.of("+628123456789", "-1500000", "-12.50", "+1,5", "08123456789", "", "Budi", "it's")) {
            assertThat(CellGuard.guarded(number)).isEqualTo(number);
            assertThat(CellGuard.unguarded(number)).isEqualTo(number);
        }
    }

    @Test
    void givesBackExactlyWhatWasThereAlsoWithApostrophesOfItsOwn() {
        for (String odd : List.of("'=1", "''=1", "'", "''", "'Budi", "'+62 8")) {
            assertThat(CellGuard.unguarded(CellGuard.guarded(odd))).isEqualTo(odd);
        }
    }

    @Test
    void writesAFileSpreadsheetsAndReadersAgreeOn() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new CsvOutput(bytes, ';')) {
            out.row(Arrays.asList("name", null, "a;b"));
            out.row(List.of("=1+1", "José \"J\"", "two\nlines"));
        }

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\ufeffname;;\"a;b\"\r\n'=1+1;\"José \"\"J\"\"\";\"two\nlines\"\r\n");
    }
}
