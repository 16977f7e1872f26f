/**
 * The browser tracker's edge: the script that pages load, and {@code POST /t}, where it reports: reading hits, consent as
 * pages tell it, answers and cookies. The script itself is written in TypeScript in the folder {@code tracker} of the
 * repository; what becomes of a hit is {@code kembali.intake}'s.
 *
 * <p>Runs on event loops for every page view of every site: no waiting, every input bounded, and bad input is an
 * answer, never an exception.
 */
@NullMarked
package kembali.capture.tracker;

import org.jspecify.annotations.NullMarked;
