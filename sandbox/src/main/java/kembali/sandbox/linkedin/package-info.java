/**
 * Stands in for LinkedIn's Conversions API and the OAuth host beside it: version, token, body, schema, conversion rules,
 * values, in this order.
 *
 * <p>An event names a conversion rule instead of an event name, so a rule's id takes the place of a pixel's. One bad
 * event refuses its whole request. What LinkedIn swallows without a word (invented currencies, impossible addresses)
 * is taken here as well, with a warning.
 */
@NullMarked
package kembali.sandbox.linkedin;

import org.jspecify.annotations.NullMarked;
