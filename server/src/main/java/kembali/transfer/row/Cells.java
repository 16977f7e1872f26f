package kembali.transfer.row;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kembali.transfer.column.ColumnMap;
import kembali.transfer.column.ImportKind;
import kembali.transfer.csv.CellGuard;
import org.jspecify.annotations.Nullable;

/** One row by its fields, and what is to be said of it. */
final class Cells {
    /** The columns of a file by field, looked up once. */
    static final class Layout {
        private final ColumnMap columns;
        private final Map<String, List<Integer>> positions;

        Layout(ImportKind kind, ColumnMap columns) {
            this.columns = columns;
            this.positions = columns.positions(kind);
        }

        /** The row's filled cells by field, and what is wrong with its form. */
        Cells of(List<String> cells) {
            var values = new LinkedHashMap<String, String>();
            positions.forEach((field, at) -> {
                for (int i : at) {
                    String cell =
                            i < cells.size() ? CellGuard.unguarded(cells.get(i)).strip() : "";
                    if (!cell.isEmpty() && values.putIfAbsent(field, cell) == null) {
                        break;
                    }
                }
            });
            var row = new Cells(columns, values);
            int wanted = columns.columns().size();
            if (cells.subList(Math.min(wanted, cells.size()), cells.size()).stream()
                    .anyMatch(c -> !c.isBlank())) {
                row.refuseRow("has " + cells.size() + " cells where the header has " + wanted
                        + "; a cell with a delimiter in it must stand in double quotes");
            } else if (cells.size() < wanted) {
                row.warnRow("has " + cells.size() + " cells where the header has " + wanted
                        + "; those that are missing count as empty");
            }
            return row;
        }
    }

    private final ColumnMap columns;
    private final Map<String, String> values;
    private final List<Remark> remarks = new ArrayList<>(0);
    private boolean refused;

    private Cells(ColumnMap columns, Map<String, String> values) {
        this.columns = columns;
        this.values = values;
    }

    boolean isBlank() {
        return values.isEmpty();
    }

    /** The filled cells by field. */
    Map<String, String> values() {
        return values;
    }

    /** The cell, or null when it is empty or the file has no such column. */
    @Nullable String get(String field) {
        return values.get(field);
    }

    /** Takes a cell out. */
    @Nullable String take(String field) {
        return values.remove(field);
    }

    void put(String field, String value) {
        values.put(field, value);
    }

    /** The row is left out for what that field says. */
    void refuse(String field, String message) {
        refused = true;
        remarks.add(new Remark(true, columns.headerOf(field), message));
    }

    /** The row is taken without what that field says. */
    void leaveOut(String field, String message) {
        values.remove(field);
        remarks.add(new Remark(false, columns.headerOf(field), message));
    }

    void warn(String field, String message) {
        remarks.add(new Remark(false, columns.headerOf(field), message));
    }

    void refuseRow(String message) {
        refused = true;
        remarks.add(new Remark(true, "", message));
    }

    void warnRow(String message) {
        remarks.add(new Remark(false, "", message));
    }

    boolean isRefused() {
        return refused;
    }

    List<Remark> remarks() {
        return remarks;
    }
}
