/**
 * Benchmarks of the server as it is delivered: its own process, its own disk, loopback only. Each
 * takes anchors in the same sitting, because ratios travel between machines and rates do not. What
 * is measured and how lives in the packages below; here are the command line and the list.
 */
@NullMarked
package kembali.bench;

import org.jspecify.annotations.NullMarked;
