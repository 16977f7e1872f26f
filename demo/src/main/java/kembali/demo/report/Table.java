package kembali.demo.report;

import java.util.ArrayList;
import java.util.List;
import kembali.demo.report.Screen.Look;

/** Rows in aligned columns, never wider than the screen: a column marked so gives way. */
final class Table {
    private static final int GAP = 2;

    /**
     * A column.
     *
     * @param right aligned to the right, as numbers are
     * @param yields whether its texts may be cut
     */
    record Column(String title, boolean right, boolean yields) {
        static Column text(String title) {
            return new Column(title, false, false);
        }

        static Column cut(String title) {
            return new Column(title, false, true);
        }

        static Column number(String title) {
            return new Column(title, true, false);
        }
    }

    /** A cell with its look. */
    record Cell(String text, Look look) {
        static Cell of(String text) {
            return new Cell(text, Look.PLAIN);
        }
    }

    private final List<Column> columns;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    void row(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    void print(Screen screen) {
        lines(screen).forEach(screen::line);
    }

    List<String> lines(Screen screen) {
        int[] widths = widths();
        var lines = new ArrayList<String>();
        lines.add(screen.styled(
                Look.FAINT, joined(columns.stream().map(c -> Cell.of(c.title)).toList(), widths, screen)));
        for (List<Cell> row : rows) {
            lines.add(joined(row, widths, screen));
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[columns.size()];
        int sum = GAP * (columns.size() - 1);
        for (int c = 0; c < widths.length; c++) {
            widths[c] = columns.get(c).title.length();
            for (List<Cell> row : rows) {
                widths[c] = Math.max(widths[c], row.get(c).text.length());
            }
            sum += widths[c];
        }
        for (int c = widths.length - 1; c >= 0 && sum > Screen.WIDTH; c--) {
            if (columns.get(c).yields) {
                int less = Math.min(
                        sum - Screen.WIDTH, widths[c] - columns.get(c).title.length());
                widths[c] -= less;
                sum -= less;
            }
        }
        return widths;
    }

    private String joined(List<Cell> row, int[] widths, Screen screen) {
        var line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            Cell cell = row.get(c);
            String text = cut(cell.text, widths[c]);
            String space = " ".repeat(widths[c] - text.length());
            boolean last = c == widths.length - 1;
            String styled = screen.styled(cell.look, text);
            line.append(columns.get(c).right ? space + styled : last ? styled : styled + space);
            if (!last) {
                line.append(" ".repeat(GAP));
            }
        }
        return line.toString().stripTrailing();
    }

    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }
}
