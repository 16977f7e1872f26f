/**
 * The server's side of the page tracker, {@code POST /t}: reading hits, consent as pages tell it, answers and cookies.
 * The script itself and what becomes of a hit ({@code kembali.intake}) live elsewhere.
 *
 * <p>Runs on event loops for every page view of every site: no waiting, every input bounded, and bad input is an
 * answer, never an exception.
 */
@NullMarked
package kembali.capture.tracker;

import org.jspecify.annotations.NullMarked;
