/**
 * The only outgoing HTTP of the server: sends one request, at most once, and says what is known
 * about its fate. Also which addresses users may make it reach. No retries, queues or platform's
 * words live here.
 *
 * <p>Limit that shapes the code: "never sent" and "sent, answer lost" must not be confused, because
 * some platforms count a repeated event twice. Choice of client: docs/decisions/0004.
 */
@NullMarked
package kembali.delivery.courier;

import org.jspecify.annotations.NullMarked;
