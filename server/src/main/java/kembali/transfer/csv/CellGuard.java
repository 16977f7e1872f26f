package kembali.transfer.csv;

/**
 * Keeps spreadsheets from taking a cell for a formula: what somebody typed into a form as their name must not run on the
 * computer of whoever opens the export (CSV injection, OWASP). Such a cell gets an apostrophe in front, which reading takes
 * off again. Plain numbers stay as they are, also with a sign: they do nothing, and phone numbers begin with a plus.
 */
public final class CellGuard {
    private static final char MARK = '\'';

    private CellGuard() {}

    /** The cell as it is written. */
    public static String guarded(String cell) {
        int from = marks(cell);
        return from < cell.length() && isTrigger(cell.charAt(from)) && !(from == 0 && isNumber(cell))
                ? MARK + cell
                : cell;
    }

    /** The cell as it was before it was guarded. */
    public static String unguarded(String cell) {
        int from = marks(cell);
        return from > 0 && from < cell.length() && isTrigger(cell.charAt(from)) ? cell.substring(1) : cell;
    }

    /** How many apostrophes it begins with: one that was there before gets another, so that both ways fit. */
    private static int marks(String cell) {
        int n = 0;
        while (n < cell.length() && cell.charAt(n) == MARK) {
            n++;
        }
        return n;
    }

    private static boolean isTrigger(char c) {
        return switch (c) {
            // The last ones are the same signs in full width, which some spreadsheets read as such.
            case '=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20' -> true;
            default -> false;
        };
    }

    /** A sign, digits, and at most one decimal mark between them. */
    private static boolean isNumber(String cell) {
        boolean digit = false;
        boolean mark = false;
        for (int i = 1; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c >= '0' && c <= '9') {
                digit = true;
            } else if ((c == '.' || c == ',') && digit && !mark && i + 1 < cell.length()) {
                mark = true;
            } else {
                return false;
            }
        }
        return digit && (cell.charAt(0) == '+' || cell.charAt(0) == '-');
    }
}
