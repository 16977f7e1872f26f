/**
 * Campaign links: what their parameters mean, what is read from a click on one, how links mangled on the way are mended,
 * and how the macros of destination URLs are filled.
 *
 * <p>Pure: no network, no database, no clock; the instant is passed in. What runs on every click
 * ({@link kembali.campaign.LinkRepair}, {@link kembali.campaign.LinkReader}, {@link kembali.campaign.MacroTemplate#fill},
 * {@link kembali.campaign.DestinationChooser}) takes one pass over bounded input and never throws for bad input. Not here:
 * routes and redirects (HTTP), click ids of landings ({@link kembali.visitor}), what becomes of a conversion.
 */
@NullMarked
package kembali.campaign;

import org.jspecify.annotations.NullMarked;
