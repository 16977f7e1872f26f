/**
 * Conversion: which status becomes which event at which pixel, with what value, and whether it may
 * be sent. The decision is made in the transaction that reaches the status and stored with its
 * reason.
 */
@NullMarked
package kembali.conversion;

import org.jspecify.annotations.NullMarked;
