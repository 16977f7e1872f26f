/**
 * Who a person is, as advertising platforms can recognise them: contact data, click ids, browser
 * ids, and the normalising and hashing of them.
 *
 * <p>What is here is data and pure functions; nothing is stored or sent from here. Each platform
 * has its own normaliser, because each platform hashes differently.
 */
@NullMarked
package kembali.identity;

import org.jspecify.annotations.NullMarked;
