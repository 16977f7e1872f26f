/**
 * Postbacks: how networks and sites report conversions to us. What a request says
 * ({@link kembali.postback.PostbackReader}), what its status word means ({@link kembali.postback.StatusResolver}), what it
 * does to the conversions a click has ({@link kembali.postback.Conversions}), and what it is answered
 * ({@link kembali.postback.Answer}).
 *
 * <p>Pure: no network, no database, no clock; the instant is passed in. Nothing a stranger can send is an exception; what
 * could not be used is set aside with a {@link kembali.postback.Note}. Rules that shape the code: a missing or unknown status
 * never becomes a sale, an absent amount is not zero, and money is exact decimal. Not here: finding the click, storing, and
 * what platforms are told.
 */
@NullMarked
package kembali.postback;

import org.jspecify.annotations.NullMarked;
