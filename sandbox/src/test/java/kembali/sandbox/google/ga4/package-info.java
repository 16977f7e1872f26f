/** The Measurement Protocol over HTTP: what is swallowed, what is kept with a loss. */
@NullMarked
package kembali.sandbox.google.ga4;

import org.jspecify.annotations.NullMarked;
