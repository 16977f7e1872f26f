package kembali.platform.ga4;

/** How large a request is. */
final class Ga4Json {
    private Ga4Json() {}

    /** How many bytes the text takes as UTF-8. */
    static int bytes(CharSequence text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800 || Character.isSurrogate(c)) {
                bytes += 2; // a pair takes four
            } else {
                bytes += 3;
            }
        }
        return bytes;
    }
}
