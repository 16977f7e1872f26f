/**
 * Google's token endpoint, {@code POST /token}: refresh tokens and service accounts in, access
 * tokens out. Consent pages are not served. Each token handed out is kept like an event, so that a
 * test can count them.
 */
@NullMarked
package kembali.sandbox.google.oauth;

import org.jspecify.annotations.NullMarked;
