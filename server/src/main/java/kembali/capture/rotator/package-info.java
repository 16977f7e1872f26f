/**
 * The WhatsApp rotator: which agent a click goes to, the link and draft it is answered with, and the
 * form before the chat. Handlers run on event loops and answer from memory; what they store goes through intake as
 * {@code RotatorClicked} and {@code RotatorFormSent}, and only then do they answer.
 */
@NullMarked
package kembali.capture.rotator;

import org.jspecify.annotations.NullMarked;
