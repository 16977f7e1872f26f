/**
 * Google Ads: offline conversions and enhanced conversions for leads, over two transports.
 *
 * <p>{@code DataManager…} speaks the Data Manager API, the door for everybody; {@code AdsUpload…} the older upload of the
 * Google Ads API, closed to newcomers since 2026-06-15. Both write the same {@code NeutralConversion}, so who is
 * recognised, when, and under which id is decided once. GA4 is another platform and not here.
 *
 * <p>Limits that shape the code: Data Manager stores nothing of a request with one bad event, and judges what it took
 * hours later in counts per request, not per event; the upload answers per event but needs its access proven by
 * Google. Source: docs/platforms/google-ads.md.
 */
@NullMarked
package kembali.platform.googleads;

import org.jspecify.annotations.NullMarked;
