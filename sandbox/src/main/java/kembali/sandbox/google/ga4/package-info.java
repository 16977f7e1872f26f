/**
 * GA4's Measurement Protocol: {@code POST /mp/collect} and {@code POST /debug/mp/collect}, the same for
 * both regions.
 *
 * <p>Limit that shapes the code: the real endpoint answers 204 whatever it gets, so nothing is refused
 * here. Every rule says how much is lost instead: the whole call, one event, or a part of what was kept.
 * What is lost is noted as swallowed, what is kept with a loss as a warning.
 */
@NullMarked
package kembali.sandbox.google.ga4;

import org.jspecify.annotations.NullMarked;
