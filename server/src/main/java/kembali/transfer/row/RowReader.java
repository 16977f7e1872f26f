package kembali.transfer.row;

import java.time.Instant;
import java.util.List;

/** Reads the rows of one file. */
public interface RowReader<R> {
    /**
     * Reads one row.
     *
     * @param cells in the order of the file's columns
     * @param now for what the row does not date
     */
    Parsed<R> read(List<String> cells, Instant now);
}
