/**
 * The one way in: every capture request and every change of a lead becomes a small immutable command
 * that is applied, together with all others waiting, in one transaction. A status reached becomes
 * its decision and its deliveries right there.
 *
 * <p>This is the seam where a log such as Kafka would stand; commands know nothing of HTTP.
 */
@NullMarked
package kembali.intake;

import org.jspecify.annotations.NullMarked;
