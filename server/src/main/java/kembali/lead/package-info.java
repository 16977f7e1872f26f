/**
 * Leads: people in the pipeline with a status, and their timeline.
 *
 * <p>A lead says who somebody is and how far they are; where they came from is the visitor's
 * ({@link kembali.visitor}). Names, e-mails and phones are stored sealed and found by keyed hash.
 */
@NullMarked
package kembali.lead;

import org.jspecify.annotations.NullMarked;
