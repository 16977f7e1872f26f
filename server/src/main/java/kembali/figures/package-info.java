/**
 * Counts per day, written in the transaction of what they count and read without touching what was
 * counted. Knows links, agents and destinations by id only; who clicked is not here.
 */
@NullMarked
package kembali.figures;

import org.jspecify.annotations.NullMarked;
