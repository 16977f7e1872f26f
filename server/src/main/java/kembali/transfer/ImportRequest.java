package kembali.transfer;

import java.util.Map;
import kembali.postback.AmountRules.DecimalMark;
import kembali.transfer.column.ImportKind;
import kembali.transfer.row.Moments.DayOrder;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done with a file.
 *
 * @param dryRun only say what would become of it
 * @param report whether platforms are told of the statuses; otherwise they are taken over
 * @param mapping column to field, where the names do not tell; an empty field leaves the column out
 * @param statuses words of the file to our statuses
 * @param defaultStatus for rows that say none; null leaves it open
 * @param campaign for clicks that name none; null for none
 * @param dates null to find out
 * @param decimalMark null to find out
 * @param delimiter null to find out
 * @param encoding name of the charset; null to find out
 * @param header whether the first row names the columns
 * @param fileName as its owner calls it
 * @param actor who brings it
 */
public record ImportRequest(
        int workspaceId,
        ImportKind kind,
        boolean dryRun,
        boolean report,
        Map<String, String> mapping,
        Map<String, String> statuses,
        @Nullable String defaultStatus,
        @Nullable String campaign,
        @Nullable DayOrder dates,
        @Nullable DecimalMark decimalMark,
        @Nullable Character delimiter,
        @Nullable String encoding,
        boolean header,
        @Nullable String fileName,
        String actor) {
    public ImportRequest {
        mapping = Map.copyOf(mapping);
        statuses = Map.copyOf(statuses);
    }
}
