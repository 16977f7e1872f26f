/** Tests of how runs become figures; the benchmarks themselves check what they measured. */
@NullMarked
package kembali.bench.measure;

import org.jspecify.annotations.NullMarked;
