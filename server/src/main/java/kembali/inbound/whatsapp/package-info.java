/**
 * The shapes and signatures of the providers through which WhatsApp chats reach us, a class each.
 * Pure: bytes in, facts out.
 */
@NullMarked
package kembali.inbound.whatsapp;

import org.jspecify.annotations.NullMarked;
