/**
 * Postbacks on their way in: the addresses that take them ({@link kembali.inbound.postback.PostbackHandler}), the sources'
 * rules ready to use, and what is run again ({@link kembali.inbound.postback.PostbackRuns}).
 *
 * <p>Not here: what a postback says and does ({@code kembali.postback}), and the transaction that books it
 * ({@code kembali.intake.PostbackReceived}). The handler runs on event loops and never waits; whoever has a wrong key learns
 * nothing, not even that the address exists.
 */
@NullMarked
package kembali.inbound.postback;

import org.jspecify.annotations.NullMarked;
