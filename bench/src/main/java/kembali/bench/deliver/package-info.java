/** Status changes and the events they cause, up to a sink that only counts; beside a bare JVM sender. */
@NullMarked
package kembali.bench.deliver;

import org.jspecify.annotations.NullMarked;
