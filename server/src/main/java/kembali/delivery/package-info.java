/**
 * Delivery: the queue of decided conversions, the lanes that empty it, and the sync log that says
 * what became of each.
 *
 * <p>A row is in the queue from the transaction that decided it until an outcome is stored. A lane
 * marks rows as taken before it sends them, so that after a crash everybody knows which answers were
 * lost. Nothing here knows a platform by name.
 */
@NullMarked
package kembali.delivery;

import org.jspecify.annotations.NullMarked;
