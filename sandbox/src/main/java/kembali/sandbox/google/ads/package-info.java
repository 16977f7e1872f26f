/**
 * The Google Ads API's old upload: {@code POST /v26/customers/{id}:uploadClickConversions}, and the
 * reads a set-up check needs. Closed to newcomers since 2026-06-15; see {@code notallowlisted}.
 *
 * <p>Limit that shapes the code: a request is taken row by row. A bad row becomes an empty result and
 * an entry of {@code partialFailureError}, under HTTP 200; only what concerns the whole request is an
 * error of HTTP.
 */
@NullMarked
package kembali.sandbox.google.ads;

import org.jspecify.annotations.NullMarked;
