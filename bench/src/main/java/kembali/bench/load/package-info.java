/** A long file of leads is imported while people click: how fast, with how much memory, and how long clicks wait. */
@NullMarked
package kembali.bench.load;

import org.jspecify.annotations.NullMarked;
