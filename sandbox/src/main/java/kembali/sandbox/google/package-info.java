/**
 * What Google's APIs have in common: errors in the form of {@code google.rpc.Status}, the reading of
 * JSON into messages, the forms personal data is hashed in, and the accounts the sandbox pretends to
 * know. One folder below for each API; none of them knows another.
 *
 * <p>Source: the project's Google sheet, read 2026-11-21. Where it marks something as unverified the
 * stand-ins are lenient and warn.
 */
@NullMarked
package kembali.sandbox.google;

import org.jspecify.annotations.NullMarked;
