/**
 * Meta Conversions API: settings, catalog, encoder and reply reader.
 *
 * <p>Limit that shapes the code: one invalid event refuses the whole request, so everything that can
 * be checked is checked per event before it travels. Source: docs/platforms/meta.md.
 */
@NullMarked
package kembali.platform.meta;

import org.jspecify.annotations.NullMarked;
