package kembali.transfer;

/**
 * What is to be said of one row of a file.
 *
 * @param line where the row begins, the first line being 1
 * @param refused whether the row was left out; otherwise it was taken without what this is about
 * @param column header of the column; empty where it is about the whole row
 * @param message what is wrong and what would be right
 */
public record ReportLine(long line, boolean refused, String column, String message) {}
