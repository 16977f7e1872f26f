/**
 * Rows of files as what they are about: cells become leads, clicks and conversions, checked by the same rules as those of
 * the API, or a remark on what is wrong with them and what would be right.
 *
 * <p>Reads no file and writes no database. Dates and amounts are read in the forms spreadsheets and people use; what could
 * be two things is refused, never guessed.
 */
@NullMarked
package kembali.transfer.row;

import org.jspecify.annotations.NullMarked;
