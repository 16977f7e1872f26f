/**
 * The WhatsApp rotator's pure parts: which agent a click goes to, and the link and draft message it
 * is answered with. Storing the click and answering HTTP live elsewhere.
 */
@NullMarked
package kembali.capture.rotator;

import org.jspecify.annotations.NullMarked;
