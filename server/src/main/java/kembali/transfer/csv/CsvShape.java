package kembali.transfer.csv;

import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written.
 *
 * @param charset name of the encoding: {@code UTF-8}
 * @param markBytes length of the byte order mark before the text
 * @param delimiter between cells
 * @param delimiterLine whether the first line only says the delimiter, {@code sep=;}, as spreadsheets write it
 */
public record CsvShape(String charset, int markBytes, char delimiter, boolean delimiterLine) {
    /** What stands between cells, the likeliest first. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private static final String SAYS_DELIMITER = "sep=";
    private static final int ROWS_LOOKED_AT = 200;

    /**
     * The shape of a file.
     *
     * @param beginning its first bytes, as many as there are up to some ten thousand
     * @param whole whether that is all of it
     * @param said the delimiter its owner says it has; null to find out
     */
    public static CsvShape of(byte[] beginning, boolean whole, Charset charset, @Nullable Character said) {
        int mark = EncodingFinder.markLength(beginning, charset);
        String text = new String(beginning, mark, beginning.length - mark, charset);
        boolean says = text.regionMatches(true, 0, SAYS_DELIMITER, 0, SAYS_DELIMITER.length())
                && text.length() > SAYS_DELIMITER.length()
                && endsLine(text, SAYS_DELIMITER.length() + 1);
        if (says) {
            char delimiter = text.charAt(SAYS_DELIMITER.length());
            return new CsvShape(charset.name(), mark, said != null ? said : delimiter, true);
        }
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        char delimiter = said != null ? said : likeliest(whole ? lines : upToLastLine(lines));
        return new CsvShape(charset.name(), mark, delimiter, false);
    }

    private static boolean endsLine(String text, int at) {
        return text.length() == at || text.charAt(at) == '\n' || text.charAt(at) == '\r';
    }

    /** What the file was cut off in is no row. */
    private static String upToLastLine(String text) {
        int end = text.lastIndexOf('\n');
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** The delimiter by which most rows have as many cells as the first; of equals the one that makes more cells. */
    private static char likeliest(String text) {
        char best = DELIMITERS.getFirst();
        double bestShare = 0;
        int bestCells = 1;
        for (char delimiter : DELIMITERS) {
            int cells = 0;
            int rows = 0;
            int alike = 0;
            int inRow = 1;
            boolean quoted = false;
            for (int i = 0; i <= text.length() && rows < ROWS_LOOKED_AT; i++) {
                char c = i == text.length() ? '\n' : text.charAt(i);
                if (c == '"') {
                    quoted = !quoted;
                } else if (!quoted && c == delimiter) {
                    inRow++;
                } else if (c == '\n' && (!quoted || i == text.length())) {
                    boolean blank = inRow == 1 && (i == 0 || text.charAt(i - 1) == '\n');
                    if (!blank) {
                        cells = rows == 0 ? inRow : cells;
                        alike += inRow == cells ? 1 : 0;
                        rows++;
                    }
                    inRow = 1;
                }
            }
            double share = rows == 0 ? 0 : (double) alike / rows;
            if (cells > 1 && (bestCells == 1 || share > bestShare || (share == bestShare && cells > bestCells))) {
                best = delimiter;
                bestShare = share;
                bestCells = cells;
            }
        }
        return best;
    }
}
