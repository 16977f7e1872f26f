/**
 * The few small pages a rotator's link shows: the form before the chat, the button into it, nobody is
 * there. No script, nothing from elsewhere, and nothing of an address in them: what is not written by
 * us or the advertiser is escaped text in a field.
 */
@NullMarked
package kembali.capture.rotator.page;

import org.jspecify.annotations.NullMarked;
