/**
 * What sending one request costs with each HTTP client we could use: the figures behind
 * docs/decisions/0004-outgoing-http-client.md. The server's own sending is measured elsewhere.
 */
@NullMarked
package kembali.bench.httpclient;

import org.jspecify.annotations.NullMarked;
