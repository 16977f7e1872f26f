/**
 * Google Analytics 4 by the Measurement Protocol: settings, catalog, encoder and reply reader.
 *
 * <p>Limit that shapes the code: Google answers 2xx to whatever reaches it, also to an event it will drop. So everything
 * Google would swallow is checked before it travels, an accepted answer always says what it does not prove, and only a
 * {@code purchase} may travel twice. Source: docs/platforms/ga4.md.
 */
@NullMarked
package kembali.platform.ga4;

import org.jspecify.annotations.NullMarked;
