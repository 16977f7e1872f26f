/** Tests of the sink and of what is sent to it; the benchmarks themselves are run, not tested. */
@NullMarked
package kembali.bench.deliver;

import org.jspecify.annotations.NullMarked;
