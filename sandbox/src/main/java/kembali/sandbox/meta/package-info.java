/**
 * Meta's Graph API as the Conversions API sees it: {@code POST /{version}/{pixelId}/events} and
 * {@code GET /{version}/{id}}. Other edges are answered like an object that does not exist.
 *
 * <p>Limit that shapes the code: one invalid event refuses the whole request, so the first complaint
 * ends the judgement and nothing is stored. What Meta is only said to do, and what it swallows
 * although it is wrong, becomes a warning instead. Source: the project's Meta sheet, read 2026-11-21.
 */
@NullMarked
package kembali.sandbox.meta;

import org.jspecify.annotations.NullMarked;
