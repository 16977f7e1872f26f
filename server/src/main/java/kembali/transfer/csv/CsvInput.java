package kembali.transfer.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; blank lines are passed over. */
public final class CsvInput implements Closeable {
    /** Longest cell, in characters: the longest field of ours has 4,000. */
    public static final int MOST_IN_CELL = 100_000;

    /** Longest row, in characters. */
    public static final int MOST_IN_ROW = 500_000;

    /** Most cells of a row. */
    public static final int MOST_CELLS = 1_000;

    private static final int BUFFER = 64 * 1024;

    /** Counts what was read. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            count += Math.max(0, n);
            return n;
        }
    }

    private final Counted counted;
    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> rows;
    private long lastLine;
    private @Nullable CsvFault fault;

    /**
     * Opens a file.
     *
     * @param in its bytes from the first one; closed with this
     */
    public CsvInput(InputStream in, CsvShape shape) throws IOException {
        counted = new Counted(in);
        counted.skipNBytes(shape.markBytes());
        // What is no letter in the encoding is read as U+FFFD.
        Reader text = new InputStreamReader(counted, Charset.forName(shape.charset()));
        reader = CsvReader.builder()
                .fieldSeparator(shape.delimiter())
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .maxBufferSize(Math.max(BUFFER, 2 * MOST_IN_CELL))
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(MOST_CELLS)
                                .maxFieldSize(MOST_IN_CELL)
                                .maxRecordSize(MOST_IN_ROW)
                                .build(),
                        text);
        try {
            if (shape.delimiterLine()) {
                reader.skipLines(1);
                lastLine = 1;
            }
        } catch (CsvParseException e) {
            throw fault(e);
        }
        rows = reader.iterator();
    }

    /**
     * The next row; null at the end.
     *
     * @throws CsvFault when it is longer than any row may be, or a quote is never closed
     */
    public @Nullable CsvRow next() throws IOException {
        if (fault != null) {
            throw fault;
        }
        try {
            if (!rows.hasNext()) {
                return null;
            }
            CsvRecord row = rows.next();
            lastLine = row.getStartingLineNumber();
            return new CsvRow(lastLine, row.getFields());
        } catch (CsvParseException e) {
            throw fault(e);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    /** How many bytes were read so far; somewhat ahead of the row. */
    public long bytesRead() {
        return counted.count;
    }

    private CsvFault fault(CsvParseException e) {
        CsvFault f = new CsvFault(
                lastLine + 1,
                "The row that begins after line " + lastLine
                        + " cannot be read: a quote is opened there and never closed,"
                        + " or it is longer than a row may be (" + MOST_CELLS + " cells, " + MOST_IN_CELL
                        + " characters each, " + MOST_IN_ROW + " together). (" + e.getMessage() + ")");
        fault = f;
        return f;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
