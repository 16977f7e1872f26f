/**
 * The lead form a rotator may show before the chat: what it asks for, and reading and checking what
 * people sent. Nothing here knows HTTP or HTML.
 */
@NullMarked
package kembali.capture.rotator.form;

import org.jspecify.annotations.NullMarked;
