/**
 * Google's Data Manager API: {@code POST /v1/events:ingest} and {@code GET /v1/requestStatus:retrieve}.
 *
 * <p>Limit that shapes the code: one bad event refuses the whole request, and what is taken is
 * processed later; then results come as counts for each destination, never for each event.
 */
@NullMarked
package kembali.sandbox.google.datamanager;

import org.jspecify.annotations.NullMarked;
