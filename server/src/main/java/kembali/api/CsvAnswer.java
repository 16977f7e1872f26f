package kembali.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import kembali.support.Refusal;
import kembali.transfer.csv.CsvOutput;
import org.jspecify.annotations.Nullable;

/** CSV files as answers: written while they are read from the database, page by page, so that their length costs no memory. */
final class CsvAnswer {
    /** Rows of one page. */
    static final int PAGE = 500;

    private final char delimiter;
    private final ZoneId zone;

    /**
     * @param delimiter as the caller wrote it; null for a comma
     * @param zone in which times are shown
     */
    CsvAnswer(@Nullable String delimiter, String zone) {
        this.delimiter = switch (delimiter) {
            case null -> ',';
            case "," -> ',';
            case ";" -> ';';
            case "tab", "\t" -> '\t';
            default -> throw Refusal.invalid("delimiter", "must be , or ; (in an address %3B) or tab");
        };
        this.zone = ZoneId.of(zone);
    }

    /** Writes rows until there are no more. */
    interface Rows {
        void write(CsvOutput out) throws IOException;
    }

    /** The answer. @param name of the file without date and ending */
    Response of(String name, InstantSource clock, List<String> header, Rows rows) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        StreamingOutput body = stream -> {
            try (var out = new CsvOutput(stream, delimiter)) {
                out.row(List.copyOf(header));
                rows.write(out);
            }
        };
        return Response.ok(body)
                .type("text/csv; charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "-" + today + ".csv\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** A time in the workspace's zone, with its offset. */
    @Nullable String time(@Nullable Instant at) {
        return at == null ? null : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone));
    }

    /** A time in epoch milliseconds. */
    String time(long ms) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(ms).atZone(zone));
    }
}
