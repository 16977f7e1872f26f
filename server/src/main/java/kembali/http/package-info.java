/**
 * What every route of the management API shares: who is calling, how errors look, idempotency,
 * paging, merge patches. No feature's rules live here.
 */
@NullMarked
package kembali.http;

import org.jspecify.annotations.NullMarked;
