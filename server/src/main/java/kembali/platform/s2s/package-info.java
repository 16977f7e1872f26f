/**
 * Outgoing S2S postbacks: a source of traffic is told of conversions at an address its buyer enters, filled with macros.
 *
 * <p>Limits that shape the code: the target is anybody's server, so its answer is judged by status and by what the buyer
 * says success looks like, nothing is ever batched, and what the click brought is kept as values, not as a finished
 * request: the secret joins it on the way out. Source: docs/platforms/s2s.md.
 */
@NullMarked
package kembali.platform.s2s;

import org.jspecify.annotations.NullMarked;
