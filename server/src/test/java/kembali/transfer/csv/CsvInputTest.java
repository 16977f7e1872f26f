package kembali.transfer.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvInputTest {
    private static CsvShape shape(byte[] bytes) {
        var finder = new EncodingFinder();
        finder.accept(bytes, 0, bytes.length);
        return CsvShape.of(bytes, true, finder.found(), null);
    }

    private static List<CsvRow> rows(byte[] bytes) throws IOException {
        var rows = new ArrayList<CsvRow>();
        try (var in = new CsvInput(new ByteArrayInputStream(bytes), shape(bytes))) {
            for (CsvRow row = in.next(); row != null; row = in.next()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<List<String>> cells(String text, Charset charset) throws IOException {
        return rows(text.getBytes(charset)).stream().map(CsvRow::cells).toList();
    }

    private static List<List<String>> cells(String text) throws IOException {
        return cells(text, StandardCharsets.UTF_8);
    }

    @Test
    void readsWhatSpreadsheetsOfManyCountriesSave() throws IOException {
        List<List<String>> wanted = List.of(List.of("nama", "nilai"), List.of("Budi", "1.500,50"));

        assertThat(cells("nama;nilai\r\nBudi;1.500,50\r\n")).isEqualTo(wanted);
        assertThat(cells("nama,nilai\nBudi,\"1.500,50\"\n")).isEqualTo(wanted);
        assertThat(cells("nama\tnilai\nBudi\t1.500,50")).isEqualTo(wanted);
        assertThat(cells("nama|nilai\nBudi|1.500,50")).isEqualTo(wanted);
        assertThat(cells("nama;nilai\rBudi;1.500,50\r")).isEqualTo(wanted);
        assertThat(cells("sep=;\r\nnama;nilai\r\nBudi;1.500,50\r\n")).isEqualTo(wanted);
        assertThat(cells("\ufeffnama;nilai\nBudi;1.500,50\n")).isEqualTo(wanted);
        assertThat(cells("\ufeffnama\tnilai\nBudi\t1.500,50\n", StandardCharsets.UTF_16LE))
                .isEqualTo(wanted);
        assertThat(cells("nama;nilai\nBudi;1.500,50\n", StandardCharsets.UTF_16BE))
                .isEqualTo(wanted);
    }

    @Test
    void readsLettersOfWindows() throws IOException {
        assertThat(cells("nom;ville\nJosé;Orléans\n", Charset.forName("windows-1252")))
                .containsExactly(List.of("nom", "ville"), List.of("José", "Orléans"));
    }

    @Test
    void keepsQuotedDelimitersQuotesAndLineBreaks() throws IOException {
        assertThat(rows("""
                name,note
                "Doe, John","said ""hi""
                and left"
                Ann,5" disk
                """.getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        new CsvRow(1, List.of("name", "note")),
                        new CsvRow(2, List.of("Doe, John", "said \"hi\"\nand left")),
                        new CsvRow(4, List.of("Ann", "5\" disk")));
    }

    @Test
    void countsLinesAlsoAfterTheOneThatSaysTheDelimiterAndBlankOnes() throws IOException {
        assertThat(rows("sep=;\nname;hp\n\nBudi;08\n".getBytes(StandardCharsets.UTF_8)))
                .extracting(CsvRow::line)
                .containsExactly(2L, 4L);
    }

    @Test
    void passesRaggedRowsOnAsTheyAre() throws IOException {
        assertThat(cells("a,b,c\n1,2\n1,2,3,4\n,,\n"))
                .containsExactly(
                        List.of("a", "b", "c"), List.of("1", "2"), List.of("1", "2", "3", "4"), List.of("", "", ""));
    }

    @Test
    void passesZeroBytesOnForTheChecksToRefuse() throws IOException {
        assertThat(cells("a,b\nx\u0000y,2\n")).contains(List.of("x\u0000y", "2"));
    }

    @Test
    void holdsNoRowOfAnEmptyFile() throws IOException {
        assertThat(cells("")).isEmpty();
        assertThat(cells("\ufeff")).isEmpty();
        assertThat(cells("\n\n")).isEmpty();
        assertThat(cells("sep=;\n")).isEmpty();
    }

    @Test
    void refusesALineOfTenMegabytesWithItsNumber() {
        byte[] bytes = ("name,note\nBudi,ok\nAni," + "x".repeat(10_000_000) + "\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> rows(bytes))
                .isInstanceOfSatisfying(
                        CsvFault.class, e -> assertThat(e.line()).isEqualTo(3));
    }

    @Test
    void refusesAQuoteThatIsNeverClosedAndSaysSoAgainWhenAskedAgain() throws IOException {
        byte[] bytes = "name,note\nBudi,ok\nAni,\"oops\nmore\n".getBytes(StandardCharsets.UTF_8);
        try (var in = new CsvInput(new ByteArrayInputStream(bytes), shape(bytes))) {
            in.next();
            in.next();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(in::next)
                        .isInstanceOfSatisfying(
                                CsvFault.class, e -> assertThat(e.line()).isEqualTo(3))
                        .hasMessageContaining("quote");
            }
        }
    }

    @Test
    void refusesARowOfTooManyCells() {
        byte[] bytes = ("a,b\n" + "x,".repeat(CsvInput.MOST_CELLS) + "x\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> rows(bytes)).isInstanceOf(CsvFault.class);
    }

    @Test
    void isNotMisledByDecimalCommasOrByTextWithManyCommas() {
        assertThat(shape("nama;nilai\nBudi;1,5\nAni;2,5\n".getBytes(StandardCharsets.UTF_8))
                        .delimiter())
                .isEqualTo(';');
        assertThat(shape("name,remark\nBudi,\"a;b;c\"\nAni,\"d;e;f\"\n".getBytes(StandardCharsets.UTF_8))
                        .delimiter())
                .isEqualTo(',');
        assertThat(shape("phone\n0812\n0813\n".getBytes(StandardCharsets.UTF_8)).delimiter())
                .isEqualTo(',');
    }
}
