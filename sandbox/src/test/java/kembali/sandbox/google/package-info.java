/** A caller for Google's stand-ins, and what they share. */
@NullMarked
package kembali.sandbox.google;

import org.jspecify.annotations.NullMarked;
