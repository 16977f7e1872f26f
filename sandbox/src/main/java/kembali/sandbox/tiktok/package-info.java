/**
 * TikTok's Events API 2.0: {@code POST /open_api/v1.3/event/track/} for the event sources web, crm and offline. Apps
 * are not served.
 *
 * <p>Limits that shape the code: the first complaint refuses the whole request, refusals come with HTTP 200, and
 * throttling and expired tokens with 401. What TikTok is known to swallow although it is wrong becomes a warning.
 * Source: the project's TikTok sheet, read 2026-11-21.
 */
@NullMarked
package kembali.sandbox.tiktok;

import org.jspecify.annotations.NullMarked;
