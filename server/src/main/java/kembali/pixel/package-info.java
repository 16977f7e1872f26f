/**
 * Pixels: an advertiser's configured destinations, their settings, secrets and health.
 *
 * <p>What a platform does with them is the platform's; when they are sent to is delivery's.
 */
@NullMarked
package kembali.pixel;

import org.jspecify.annotations.NullMarked;
