/**
 * The demo: starts a server and the sandbox, plays a realistic sample, shows what became of it and,
 * with {@code --once}, compares that with what the sample foresees. Knows the server by HTTP only, so
 * a mistake of the server cannot agree with itself here.
 */
@NullMarked
package kembali.demo;

import org.jspecify.annotations.NullMarked;
