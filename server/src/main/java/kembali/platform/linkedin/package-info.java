/**
 * LinkedIn Conversions API: settings, catalog, encoder, reply reader, tokens and test connection.
 *
 * <p>Limit that shapes the code: no event name travels. An event names a conversion rule of the ad account, and the
 * category (LEAD, PURCHASE, …) belongs to that rule, so the mapping gives a category and the settings give its rule's
 * id. A request is taken or refused as a whole, and there is no test mode. Source: docs/platforms/linkedin.md.
 */
@NullMarked
package kembali.platform.linkedin;

import org.jspecify.annotations.NullMarked;
