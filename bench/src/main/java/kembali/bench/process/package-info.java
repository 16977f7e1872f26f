/** The programs a benchmark starts and ends, the server first among them, and the ways to talk to them. */
@NullMarked
package kembali.bench.process;

import org.jspecify.annotations.NullMarked;
