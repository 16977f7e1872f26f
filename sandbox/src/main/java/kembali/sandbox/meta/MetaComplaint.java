package kembali.sandbox.meta;

import org.jspecify.annotations.Nullable;

/**
 * Why Meta refuses.
 *
 * @param status HTTP status; callers must not rely on it
 * @param message for developers
 * @param title for people, or null
 * @param detail for people, or null
 */
record MetaComplaint(
        int status,
        int code,
        @Nullable Integer subcode,
        String message,
        @Nullable String title,
        @Nullable String detail) {

    /** A parameter is wrong in a way Meta knows no subcode for. */
    static MetaComplaint parameter(String message) {
        return new MetaComplaint(400, 100, null, "(#100) " + message, null, null);
    }

    /** A parameter is wrong in a way Meta has a subcode for. */
    static MetaComplaint parameter(int subcode, String title, String detail) {
        return new MetaComplaint(400, 100, subcode, "Invalid parameter", title, detail);
    }

    /** A key that does not belong at its place. */
    static MetaComplaint unexpectedKey(String key, String place) {
        return parameter("Unexpected key \"" + key + "\" on param \"" + place + "\"");
    }

    /** Code and subcode as one word. */
    String codes() {
        return subcode == null ? Integer.toString(code) : code + "/" + subcode;
    }

    /** The most telling sentence. */
    String reason() {
        return detail == null ? message : title + ": " + detail;
    }
}
