/**
 * Stands in for advertising platforms on one port: the server, the ledger of what arrived, faults
 * on demand, the control API under {@code /_sandbox} and the page at {@code /}.
 *
 * <p>What a platform accepts and refuses does not live here but in that platform's folder below;
 * adding one means adding a folder and naming it in {@link kembali.sandbox.StandIns}. Nothing here
 * may depend on the server module: a check that shares code with what it checks agrees with its
 * mistakes.
 */
@NullMarked
package kembali.sandbox;

import org.jspecify.annotations.NullMarked;
