/**
 * Where an internet address is, from database files in MaxMind's format that the operator brings. No database comes
 * with Kembali, and nothing needs one. What is done with a place is decided elsewhere.
 */
@NullMarked
package kembali.capture.geo;

import org.jspecify.annotations.NullMarked;
