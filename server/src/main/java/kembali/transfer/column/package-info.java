/**
 * Which column of a file is which of our fields: by the names columns have in our own exports, in those of trackers and
 * lead tools, and in everyday English and Indonesian, or as whoever brings the file says.
 *
 * <p>Pure; knows nothing of what the cells hold.
 */
@NullMarked
package kembali.transfer.column;

import org.jspecify.annotations.NullMarked;
