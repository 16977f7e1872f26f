package kembali.transfer.row;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import kembali.postback.AmountRules.DecimalMark;
import kembali.support.FieldError;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.column.ImportKind;
import kembali.transfer.row.Moments.DayOrder;
import org.jspecify.annotations.Nullable;

/** What the tests of row readers share. */
final class RowsFixture {
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private RowsFixture() {}

    static RowTerms terms(Map<String, String> statuses, @Nullable String defaultStatus) {
        return new RowTerms(
                1,
                ZoneId.of("Asia/Jakarta"),
                DayOrder.DAY_FIRST,
                DecimalMark.POINT,
                "IDR",
                statuses,
                defaultStatus,
                null,
                false);
    }

    static ColumnMap columns(ImportKind kind, String... header) {
        return switch (ColumnMap.of(kind, List.of(header), true, Map.of())) {
            case ColumnMap.Found.Mapped(ColumnMap map) -> map;
            case ColumnMap.Found.Refused(List<FieldError> faults) -> throw new AssertionError(faults.toString());
        };
    }

    static <R> R ready(Parsed<R> parsed) {
        return switch (parsed) {
            case Parsed.Ready<R>(R row, List<Remark> remarks) -> row;
            case Parsed.Refused<R>(List<Remark> remarks) -> throw new AssertionError(remarks.toString());
            case Parsed.Blank<R> blank -> throw new AssertionError("blank");
        };
    }

    /** Verdict, column and message of every remark. */
    static List<String> remarks(Parsed<?> parsed) {
        List<Remark> remarks = switch (parsed) {
            case Parsed.Ready<?> r -> r.remarks();
            case Parsed.Refused<?> r -> r.remarks();
            case Parsed.Blank<?> b -> List.of();
        };
        return remarks.stream()
                .map(r -> (r.refused() ? "refused " : "warning ") + r.column() + ": " + r.message())
                .toList();
    }
}
