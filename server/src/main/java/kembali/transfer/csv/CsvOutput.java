package kembali.transfer.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of ours: UTF-8 with a byte order mark, by which spreadsheets know it, RFC 4180 otherwise, and no cell that is
 * a formula.
 */
public final class CsvOutput implements Closeable {
    private final CsvWriter out;

    /** @param to not closed with this */
    public CsvOutput(OutputStream to, char delimiter) throws IOException {
        Writer text = new OutputStreamWriter(to, StandardCharsets.UTF_8);
        text.write('\ufeff');
        out = CsvWriter.builder()
                .fieldSeparator(delimiter)
                .lineDelimiter(LineDelimiter.CRLF)
                .bufferSize(16 * 1024)
                .build(text);
    }

    /** Writes one row; null is an empty cell. */
    public void row(List<@Nullable String> cells) {
        var row = out.writeRecord();
        for (String cell : cells) {
            row.writeField(cell == null ? "" : CellGuard.guarded(cell));
        }
        row.endRecord();
    }

    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
