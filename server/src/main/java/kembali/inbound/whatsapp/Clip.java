package kembali.inbound.whatsapp;

import kembali.identity.Sha256;
import org.jspecify.annotations.Nullable;

/** Cuts what strangers send to lengths a lead can keep. */
final class Clip {
    /** WhatsApp allows 4,096 characters; providers add a little. */
    private static final int MESSAGE = 8_000;

    private static final int NAME = 200;
    private static final int WORDS = 2_000;
    private static final int URL = 2_000;
    private static final int ID = 200;

    private Clip() {}

    static @Nullable String message(@Nullable String text) {
        return cut(text, MESSAGE);
    }

    static @Nullable String words(@Nullable String text) {
        return cut(text, WORDS);
    }

    static @Nullable String name(@Nullable String text) {
        return cut(text, NAME);
    }

    /** Half an address leads nowhere: a longer one is left out. */
    static @Nullable String url(@Nullable String text) {
        return text == null || text.length() > URL ? null : text;
    }

    /** Half an id is another's id: a longer one becomes its hash. */
    static @Nullable String id(@Nullable String text) {
        return text == null || text.length() <= ID ? text : Sha256.hex(text);
    }

    private static @Nullable String cut(@Nullable String text, int length) {
        if (text == null || text.length() <= length) {
            return text;
        }
        // Not between the halves of a character beyond the basic plane.
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
