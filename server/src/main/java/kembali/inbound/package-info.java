/**
 * What other systems send us: webhooks of WhatsApp providers, answers of forms, lead ads. Each request
 * is stored as it came, answered, and read from the queue; nothing is dropped without a reason.
 *
 * <p>A {@link kembali.inbound.Kind} knows one provider's shapes and signatures and does no I/O; this
 * package receives, stores, reads and applies. Clicks and page views are {@code kembali.capture}'s.
 */
@NullMarked
package kembali.inbound;

import org.jspecify.annotations.NullMarked;
