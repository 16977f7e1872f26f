/**
 * TikTok Events API 2.0: settings, catalog, encoder and reply reader. No app events and no offline event sets.
 *
 * <p>Limits that shape the code: one invalid event refuses the whole request and no answer says anything per event, so
 * everything that can be checked is checked before it travels; and refusals arrive with HTTP 200 too, so only the
 * body's {@code code} is trusted. Source: docs/platforms/tiktok.md.
 */
@NullMarked
package kembali.platform.tiktok;

import org.jspecify.annotations.NullMarked;
