/**
 * Anybody's server that takes S2S postbacks, at {@code /s2s/<target>/…}: one parameter a value, in the query, in a form or
 * in a flat JSON object.
 *
 * <p>It refuses what tells of a broken template, a macro nobody filled or a body that is not what its type says, and
 * otherwise takes everything, as such servers do. Source: the project's sheet on postbacks, read 2026-11-21.
 */
@NullMarked
package kembali.sandbox.s2s;

import org.jspecify.annotations.NullMarked;
