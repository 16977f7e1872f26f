package kembali.transfer.row;

/**
 * Something to be said of one row.
 *
 * @param refused whether the row is left out for it; otherwise the row is taken without what the remark is about
 * @param column the header of the column; empty where it is about the whole row
 * @param message what is wrong and what would be right; holds nothing of a person
 */
public record Remark(boolean refused, String column, String message) {}
