/**
 * Why conversions do not arrive: what the last clicks of a campaign tell, what stands in an integration's way, and why one
 * lead was not reported to one pixel. Everything found has a count, a sample and what to do.
 *
 * <p>Judges what is stored; changes nothing. Not here: links without traffic ({@link kembali.campaign.UrlChecker}), what a
 * platform says to a test ({@link kembali.delivery.TestConnection}).
 */
@NullMarked
package kembali.diagnosis;

import org.jspecify.annotations.NullMarked;
