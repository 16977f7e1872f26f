package kembali.transfer;

import java.util.List;
import java.util.Map;
import kembali.postback.AmountRules.DecimalMark;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.csv.CsvShape;
import kembali.transfer.row.Moments.DayOrder;
import org.jspecify.annotations.Nullable;

/**
 * How a file was understood, and what is agreed on for its rows. Stored with the job.
 *
 * @param columns one for each column of the file
 * @param format where the file seems to come from; null when nobody can tell
 * @param notes what its owner should know
 * @param zone in which times without an offset are
 */
public record ImportPlan(
        CsvShape shape,
        boolean header,
        List<ColumnMap.Column> columns,
        @Nullable String format,
        List<String> notes,
        String zone,
        DayOrder dates,
        DecimalMark decimalMark,
        Map<String, String> statuses,
        @Nullable String defaultStatus,
        @Nullable String campaign,
        boolean report) {
    public ImportPlan {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
        statuses = Map.copyOf(statuses);
    }

    ColumnMap columnMap() {
        return new ColumnMap(columns, format, notes);
    }
}
