package kembali.transfer.csv;

import java.util.List;

/**
 * One row of a file.
 *
 * @param line the line it begins in, the first being 1; a quoted line break makes a row longer than a line
 * @param cells as they are written, without quotes
 */
public record CsvRow(long line, List<String> cells) {
    /** Whether nothing stands in it. */
    public boolean isBlank() {
        return cells.stream().allMatch(String::isBlank);
    }
}
