/** The server's entry and how its parts are put together; everything else is in the folders below. */
@NullMarked
package kembali;

import org.jspecify.annotations.NullMarked;
