/** Ad clicks on a rotator, answered only when they are on disk; beside a bare JVM and nginx. */
@NullMarked
package kembali.bench.capture;

import org.jspecify.annotations.NullMarked;
