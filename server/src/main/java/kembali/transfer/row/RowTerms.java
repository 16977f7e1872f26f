package kembali.transfer.row;

import java.time.ZoneId;
import java.util.Map;
import kembali.postback.AmountRules.DecimalMark;
import org.jspecify.annotations.Nullable;

/**
 * What is agreed on for all rows of a file.
 *
 * @param zone in which times without an offset are
 * @param dates the order of {@code 03/04/2026}
 * @param decimalMark the separator of {@code 1.234} or {@code 1,234}, where it could be either
 * @param currency ISO 4217, of amounts that name none
 * @param statuses words of the file to ours
 * @param defaultStatus for rows that say none; null leaves it open
 * @param campaign alias or id for clicks that name no campaign; null for none
 * @param report whether platforms are told of the statuses
 */
public record RowTerms(
        int workspaceId,
        ZoneId zone,
        Moments.DayOrder dates,
        DecimalMark decimalMark,
        String currency,
        Map<String, String> statuses,
        @Nullable String defaultStatus,
        @Nullable String campaign,
        boolean report) {
    public RowTerms {
        statuses = Map.copyOf(statuses);
    }
}
