/**
 * CSV files as the world writes them: which encoding and delimiter one has, its rows with their line numbers, and our own
 * files, which no spreadsheet takes for formulas.
 *
 * <p>Knows nothing of leads, clicks or the database. Limits that shape the code: a file may have a million rows, so it is
 * never held in memory, and one row is bounded.
 */
@NullMarked
package kembali.transfer.csv;

import org.jspecify.annotations.NullMarked;
