/**
 * The edges in: reading what browsers, proxies and messengers send into the words of the features,
 * and writing the cookies they get back.
 *
 * <p>Everything here runs on every click, on an event-loop thread: no I/O, no waiting, one pass over
 * each input, every input bounded, and bad input is never an exception.
 */
@NullMarked
package kembali.capture;

import org.jspecify.annotations.NullMarked;
