/**
 * Visitors: a browser or person we gave a code, and all their visits told us: click ids with the
 * instant they were first seen, browser ids, first and last touch, consent.
 *
 * <p>Also how the address of a visit is read: {@link kembali.visitor.QueryString}. Not here: the pipeline (kembali.lead) and what is reported (kembali.conversion).
 */
@NullMarked
package kembali.visitor;

import org.jspecify.annotations.NullMarked;
